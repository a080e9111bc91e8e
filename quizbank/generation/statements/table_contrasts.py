"""Tables that compare two or more things feature by feature go in; contrasts whose value stands in one "
"column alone come out."""

import re
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Block, Entry, Section
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.statements.model import Contrast, Phrase
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import capitalised, head_noun, in_sentence, is_plural, roots

_FEWEST, _MOST = 2, 4  # things compared
_MOST_VALUE, _MOST_FEATURE = 7, 4  # words
_KINDS_OF = re.compile(
    r"(?:features?|characteristics?|propert(?:y|ies)|aspects?|parameters?|criteri(?:on|a)|points?|variables?|)",
    re.IGNORECASE,
)
# What two things may share, whatever a table says of each: nothing said of one is false of the other.
_SHARED = re.compile(
    r"\b(?:causes?|risks?|complications?|symptoms?|signs?|findings?|features?|presentation|treatments?|therapy|"
    r"management|drugs?|uses?|"
    r"indications?|contraindications?|advantages?|disadvantages?|pros|cons|examples?|associations?|associated|"
    r"imaging|tests?|diagnosis|"
    r"investigations?|history|notes?|comments?|evidence|cost|other|prevalence|incidence|frequency|common|"
    r"mortality|survival|prognosis|"
    r"recurrence|success|outcomes?|rate|follow-up|monitoring|dose|doses|dosing|viruses|agents?|organisms?|"
    r"patients?|who|when|where|what|"
    r"best|typical|ideal|side effects?|adverse|limits?|limitations?|drawbacks?|problems?)\b",
    re.IGNORECASE,
)
_NO_VALUE = re.compile(
    r"\b(?:usually|often|sometimes|may|might|can|variable|varies|both|either|same|similar|any|all|none|yes|no|"
    r"not|see|unknown|depends|"
    r"possible|less|more|lower|higher|better|worse|common|frequent|marked|little|slight|scanty|plentiful|rare|"
    r"present|absent|some|moderate|childhood|adult\w*|f(?:o)?etus|infan\w+|decade|birth|middle age|elderly|"
    r"rarely|occasionally|mostly|typically|up to|about)\b|[✓✗?;:]|"
    r"^\W*$|^[-–+\d]+$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:\w+(?:al|ic|ive|ous|ar|ary|ed|ing|borne|less)|acute|chronic|mild|severe|early|late|first|second|"
    r"normal|new|old|left|right|"
    r"upper|lower|open|closed|high|low|value|values|details?|description|figure|share|lesion|threshold|plan|"
    r"term|group \w|yes|no|before|"
    r"after|baseline|men|women|children|adults)",
    re.IGNORECASE,
)


def read_table_contrasts(passage: Passage) -> Iterator[Contrast]:
    """Yield one contrast per row that sets one column apart from all the others."""
    if not passage.topic.name:
        return
    for section in passage.sections():
        for block in section.blocks:
            if block.kind == "table" and len(block.entries) > _FEWEST and not passage.is_special(section):
                yield from _of_table(passage, section, block)


def _of_table(passage: Passage, section: Section, block: Block) -> Iterator[Contrast]:
    header, *rows = block.entries
    corner, *heads = (_bare(passage, span) for span in header.cells)
    if not _KINDS_OF.fullmatch(corner) or not _FEWEST <= len(heads) <= _MOST or not all(map(_is_name, heads)):
        return
    if len(set(heads)) < len(heads) or any(re.fullmatch(r"\W*", head) for head in heads):
        return
    for row in rows:
        yield from _of_row(passage, section, (header, row), heads)


def _of_row(
    passage: Passage, section: Section, entries: tuple[Entry, Entry], heads: Sequence[str]
) -> Iterator[Contrast]:
    header, row = entries
    if len(row.cells) != len(heads) + 1:
        return
    feature, *values = (_bare(passage, span) for span in row.cells)
    plain = (
        1 <= len(feature.split()) <= _MOST_FEATURE
        and not _SHARED.search(feature)
        and not re.search(r"[/,;:?]", feature)
    )
    if not plain or not all(map(_is_value, values)) or not _are_apart(values):
        return
    told = in_sentence(feature, passage.topic.lowered)
    be = "are" if is_plural(head_noun(told)) else "is"
    phrases = [_head(passage, span, text) for span, text in zip(header.cells[1:], heads, strict=True)]
    for key, value in zip(phrases, values, strict=True):
        question = f"in which of the following {be} the {told} “{value}”?"
        whole = all(_says_itself(passage, text) for text in heads)
        yield Contrast(
            passage.source(section, header.start, row.end),
            capitalised(question) if whole else f"{passage.topic.place}, {question}",
            key,
            tuple(one for one in phrases if one != key),
            "the table gives each of them a value of its own",
            (key,),
            whole=whole,
            of_table=True,
        )


def _bare(passage: Passage, span: tuple[int, int]) -> str:
    return clean(re.sub(r"\s*\([^()]*\)", "", passage.text[slice(*span)])).strip(" *.,;")


def _head(passage: Passage, span: tuple[int, int], text: str) -> Phrase:
    return Phrase(capitalised(text), *span)


def _is_name(head: str) -> bool:
    """Return whether a column's head names a thing, and is no adjective or figure."""
    words = head.split()
    return 1 <= len(words) <= _MOST_VALUE and not _NO_NAME.fullmatch(words[-1]) and not re.search(r"\d|[/|]", head)


def _is_value(value: str) -> bool:
    return 1 <= len(value.split()) <= _MOST_VALUE and not _NO_VALUE.search(value)


def _are_apart(values: Sequence[str]) -> bool:
    """Return whether no two values share a word: neither then holds the other, or a part of it."""
    told = [roots(value) for value in values]
    others = ((one, other) for number, one in enumerate(told) for other in told[number + 1 :])
    return all(told) and not any(one & other for one, other in others)


def _says_itself(passage: Passage, head: str) -> bool:
    """Return whether a head is understood without the topic: a term of the lexicon, or words of the title."""
    known = any(True for _ in terms_in(head, 0, len(head)))
    return known or bool(roots(head) & roots(passage.topic.name))
