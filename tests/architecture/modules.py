"""Our source files, parsed once, for the guards beside this file."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
RESERVED = ("models", "queries", "operations", "forms", "views", "commands", "jobs")
"""File names that may use frameworks, in the order in which they may import each other."""


@dataclass(frozen=True)
class Module:
    """One source file. ``name`` is its path from the root without the ending, with dots."""

    path: Path

    @property
    def name(self) -> str:
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts)

    @property
    def source(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    @property
    def is_reserved(self) -> bool:
        return self.path.stem in RESERVED

    @property
    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))

    @property
    def imports(self) -> set[str]:
        """Return the names of everything imported, as modules or as what is in them."""
        return imported(self.tree)


def imported(tree: ast.AST) -> set[str]:
    """Return the dotted names that the imports below a node bring in."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def modules_in(*folders: str) -> list[Module]:
    """Return every module below these folders of the checkout, in order."""
    return [Module(path) for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


CODE = [*modules_in("quizbank", "certificates"), Module(ROOT / "app.py")]
TESTS = modules_in("tests")
