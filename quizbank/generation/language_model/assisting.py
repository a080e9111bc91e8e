"""A generation goes in; the same with its suggestions finished by a language model comes out, with a note on the others."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate
from quizbank.generation.edited import as_candidate
from quizbank.generation.gate.model import read_context
from quizbank.generation.language_model.assignment import Ask, Assignment
from quizbank.generation.language_model.client import ModelFault, OffSchema
from quizbank.generation.language_model.finishing import NotFinished, finish, needs_options
from quizbank.generation.language_model.writing import sentences_to_ask, write
from quizbank.generation.licences import Licence, shipped_licences
from quizbank.generation.pipeline import READY, SUGGESTION, GeneratedItem, Generation
from quizbank.generation.selection import clashes
from quizbank.generation.wording import counted

FAULTS = 2
"""A model that fails so many times in a row, reply by reply, is not asked any more."""
CLASHES = "Another item asks about the same."


@dataclass(frozen=True)
class Note:
    """What became of one question or sentence that the model was asked about."""

    about: str
    text: str


@dataclass(frozen=True)
class Assisted:
    """A generation after the model's work, and one note for each thing it could not do."""

    generation: Generation
    notes: tuple[Note, ...] = ()


def assist(
    document: Document,
    generation: Generation,
    seed: int,
    model: str,
    ask: Ask,
    sentences: int = 0,
    licences: Sequence[Licence] | None = None,
) -> Assisted:
    """Let a model finish the suggestions and write about so many ``sentences``; whatever fails stays as it was."""
    held = shipped_licences() if licences is None else licences
    work = Assignment(document, read_context(document), model, ask, seed, held)
    open_ones = [item for item in generation.suggestions if needs_options(item)]
    taken = [item.citation for item in (*generation.items, *generation.suggestions)]
    chosen = sentences_to_ask(document, taken, sentences, seed)
    finish_tasks = [Task(item.content.stem, partial(finish, item, work)) for item in open_ones]
    write_tasks = [Task(citation.quote, partial(write, citation, work)) for citation in chosen]
    finished, notes = _tried([*finish_tasks, *write_tasks])
    return Assisted(_with(document, generation, finished), tuple(notes))


@dataclass(frozen=True)
class Task:
    """One piece of work: what it is about, and what does it."""

    about: str
    do: Callable[[], GeneratedItem]


def _tried(tasks: Sequence[Task]) -> tuple[list[GeneratedItem], list[Note]]:
    """Return what the tasks made and a note for each that made nothing; end early when the model is down."""
    made: list[GeneratedItem] = []
    notes: list[Note] = []
    faults = 0
    for number, task in enumerate(tasks):
        if faults >= FAULTS:
            left = counted(len(tasks) - number, "question")
            notes.append(
                Note("", f"The language model was not asked about {left} more, since it failed {FAULTS} times.")
            )
            break
        try:
            made.append(task.do())
            faults = 0
        except (NotFinished, OffSchema) as error:
            notes.append(Note(task.about, str(error)))
            faults = 0
        except ModelFault as error:
            notes.append(Note(task.about, str(error)))
            faults += 1
    return made, notes


def _with(document: Document, generation: Generation, made: Iterable[GeneratedItem]) -> Generation:
    """Return the generation with finished suggestions in their places, ready ones among the items unless they clash."""
    by_id = {item.id: item for item in made}
    items, suggestions = list(generation.items), []
    for item in [*(by_id.pop(one.id, one) for one in generation.suggestions), *by_id.values()]:
        if item.status == READY and not any(_clash(document, item, other) for other in items):
            items.append(item)
        else:
            suggestions.append(replace(item, status=SUGGESTION, missing=item.missing or CLASHES))
    return replace(
        generation,
        items=tuple(sorted(items, key=_place)),
        suggestions=tuple(sorted(suggestions, key=_place)),
        objectives=tuple(dict.fromkeys(item.objective for item in items)),
        note="" if items else generation.note,
    )


def _place(item: GeneratedItem) -> tuple[int, str]:
    return item.citation.start, item.content.stem


def _clash(document: Document, one: GeneratedItem, other: GeneratedItem) -> bool:
    return clashes(_as_asked(document, one), _as_asked(document, other))


def _as_asked(document: Document, item: GeneratedItem) -> Candidate:
    candidate = as_candidate(document, item.content, item.citation, item.objective)
    return replace(candidate, maker=item.maker, fact=item.id)
