"""Sentences that report a trial by its name ("In the LACC trial, …") go in; what the trial showed comes out as open statements."""

import re
from collections.abc import Iterator

from quizbank.generation.statements.answers import Asked, opened
from quizbank.generation.statements.model import Open
from quizbank.generation.statements.spans import MAX_SENTENCE, Passage

_NAME = r"(?P<name>[A-Z][A-Za-z]*[A-Z][A-Za-z0-9-]*(?: \d)?)(?: (?P<kind>trial|study))"
_SHAPES = (
    re.compile(rf"In the {_NAME},? (?P<found>\S.+)$", re.DOTALL),
    re.compile(
        rf"The {_NAME} (?:\w+ )?(?:showed|found|reported|demonstrated|confirmed)(?: that)? (?P<found>\S.+)$", re.DOTALL
    ),
)


def read_trials(passage: Passage) -> Iterator[Open]:
    """Yield one open statement per sentence that says what a trial with a name of its own showed."""
    if not passage.topic.name:
        return
    kept = {section.start for section in passage.sections()}
    for section, _, sentence in passage.document.sentences():
        if section.start not in kept or sentence.end - sentence.start > MAX_SENTENCE:
            continue
        end = sentence.start + len(passage.text[sentence.start : sentence.end].rstrip(" .\n"))
        found = next((one for shape in _SHAPES if (one := shape.match(passage.text, sentence.start, end))), None)
        if found:
            asked = Asked(f"What did the {found['name']} {found['kind']} show?", found.span("found"), "trial", 4)
            if said := opened(passage, section, (sentence.start, sentence.end), asked, cut=False):
                yield said
