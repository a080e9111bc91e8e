"""How the code is cut: names, sizes, first sentences, and what is never left in it."""

import ast
import re

from tests.architecture.modules import CODE, ROOT, TESTS, Module

MAX_FUNCTION, MAX_FILE, MAX_WIRING = 60, 400, 120
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "data", "info", "misc", "tools"}
UNFINISHED = re.compile("|".join(("TO" + "DO", "FIX" + "ME", r"(?<![\dX],)(?<!X)XX" + "X")))  # no karyotype: 47,XXY
SPOKEN = ("print", "pprint", "breakpoint")
CORPUS = ROOT / "tests" / "corpus"  # clinical texts, which may name a karyotype
PAGES = [path for ending in ("html", "css", "js", "md", "toml") for path in ROOT.glob(f"[!.]*/**/*.{ending}")]
EVERYTHING = [module for module in [*CODE, *TESTS] if module.source]


def test_every_module_opens_with_a_sentence() -> None:
    openings = {module.name: (ast.get_docstring(module.tree) or "").split("\n\n")[0] for module in EVERYTHING}
    assert [name for name, opening in openings.items() if not opening.endswith((".", ":"))] == []


def test_no_function_is_longer_than_a_screen() -> None:
    sizes = {
        f"{module.name}.{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for module in EVERYTHING
        for function in module.functions
    }
    assert {name: size for name, size in sizes.items() if size > MAX_FUNCTION} == {}


def test_no_file_is_longer_than_a_feature_needs() -> None:
    sizes = {module.name: len(module.source.splitlines()) for module in EVERYTHING}
    assert {name: size for name, size in sizes.items() if size > MAX_FILE} == {}


def test_wiring_page_stays_one_page() -> None:
    assert len((ROOT / "app.py").read_text().splitlines()) <= MAX_WIRING


def test_only_the_wiring_page_stands_at_the_top() -> None:
    assert [path.name for path in ROOT.glob("*.py")] == ["app.py"]


def test_every_name_says_what_is_inside() -> None:
    assert [module.name for module in EVERYTHING if set(module.name.split(".")) & EMPTY_NAMES] == []


def test_no_name_joins_two_things() -> None:
    assert [module.name for module in CODE if "_and_" in module.path.stem] == []


def is_sentence_or_registry(module: Module) -> bool:
    """Tell whether a package's file is only a sentence, or a tuple with at most one function or row type of its own."""
    rest = [node for node in module.tree.body[1:] if not isinstance(node, ast.Import | ast.ImportFrom)]
    values = [node.value for node in rest if isinstance(node, ast.Assign | ast.AnnAssign)]
    others = [node for node in rest if not isinstance(node, ast.Assign | ast.AnnAssign)]
    if len(module.tree.body) == 1:
        return True
    is_registry = any(isinstance(value, ast.Tuple) for value in values)
    return is_registry and len(others) <= 1 and all(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in others)


def test_every_package_file_is_a_sentence_or_a_registry() -> None:
    assert [module.name for module in CODE if module.is_package and not is_sentence_or_registry(module)] == []


def test_no_error_is_caught_blindly() -> None:
    blind = [
        module.name
        for module in EVERYTHING
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
    assert blind == []


def test_nothing_is_printed() -> None:
    spoken = [
        module.name
        for module in EVERYTHING
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPOKEN
    ]
    assert spoken == []


def test_nothing_is_left_unfinished() -> None:
    paths = [*(module.path for module in EVERYTHING), *(page for page in PAGES if CORPUS not in page.parents)]
    assert [str(path) for path in paths if UNFINISHED.search(path.read_text(encoding="utf-8"))] == []
