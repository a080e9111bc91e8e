"""Generation in a child process gives what it gives here."""

import json

from quizbank.documents.reading import read_document
from quizbank.documents.serialising import document_to_json
from quizbank.generation.confined_run import generate_confined, generate_framed, generate_json
from quizbank.generation.corrections import WordCorrection
from quizbank.generation.licences import AS_IF_LICENSED, licences_text
from tests.quizbank.generation.sources import SAMPLES

DOCUMENT = read_document(SAMPLES[0].name, SAMPLES[0].read_bytes())


def test_child_and_parent_agree() -> None:
    assert generate_confined(DOCUMENT, 4, 5) == generate_json(document_to_json(DOCUMENT), 4, 5)


def test_child_knows_the_words_that_people_put_right() -> None:
    first = DOCUMENT.text.split()[-1].strip(".")
    words = [WordCorrection(first, f"{first} put right")]
    assert generate_confined(DOCUMENT, 4, 5, corrections=words) == generate_json(
        document_to_json(DOCUMENT), 4, 5, corrections=words
    )


def test_frame_carries_seed_and_limit() -> None:
    header = {"seed": 4, "limit": 2, "licences": licences_text(AS_IF_LICENSED), "corrections": []}
    payload = json.dumps(header).encode() + b"\n" + json.dumps(document_to_json(DOCUMENT)).encode()
    assert len(json.loads(generate_framed(payload))["items"]) == 2
