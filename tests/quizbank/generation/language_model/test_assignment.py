"""A model's work has a pattern and earns its own licence, per version of the prompts and kind of work."""

from dataclasses import replace

from quizbank.generation.gate.model import Context
from quizbank.generation.language_model.assignment import Assignment
from quizbank.generation.language_model.prompts import PROMPT_VERSION
from quizbank.generation.licences import Licence
from tests.quizbank.generation.language_model.fake_model import SENTENCE, Mind
from tests.quizbank.generation.sources import prose

LICENCE = Licence(f"model:fake:{PROMPT_VERSION}", PROMPT_VERSION, read=40, documents=12, as_is=36, fatal=0)
DOCUMENT = prose(SENTENCE)
WORK = Assignment(DOCUMENT, Context(DOCUMENT), "fake", Mind().ask, 1, (LICENCE,))


def test_the_pattern_names_model_and_prompt_version() -> None:
    assert WORK.pattern().name == f"model:fake:{PROMPT_VERSION}"
    assert WORK.licence() == LICENCE


def test_another_model_another_version_and_other_work_hold_no_licence() -> None:
    assert replace(WORK, model="other").licence() is None
    assert replace(WORK, licences=(replace(LICENCE, version=PROMPT_VERSION + 1),)).licence() is None
    assert WORK.licence("prose") is None
