"""What varies: pages of one kind have one pattern, and nothing of the learner is in it."""

from certificates.issuing.designs import read_design
from certificates.issuing.filling import filled_page
from certificates.issuing.serial import new_serial
from certificates.issuing.varying import Varying, collapsed, parted
from tests.certificates.issuing.samples import ORDINARY, make_facts

HEAD = "<html><head><title>Ann</title><meta name='x' content='Ann'></head><body>"


def element(inside: str) -> str:
    return f'{HEAD}<p data-varies style="max-width: 90.5pt">{inside}</p></body></html>'


def test_pages_of_two_learners_have_one_pattern() -> None:
    serial = new_serial(lambda count: bytes(range(90, 90 + count)))
    other = make_facts(recipient="Bo Ek", serial=serial, verify_url=f"https://cme.northgate.example/v/{serial}")
    pages = [filled_page(facts, read_design("classic")) for facts in (ORDINARY, other)]
    (first, texts), (second, others) = (parted(page) for page in pages)
    assert first == second
    assert texts[0] == "Alexandra M. Whitfield, MD, FACS"
    assert others[0] == "Bo Ek, MD, FACS"


def test_pattern_holds_nothing_of_the_learner() -> None:
    pattern, _ = parted(filled_page(ORDINARY, read_design("classic")))
    assert "Whitfield" not in pattern.page
    assert ORDINARY.serial not in pattern.page
    assert "12 November" not in pattern.page


def test_texts_are_taken_apart_by_their_elements_and_unescaped() -> None:
    pattern, texts = parted(element("  a &lt;b&gt;\n <em>c &amp; d</em> "))
    assert texts == ("a <b> ", "c & d")
    assert pattern.lines == (Varying(0, 2, 90.5),)


def test_broken_line_becomes_two() -> None:
    pattern, texts = parted(element("one two <em>three</em>"), breaks={0: [(0, 4)]})
    assert texts == ("one ", "two ", "three")
    assert [line.texts for line in pattern.lines] == [1, 2]
    assert "<br>" in pattern.page


def test_constant_element_stays_as_it_is() -> None:
    pattern, texts = parted(element("one"), constant={0})
    assert ">one<" in pattern.page
    assert (texts, pattern.lines) == ((), ())


def test_blanks_count_once() -> None:
    assert collapsed([" a ", " b", "", " c  "]) == ["a ", "b", "", " c"]
