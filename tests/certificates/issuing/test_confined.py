"""Rendering in a child process: the same bytes as here, errors in the same words, and an end in bounded time."""

from pathlib import Path

import pytest

from certificates.issuing.confined import render_confined
from certificates.issuing.rendering import RenderingRefused, render_certificate
from certificates.issuing.signing_keys import keep_first_signer
from tests.certificates.issuing.samples import NAMES, SEAL, SIGNER, make_facts


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """Return a file with the key that seals the samples."""
    path = tmp_path / "signing_key.pem"
    keep_first_signer(SIGNER, path)
    return path


def test_another_process_gives_the_same_bytes(key_file: Path) -> None:
    facts = make_facts(recipient=" ".join([NAMES["devanagari"], NAMES["hebrew"], NAMES["chinese"], NAMES["thai"]]))
    assert render_confined(facts, "classic", key_file, seconds=120) == render_certificate(facts, "classic", SEAL)


def test_refusal_comes_back_in_words(key_file: Path) -> None:
    with pytest.raises(RenderingRefused, match="The activity's title is missing"):
        render_confined(make_facts(title=""), "classic", key_file, seconds=120)


def test_unknown_design_is_refused_in_words(key_file: Path) -> None:
    with pytest.raises(RenderingRefused, match="There is no design"):
        render_confined(make_facts(), "../../etc", key_file, seconds=120)


def test_time_is_bounded(key_file: Path) -> None:
    with pytest.raises(RenderingRefused, match="not ready after"):
        render_confined(make_facts(), "classic", key_file, seconds=0.01)
