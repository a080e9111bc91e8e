"""Text taken out of a certificate is the text that was put in."""

import pytest

from certificates.issuing.extraction import NOTHING, actual_text, completed, is_right_to_left
from certificates.issuing.rendering import render_certificate
from tests.certificates.issuing.pdf_reading import text_of
from tests.certificates.issuing.samples import NAMES, SEAL, make_facts


@pytest.mark.parametrize("script", sorted({*NAMES} - {"hebrew"}))
def test_name_is_extracted_as_it_was_given(script: str) -> None:
    pdf = render_certificate(make_facts(recipient=NAMES[script], credentials=None), "classic", SEAL)
    assert NAMES[script] in text_of(pdf)


def test_direction_of_a_text_is_known() -> None:
    assert is_right_to_left("Ann שלום")
    assert not is_right_to_left("Ann 王")


def test_actual_text_is_utf_16() -> None:
    assert actual_text("é\U0001f642") == b"<feff00e9d83dde42>"


@pytest.mark.parametrize(
    ("line", "letters", "expected"),
    [
        (b"<0001> <>", {1: "\u05b8"}, b"<0001> <05b8>"),
        (b"<0001> <>", {}, b"<0001> <%b>" % NOTHING.encode("utf-16-be").hex().encode()),
        (b"<0001> <05e905b8>", {1: "\u05e9"}, b"<0001> <05e9>"),
        (b"<0001> <00660069>", {1: "\ufb01"}, b"<0001> <00660069>"),
        (b"endbfchar", {1: "x"}, b"endbfchar"),
    ],
)
def test_glyphs_get_the_letters_they_stand_for(line: bytes, letters: dict[int, str], expected: bytes) -> None:
    assert completed(line, letters) == expected
