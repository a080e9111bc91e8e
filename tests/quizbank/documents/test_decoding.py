"""Text is read in whatever encoding it was written; bytes that are no text are refused."""

import pytest

from quizbank.documents.decoding import decode
from quizbank.documents.errors import UnknownFormat

TEXT = "Fièvre: a rise in body temperature.\nCool the patient."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_common_encodings_are_told_apart(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_binary_content_is_refused() -> None:
    with pytest.raises(UnknownFormat, match="not text"):
        decode(bytes(range(256)) * 4)


def test_a_stray_nul_is_no_reason_to_refuse() -> None:
    assert decode(b"Cool\x00 the burn at once.") == "Cool\x00 the burn at once."


def test_a_text_cut_in_the_middle_of_a_character_pair_is_called_damaged() -> None:
    with pytest.raises(UnknownFormat, match="damaged or cut off"):
        decode(TEXT.encode("utf-16")[:-1])
