"""The command line prints items without a database, and says plainly when there are none."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from quizbank.generation import commands
from quizbank.generation.commands import generation_commands
from quizbank.generation.pipeline import Generation
from quizbank.generation.serialising import generation_to_json
from quizbank.items.types import Ordering
from tests.conftest import TEST_SETTINGS
from tests.quizbank.generation.language_model.fake_model import SENTENCE, Mind, serving, silent, thinking
from tests.quizbank.generation.language_model.samples import BARE, DOCUMENT
from tests.quizbank.generation.sources import SAMPLES


def call(*arguments: str, **settings: Any) -> Result:
    """Call a command of generation under these settings."""
    app = Flask(__name__)
    app.config.update({"LICENCES": TEST_SETTINGS["LICENCES"], **settings})
    app.cli.add_command(generation_commands)
    return app.test_cli_runner().invoke(args=["generation", *arguments])


def run(*arguments: str) -> Result:
    """Call ``generation run``."""
    return call("run", *arguments)


def test_json_holds_items_and_document() -> None:
    made = json.loads(run(str(SAMPLES[0]), "--seed", "1", "--format", "json").stdout)
    assert len(made["items"]) >= 10
    assert made["document"]["language"] == "en"


def test_text_stars_the_key_and_names_the_maker() -> None:
    printed = run(str(SAMPLES[0]), "--seed", "1", "--limit", "2").stdout
    assert "2 items" in printed
    assert "   * " in printed


def test_too_little_is_said_on_stderr_and_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "short.txt"
    file.write_text("Rest helps most people.")
    result = run(str(file), "--seed", "1", "--format", "json")
    assert result.exit_code == 0
    assert "too little" in result.stderr
    assert json.loads(result.stdout)["items"] == []


def test_unreadable_file_is_an_error_in_words(tmp_path: Path) -> None:
    file = tmp_path / "binary.txt"
    file.write_bytes(bytes(range(256)) * 8)
    result = run(str(file), "--seed", "1")
    assert result.exit_code == 1
    assert result.stderr.strip().endswith(".")


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a file that yields one question which lacks wrong options."""
    made = generation_to_json(DOCUMENT, Generation(suggestions=(BARE,)))
    monkeypatch.setattr(commands, "generate_confined", lambda *_arguments: made)
    file = tmp_path / "smith-jane-draft.md"
    file.write_text(f"# Valve Surgery\n\n## Care\n\n{SENTENCE}\n")
    return str(file)


@pytest.mark.parametrize("command", ["run", "finish"])
def test_without_a_language_model_nothing_leaves(command: str, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_arguments: object) -> None:
        pytest.fail("something was sent")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    result = call(command, page, "--seed", "1")
    assert ("nothing was sent" in result.stderr) == (command == "finish")
    assert result.exit_code == (1 if command == "finish" else 0)


def finish(page: str, port: int, *arguments: str, seconds: int = 20) -> Result:
    """Call ``generation finish`` with a model on this machine."""
    settings = {"CME_LLM_URL": f"http://127.0.0.1:{port}/v1", "CME_LLM_MODEL": "fake", "CME_LLM_KEY": ""}
    return call("finish", page, "--seed", "1", *arguments, **settings, CME_LLM_TIMEOUT=seconds)


def test_a_language_model_finishes_the_suggestions(page: str) -> None:
    with serving(thinking(Mind())) as server:
        result = finish(page, server.server_port, "--format", "json")
    [suggestion] = json.loads(result.stdout)["suggestions"]
    assert sorted(suggestion["origins"].values()) == ["document", "model", "model", "model"]
    assert (suggestion["model"], suggestion["status"]) == ("fake", "suggestion")
    assert "parts of the document are sent there" in result.stderr


def test_the_name_of_the_file_does_not_leave(page: str) -> None:
    with serving(thinking(Mind())) as server:
        finish(page, server.server_port)
    assert server.received
    assert not any("smith" in repr(received).lower() for received in server.received)


def test_text_shows_the_options_of_a_finished_suggestion(page: str) -> None:
    with serving(thinking(Mind())) as server:
        printed = finish(page, server.server_port).stdout
    assert "* " in printed
    assert "Shorter stays and rehabilitation" in printed


def test_a_slow_language_model_is_told_and_is_no_error(page: str) -> None:
    with serving(silent) as server:
        result = finish(page, server.server_port, "--format", "json", seconds=1)
    assert result.exit_code == 0
    assert "CME_LLM_TIMEOUT" in result.stderr
    told = json.loads(result.stdout)
    assert [len(one["options"]) for one in told["suggestions"]] == [1]
    assert "CME_LLM_TIMEOUT" in told["notes"][0]["note"]


def test_text_tells_what_is_right_in_an_item_without_lettered_options() -> None:
    told = {"type": "ordering", **Ordering.examples()[0].to_json()}
    assert commands.option_lines(told)[0] == "   * Recognition and call for help: 1"
    assert commands.option_lines({"stem": "Refused"}) == []


def test_review_sheet_of_one_pattern_holds_no_other(tmp_path: Path) -> None:
    source = tmp_path / "shoulder.md"
    source.write_text(
        "# Shoulder surgery\n\nShoulder surgery treats an injury. Deltoid is supplied by the axillary nerve. "
        "Patients with pain rest.\n"
    )
    made = call("review-sheet", str(source), "--seed", "7", "--pattern", "anatomy", "--out", str(tmp_path / "sheets"))
    assert made.exit_code == 0
    assert ",anatomy," in (tmp_path / "sheets" / "keys.csv").read_text()
    assert "true or false" not in (tmp_path / "sheets" / "keys.csv").read_text()


def test_review_sheet_of_an_unknown_pattern_is_refused_in_words(tmp_path: Path) -> None:
    source = tmp_path / "shoulder.md"
    source.write_text("# The Shoulder\n\nDeltoid is supplied by the axillary nerve.\n")
    made = call("review-sheet", str(source), "--seed", "7", "--pattern", "anatomie", "--out", str(tmp_path))
    assert made.exit_code == 1
    assert "There is no pattern named anatomie." in made.output
