"""A document in; everything it can be read to say out, in reading order."""

from collections.abc import Callable, Iterable, Iterator

from quizbank.documents.tree import Document
from quizbank.generation.statements.comparisons import read_comparisons
from quizbank.generation.statements.contrasts import read_contrasts
from quizbank.generation.statements.facts import read_facts
from quizbank.generation.statements.figures import read_figures
from quizbank.generation.statements.inheritance import read_inheritance
from quizbank.generation.statements.labels import read_labels
from quizbank.generation.statements.lists import read_lists
from quizbank.generation.statements.mechanisms import read_mechanisms
from quizbank.generation.statements.model import Statement, TermUse
from quizbank.generation.statements.open_columns import read_columns
from quizbank.generation.statements.open_lines import read_beside, read_lines, read_open_lists
from quizbank.generation.statements.open_notes import read_notes
from quizbank.generation.statements.open_questions import read_open
from quizbank.generation.statements.open_rows import read_rows
from quizbank.generation.statements.open_trials import read_trials
from quizbank.generation.statements.opposites import read_opposites
from quizbank.generation.statements.pairs import read_pairs
from quizbank.generation.statements.parsing import parse_ahead
from quizbank.generation.statements.purposes import read_purposes
from quizbank.generation.statements.quantities import read_quantities
from quizbank.generation.statements.relations import read_relations
from quizbank.generation.statements.rivals import read_rivals
from quizbank.generation.statements.sequences import read_sequences
from quizbank.generation.statements.spans import Passage
from quizbank.generation.statements.structures import read_structures
from quizbank.generation.statements.superlatives import read_ordered_lines, read_superlatives
from quizbank.generation.statements.tables import read_cells
from quizbank.generation.statements.terms import read_terms
from quizbank.generation.statements.times import read_times
from quizbank.generation.topic import read_topic

EXTRACTORS: tuple[Callable[[Passage], Iterator[Statement]], ...] = (
    read_lists,
    read_labels,
    read_superlatives,
    read_ordered_lines,
    read_pairs,
    read_cells,
    read_contrasts,
    read_comparisons,
    read_rivals,
    read_facts,
    read_mechanisms,
    read_structures,
    read_terms,
    read_inheritance,
    read_relations,
    read_purposes,
    read_figures,
    read_times,
    read_quantities,
    read_sequences,
    read_opposites,
    read_open_lists,
    read_rows,
    read_lines,
    read_beside,
    read_columns,
    read_notes,
    read_trials,
    read_open,
)


def read_statements(document: Document) -> tuple[Statement, ...]:
    """Return the document's statements in reading order."""
    passage = Passage(document, read_topic(document))
    parse_ahead(passage.text[sentence.start : sentence.end] for _, _, sentence in passage.prose())
    found = [statement for extract in EXTRACTORS for statement in extract(passage)]
    return tuple(sorted(_once(found), key=lambda statement: statement.source.start))


def _once(found: Iterable[Statement]) -> Iterator[Statement]:
    """Yield the statements without a term that two readers found in one sentence."""
    seen: set[tuple[int, int]] = set()
    for statement in found:
        if isinstance(statement, TermUse):
            place = (statement.source.start, statement.answer.start)
            if place in seen:
                continue
            seen.add(place)
        yield statement
