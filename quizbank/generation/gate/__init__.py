"""The gate's checks, in the order they are shown. Adding one takes a file with a good and a bad example, and a row."""

from quizbank.generation.gate import (
    alone,
    clang,
    convergence,
    distinct_options,
    enough_options,
    fluent,
    grounded,
    homogeneous,
    length,
    levelled,
    no_promotion,
    positive,
    proved,
    question,
    second_reading,
    undamaged,
    vague_terms,
    worth,
)
from quizbank.generation.gate.model import Check

CHECKS: tuple[Check, ...] = (
    grounded.CHECK,
    proved.CHECK,
    second_reading.CHECK,
    enough_options.CHECK,
    distinct_options.CHECK,
    question.CHECK,
    alone.CHECK,
    fluent.CHECK,
    worth.CHECK,
    no_promotion.CHECK,
    undamaged.CHECK,
    positive.CHECK,
    length.CHECK,
    homogeneous.CHECK,
    clang.CHECK,
    convergence.CHECK,
    levelled.CHECK,
    vague_terms.CHECK,
)
