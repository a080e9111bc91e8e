"""Checkpoints: what the provider signed is read, anything else is rejected."""

from base64 import b64decode, b64encode

import pytest

from certificates.issuing.checkpoint import Checkpoint, CheckpointRejected, read_note, signed_note
from tests.certificates.issuing.keys import OURS, THEIRS

CHECKPOINT = Checkpoint("cme.example/v/log", 41, bytes(range(32)))
NOTE = signed_note(CHECKPOINT, OURS)
LINES = NOTE.split("\n")


def test_note_has_the_form_of_a_signed_checkpoint() -> None:
    assert LINES[:4] == ["cme.example/v/log", "41", b64encode(bytes(range(32))).decode(), ""]
    assert LINES[4].startswith("\u2014 cme.example/v/log ")
    assert LINES[5:] == [""]


def test_note_is_read_back_with_the_key_that_signed_it() -> None:
    assert read_note(NOTE, [THEIRS.public_key, OURS.public_key]) == CHECKPOINT


def test_other_witnesses_may_sign_below() -> None:
    assert read_note(NOTE + "\u2014 witness AAAAAAAA\n", [OURS.public_key]) == CHECKPOINT


def without_key_name() -> str:
    head, _, encoded = NOTE.rstrip("\n").rpartition(" ")
    return f"{head} {b64encode(bytes(4) + b64decode(encoded)[4:]).decode()}\n"


@pytest.mark.parametrize(
    "forged",
    [
        NOTE.replace("41", "42"),
        NOTE.replace("\n41\n", "\n041\n"),
        NOTE.replace("cme.example/v/log", "evil.example/v/log"),
        NOTE.replace("\u2014 cme.example", "\u2014 another.example"),
        without_key_name(),
        NOTE.partition("\n\n")[0],
        "",
        "\n\n\n",
        "a\nb\nc\n\n",
        NOTE.replace("\n\n", "\nextra\n\n"),
        NOTE + "x" * 20_000,
    ],
)
def test_altered_notes_are_rejected(forged: str) -> None:
    with pytest.raises(CheckpointRejected):
        read_note(forged, [OURS.public_key])


def test_note_of_another_key_is_rejected() -> None:
    with pytest.raises(CheckpointRejected, match="not signed by this provider"):
        read_note(NOTE, [THEIRS.public_key])
