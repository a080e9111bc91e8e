"""What two rule files say, part by part, goes in; what the second changes comes out, in lines that people read."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
NOTHING = "–"


@dataclass(frozen=True)
class Change:
    """One part that is added, removed or changed, and line by line what was said and is said now."""

    part: str
    kind: str
    lines: tuple[tuple[str, str, str], ...] = ()


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> list[Change]:
    """Return what a new file changes, in its own order; what it removes comes last."""
    found = [change_of(part, before.get(part), said) for part, said in after.items()]
    gone = [Change(part, REMOVED) for part in before if part not in after]
    return [*(one for one in found if one is not None), *gone]


def change_of(part: str, before: object, after: object) -> Change | None:
    """Return what becomes of a part of the new file, None when it stays as it is."""
    old, new = dict(lines(before)), dict(lines(after))
    places = [*new, *(place for place in old if place not in new)]
    told = tuple(
        (place, old.get(place, NOTHING), new.get(place, NOTHING))
        for place in places
        if old.get(place, NOTHING) != new.get(place, NOTHING)
    )
    if before is None:
        return Change(part, ADDED, told)
    return Change(part, CHANGED, told) if told else None


def lines(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield every value inside another with the way to it, as people read it; what is empty is left out."""
    if is_dataclass(value):
        for one in fields(value):
            yield from lines(getattr(value, one.name), joined(place, one.name.replace("_", " ")))
    elif isinstance(value, Set):
        yield from lines(", ".join(sorted(map(str, value))), place)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        if all(isinstance(one, str) for one in value):
            yield from lines(", ".join(value), place)
        else:
            for number, one in enumerate(value, start=1):
                yield from lines(one, joined(place, str(getattr(one, "name", number))))
    elif value not in (None, "", False):
        yield place, "yes" if value is True else str(value)


def joined(place: str, name: str) -> str:
    """Return the way to a value inside another."""
    return f"{place}, {name}" if place else name
