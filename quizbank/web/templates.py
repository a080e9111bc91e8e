"""How templates are read and drawn: with the same globals everywhere, and parts that are the same for everybody only once."""

from collections.abc import Callable, Hashable, MutableMapping
from typing import Any, TypeVar

from flask import current_app, request
from flask.templating import Environment

Made = TypeVar("Made")
MOST_KEPT = 1_000
"""So many parts a process keeps; then it begins anew."""


def drawn_once(make: Callable[..., Made], *given: Hashable) -> Made:
    """Return what a function or a macro makes of what it is given, made once per process.

    For parts of pages that nothing else decides: nobody's name, no token. Their addresses begin with where the
    application stands, which a proxy may say anew with every request, so that tells them apart as well.
    """
    parts: dict[Hashable, Made] = current_app.extensions.setdefault("page_parts", {})
    name = (make, request.script_root, *given)
    made = parts.get(name)
    if made is None:
        made = make(*given)
        if len(parts) >= MOST_KEPT:
            parts.clear()
        parts[name] = made
    return made


class Templates(Environment):
    """Flask's templates with their globals in a dictionary each.

    Every import in a template compares its globals with those of the other, which takes longer than most macros do when
    they are looked up in two places.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template knows beside what it is given; it is read once, after the application is wired."""
        return {**self.globals, **(d or {})}
