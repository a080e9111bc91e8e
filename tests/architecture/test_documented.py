"""Everything a person can set, call, be or choose is in the documentation."""

import re

import pytest

from app import COMMANDS
from quizbank.accounts.roles import ROLES
from quizbank.items.types import ITEM_TYPES
from quizbank.settings import SETTINGS
from tests.architecture.modules import CODE, ROOT

WORDS = "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *ROOT.glob("docs/*.md")])
CALLS = sorted(f"{group.name} {command}" for group in COMMANDS for command in group.commands)
ENVIRON = re.compile(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"")
READ = sorted({name for module in CODE for name in ENVIRON.findall(module.source)})
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
PAGES = [ROOT / "README.md", *ROOT.glob("docs/**/*.md")]


@pytest.mark.parametrize("setting", [*(setting.name for setting in SETTINGS), *READ])
def test_setting_is_explained(setting: str) -> None:
    assert f"| `{setting}` |" in WORDS


@pytest.mark.parametrize("call", CALLS)
def test_command_is_explained(call: str) -> None:
    assert re.search(rf"\| `{call}\b", WORDS)


@pytest.mark.parametrize("role", ROLES)
def test_role_is_explained_in_its_own_words(role: str) -> None:
    assert f"| `{role}` | {ROLES[role]} |" in WORDS


@pytest.mark.parametrize("kind", ITEM_TYPES, ids=lambda kind: kind.type)
def test_item_type_is_explained(kind: object) -> None:
    assert f"| `{kind.type}` |" in WORDS  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(page: object) -> None:
    places = LINK.findall(page.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    assert [place for place in places if not (page.parent / place).exists()] == []  # type: ignore[attr-defined]


def test_every_decision_has_its_context_choice_and_consequences() -> None:
    pages = [path.read_text(encoding="utf-8").lower() for path in ROOT.glob("docs/decisions/*.md")]
    assert pages
    assert all(word in page for page in pages for word in ("context", "consequences"))
