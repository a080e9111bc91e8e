"""What a kind of rule file is: its name, how its text is read, and what one that cannot be used is told as."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Texts = Mapping[str, str]
"""The text in force of every kind, by the kind's name."""


class DamagedFile(ValueError):
    """A rule file cannot be used; each of the problems names its place in the file."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class RuleFileKind:
    """A kind of rule file. An empty text says nothing of its own: what comes with the program holds.

    ``setting`` can name a file, which then rules instead of every version. ``read`` returns what a text says, part by part,
    and raises DamagedFile; it is given the texts of the other kinds, which it may speak of. ``used`` tells who relies on a
    part, empty for nobody. ``example`` is a text to begin with.
    """

    name: str
    title: str
    about: str
    without: str
    setting: str
    example: str
    read: Callable[[str, Texts], Mapping[str, object]]
    used: Callable[[str], str]
