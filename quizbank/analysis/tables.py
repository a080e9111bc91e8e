"""The items of a report and what the address asks for in; the rows to show, sorted and filtered, out."""

from collections.abc import Callable, Sequence

from quizbank.analysis.reporting import ItemReport

ANY_FLAG, NO_FLAG = "any", "none"
SORTS: dict[str, Callable[[ItemReport], float | str | None]] = {
    "number": lambda one: one.asked.number,
    "facility": lambda one: one.statistics.facility,
    "discrimination": lambda one: one.statistics.discrimination,
    "efficiency": lambda one: one.statistics.discriminative_efficiency,
    "biserial": lambda one: one.statistics.point_biserial,
    "weight": lambda one: one.statistics.effective_weight,
    "time": lambda one: one.seconds,
    "flags": lambda one: len(one.flags),
}


def fitting(items: Sequence[ItemReport], words: str, flag: str, objective: str) -> list[ItemReport]:
    """Return the items whose question has the words, with this kind of flag (or any, or none) and this objective."""
    return [
        one
        for one in items
        if words.casefold() in one.asked.content.stem.casefold()
        and _has(one, flag)
        and objective in ("", one.asked.objective)
    ]


def _has(one: ItemReport, flag: str) -> bool:
    if flag in ("", ANY_FLAG, NO_FLAG):
        return flag == "" or bool(one.flags) == (flag == ANY_FLAG)
    return any(found.kind == flag for found in one.flags)


def ordered(items: Sequence[ItemReport], sort: str, descending: bool) -> list[ItemReport]:
    """Return the items by one of SORTS; what has no such figure stands last, equals by their number."""
    key = SORTS[sort]
    known = [one for one in items if key(one) is not None]
    known.sort(key=key, reverse=descending)  # type: ignore[arg-type]  # those without were left out
    return [*known, *(one for one in items if key(one) is None)]
