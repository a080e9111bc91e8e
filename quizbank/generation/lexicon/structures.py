"""The anatomy of structures.toml goes in; which vessels, nerves and openings may stand beside one as wrong answers comes out.

A wrong answer is proved by knowing everything that could be right: all that supplies, drains or passes the thing asked about, by
any book, and whatever stands above or below the right answer in the tree of branches. What the lexicon does not know, it does
not prove.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from quizbank.generation.lexicon.reading import neighbors, term_groups

KINDS = {"artery": "artery", "nerve": "nerve", "vein": "vein", "opening": "foramen", "plexus": "plexus", "cord": ""}
"""What a structure is called in a question, and the kind of lexicon terms whose names and synonyms are its."""


_MAIN = re.compile(r"\b(?:main(?:ly)?|dominant|principal(?:ly)?|chief(?:ly)?|primar(?:y|ily)|most of)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Thing:
    """Something questions name, as the beginnings of its words, and everything of each kind that could serve it."""

    words: re.Pattern[str]
    served: Mapping[str, frozenset[str]]
    main: str = ""


@cache
def _rows() -> dict[str, Any]:
    path = Path(__file__).parent / "structures.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def things() -> tuple[Thing, ...]:
    """Return the things, in the order of the file."""
    return tuple(
        Thing(
            re.compile("|".join(rf"\b{re.escape(word)}" for word in row["words"]), re.IGNORECASE),
            {kind: frozenset(row[kind]) for kind in KINDS if kind in row},
            row.get("main", ""),
        )
        for row in _rows()["thing"]
    )


@cache
def names(kind: str) -> dict[str, str]:
    """Return every name of a kind's structures in lower case, with the term that it means."""
    found: dict[str, str] = {}
    for group in term_groups():
        if group.kind == KINDS[kind]:
            found |= {name.lower(): term for term in group.terms for name in group.names_of(term) if " " in name}
    further = {one for thing in things() for one in thing.served.get(kind, ())}
    tree = {one for child, parents in _rows()["branch_of"].items() for one in (child, *parents)}
    further |= {one for one in tree if _kind_of(one) == kind}
    found |= {one.lower(): one for one in sorted(further) if one.lower() not in found}
    found |= {
        name.removesuffix(" artery"): term
        for name, term in found.items()
        if re.fullmatch(r"(?:external|internal|common) (?:carotid|iliac) artery", name)
    }
    return found | {
        name.replace("fibular", "peroneal").replace("internal thoracic", "internal mammary"): term
        for name, term in found.items()
        if "fibular" in name or "internal thoracic" in name
    }


def _kind_of(name: str) -> str:
    last = name.rsplit(maxsplit=1)[-1]
    return {"cord": "cord", "nerve": "nerve", "tympani": "nerve", "vein": "vein", "cava": "vein"}.get(last, "artery")


@cache
def above(term: str) -> frozenset[str]:
    """Return the vessels or nerves from which one comes, near and far."""
    parents = _rows()["branch_of"].get(term, ())
    return frozenset(parents).union(*(above(one) for one in parents))


@cache
def below(term: str) -> frozenset[str]:
    """Return what comes from a vessel or nerve, near and far."""
    return frozenset(one for one in _rows()["branch_of"] if term in above(one))


def serving(kind: str, asked: str) -> frozenset[str]:
    """Return everything of a kind that could serve what a question names, empty when the lexicon knows nothing of it."""
    known = [thing.served[kind] for thing in things() if kind in thing.served and thing.words.search(asked)]
    return frozenset().union(*known)


def named_in(kind: str, text: str) -> tuple[str, ...]:
    """Return the structures of a kind that a text names, the longest name at each place."""
    found = re.finditer(pattern_of(kind), text, re.IGNORECASE)
    return tuple(names(kind)[one[0].lower()] for one in found)


@cache
def pattern_of(kind: str) -> str:
    """Return a pattern that matches any name of a kind's structures."""
    every = sorted(names(kind), key=lambda name: (-len(name), name))
    return r"\b(?:" + "|".join(re.escape(name) for name in every) + r")\b"


def neighbors_of(kind: str, term: str) -> tuple[str, ...]:
    """Return the structures that a trainee could confuse with one, likest first."""
    own = _rows()["near"].get(kind, {})
    return tuple(own.get(term, ())) or neighbors(KINDS[kind]).get(term, ())


def apart_from(kind: str, term: str, asked: str) -> tuple[str, ...]:
    """Return the neighbors of a term that do not serve what a question names, likest first; () when the lexicon does not know
    that the term itself does.
    """
    serves = serving(kind, asked)
    if term not in serves:
        return ()
    only_main = _MAIN.search(asked) and all(
        thing.main == term for thing in things() if kind in thing.served and thing.words.search(asked)
    )
    barred = (frozenset((term,)) if only_main else serves) | above(term) | below(term)
    return tuple(one for one in neighbors_of(kind, term) if one not in barred)


def apart_as_origin(kind: str, term: str, branch: str) -> tuple[str, ...]:
    """Return the neighbors of a term from which a branch of it does not come; () when the lexicon does not know the branch."""
    if term not in above(branch):
        return ()
    barred = above(branch) | below(branch) | {branch}
    return tuple(one for one in neighbors_of(kind, term) if one not in barred)
