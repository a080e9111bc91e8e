"""Filling in a design: the credit phrase in italics, the direction of a text, signatories as peers, nothing that runs."""

import pytest

from certificates.issuing.designs import parsed_design, read_design
from certificates.issuing.facts import Signatory
from certificates.issuing.filling import (
    MAX_PAGE,
    RenderingRefused,
    direction,
    filled_page,
    italic_credit_phrase,
    signatory_values,
)
from tests.certificates.issuing.samples import ORDINARY

CLASSIC = read_design("classic")
LONG = Signatory("Professor Maximiliane Alexandra von Hohenstein-Wartburg, MD, PhD, MPH, FACP, FACS", "Dean")


def test_credit_phrase_is_italic_and_everything_else_escaped() -> None:
    assert italic_credit_phrase("<b> 1 AMA PRA Category 1 Credit™") == "&lt;b&gt; 1<em> AMA PRA Category 1 Credit™</em>"
    assert "<em> AMA PRA Category 1 Credit(s)™</em>" in italic_credit_phrase("of 2 AMA PRA Category 1 Credit(s)™.")
    assert italic_credit_phrase("2 contact hours") == "2 contact hours"


@pytest.mark.parametrize(
    ("text", "way"), [("Ann", "ltr"), ("محمد", "rtl"), ("שלום", "rtl"), ("123 محمد", "rtl"), ("王", "ltr"), ("", "ltr")]
)
def test_direction_follows_the_first_letter_that_has_one(text: str, way: str) -> None:
    assert direction(text) == way


def test_signatories_are_set_in_one_size_side_by_side() -> None:
    short, long = signatory_values((Signatory("Ann Lee", "Chair"), LONG), CLASSIC)
    assert short["fit"]["signatory"].split(";")[0] == long["fit"]["signatory"].split(";")[0]
    assert short["at"]["signatory"] != long["at"]["signatory"]


@pytest.mark.parametrize(
    "page",
    [
        "{{ 'x' * 1000000000 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '{:>1000000000}'.format(1) }}",
        "{{ 2 ** 1000000000 }}",
        "{{ heading.upper() }}",
        "{% for a in title %}{% for b in title %}{% for c in title %}x{% endfor %}{% endfor %}{% endfor %}",
    ],
)
def test_page_that_would_grow_huge_is_refused_at_once(page: str) -> None:
    design = parsed_design("hostile", {**CLASSIC.files, "certificate.html": page.encode()})
    with pytest.raises(RenderingRefused, match="cannot be filled in"):
        filled_page(ORDINARY, design)


def test_ordinary_page_is_far_below_the_limit() -> None:
    assert len(filled_page(ORDINARY, CLASSIC)) < MAX_PAGE / 10
