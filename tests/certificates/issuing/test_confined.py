"""Rendering in a child process: the same bytes as here, errors in the same words, and an end in bounded time."""

import pytest

from certificates.issuing.confined import render_confined
from certificates.issuing.rendering import RenderingRefused, render_certificate
from tests.certificates.issuing.samples import NAMES, SEAL, make_facts


def test_another_process_gives_the_same_bytes() -> None:
    facts = make_facts(recipient=" ".join([NAMES["devanagari"], NAMES["hebrew"], NAMES["chinese"], NAMES["thai"]]))
    assert render_confined(facts, "classic", SEAL, seconds=120) == render_certificate(facts, "classic", SEAL)


def test_refusal_comes_back_in_words() -> None:
    with pytest.raises(RenderingRefused, match="The activity's title is missing"):
        render_confined(make_facts(title=""), "classic", SEAL, seconds=120)


def test_unknown_design_is_refused_in_words() -> None:
    with pytest.raises(RenderingRefused, match="There is no design"):
        render_confined(make_facts(), "../../etc", SEAL, seconds=120)


def test_time_is_bounded() -> None:
    with pytest.raises(RenderingRefused, match="not ready after"):
        render_confined(make_facts(), "classic", SEAL, seconds=0.01)
