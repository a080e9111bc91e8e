"""How long an activity takes: words of the document and questions go in, minutes come out.

Reading: 200 words a minute, on the slow side of silent reading of non-fiction in English (mean 238, most adults 175 to 300;
Brysbaert, Journal of Memory and Language 2019;109:104047), because clinical text is dense. A question: 1.5 minutes, a
little above the 60 to 90 seconds an item that licensing examinations give.
"""

from math import ceil

WORDS_PER_MINUTE = 200
MINUTES_PER_ITEM = 1.5
LEAST_MINUTES = 15
FAR_ABOVE = 2


def estimated_minutes(words: int, items: int) -> int:
    """Return the whole minutes that reading so many words and answering so many questions takes."""
    return ceil(words / WORDS_PER_MINUTE + items * MINUTES_PER_ITEM)


def most_minutes(words: int, items: int) -> int:
    """Return the longest time that may be stated: twice the estimate, at least a quarter of an hour.

    Twice, because slow readers, figures and looking things up count too; more than that nobody could explain.
    """
    return max(LEAST_MINUTES, FAR_ABOVE * estimated_minutes(words, items))
