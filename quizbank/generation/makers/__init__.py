"""The makers, in the order their candidates are tried. Adding one takes a file, a test and a row."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate
from quizbank.generation.lexicon import facts
from quizbank.generation.makers import (
    classes,
    contrast,
    fact,
    figure,
    inheritance,
    judgement,
    mechanism,
    membership,
    number_entry,
    open_question,
    opposed,
    pairs,
    purpose,
    quantity,
    several,
    steps,
    structure,
    superlative,
    terms,
    time,
)
from quizbank.generation.patterns import (
    AMOUNTS,
    ANATOMY,
    CONTRASTS,
    DRUG_CLASSES,
    ESSENTIALS,
    FACTS,
    FIGURES,
    HEREDITY,
    JUDGEMENTS,
    LISTS,
    NUMBER_ENTRY,
    NUMBERS,
    OPEN,
    OPPOSITES,
    PAIRS,
    PURPOSES,
    SCALES,
    SEQUENCES,
    SUPERLATIVES,
    TARGETS,
    TIMES,
    VALUES,
    VOCABULARY,
    Pattern,
)
from quizbank.generation.statements.mechanisms import DRUG_CLASS, DRUG_TARGET
from quizbank.generation.statements.model import Statement

Make = Callable[[Document, Sequence[Statement], random.Random], Iterator[Candidate]]


@dataclass(frozen=True)
class Maker:
    """One kind of question: its name, the pattern it belongs to and the function from statements to candidates."""

    name: str
    pattern: Pattern
    make: Make


MAKERS: tuple[Maker, ...] = (
    Maker(contrast.NAME, CONTRASTS, contrast.make),
    Maker(several.NAME, LISTS, several.make),
    Maker(membership.NAME, LISTS, membership.make),
    Maker(opposed.NAME, OPPOSITES, opposed.make),
    Maker(classes.NAME, SCALES, classes.make),
    Maker(pairs.NAME, PAIRS, pairs.make),
    Maker(steps.NAME, SEQUENCES, steps.make),
    Maker(superlative.NAME, SUPERLATIVES, superlative.make),
    Maker(purpose.NAME, PURPOSES, purpose.make),
    Maker(DRUG_CLASS, DRUG_CLASSES, mechanism.make_classes),
    Maker(DRUG_TARGET, TARGETS, mechanism.make_targets),
    Maker(inheritance.NAME, HEREDITY, inheritance.make),
    Maker(figure.NAME, FIGURES, figure.make),
    Maker(number_entry.NAME, NUMBER_ENTRY, number_entry.make),
    Maker(time.NAME, TIMES, time.make),
    Maker(quantity.NAME, NUMBERS, quantity.make),
    Maker(structure.NAME, ANATOMY, structure.make),
    *(Maker(group, FACTS, fact.maker_of(group)) for group in fact.GROUPS),
    *(Maker(group, ESSENTIALS, fact.maker_of(group)) for group in fact.ESSENTIALS),
    *(
        Maker(group, pattern, fact.maker_of(group))
        for group, pattern in zip(facts.AMOUNTS, (AMOUNTS, VALUES), strict=True)
    ),
    Maker(terms.NAME, VOCABULARY, terms.make),
    Maker(judgement.NAME, JUDGEMENTS, judgement.make),
    Maker(open_question.NAME, OPEN, open_question.make),
)
