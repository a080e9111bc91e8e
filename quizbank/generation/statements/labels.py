"""Labels with one description each in; label lists with the proof that each description fits one label out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from quizbank.documents.tree import Block, Section
from quizbank.generation.statements.model import Described, LabelList, Phrase
from quizbank.generation.statements.spans import LONGEST_ENTRY, Passage, clean
from quizbank.generation.wording import head_noun, in_sentence, singular

_LABEL = re.compile(r"(?P<label>[^:;.|\n—–]{2,60}?)(?:\*\*|__)?\s*(?::|\s[—–-])(?:\*\*|__)?\s+(?P<text>\S[^\n]{5,240})")
_SHORT_LABEL = re.compile(r"(?:\*\*)?[A-Z][\w-]+(?: [\w-]+){0,2}(?:\*\*)?: ")
_CLASS = re.compile(
    r"(?P<noun>stage|class|grade|type|phase|category|group|level|step|zone|degree)\s+(?:[IVX]{1,4}|[A-D]|\d)[A-Ca-c]?$",
    re.IGNORECASE,
)
_NOUNS = "stage|class|grade|type|phase|category|degree|zone"
_CODES = r"(?:[IVX]{1,4}|[A-E]|\d)[A-Ca-c]?"
# "Type II. Reaches the confluence", "**Class A (5–6 points)** Compensated", "Stage 0 ... normal muscle", "Grade B   At least".
_CLASS_LINE = re.compile(
    rf"(?:[*_]{{1,2}})?(?P<label>(?:{_NOUNS})\s+{_CODES})(?!\s*(?:[–/,-]|and|or|to)\s*(?:[IVX]{{1,4}}|\d|[A-E])\b)(?:\s*\([^()\n]{{1,30}}\))?"
    r"(?:\s*[:.–—-]|\s*\.{3}|\s{2,}|\s*[*_]{1,2}(?=\s)|\s(?=[A-Z][a-z]))(?:[*_]{1,2})?\s*(?P<text>[^\s.:–—-][^\n]{5,240})",
    re.IGNORECASE,
)
_CLASS_HEADER = re.compile(rf"(?:\w+ )?(?P<noun>{_NOUNS})s?$", re.IGNORECASE)
_PLAIN_HEADER = re.compile(
    r"(?:definitions?|descriptions?|findings?|features?|extent|criteria|meaning|appearance|what)$", re.IGNORECASE
)
_CODE = re.compile(r"(?P<letter>[TNM])(?:\d[a-c]?|is|X)$")
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_ACTS = "Techniques|Technique|Surgery|Resection|Reconstruction|Graft|Flap|Repair|Fusion|Procedure|Approach"
ACT = re.compile(rf"(?:{_ACTS}|{'|'.join(act + 's' for act in _ACTS.split('|'))})$", re.IGNORECASE)


def read_labels(passage: Passage) -> Iterator[LabelList]:
    """Yield classifications and ranges, from list entries and from lines that open with a label."""
    runs = list(_class_sections(passage))
    yield from runs
    taken = {row.start for run in runs for row in run.labels}
    for section in passage.sections():
        rows = (row for row in _lines(passage, section) if row.start not in taken)
        yield from _as_lists(passage, section, tuple(rows))
        yield from _as_lists(passage, section, tuple(_rows(passage, section)))
        yield from _class_tables(passage, section)


FEWEST = 3


def _rows(passage: Passage, section: Section) -> Iterator[Described]:
    """Yield the rows of tables whose first cell is a class ("Stage II") and whose second describes it."""
    for block in section.blocks:
        for row in block.entries[1:] if block.kind == "table" else ():
            if len(row.cells) >= 2:
                label, text = (passage.phrase(*cell) for cell in row.cells[:2])
                if label.text and text.text and _CLASS.match(label.text):
                    yield Described(label, text, row.start, row.end)


def _lines(passage: Passage, section: Section) -> list[Described]:
    """Yield the labelled lines of a section; where one opens with a class, the whole line and not its first sentence."""
    classes = list(_class_lines(passage, section))
    taken = {row.start for row in classes}
    others = [row for row in labelled_lines(passage, section) if row.start not in taken]
    return sorted((*classes, *others), key=lambda row: row.start)


def _class_sections(passage: Passage) -> Iterator[LabelList]:
    """Yield runs of neighbouring sections headed by classes ("Type I", "Grade D Breaks of …"), with class lines among them."""
    sections = list(passage.sections())
    headed = [_class_heading(passage, section) for section in sections]
    at = 0
    while at < len(sections):
        if headed[at] is None:
            at += 1
            continue
        end = next((later for later in range(at, len(sections)) if headed[later] is None), len(sections))
        rows = list(_class_lines(passage, sections[at - 1])) if at else []
        for number in range(at, end):
            heading = headed[number]
            rows += [heading] if heading else []
            rows += _class_lines(passage, sections[number])
        noun = scale_of(rows[-1])
        once = {row.label.text.lower(): row for row in reversed(rows) if scale_of(row) == noun}
        kept = tuple(sorted(once.values(), key=lambda row: row.start))
        if len(kept) >= FEWEST and noun:
            section = sections[at]
            parent = section.path[:-1] or ((sections[at - 1].path) if at else ())
            source = replace(passage.source(section, kept[0].start, kept[-1].end), path=parent)
            yield LabelList(source, noun, kept, f"classes of one scale ({' / '.join(parent)})")
        at = end


def _class_heading(passage: Passage, section: Section) -> Described | None:
    """Return the class a section is headed by, described in the heading itself or in the first line below it."""
    if section.heading is None:
        return None
    found = _HEADED.match(passage.text, *section.heading)
    if not found:
        return None
    label = passage.phrase(*found.span("label"))
    if len(found["rest"].split()) >= FEWEST:
        return Described(label, passage.phrase(*found.span("rest")), section.heading[0], section.heading[1])
    first = next((block for block in section.blocks if block.kind == "paragraph"), None)
    if first is None:
        return None
    end = first.start + len(passage.text[first.start : first.end].partition("\n")[0])
    if end - section.heading[0] > LONGEST_ENTRY:
        return None
    return Described(label, passage.phrase(first.start, end), section.heading[0], end)


_HEADED = re.compile(
    rf"\s*(?P<label>(?:{_NOUNS})\s+{_CODES})\b(?:\s*\([^()\n]{{1,30}}\))?[\s:.–—-]*(?P<rest>[^\n]*)", re.IGNORECASE
)


def _class_lines(passage: Passage, section: Section) -> Iterator[Described]:
    for block in section.blocks:
        if block.kind != "table":
            begins = passage.text.rfind("\n", 0, block.start) + 1  # a list's first bullet stands before its block
            for line in _LINE.finditer(passage.text, begins, block.end):
                found = _CLASS_LINE.match(passage.text, line.start("said"), line.end())
                if found and line.end() - line.start() <= LONGEST_ENTRY:
                    label, text = passage.phrase(*found.span("label")), passage.phrase(*found.span("text"))
                    yield Described(label, text, line.start("said"), line.end())


_LINE = re.compile(r"^[ \t]*(?:[-*•+]\s+|\d+\.\s+)?(?P<said>\S[^\n]*)", re.MULTILINE)


def _class_tables(passage: Passage, section: Section) -> Iterator[LabelList]:
    """Yield the tables whose first column is headed "Grade" (or the like) and holds nothing but its codes."""
    for block in section.blocks:
        if block.kind != "table" or len(block.entries) <= FEWEST:
            continue
        head, *rows = block.entries
        names = [clean(passage.text[slice(*cell)]) for cell in head.cells]
        noun = _CLASS_HEADER.match(names[0]) if len(names) > 1 else None
        cells = [
            (row, passage.phrase(*row.cells[0]), passage.phrase(*row.cells[1])) for row in rows if len(row.cells) > 1
        ]
        if noun and len(cells) == len(rows) and all(re.fullmatch(_CODES, label.text) for _, label, _ in cells):
            plain = _PLAIN_HEADER.match(names[1]) or not any(re.search(r"\d", text.text) for _, _, text in cells)
            header = "" if plain else f"{in_sentence(names[1], passage.topic.lowered)}: "
            told = tuple(
                Described(
                    label,
                    Phrase(f"{header}{_lowered(text.text)}" if text.text else "", text.start, text.end),
                    row.start,
                    row.end,
                )
                for row, label, text in cells
            )
            source = passage.source(section, rows[0].start, rows[-1].end)
            yield LabelList(source, noun["noun"].lower(), told, "classes of one scale")


def _lowered(text: str) -> str:
    return text if text[1:2].isupper() or not text[:1].isalpha() else text[0].lower() + text[1:]


def labelled_lines(passage: Passage, section: Section, opens: re.Pattern[str] = _LABEL) -> Iterator[Described]:
    """Yield every outermost list entry, and every sentence of a paragraph, that opens with a label and a colon or dash."""
    for block in section.blocks:
        outer = [entry for entry in block.entries if not entry.level] if block.kind == "list" else []
        spans = [(entry.start, entry.end) for entry in outer] + _opened_lines(passage, block)
        for start, end in spans:
            found = opens.match(passage.text, start, end) if end - start <= LONGEST_ENTRY else None
            if found:
                label, text = passage.phrase(*found.span("label")), passage.phrase(*found.span("text"))
                yield Described(label, text, start, end)


def _opened_lines(passage: Passage, block: Block) -> list[tuple[int, int]]:
    """Return the sentences of a paragraph that may open with a label: those on a line of their own, or with a short one."""
    if block.kind != "paragraph":
        return []
    return [
        (one.start, one.end)
        for one in block.sentences
        if one.start == block.start
        or passage.text[: one.start].rstrip(" *_").endswith("\n")
        or _SHORT_LABEL.match(passage.text, one.start, one.end)
    ]


def _as_lists(passage: Passage, section: Section, labels: tuple[Described, ...]) -> Iterator[LabelList]:
    """Yield one list per scale that the labels belong to, or one set of ranges."""
    scales: dict[str, list[Described]] = {}
    for row in labels:
        scales.setdefault(scale_of(row), []).append(row)
    heading = in_sentence(clean(section.path[-1]), passage.topic.lowered) if section.path else ""
    for noun, told in scales.items():
        rows = list({row.label.text: row for row in reversed(told)}.values())[::-1]  # each class where it is told first
        if noun and len(rows) >= FEWEST:
            source = passage.source(section, rows[0].start, rows[-1].end)
            yield LabelList(source, noun, tuple(rows), f"classes of one scale ({heading})")
    if set(scales) == {""} and len(labels) >= 3 and _ranges_apart(labels):
        source = passage.source(section, labels[0].start, labels[-1].end)
        yield LabelList(source, "range", labels, "ranges that do not overlap")


def scale_of(row: Described) -> str:
    """Return the noun of the scale a label belongs to ("stage", "T category"), "" when it is none."""
    if found := _CLASS.match(row.label.text):
        return found["noun"].lower()
    found = _CODE.match(row.label.text)
    return f"{found['letter']} category" if found else ""


def _ranges_apart(labels: Sequence[Described]) -> bool:
    """Return whether all descriptions are numeric ranges of one measure and no two overlap."""
    spans = sorted(span for span in (interval(row.description.text) for row in labels) if span)
    measures = {measure_of(row.description.text) for row in labels}
    apart = all(one[1] <= other[0] for one, other in pairwise(spans))
    return len(spans) == len(labels) and len(measures) == 1 and measures != {""} and apart


def interval(text: str) -> tuple[float, float] | None:
    """Return the numbers a range spans: "EF <=40%" → (-inf, 40); None when it is no range."""
    numbers = [float(number) for number in _NUMBERS.findall(re.sub(r"\(.*", "", text))]
    if not 1 <= len(numbers) <= 2:
        return None
    if len(numbers) == 2:
        return (numbers[0], numbers[1]) if numbers[0] < numbers[1] else None
    if re.search(r"<|≤|below|under|less than", text):
        return (float("-inf"), numbers[0])
    return (numbers[0], float("inf")) if re.search(r">|≥|above|over|more than", text) else None


def measure_of(text: str) -> str:
    """Return the words before the first number of a range: "EF <=40%" → "EF"."""
    return re.split(r"[\d<>≤≥=]", text)[0].strip()


def common_noun(labels: Sequence[Described]) -> str:
    """Return the head noun all labels share in the singular, "" when there is none."""
    heads = {singular(head_noun(row.label.text)).lower() for row in labels}
    return heads.pop() if len(heads) == 1 else ""
