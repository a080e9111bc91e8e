"""Which licences hold: the provider's own, and in the demo all."""

from pathlib import Path

import pytest
from flask import Flask

from quizbank.generation.jobs import licences_in_use
from quizbank.generation.licences import AS_IF_LICENSED, read_licences
from quizbank.jobs.rules import JobRefused


def in_use(demo: bool, path: str = "") -> str:
    """Return the licences that hold under these settings."""
    app = Flask(__name__)
    app.config.update(DEMO=demo, LICENCES=path)
    with app.app_context():
        return licences_in_use()


def test_production_has_nothing_beside_what_is_shipped() -> None:
    assert in_use(demo=False) == ""


def test_demo_shows_every_pattern() -> None:
    assert read_licences(in_use(demo=True)) == AS_IF_LICENSED


@pytest.mark.parametrize("demo", [True, False])
def test_providers_own_licences_win(demo: bool, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("# none yet\n")
    assert in_use(demo, str(own)) == "# none yet\n"


def test_missing_file_is_said() -> None:
    with pytest.raises(JobRefused, match="cannot be read"):
        in_use(demo=False, path="/nowhere/licences.toml")
