"""What ``import app`` brings along: every model with its table, every feature's pages and commands."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.modules import CODE, ROOT

LIST_LOADED = """
import json, sys
from app import COMMANDS, PAGES
from quizbank.db import db
modules = [name for name in sys.modules if name.endswith((".models", ".views", ".commands", ".jobs"))]
names = {"pages": [page.name for page in PAGES], "commands": [group.name for group in COMMANDS]}
json.dump({"modules": modules, "tables": list(db.metadata.tables), **names}, sys.stdout)
"""
MODELS = [module for module in CODE if module.path.stem == "models"]

Loaded = dict[str, list[str]]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """Return what a fresh process has after importing the application and nothing else."""
    environ = {**os.environ, "INSTANCE_PATH": str(tmp_path_factory.mktemp("instance")), "PYTHONPATH": str(ROOT)}
    found = subprocess.run(
        [sys.executable, "-c", LIST_LOADED], check=True, capture_output=True, cwd=Path(ROOT), env=environ
    )
    return json.loads(found.stdout)  # type: ignore[no-any-return]


def declared_tables() -> set[str]:
    """Return the table names that the models' source declares."""
    assigned = [node for module in MODELS for node in ast.walk(module.tree) if isinstance(node, ast.Assign)]
    return {
        node.value.value
        for node in assigned
        if isinstance(node.value, ast.Constant)
        and [getattr(target, "id", "") for target in node.targets] == ["__tablename__"]
    }


@pytest.mark.parametrize("kind", ["models", "views", "commands", "jobs"])
def test_every_file_of_this_kind_is_loaded_by_the_application(loaded: Loaded, kind: str) -> None:
    written = {module.name for module in CODE if module.path.stem == kind}
    assert written - set(loaded["modules"]) == set()


def test_every_declared_table_is_known(loaded: Loaded) -> None:
    assert declared_tables() - set(loaded["tables"]) == set()
    assert len(declared_tables()) >= 15


def test_every_feature_with_views_has_its_pages_under_its_own_name(loaded: Loaded) -> None:
    features = {module.path.parent.name for module in CODE if module.path.stem == "views"}
    assert features - set(loaded["pages"]) == set()


def test_every_feature_with_commands_has_a_group_of_its_own_name(loaded: Loaded) -> None:
    features = {module.path.parent.name for module in CODE if module.path.stem == "commands"}
    assert features == set(loaded["commands"])
