"""Who may import what: the layers of the design, and frameworks only where their names are reserved."""

import re

import pytest
from importlinter import cli

from tests.architecture.modules import CODE, RESERVED, ROOT, Module, imported

FRAMEWORKS = re.compile(r"(flask\w*|sqlalchemy|wtforms|alembic|celery|click|bootstrap_flask)(\.|$)")
WIRED = {
    "app",
    "quizbank.db",
    "quizbank.features",
    "certificates.features",
    "quizbank.local_time",
    "quizbank.jobs.worker",
    *(module.name for module in CODE if module.name.startswith("quizbank.web.")),
}
"""The places that touch frameworks for everybody, beside the reserved names."""
USES_THE_DATABASE = {
    "quizbank.jobs.context": "commits a handler's writes together with its progress",
    "quizbank.jobs.worker": "claims, runs and ends jobs",
}
"""Files that are not plain though their names are not reserved, each with its reason."""

PLAIN = [module for module in CODE if not (module.is_reserved or module.is_package or module.name in WIRED)]
OWN = ("quizbank.", "certificates.", "app.")


def rank(name: str) -> int:
    """Return where a module stands inside its feature: plain files lowest, views, commands and jobs on top."""
    return min(RESERVED.index(name) + 1, RESERVED.index("views") + 1) if name in RESERVED else 0


def own_imports(module: Module) -> list[str]:
    """Return what a module imports of our own code."""
    return sorted(name for name in module.imports if name.startswith(OWN))


def test_features_import_downwards_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    broken = cli.lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert broken == 0, capsys.readouterr().out


def test_plain_files_use_no_framework() -> None:
    used = [(module.name, name) for module in PLAIN for name in module.imports if FRAMEWORKS.match(name)]
    assert used == []


def test_plain_files_reach_for_no_row_and_no_request() -> None:
    reached = [
        (module.name, name)
        for module in PLAIN
        if module.name not in USES_THE_DATABASE
        for name in own_imports(module)
        if set(name.split(".")) & {*RESERVED, "db", "web"} - {"jobs"}
    ]
    assert reached == []


def test_files_import_only_lower_kinds_of_their_own_feature() -> None:
    upwards = []
    for module in [module for module in CODE if module.name not in (*WIRED, *USES_THE_DATABASE)]:
        feature = module.name.rpartition(".")[0] + "."
        siblings = [
            name.removeprefix(feature).split(".")[0] for name in own_imports(module) if name.startswith(feature)
        ]
        upwards += [(module.name, name) for name in siblings if rank(name) > rank(module.path.stem)]
    assert upwards == []


def test_own_code_is_imported_at_the_top_of_a_file() -> None:
    inner = [
        (module.name, name)
        for module in CODE
        for function in module.functions
        for name in imported(function)
        if name.startswith(OWN)
    ]
    assert inner == []


def test_the_wiring_page_is_imported_by_nobody() -> None:
    assert [module.name for module in CODE if any(name.startswith("app.") for name in module.imports)] == []
