"""What an item says, whatever its type: options, the content protocol every type fulfils, and the source citation."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self

Response = Mapping[str, Any]
"""What a learner gave for one item, as plain JSON; ``{}`` is blank. Each type says what is inside."""


class InvalidResponse(ValueError):
    """The response cannot belong to this item (an unknown option, two choices where one is allowed)."""


class MistypedResponse(InvalidResponse):
    """A person wrote or chose something that cannot be read; the message says what to do, and nothing they gave is lost."""


class InvalidContent(ValueError):
    """Stored or posted content does not have the shape of its item type."""


@dataclass(frozen=True)
class Option:
    """One answer offered. ``id`` is short and unique within the item; ``rationale`` says why it is right or wrong."""

    id: str
    text: str
    rationale: str = ""


@dataclass(frozen=True)
class Part:
    """One thing that a response without lettered options is judged by: what was asked, given and right, in words."""

    asked: str
    given: str
    right: str
    is_right: bool
    reason: str = ""


@dataclass(frozen=True)
class Citation:
    """Where in the document an item comes from: offsets into the extracted text, the exact words, the section path."""

    start: int
    end: int
    quote: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True)
class Example:
    """A response and the fraction it earns; ``fraction`` is None for a response that must be refused."""

    name: str
    fields: Mapping[str, Sequence[str]]
    fraction: float | None


class ItemContent(Protocol):
    """What every item type offers. Content is frozen; a change of content is a new version.

    ``field`` is the name of the form field that holds a response. ``options`` are what is chosen, matched or put in
    order; ``prompts`` what options are matched to; ``unit`` what stands behind a number. Most types have no use for both.
    """

    type: ClassVar[str]
    label: ClassVar[str]
    schema: ClassVar[int]
    field: ClassVar[str]

    @property
    def stem(self) -> str: ...
    @property
    def options(self) -> tuple[Option, ...]: ...
    @property
    def key(self) -> tuple[str, ...]: ...
    @property
    def prompts(self) -> tuple[Option, ...]: ...
    @property
    def unit(self) -> str: ...
    @property
    def rationale(self) -> str: ...

    def parse(self, fields: Mapping[str, Sequence[str]]) -> Response:
        """Turn posted form fields into a response; ``{}`` when blank. Raises InvalidResponse or MistypedResponse."""
        ...

    def values(self, response: Response) -> tuple[str, ...]:
        """Return what the field holds when this response was given, so that parse reads the same response from it."""
        ...

    def right_response(self) -> Response:
        """Return the response that earns everything."""
        ...

    def is_answered(self, response: Response) -> bool:
        """Return whether nothing is left to give; a response that is neither blank nor answered is partly answered."""
        ...

    def grade(self, response: Response) -> float:
        """Return the fraction earned, 0 <= fraction <= 1; a blank response earns 0."""
        ...

    def summarise(self, response: Response) -> str:
        """Return the response in words, for lists and exports; "" when blank."""
        ...

    def parts(self, response: Response) -> tuple[Part, ...]:
        """Return what the response is judged by, one by one; () when the lettered options show it."""
        ...

    def problems(self) -> list[str]:
        """Return what keeps this content from being published, in plain sentences; [] when it is complete."""
        ...

    def shuffled_options(self, rng: random.Random) -> tuple[str, ...]:
        """Return the ids of the options in the order in which one attempt shows them."""
        ...

    def with_ids(self, ids: Mapping[str, str]) -> Self:
        """Return the content with other ids for its options and prompts, as far as they are free."""
        ...

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON that from_json reads back to an equal content, with its schema number."""
        ...

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what to_json wrote, upgrading older schemas. Raises InvalidContent."""
        ...

    @classmethod
    def examples(cls) -> tuple[Self, tuple[Example, ...]]:
        """Return one content and its right, partly right, wrong, blank and invalid responses."""
        ...
