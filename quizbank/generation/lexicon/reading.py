"""The lexicon's TOML files go in; frozen tables of list kinds, term kinds, measures and typical words come out."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class ListKind:
    """A standard list of clinical documents and the kinds whose members are never also of this one."""

    id: str
    singular: str
    plural: str
    before: str
    headings: tuple[str, ...]
    set_apart_from: tuple[str, ...]
    verb: str
    of: str = "anything"
    rather: bool = False


@lru_cache(maxsize=4096)
def _words_of(text: str) -> str:
    """Return a text's words in lower case, each behind one space: " brachial plexus"."""
    return " " + " ".join(re.findall(r"\w+", text.lower()))


@dataclass(frozen=True)
class TermGroup:
    """Terms of one kind that may stand beside each other, and the pairs that may not."""

    kind: str
    noun: str
    name: str
    terms: tuple[str, ...]
    synonyms: tuple[tuple[str, ...], ...] = ()
    never_beside: tuple[tuple[str, str], ...] = ()
    apart: tuple[str, ...] = ()
    fields: tuple[tuple[str, ...], ...] = ()
    is_a: tuple[tuple[str, str], ...] = ()
    fits: tuple[tuple[str, tuple[str, ...]], ...] = ()
    plural: str = ""

    def names_of(self, term: str) -> tuple[str, ...]:
        """Return a term and its synonyms."""
        return next((names for names in self.synonyms if term in names), (term,))

    def siblings(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Return the terms that may stand beside all the keys: no synonym, kind or likeness of any."""
        barred = {name for key in keys for name in self.names_of(key)}
        pairs = (*self.never_beside, *self.is_a)
        barred |= {one if other in barred else other for one, other in pairs if {one, other} & barred}
        return tuple(term for term in self._near(keys) if not barred & set(self.names_of(term)))

    def may_fit(self, term: str, question: str) -> bool:
        """Return whether general medicine would let a term answer a question as well."""
        asked = _words_of(question)
        beginnings = next((words for name, words in self.fits if name in self.names_of(term)), ())
        return any(_words_of(word) in asked for word in beginnings)

    def _near(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Return the terms of the keys' own field, all terms when the group knows no fields."""
        own = (field for field in self.fields if set(field) & set(keys))
        return next(own, ()) if self.fields else self.terms


@dataclass(frozen=True)
class Measure:
    """Something done for patients: the words that name it, the beginnings of words that tell what it serves, and reasons
    of the same field that it does not serve.
    """

    name: str
    cues: tuple[str, ...]
    serves: tuple[str, ...]
    wrong: tuple[str, ...]


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def list_kinds() -> tuple[ListKind, ...]:
    """Return the standard lists, in the order of the file."""
    return tuple(
        ListKind(
            row["id"],
            row["singular"],
            row["plural"],
            row["before"],
            tuple(row["headings"]),
            tuple(row["set_apart_from"]),
            row["verb"],
            row.get("of", "anything"),
            row.get("rather", False),
        )
        for row in _toml("lists")["list"]
    )


@cache
def word_set(name: str) -> frozenset[str]:
    """Return one of the sets of words that wording goes by."""
    return frozenset(_toml("words")[name].split())


@cache
def verb_words(name: str) -> frozenset[str]:
    """Return one of the sets of words by which sentences are taken apart."""
    return frozenset(_toml("verbs")[name].split())


@cache
def term_groups() -> tuple[TermGroup, ...]:
    """Return every group of every kind, file by file."""
    files = sorted((_FOLDER / "terms").glob("*.toml"))
    kinds = [kind for file in files for kind in tomllib.loads(file.read_text(encoding="utf-8"))["kind"]]
    return tuple(_group(kind, group) for kind in kinds for group in kind["group"])


@cache
def genera() -> frozenset[str]:
    """Return the first words of organisms' names in lower case, which keep their capital inside a sentence."""
    kinds = ("bacterium", "virus", "fungus", "protozoan", "helminth", "arthropod", "vector")
    names = [
        name for group in term_groups() if group.kind in kinds for term in group.terms for name in group.names_of(term)
    ]
    return frozenset(name.split()[0].lower() for name in names if name[:1].isupper() and name[1:2].islower())


def _group(kind: dict[str, Any], group: dict[str, Any]) -> TermGroup:
    return TermGroup(
        kind["id"],
        kind["noun"],
        group["name"],
        tuple(group["terms"]),
        tuple(tuple(names) for names in group.get("synonyms", ())),
        tuple((one, other) for one, other in group.get("never_beside", ())),
        tuple(group.get("apart", kind.get("apart", ()))),
        tuple(tuple(field) for field in group.get("fields", ())),
        tuple((one, other) for one, other in group.get("is_a", ())),
        tuple((term, tuple(words)) for term, words in group.get("fits", {}).items()),
        kind.get("plural", ""),
    )


@dataclass(frozen=True)
class Relation:
    """What a sentence must say of a term of one kind so that no other term is right: see relations.toml."""

    kind: str
    objective: str
    subject: tuple[str, ...]
    before: tuple[str, ...]
    suffix: tuple[str, ...]
    question: str


@cache
def relations() -> dict[str, Relation]:
    """Return the relations by kind."""
    return {
        row["kind"]: Relation(
            row["kind"],
            row["objective"],
            tuple(row["subject"].split()),
            tuple(row["before"]),
            tuple(row.get("suffix", ())),
            row.get("question", ""),
        )
        for row in _toml("relations")["relation"]
    }


@cache
def neighbors(kind: str) -> dict[str, tuple[str, ...]]:
    """Return for the terms of a kind the others that a trainee could confuse with them, likest first; {} for most kinds."""
    return {term: tuple(names) for term, names in _toml("neighbors").get(kind, {}).items()}


_FAMILIES = {"specialist": "role"}  # kinds whose terms are neighbors of another kind's
# Kinds whose groups hold too many terms that nobody would take for the key: only written neighbors may stand beside it.
_NEVER_BY_GROUP = frozenset(
    ("organ", "muscle", "body_site", "gland", "bone", "kidney_part", "joint_movement", "gut_segment")
)


def has_neighbors(group: TermGroup) -> bool:
    """Return whether the terms of a group have written neighbors."""
    return bool(neighbors(_FAMILIES.get(group.kind, group.kind)))


def rivals(group: TermGroup, term: str, question: str) -> tuple[str, ...]:
    """Return the terms that may stand beside a term as wrong answers to a question, likest first.

    They are its written neighbors where its kind has any, else the terms of its group; none is a synonym or kind of it, and
    general medicine lets none answer the question.
    """
    kind = _FAMILIES.get(group.kind, group.kind)
    known = neighbors(kind)
    by_group = () if kind in _NEVER_BY_GROUP else group.siblings((term,))
    apart = known.get(term, ()) if known else by_group
    return tuple(name for name in apart if not _may_be_right(name, question))


def _may_be_right(name: str, question: str) -> bool:
    return any(group.may_fit(name, question) for group in _groups_of().get(name, ()))


@cache
def _groups_of() -> dict[str, tuple[TermGroup, ...]]:
    found: dict[str, tuple[TermGroup, ...]] = {}
    for group in term_groups():
        for term in group.terms:
            found[term] = (*found.get(term, ()), group)
    return found


@cache
def measures() -> tuple[Measure, ...]:
    """Return the measures, in the order of the file: special ones before general ones."""
    return tuple(
        Measure(row["name"], tuple(row["cues"]), tuple(row["serves"]), tuple(row["wrong"]))
        for row in _toml("measures")["measure"]
    )


@cache
def typical_words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return technique → word beginnings that could describe it."""
    return tuple((name, tuple(words)) for name, words in _toml("typical")["typical"].items())
