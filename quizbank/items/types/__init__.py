"""The item types, in the order an author is offered them. Adding one takes a file, a template, a test and a row."""

from quizbank.items.content import InvalidContent, ItemContent
from quizbank.items.types.cloze import Cloze
from quizbank.items.types.matching import Matching
from quizbank.items.types.multiple_response import MultipleResponse
from quizbank.items.types.numeric import Numeric
from quizbank.items.types.ordering import Ordering
from quizbank.items.types.short_answer import ShortAnswer
from quizbank.items.types.single_best_answer import SingleBestAnswer
from quizbank.items.types.true_false import TrueFalse

ITEM_TYPES: tuple[type[ItemContent], ...] = (
    SingleBestAnswer,
    MultipleResponse,
    TrueFalse,
    Numeric,
    ShortAnswer,
    Matching,
    Ordering,
    Cloze,
)


def item_type(name: str) -> type[ItemContent]:
    """Return the content class of a type's name; raises InvalidContent when there is none."""
    for content_class in ITEM_TYPES:
        if content_class.type == name:
            return content_class
    raise InvalidContent(f"There is no item type {name!r}.")
