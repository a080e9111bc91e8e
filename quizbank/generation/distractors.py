"""A candidate with ranked distractors in; the same candidate with the few that stand best beside its key out."""

from dataclasses import replace
from itertools import combinations
from zlib import crc32

from quizbank.generation.candidates import LETTERED, Candidate, Choice
from quizbank.generation.gate import clang, convergence, distinct_options, homogeneous, length, levelled
from quizbank.generation.gate.model import Context
from quizbank.generation.lexicon.reading import typical_words

_TRIED = 8
_SPARE = 6
_TOGETHER = (distinct_options.CHECK, length.CHECK, homogeneous.CHECK, clang.CHECK, convergence.CHECK, levelled.CHECK)


def choose_distractors(candidate: Candidate, context: Context) -> Candidate:
    """Return the candidate with the first set of three, else two, proved distractors that gives nothing away.

    When no set does, the best-ranked ones stay and the gate says what is wrong. The others are kept as spare. What a
    type without lettered options offers besides its keys stays as it is.
    """
    if candidate.type not in LETTERED:
        return candidate
    fitting = tuple(choice for choice in candidate.distractors if not also_fits(choice, candidate.stem))
    proved = tuple(choice for choice in fitting if not choice.warning)
    chosen = _chosen(candidate, proved, context)
    spare = tuple(choice for choice in fitting if choice not in chosen)[:_SPARE]
    return replace(candidate, distractors=chosen, spare=spare)


def _chosen(candidate: Candidate, possible: tuple[Choice, ...], context: Context) -> tuple[Choice, ...]:
    if candidate.ordered or candidate.type == "multiple_response":
        return possible[: 3 if candidate.ordered else len(possible)]
    for size in (candidate.wanted, 2):
        sets = [candidate.with_distractors(chosen) for chosen in combinations(possible[:_TRIED], size)]
        clean = [tried for tried in sets if not any(check.find(tried, context) for check in _TOGETHER)]
        if clean:
            best = next((tried for tried in clean if _key_is_longest(tried) == _may_be_longest(tried)), clean[0])
            return best.distractors
    return possible[: candidate.wanted]


def _key_is_longest(candidate: Candidate) -> bool:
    return len(candidate.keys[0].text) > max(len(choice.text) for choice in candidate.distractors)


def _may_be_longest(candidate: Candidate) -> bool:
    """Return whether this key should be the longest option, true for one stem in as many as there are options."""
    return crc32(candidate.stem.encode()) % len(candidate.options) == 0


def also_fits(choice: Choice, stem: str) -> bool:
    """Return whether general medicine would let a technique answer the stem as well."""
    name, asked = choice.text.lower(), stem.lower()
    return any(technique in name and any(word in asked for word in words) for technique, words in typical_words())
