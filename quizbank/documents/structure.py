"""Cleaned parts in; the same parts with headings, leads and list items recognised, where the format is silent, out."""

from collections.abc import Sequence
from dataclasses import replace

from quizbank.documents.headings import (
    closes_as_lead,
    is_colon_heading,
    is_prose,
    is_question,
    is_sentence,
    is_short,
    is_title_case,
    opens_with_term,
    reads_as_heading,
    run_in_heading,
)
from quizbank.documents.inner_headings import inner_headings
from quizbank.documents.parts import Part
from quizbank.documents.section_names import is_bibliography, is_certain, is_usual, numbered_level
from quizbank.documents.tree import Sentence

# Levels below every marked heading's 1–6, so that an unmarked heading belongs to the marked one above it.
_QUESTION, _UNMARKED, _BELOW_UNMARKED, _RUN_IN = 7, 8, 9, 10
# After "The signs are:" a list item may be longer than a heading may be.
_LONGEST_ITEM = 35


def recognise(text: str, parts: Sequence[Part]) -> list[Part]:
    """Return the parts with kinds and heading levels settled."""
    named: list[Part] = []
    run: list[Part] = []
    in_references = False
    for part in _numbered_headings(text, parts):
        line = text[part.start : part.end]
        if in_references and not _ends_references(part, line):
            named.append(part)
        elif part.kind == "text" and len(part.sentences) < 2 and _could_be_short(line, text, run):
            run.append(part)
        else:
            named.extend(_name_run(text, run, named[-1] if named else None, part))
            run = []
            named.append(part)
        if _opens_references(part, line):
            named.extend(_name_run(text, run, named[-1] if named else None, None))
            run, in_references = [], True
        elif in_references and _ends_references(part, line):
            in_references = False
    named.extend(_name_run(text, run, named[-1] if named else None, None))
    for refine in (_with_term_items, _with_run_ins, _with_inner_headings, _with_leads):
        named = refine(text, named)
    return _levelled(named)


def _opens_references(part: Part, line: str) -> bool:
    return part.kind in {"text", "heading"} and is_bibliography(line)


def _ends_references(part: Part, line: str) -> bool:
    return part.kind == "heading" or (part.kind == "text" and is_usual(line))


def _numbered_headings(text: str, parts: Sequence[Part]) -> list[Part]:
    """A numbered line that stands alone above prose or a list is a heading, not a list of one item."""
    named = []
    for index, part in enumerate(parts):
        before = parts[index - 1].kind if index else "text"
        after = parts[index + 1] if index + 1 < len(parts) else None
        line = text[part.start : part.end]
        numbered = text[max(0, part.start - 4) : part.start].strip(" \n(.)").isdigit()
        alone = before != "item" and after is not None and after.kind not in {"heading"}
        heads = part.kind == "item" and numbered and alone and is_short(line) and _stands_above(text, part, after)
        named.append(part.to("heading", _UNMARKED) if heads else part)
    return named


def _stands_above(text: str, part: Part, after: Part | None) -> bool:
    """Tell whether the next part is prose, or a list of another kind."""
    if after is None:
        return False
    if after.kind == "item":
        return after.level == part.level and text[max(0, after.start - 2) : after.start] == "- "
    return after.kind == "row" or is_sentence(text[after.start : after.end])


def _could_be_short(line: str, text: str, run: Sequence[Part]) -> bool:
    if is_short(line.rstrip(":")) or is_question(line):
        return True
    opened = bool(run) and text[run[-1].end - 1] == ":"
    in_list = len(run) > 1 and text[run[0].end - 1] == ":"
    return (opened or in_list) and len(line.split()) <= _LONGEST_ITEM and not is_sentence(line)


def _name_run(text: str, run: Sequence[Part], before: Part | None, after: Part | None) -> list[Part]:
    """Settle what each line of a run of short lines is, seeing what stands before and after the run."""
    named: list[Part] = []
    body: list[Part] = []
    head = before if before and before.kind == "heading" else None
    for part in run:
        if _is_certain_heading(text, part, bool(body)):
            named.extend(_name_body(text, body, head, part))
            head, body = part.to("heading", _level(text, part)), []
            named.append(head)
        elif text[part.end - 1] == ":":
            named.extend(_name_body(text, body, head, part))
            head, body = part, []
            named.append(part)
        else:
            body.append(part)
    named.extend(_name_body(text, body, head, after))
    return named


def _is_certain_heading(text: str, part: Part, in_list: bool) -> bool:
    line = text[part.start : part.end]
    if is_colon_heading(line) or is_question(line) or is_certain(line) or numbered_level(line):
        return True
    return is_usual(line) and not in_list


def _level(text: str, part: Part) -> int:
    return _QUESTION if is_question(text[part.start : part.end]) else _UNMARKED


def _name_body(text: str, body: list[Part], head: Part | None, after: Part | None) -> list[Part]:
    """Name short lines between two headings: list items, the last one perhaps the heading of what follows."""
    if not body:
        return []
    closing = [body[-1].to("heading", _UNMARKED)] if _heads_what_follows(text, body, head, after) else []
    lines = body[: len(body) - len(closing)]
    if lines and (head is None or _is_heading_pair(text, body)) and _heads_lines(text, lines, bool(closing)):
        return [lines[0].to("heading", _UNMARKED), *_items(lines[1:]), *closing]
    return [*_items(lines), *closing] if len(lines) > 1 else [*lines, *closing]


def _items(lines: Sequence[Part]) -> list[Part]:
    return [line.to("item", 0) for line in lines] if len(lines) > 1 else list(lines)


def _heads_lines(text: str, lines: Sequence[Part], closed: bool) -> bool:
    """Tell whether the first of some short lines is the heading of the others."""
    first = text[lines[0].start : lines[0].end]
    if not reads_as_heading(first):
        return False
    return len(lines) > 2 or (closed and len(lines) == 1)


def _heads_what_follows(text: str, body: Sequence[Part], head: Part | None, after: Part | None) -> bool:
    """Tell whether the last short line is the heading of the prose, list or table after it."""
    last = text[body[-1].start : body[-1].end]
    if after is None or after.kind == "heading" or not reads_as_heading(last):
        return False
    if after.kind in {"item", "row"}:
        return True
    if not is_prose(text[after.start : after.end]):
        return False
    if not after.gap or (head is None and len(body) < 3):
        return True
    return _is_heading_pair(text, body) or _stands_out(text, body)


def _is_heading_pair(text: str, body: Sequence[Part]) -> bool:
    """Tell whether two lines in title case, each standing alone, are a heading and one below it."""
    return len(body) == 2 and all(part.gap and is_title_case(text[part.start : part.end]) for part in body)


def _stands_out(text: str, body: Sequence[Part]) -> bool:
    """Tell whether the last line is set or capitalised unlike the lines before it."""
    *others, last = body
    titled = [is_title_case(text[part.start : part.end]) for part in others]
    return last.gap and is_title_case(text[last.start : last.end]) and not (titled and all(titled))


def _with_term_items(text: str, parts: Sequence[Part]) -> list[Part]:
    """Below a lead, paragraphs that each open with a term ("Stress test. This test …") are list items."""
    named = list(parts)
    for index, part in enumerate(parts):
        if part.kind != "text" or text[part.end - 1] != ":":
            continue
        last = index
        while last + 1 < len(parts) and parts[last + 1].kind == "text" and opens_with_term(text, parts[last + 1]):
            last += 1
        if last - index > 1:
            named[index + 1 : last + 1] = [item.to("item", 0) for item in parts[index + 1 : last + 1]]
    return named


def _with_run_ins(text: str, parts: Sequence[Part]) -> list[Part]:
    """Split "Pregnancy: Animal studies showed …" into a heading and its paragraph."""
    named: list[Part] = []
    for part in parts:
        words = run_in_heading(text[part.start : part.end]) if part.kind == "text" else ""
        if not words:
            named.append(part)
            continue
        start = part.start + len(words) + 1
        start += len(text[start : part.end]) - len(text[start : part.end].lstrip())
        first, *others = part.sentences
        named.append(replace(part, kind="heading", level=_RUN_IN, end=part.start + len(words), sentences=()))
        named.append(replace(part, start=start, sentences=(replace(first, start=start), *others), gap=False))
    return named


def _with_inner_headings(text: str, parts: Sequence[Part]) -> list[Part]:
    """Split a paragraph at the headings that were run together with its sentences."""
    named: list[Part] = []
    for place, part in enumerate(parts):
        followed = place + 1 < len(parts) and parts[place + 1].kind == "text"
        marks = inner_headings(text, part, followed) if part.kind == "text" else []
        begin = 0
        for index, heading, rest in marks:
            named.extend(_paragraph(part, part.sentences[begin:index]))
            named.append(Part("heading", heading.start, heading.end, _RUN_IN))
            begin = index + 1
            named.extend(_paragraph(part, (rest,)) if rest else ())
        named.extend(_paragraph(part, part.sentences[begin:]) if marks else [part])
    return _joined(named)


def _paragraph(part: Part, sentences: Sequence[Sentence]) -> list[Part]:
    if not sentences:
        return []
    return [replace(part, start=sentences[0].start, end=sentences[-1].end, sentences=tuple(sentences), gap=False)]


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Make one paragraph of the sentence freed from its heading and those after it."""
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and last.kind == part.kind == "text" and not part.gap and len(last.sentences) == 1 and not last.gap:
            joined[-1] = replace(last, end=part.end, sentences=last.sentences + part.sentences)
        else:
            joined.append(part)
    return joined


def _with_leads(text: str, parts: Sequence[Part]) -> list[Part]:
    """Turn the sentence that opens a list into its lead, the sentences before it staying a paragraph."""
    named: list[Part] = []
    for index, part in enumerate(parts):
        after = parts[index + 1].kind if index + 1 < len(parts) else ""
        if part.kind != "text" or after not in {"item", "row"} or not closes_as_lead(text, part):
            named.append(part)
            continue
        *others, last = part.sentences
        if others:
            named.append(replace(part, end=others[-1].end, sentences=tuple(others)))
        named.append(replace(part, kind="lead", start=last.start, end=last.end, sentences=(), gap=False))
    return named


def _levelled(parts: Sequence[Part]) -> list[Part]:
    """Put a heading that follows another without text between them below it, in documents ordered by questions."""
    if sum(1 for part in parts if part.kind == "heading" and part.level == _QUESTION) < 2:
        return list(parts)
    levelled: list[Part] = []
    current = _UNMARKED
    for part in parts:
        if part.kind == "heading" and part.level == _QUESTION:
            current = _UNMARKED
        if part.kind != "heading" or part.level != _UNMARKED:
            levelled.append(part)
            continue
        follows = bool(levelled) and levelled[-1].kind == "heading" and levelled[-1].level == _UNMARKED
        current = _BELOW_UNMARKED if follows else current
        levelled.append(part.to("heading", current))
    return levelled
