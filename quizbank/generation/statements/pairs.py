"""Tables, lists of labels and sections about techniques go in; what each row is matched with comes out."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from quizbank.documents.section_names import is_usual
from quizbank.documents.tree import Block, Section
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.statements.labels import ACT, common_noun, labelled_lines, scale_of
from quizbank.generation.statements.model import Described, Pairs, Phrase
from quizbank.generation.statements.spans import LONGEST_ENTRY, Passage, clean
from quizbank.generation.topic import is_procedure
from quizbank.generation.wording import head_noun, in_sentence, is_plural, singular, singular_phrase

FEWEST = 4  # rows of a list that is worth matching
_MOST_LABEL_WORDS, _LONGEST_ACRONYM = 6, 3
_LEAST_SAID, _MOST_SAID = 3, 18  # words of a description
_NO_LABEL = re.compile(
    r"\d|\b(?:notes?|refs?|recommendations?|steps?|figures?|tables?|dose|doses|maximum|duration|onset|limit|limitation|target|"
    r"caution|warning|example|advantages?|disadvantages?|pros|cons|early|late|common|serious|rare|monitoring|follow-up|version|"
    r"page|date|review|when|who|what|why|how|where|causes?|symptoms?|signs?|treatment|diagnosis|prognosis|complications?|"
    r"prevention|indications?|contraindications?|children|adults|pregnancy|lactation|elderly|other|others|general|specific|risks?|all|examples?|uses?|"
    r"drugs|atypical forms|both|mri|ct|csf)\b",
    re.IGNORECASE,
)
_VERBS = re.compile(
    r"(?:covers|misses|blocks|supplies|drains|causes|inhibits|produces|affects|acts on|treats|shows|suggests|means|prevents)$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?:what|how|where|when|why|which|who)\b")  # a header that is a clause: "what happens"
# What a row can be said to have, of which another row has another one; uses, doses and remarks are shared too often.
_RELATION = re.compile(
    r"\b(?:effects?|functions?|roles?|actions?|targets?|mechanisms?|antidotes?|vessels?|nerves?|muscles?|arter(?:y|ies)|supply|"
    r"innervation|origins?|insertions?|meanings?|clues?|signs?|findings?|features?|appearances?|events?|illness(?:es)?|diseases?|"
    r"disorders?|syndromes?|organisms?|toxins?|vectors?|reservoirs?|markers?|associations?|causes?|deficienc(?:y|ies)|names?|"
    r"examples?|hormones?|genes?|proteins?|enzymes?|receptors?|sites?|locations?|areas?|consequences?|presentations?|patterns?|"
    r"characters?|lesions?|defects?|mental state|response sought|deficiency state|sign of injury|antibod(?:y|ies))$",
    re.IGNORECASE,
)
_IS_NO_NAME = re.compile(  # the first column is a list of its own, or what every other column is described by
    r"(?:features?|propert(?:y|ies)|aspects?|parameters?|characteristics?|criteri(?:on|a)|items?|measures?|variables?|questions?|points?|"
    r"domains?|findings?|transudates?|absolute|relative|early|late|pros|cons|advantages|do|avoid|indications?|contraindications?|[\w-]+(?:al|ic|ive))$",
    re.IGNORECASE,
)
_NO_HEADING = re.compile(
    r"\b(?:overview|summary|notes?|key points?|introduction|background|about|information|practice|points?|pearls?|"
    r"management|treatment|care|prevention|monitoring|warnings?|precautions?|counsell?ing|advice|dosage|dosing|administration|"
    r"education|follow-up|prognosis|outlook|history|use|pharmacology|pharmacokinetics|others?|considerations|basics|essentials|"
    r"features|findings|results|prepar\w*|position\w*|after|before|surveillance|reduction|testing|choos\w+|choice|consent|discharge|"
    r"exposure|closure|steps|options|measures|effects|doses|principles|differences|aspects|facts)\b",
    re.IGNORECASE,
)


def read_pairs(passage: Passage) -> Iterator[Pairs]:
    """Yield every list whose rows each have a name and one short thing said of them."""
    if not passage.topic.name:
        return
    for section in passage.sections():
        for block in section.blocks:
            if block.kind == "table" and len(block.entries) > FEWEST:
                yield from _columns(passage, section, block)
    for section in passage.sections():
        rows = tuple(row for row in labelled_lines(passage, section) if _is_described(row))
        if len(rows) >= FEWEST and not any(scale_of(row) for row in rows):
            yield from _named(passage, section, rows)
    yield from _headed(passage)


def _named(passage: Passage, section: Section, rows: tuple[Described, ...]) -> Iterator[Pairs]:
    """Yield labelled lines as pairs where their heading, or the title, says what the labels are or what is told of them."""
    heading = in_sentence(_bare(clean(section.path[-1])).rstrip(":"), passage.topic.lowered) if section.path else ""
    source = passage.source(section, rows[0].start, rows[-1].end)
    head = head_noun(passage.topic.name)
    of_topic = singular(head) if is_plural(head) else ""
    if _RELATION.search(heading) and len(heading.split()) <= _LEAST_SAID:
        yield Pairs(source, of_topic, f"its {heading}", rows)
    elif noun := common_noun(rows) or _heading_noun(passage, section.path) or of_topic:
        drugs = sum(any(one.group.kind == "drug" for one in terms_in(row.description.text, 0, 30)) for row in rows)
        yield Pairs(source, noun, "its drugs" if drugs * 2 > len(rows) else "its description", rows)


def _is_described(row: Described) -> bool:
    said = row.description.text.split()
    named = 1 <= len(row.label.text.split()) <= _MOST_LABEL_WORDS and not _NO_LABEL.search(row.label.text)
    return named and _LEAST_SAID <= len(said) <= _MOST_SAID and ";" not in row.description.text


def _headed(passage: Passage) -> Iterator[Pairs]:
    """Yield runs of neighboring sections with names of their own, each with what its first sentence says."""
    sections = list(passage.sections())
    named = [(section, _described(passage, section)) for section in sections]
    for _, run in groupby(named, key=lambda pair: (pair[1] is not None, pair[0].path[:-1])):
        rows = tuple(row for _, row in run if row)
        if len(rows) >= FEWEST:
            source = passage.source(sections[0], rows[0].start, rows[-1].end)
            if all(ACT.search(row.label.text) or is_procedure(row.label.text) for row in rows):
                yield Pairs(source, "technique", "its description", rows)


def _described(passage: Passage, section: Section) -> Described | None:
    """Return a section's name with its first sentence, None for a usual heading and for one without a sentence."""
    heading = clean(section.path[-1]).rstrip(": ") if section.path and section.heading else ""
    first = next(iter(section.blocks), None)
    if not heading or is_usual(heading) or _NO_HEADING.search(heading) or first is None or first.kind != "paragraph":
        return None
    if not first.sentences or first.sentences[0].end - first.sentences[0].start > LONGEST_ENTRY:
        return None
    said = first.sentences[0]
    label = passage.phrase(*section.heading)  # type: ignore[misc]
    return Described(label, _predicate(passage, label, said.start, said.end), section.heading[0], said.end)  # type: ignore[index]


_DOES = r"(?:can|may|is|are|was|were|has|have|repair|provide|use|give|[a-z]+s|[a-z]+ed)\b(?! by\b)"


def _predicate(passage: Passage, label: Phrase, start: int, end: int) -> Phrase:
    """Return what a sentence says of the name it opens with: "Skin grafts repair burns" → "Repair burns"."""
    name = re.escape(label.text)
    last = re.escape(singular(head_noun(label.text)))
    opens = re.compile(
        rf"(?:It|(?:the |an? |most )?{last}s?|(?:[\w-]+ ){{0,2}}?{name}s?)(?: [a-z]+ed by (?:[\w-]+ ){{1,4}}?)? ?(?={_DOES})",
        re.IGNORECASE,
    )
    found = opens.match(passage.text, start, end)
    return passage.phrase(found.end() if found else start, end)


def _columns(passage: Passage, section: Section, block: Block) -> Iterator[Pairs]:
    """Yield the columns of a table whose first one names the rows."""
    header, *rows = block.entries
    things, *names = (_bare(clean(passage.text[slice(*cell)])) for cell in header.cells)
    for column, name in enumerate(names, start=1):
        plain = _RELATION.search(name) or _VERBS.match(name) or _CLAUSE.match(name.lower())
        if not things or not plain or _IS_NO_NAME.search(things):
            continue
        told = tuple(
            Described(passage.phrase(*row.cells[0]), passage.phrase(*row.cells[column]), row.start, row.end)
            for row in rows
            if len(row.cells) > column and all(clean(passage.text[slice(*row.cells[at])]) for at in (0, column))
        )
        if len(told) == len(rows):
            things = things.lower() if things.isupper() and len(things) > _LONGEST_ACRONYM else things
            noun = singular_phrase(in_sentence(things, passage.topic.lowered))
            asked = in_sentence(name, passage.topic.lowered)
            what = f"what it {asked}" if _VERBS.match(asked) else asked if _CLAUSE.match(asked) else f"its {asked}"
            yield Pairs(passage.source(section, block.start, block.end), noun, what, told)


def _heading_noun(passage: Passage, path: Sequence[str]) -> str:
    """Return what the rows below a heading are, in the singular: "Diagnostic tests" → "diagnostic test"; "" for none."""
    heading = _bare(clean(path[-1])).rstrip(":") if path else ""
    said = in_sentence(re.sub(r"^[\d.]+\s+", "", heading), passage.topic.lowered)
    plain = re.fullmatch(r"(?:[\w-]+ ){0,3}[\w-]+(?: of [\w -]+)?", said) and not _NO_HEADING.search(said)
    return singular_phrase(said) if plain and is_plural(head_noun(said)) else ""


def _bare(text: str) -> str:
    return " ".join(re.sub(r"\s*\([^()]*\)", "", text).split()).strip(" ;,*:")
