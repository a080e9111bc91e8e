"""The patterns: families of makers that prove their wrong options the same way, and are licensed together."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pattern:
    """A family of makers: its name, its version (raised with every change of what its makers write), what it proves."""

    name: str
    version: int
    proves: str


TIMES = Pattern("times", 2, "A time excludes other times, and one plain sentence tells it.")
NUMBERS = Pattern("numbers", 6, "A number excludes other numbers.")
FIGURES = Pattern("figures", 6, "A number excludes other numbers, and the source names what it measures.")
HEREDITY = Pattern("heredity", 4, "One way of inheritance excludes the others.")
DRUG_CLASSES = Pattern("drug classes", 1, "The lexicon rules the neighboring classes out.")
TARGETS = Pattern("targets", 1, "The lexicon rules the neighboring targets out.")
PAIRS = Pattern("pairs", 2, "A list says one thing of each of its rows, and no two could change places.")
SCALES = Pattern("scales", 9, "The classes of one scale, or ranges that do not overlap.")
SUPERLATIVES = Pattern("superlatives", 1, "Only one member of a list is the most common, or the first line.")
CONTRASTS = Pattern("contrasts", 2, "The document itself sets one thing apart from its neighbors, or compares two.")
LISTS = Pattern("lists", 3, "Two lists of the document that exclude each other: indications and contraindications.")
OPPOSITES = Pattern("opposites", 2, "The document divides one list in two: early and late, absolute and relative.")
ANATOMY = Pattern("anatomy", 2, "The lexicon knows all that supplies, drains or passes the same, and leaves it out.")
FACTS = Pattern("facts", 9, "The lexicon knows the fact that the source says, and all else that could be right.")
ESSENTIALS = Pattern("essentials", 9, FACTS.proves)
AMOUNTS = Pattern(
    "amounts", 3, "The lexicon knows the number that the source gives, and all numbers that some book gives."
)
VALUES = Pattern("values", 1, AMOUNTS.proves)
VOCABULARY = Pattern("vocabulary", 8, "The lexicon rules the other terms of the kind out.")
PURPOSES = Pattern("purposes", 2, "The lexicon knows what a measure serves, and what it does not.")
SEQUENCES = Pattern("sequences", 3, "The document numbers its steps.")
NUMBER_ENTRY = Pattern(
    "number entry", 1, "One plain sentence gives one exact number, and the question repeats all it says."
)
JUDGEMENTS = Pattern("true or false", 3, "The document or the lexicon sets apart what a false statement exchanges.")
OPEN = Pattern("open", 3, "Nothing: an author finishes it.")
PATTERNS = (
    FIGURES,
    TIMES,
    NUMBERS,
    HEREDITY,
    DRUG_CLASSES,
    TARGETS,
    PAIRS,
    SCALES,
    SUPERLATIVES,
    CONTRASTS,
    LISTS,
    OPPOSITES,
    ANATOMY,
    FACTS,
    ESSENTIALS,
    AMOUNTS,
    VALUES,
    VOCABULARY,
    PURPOSES,
    SEQUENCES,
    NUMBER_ENTRY,
    JUDGEMENTS,
    OPEN,
)
