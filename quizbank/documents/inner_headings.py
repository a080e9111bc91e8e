"""A paragraph in which headings were run together with the sentences in; those headings out."""

import re

from quizbank.documents.headings import is_title_case
from quizbank.documents.parts import Part
from quizbank.documents.tree import Sentence

# "Types of Depression There are several …": words in title case, then a word that only opens sentences. Names ("Rocky
# Mountain Spotted Fever is …") have no such word, so nothing is guessed where it is missing.
_WORD = r"(?:[A-Z][\w'’-]*|of|in|and|the|for|with|to|or|is|on|from)"
_OPENER = (
    r"(?:There|Though|Although|However|Despite|Studies|Several|Many|Some|Most|In|If|When|While|It|This|These|The|You|Your"
    r"|Researchers|People|Patients)"
)
_RUN_TOGETHER = re.compile(rf"([A-Z][\w'’-]*(?: {_WORD}){{1,8}}) (?={_OPENER},? [a-z])")
_LONGEST = 90


def inner_headings(text: str, part: Part, followed: bool) -> list[tuple[int, Sentence, Sentence | None]]:
    """Return, per heading found: the index of its sentence, the heading, and what is left of the sentence, if any."""
    found: list[tuple[int, Sentence, Sentence | None]] = []
    for index, sentence in enumerate(part.sentences):
        match = _RUN_TOGETHER.match(text[sentence.start : min(sentence.end, sentence.start + 200)])
        goes_on = followed or index + 1 < len(part.sentences)
        if match and len(match[1]) <= _LONGEST and match[1].split()[-1][0].isupper():
            end = sentence.start + match.end(1)
            found.append((index, Sentence(sentence.start, end), Sentence(sentence.start + match.end(), sentence.end)))
        elif goes_on and _is_heading_sentence(text[sentence.start : sentence.end], index):
            found.append((index, Sentence(sentence.start, sentence.end - (text[sentence.end - 1] == ".")), None))
    return found


def _is_heading_sentence(line: str, index: int) -> bool:
    """A question in title case, or a name in title case that opens the paragraph as a sentence ("Older Drugs. …")."""
    count = len(line.split())
    if line.endswith("?"):
        return 2 < count <= 10 and is_title_case(line[:-1])
    return index == 0 and line.endswith(".") and 2 <= count <= 5 and is_title_case(line[:-1])
