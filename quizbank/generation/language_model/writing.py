"""Sentences of prose that nothing asks about yet in; suggestions that a language model wrote about them out.

The answer and its evidence are the sentence's own words, found again character by character; the model words the question.
Everything else is as for a suggestion that the model only finishes.
"""

import hashlib
import random
from collections.abc import Sequence

from quizbank.documents.tree import Block, Document, Section, Sentence
from quizbank.generation.language_model.assignment import Assignment
from quizbank.generation.language_model.excerpts import Excerpt
from quizbank.generation.language_model.finishing import Draft, NotFinished, complete, shown
from quizbank.generation.language_model.prompts import Reply, item_prompt
from quizbank.generation.language_model.vetting import adds_nothing, gives_orders, is_hostile, malformed, qualifiers
from quizbank.generation.pipeline import SUGGESTION, GeneratedItem
from quizbank.generation.topic import read_topic
from quizbank.generation.wording import capitalised
from quizbank.items.content import Citation, Option
from quizbank.items.types import SingleBestAnswer

MAKER = "language_model"
PROSE = "prose"
"""The kind of work that whole items earn their licence by."""
FEWEST_WORDS, MOST_WORDS = 8, 45
DOUBTS = ("spelling", "damaged", "personal")
"""Warnings that keep a sentence from being asked about."""


def sentences_to_ask(document: Document, taken: Sequence[Citation], most: int, seed: int) -> list[Citation]:
    """Return sentences of prose worth showing to a model, chosen by the seed, in reading order."""
    possible = [
        Citation(one.start, one.end, document.quote(one.start, one.end), section.path)
        for section, block, one in document.sentences()
        if _is_prose(document, section, block, one)
        and not any(one.start < other.end and other.start < one.end for other in taken)
    ]
    rng = random.Random(f"{seed}:sentences")  # noqa: S311 - repeatable, not secret
    chosen = rng.sample(possible, min(max(most, 0), len(possible)))
    return sorted(chosen, key=lambda citation: citation.start)


def _is_prose(document: Document, section: Section, block: Block, sentence: Sentence) -> bool:
    text = document.quote(sentence.start, sentence.end)
    doubtful = any(
        one.kind in DOUBTS and one.start < sentence.end and sentence.start < one.end for one in document.warnings
    )
    whole = text[:1].isupper() and text.endswith(".") and FEWEST_WORDS <= len(text.split()) <= MOST_WORDS
    return block.kind == "paragraph" and not section.references and whole and not doubtful and not gives_orders(text)


def write(citation: Citation, work: Assignment) -> GeneratedItem:
    """Return an item about a sentence; raises NotFinished, or ModelFault when the model fails."""
    bare = _item(work, citation)
    excerpt = shown(bare, work)
    reply = work.ask(item_prompt(excerpt))
    if problem := refused(reply, excerpt):
        raise NotFinished(problem)
    item = _item(work, citation, reply)
    return complete(item, Draft((reply["stem"],), tuple(reply["distractors"])), excerpt, work, PROSE)


def refused(reply: Reply, excerpt: Excerpt) -> str:
    """Return why question, answer or evidence cannot be used, "" when they can."""
    stem, key, evidence = reply["stem"], reply["key"], reply["evidence"]
    rules = (
        (reply["worth_asking"] == "no", "The model found nothing worth asking in the sentence."),
        (
            any(is_hostile(text) for text in (stem, key, evidence)),
            "The model's reply holds a link or speaks of instructions; all of it is refused.",
        ),
        (
            len(evidence.split()) < 3 or evidence not in excerpt.sentence,
            "The model's evidence does not stand in the sentence, word for word.",
        ),
        (
            bool(malformed(key)) or key not in evidence,
            "The model's answer does not stand in its evidence, word for word.",
        ),
        (key.casefold() in stem.casefold(), "The model's question gives its answer away."),
        (not adds_nothing(stem, excerpt.words), "The model's question says things that its source does not."),
        (
            not qualifiers(evidence) <= qualifiers(f"{stem} {key}"),
            "The model's question drops a hedge, a bound or a negation of its source.",
        ),
    )
    return next((words for is_broken, words in rules if is_broken), "")


def _item(work: Assignment, citation: Citation, reply: Reply | None = None) -> GeneratedItem:
    """Return a suggestion about a sentence, with nothing but question and key where a reply gives them."""
    stem, key, evidence = (reply["stem"], reply["key"], reply["evidence"]) if reply else ("", "", citation.quote)
    topic = read_topic(work.document).name
    reason = f"The source says: “{evidence}”"
    named = f"{MAKER}|{citation.start}|{stem}|{key}"
    return GeneratedItem(
        id=hashlib.sha256(named.encode()).hexdigest()[:12],
        type=SingleBestAnswer.type,
        content=SingleBestAnswer(stem.strip(), (Option("a", capitalised(key.strip(" .,;")), reason),), ("a",), reason),
        citation=citation,
        objective=f"Explain the principles of {topic}",
        maker=MAKER,
        checks=(),
        status=SUGGESTION,
        pattern=work.pattern(PROSE).name,
        version=work.pattern(PROSE).version,
        origins=("document",),
    )
