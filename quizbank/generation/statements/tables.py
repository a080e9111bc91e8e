"""Tables in; the values of single cells, as quantities, out."""

import re
from collections.abc import Iterator

from quizbank.documents.tree import Block, Section
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.statements.model import Phrase, Quantity
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.statements.values import Value, values_in
from quizbank.generation.wording import in_sentence, is_plural

GIVEN_FOR = re.compile(
    r"\b(?:antidote|indication|dose|concentration|duration|agent|first choice|threshold|target|test|level|range|limit)s?$"
)
_SUBSTANCES = frozenset(
    ("drug", "local_anesthetic", "opioid", "hormone", "antidote", "vitamin", "toxin", "electrolyte")
)
_CLASS = re.compile(
    r"(?:inhibitors?|antagonists?|agonists?|blockers?|diuretics?|statins?|infusion|tablets?|patch|spray|bolus|epidural|injection|cream|gel|drops)$",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"(?:al|ate|ive|ic|ed|ous|ar|mild|severe|high|low|none|early|late)$", re.IGNORECASE)
MOST_LABEL_WORDS = 6
MOST_CELLS = 4  # quantities asked of one table
# Columns that say nothing of their row alone, or of which another row's value may be true as well.
_NEVER_ASKED = re.compile(
    r"\b(?:notes?|comments?|remarks?|evidence|strengths?|references?|sources?|page|examples?|units?|appearance|points?|version|"
    r"status|price|cost|brand|availability|form|date|author|owner|advice|instructions?|recommendations?|alternatives?|"
    r"treatments?|therapy|management|preferred|avoid|symptoms?|complications?|monitoring|food|sources|adverse|side effects?|"
    r"mortality|survival|frequency|prevalence|incidence|proportion|other)\b|^(?:value|result|yes|no|details?)$",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\b(?:dose|half-life|onset|duration|interval|threshold|cut-?off|target|rate|volume|age|depth|length|concentration|level|"
    r"maximum|max|minimum|upper limit|lower limit|normal range|reference range|INR|serum|plasma|systolic|diastolic|pressure)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"(?:maximum|max|normal|range|limit|upper limit|lower limit|level|time|target|rate|value)", re.IGNORECASE
)


def _tables(passage: Passage) -> Iterator[tuple[Section, Block]]:
    for section in passage.sections():
        for block in section.blocks:
            if block.kind == "table" and len(block.entries) >= 4 and passage.topic.name:
                yield section, block


def _bare(text: str) -> str:
    """Return a cell without what stands in brackets."""
    return " ".join(re.sub(r"\s*\([^()]*\)", "", text).split()).strip(" ;,*:")


def _is_asked_of(name: str, things: str, label: str) -> bool:
    """Return whether "the <name> of <label>" can be said: a bare adjective has no dose, and a disease's is a treatment's."""
    if re.search(r"\b(?:threshold|cut-?off|criteri)", name, re.IGNORECASE) or (
        name.lower() == "duration" and not things.lower().startswith(("drug", "agent", "block"))
    ):
        return False
    kinds = {one.group.kind for one in terms_in(label, 0, len(label)) if one.end - one.start == len(label)}
    if GIVEN_FOR.search(name.lower()):
        classed = "drug_class" in kinds or _CLASS.search(label)
        return not classed and not (len(label.split()) == 1 and _ADJECTIVE.search(label))
    return bool(kinds & _SUBSTANCES) or is_plural(label.rsplit(maxsplit=1)[-1])


def _is_label(text: str) -> bool:
    short = 1 <= len(text.split()) <= MOST_LABEL_WORDS and text.lower() not in (
        "normal",
        "other",
        "others",
        "none",
        "all",
    )
    return short and bool(re.search(r"[A-Za-z]{2}", text)) and not re.search(r"^\+|[<>≥≤]|^\d", text)


_AGED = re.compile(r"aged?\b|over\b|under\b", re.IGNORECASE)


def read_cells(passage: Passage) -> Iterator[Quantity]:
    """Yield the cells that hold one value and nothing else, under a header that says what is measured."""
    for section, block in _tables(passage):
        found = list(_cells(passage, section, block))
        step = max(1, len(found) // MOST_CELLS)
        yield from found[::step][:MOST_CELLS]


def _cells(passage: Passage, section: Section, block: Block) -> Iterator[Quantity]:
    header, *rows = block.entries
    things, *names = (_bare(clean(passage.text[slice(*span)])) for span in header.cells)
    labels = [_bare(clean(passage.text[slice(*row.cells[0])])) if row.cells else "" for row in rows]
    for row, label in zip(rows, labels, strict=True):
        if not _is_label(label) or labels.count(label) > 1 or not things:
            continue
        for name, span in zip(names, row.cells[1:], strict=False):
            value = next(values_in(passage.text, *span), None)
            alone = value is not None and (value.bound_start, value.end) == span
            if (
                value
                and alone
                and not value.or_more
                and not _AGED.match(label)
                and _MEASURED.search(name)
                and not _VAGUE.fullmatch(name)
                and not _NEVER_ASKED.search(name)
                and _is_asked_of(name, things, label)
            ):
                yield _quantity(passage, section, (row.start, row.end), name, label, value)


def _quantity(
    passage: Passage, section: Section, span: tuple[int, int], name: str, label: str, value: Value
) -> Quantity:
    lowered = passage.topic.lowered
    asked = in_sentence(name, lowered)
    question = f"What is the {asked} {'for' if GIVEN_FOR.search(asked) else 'of'} {in_sentence(label, lowered)}?"
    bound = value.bound.capitalize() if value.bound not in ("", "between") else ""
    written = Phrase(clean(passage.text[value.start : value.number_end]), value.start, value.number_end)
    return Quantity(
        passage.source(section, *span),
        passage.placed(section, question),
        written,
        value.low,
        value.high,
        value.unit,
        (written,),
        f"{bound} {{}} {value.often}".strip(),
    )
