"""Rendering in a child process: the same bytes as here, errors in the same words, and an end in bounded time."""

import time
from pathlib import Path

import pytest

from certificates.issuing import confined
from certificates.issuing.confined import render_confined, render_safely
from certificates.issuing.designs import read_design
from certificates.issuing.rendering import RenderingRefused, render_certificate
from tests.certificates.issuing.samples import LOGO, NAMES, PICTURES, SEAL, make_facts


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


BOMB = "".join(f"<g id='a{level}'>" + f"<use href='#a{level - 1}'/>" * 10 + "</g>" for level in range(1, 12))
GIANT = f"<svg xmlns='http://www.w3.org/2000/svg'><g id='a0'><path d='M0 0h1'/></g>{BOMB}<use href='#a11'/></svg>"
HOSTILE = {
    "giant drawing": ('<img src="giant.svg" alt="x">', "not ready after"),
    "ten thousand pages": ('<p style="break-before: page">x</p>' * 4_500, "not ready after|one page"),
    "doubled text": (
        "{% set x = title %}" + "{% set x = x ~ x %}" * 40 + "{{ x }}",
        "too much memory|within its memory|not ready after",
    ),
    "rows": (
        "{% for a in title %}{% for b in title %}<p>{% for c in title %}x{% endfor %}{% endfor %}{% endfor %}",
        "longer",
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_design_is_ended_in_time_and_the_caller_lives(kind: str, tmp_path: Path) -> None:
    extra, reason = HOSTILE[kind]
    files = dict(read_design("classic").files) | {"giant.svg": GIANT.encode()}
    files["certificate.html"] = files["certificate.html"].replace(b"</body>", extra.encode() + b"</body>")
    (tmp_path / "hostile").mkdir()
    for name, content in files.items():
        (tmp_path / "hostile" / name).write_bytes(content)
    started = time.monotonic()
    with pytest.raises(RenderingRefused, match=reason):
        render_confined(make_facts(), "hostile", SEAL, seconds=8, folder=tmp_path)
    assert time.monotonic() - started < 15


def test_pictures_reach_the_child() -> None:
    facts = make_facts(logo=LOGO)
    there = render_confined(facts, "classic", SEAL, PICTURES, seconds=120)
    assert there == render_certificate(facts, "classic", SEAL, PICTURES)


def test_only_designs_of_the_program_are_rendered_beside_everything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    went: list[str] = []
    monkeypatch.setattr(confined, "render_certificate", lambda *_: went.append("here") or b"")
    monkeypatch.setattr(confined, "render_confined", lambda *_: went.append("apart") or b"")
    for name in ("classic", "modern", "plain", "somebody's"):
        render_safely(make_facts(), name, SEAL)
    assert went == ["here", "here", "here", "apart"]
