"""What may stand beside a vessel or nerve: never what also serves the thing, nor what it comes from or gives off."""

import tomllib
from pathlib import Path

import pytest

from quizbank.generation.lexicon import structures
from quizbank.generation.lexicon.structures import (
    KINDS,
    above,
    apart_as_origin,
    apart_from,
    below,
    named_in,
    names,
    neighbors_of,
    serving,
    things,
)

ROWS = tomllib.loads((Path(structures.__file__).parent / "structures.toml").read_text(encoding="utf-8"))


def test_every_thing_is_served_by_known_structures() -> None:
    for thing in things():
        for kind, served in thing.served.items():
            assert served <= set(names(kind).values()), thing.words.pattern


def test_every_neighbor_has_a_name_and_none_is_its_own() -> None:
    for kind, rows in ROWS["near"].items():
        for term, near in rows.items():
            assert {term, *near} <= set(names(kind).values()), term
            assert term not in near


def test_nothing_is_its_own_branch() -> None:
    for term in ROWS["branch_of"]:
        assert term not in above(term)
        assert not above(term) & below(term)


def test_the_main_one_serves_its_thing() -> None:
    for thing in things():
        assert not thing.main or any(thing.main in served for served in thing.served.values())


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "cord"])
def test_no_neighbor_comes_from_or_gives_off_the_right_answer(kind: str) -> None:
    for thing in things():
        for term in thing.served.get(kind, ()):
            asked = thing.words.pattern.split("|")[0].removeprefix(r"\b").replace("\\", "")
            apart = set(apart_from(kind, term, asked))
            assert not apart & (above(term) | below(term) | serving(kind, asked))


def test_what_also_supplies_a_muscle_never_stands_beside_its_nerve() -> None:
    assert "radial nerve" not in apart_from("nerve", "musculocutaneous nerve", "which nerve supplies brachialis?")


def test_where_the_main_one_is_asked_for_the_minor_ones_may_stand() -> None:
    asked = "which artery supplies pectoralis major?"
    assert "lateral thoracic artery" not in apart_from("artery", "thoracoacromial artery", asked)
    main = "which artery is the dominant pedicle of pectoralis major?"
    assert "lateral thoracic artery" in apart_from("artery", "thoracoacromial artery", main)


def test_what_the_lexicon_does_not_know_it_does_not_prove() -> None:
    assert apart_from("nerve", "axillary nerve", "which nerve supplies the thyroid?") == ()
    assert apart_as_origin("artery", "facial artery", "radial artery") == ()


def test_a_branch_is_set_apart_from_every_vessel_it_comes_from() -> None:
    assert above("thoracodorsal artery") >= {"subscapular artery", "axillary artery", "subclavian artery"}
    apart = apart_as_origin("artery", "axillary artery", "subscapular artery")
    assert apart
    assert "subclavian artery" not in apart


def test_older_names_mean_the_same() -> None:
    assert named_in("nerve", "the common peroneal nerve and the sural nerve") == ("common fibular nerve", "sural nerve")
    assert names("artery")["internal mammary artery"] == "internal thoracic artery"


def test_every_structure_asked_for_has_neighbors_or_none_is_asked() -> None:
    assert neighbors_of("nerve", "nasopalatine nerve") == ()
