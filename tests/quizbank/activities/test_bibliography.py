"""References: real ones of many styles are known, and what only stands under the heading is refused with its reason."""

import pytest

from quizbank.activities.bibliography import why_incomplete, why_never, why_no_reference

BODY = "Oxygen is given below 90 %. The use of flaps has transformed the outcomes of complex wounds, as of 2019 in the WHO region."


@pytest.mark.parametrize(
    "line",
    [
        "1. Mathes SJ, Nahai F. Vascular anatomy of muscles. Plast Reconstr Surg. 1981;67(2):177-187.",
        "[12] Smith, J. (2020). Heart failure. Oxford University Press.",
        "J. Smith. Heart failure in practice, 2019",
        "McDonagh TA et al., Eur Heart J 2021",
        "O’Brien E, Parati G. Blood pressure. Lancet 2003",
        "National Institute for Health and Care Excellence. Chronic heart failure in adults. NG106. 2018.",
        "NICE guideline NG106: chronic heart failure. https://www.nice.org.uk/guidance/ng106",
        "Brysbaert M. How many words do we read? doi:10.1016/j.jml.2019.104047",
        "Principles of internal medicine, 21st edition. Boston, 2022.",
        "Müller H, Öztürk Ş. Herzinsuffizienz. Dtsch Med Wochenschr. 2019",
        "Иванов И. И. Сердечная недостаточность. Кардиология. 2019;59(4):12-18.",
        "王伟. 心力衰竭诊断与治疗. 中华心血管病杂志. 2019;47(2):1-5",
    ],
)  # fmt: skip
def test_real_reference_is_known(line: str) -> None:
    assert why_no_reference(line, BODY) is None


@pytest.mark.parametrize(
    "line", ["none", "None.", "N/A", "test", "Test 1", "to follow", "-", "1.", "References", "Lorem ipsum"]
)
def test_filler_names_no_work(line: str) -> None:
    assert why_never(line) == "names no work"


@pytest.mark.parametrize("line", ["https://acme.example/flap", "www.acme.example", "3. https://doi.example/x "])
def test_address_alone_is_none(line: str) -> None:
    assert "an address only" in (why_never(line) or "")


@pytest.mark.parametrize(
    "line",
    [
        "The use of flaps has transformed the outcomes of complex wounds, as of 2019 in the WHO region.",
        "  3. the use of flaps has  transformed the outcomes of complex wounds",
    ],
)
def test_sentence_of_the_document_is_none_even_with_a_year_and_a_body(line: str) -> None:
    assert "only repeats the document" in (why_never(line, BODY) or "")
    assert why_never(line) is None


def test_work_that_the_text_lists_in_full_is_one() -> None:
    line = "Mathes SJ, Nahai F. Vascular anatomy of muscles. Plast Reconstr Surg. 1981;67(2):177-187."
    assert why_no_reference(line, f"Read more in {line}") is None


@pytest.mark.parametrize(
    ("line", "lack"),
    [
        ("Acme FlapFix https://acme.example/flapfix", "year, DOI"),
        ("Smith J. Heart failure in practice.", "year, DOI"),
        ("Smith J. Room 12345678, 3.2024.11", "year, DOI"),
        ("It was shown to be good in 2019.", "author"),
        ("Google 2024", "author"),
        ("Smith J. 2029.", "title"),
    ],
)
def test_incomplete_reference_says_what_it_lacks(line: str, lack: str) -> None:
    assert lack in (why_incomplete(line) or "")
