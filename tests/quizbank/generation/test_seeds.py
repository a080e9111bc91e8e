"""The two given documents, read from beside the checkout, yield a real quiz and nothing they should not."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from quizbank.documents.reading import read_document
from quizbank.generation.licences import shipped_licences
from quizbank.generation.pipeline import Generation, generate
from tests.quizbank.generation.sources import CHECKOUT, SEEDS, made_of, needs_seeds

pytestmark = [pytest.mark.shared, needs_seeds]
SPINE = SEEDS / "000_04c1906839aefdb1.txt"
BACK = SEEDS / "003_65af45e0b51b205c.txt"
PROMOTION = ("subscription", "cme", "certificate", "simulation", "medtigo", "licenses")
SCRIPT = """
import json, sys
from pathlib import Path
from quizbank.documents.reading import read_document
from quizbank.generation.serialising import generation_to_json
from tests.quizbank.generation.sources import made_of
path = Path(sys.argv[1])
document = read_document(path.name, path.read_bytes())
sys.stdout.write(json.dumps(generation_to_json(document, made_of(document, 7))))
"""


def made(path: Path, seed: int = 1) -> Generation:
    """Return the generation of a seed document."""
    return made_of(read_document(path.name, path.read_bytes()), seed)


@pytest.mark.parametrize(("path", "least"), [(SPINE, 4), (BACK, 12)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_seed_document_yields_a_real_quiz_by_the_licences_that_are_shipped(path: Path, least: int, seed: int) -> None:
    read = read_document(path.name, path.read_bytes())
    assert len(generate(read, seed, licences=shipped_licences()).items) >= least


@pytest.mark.parametrize("path", [SPINE, BACK])
def test_nothing_comes_from_product_lines(path: Path) -> None:
    generation = made(path)
    for item in (*generation.items, *generation.suggestions):
        said = " ".join((item.content.stem, item.citation.quote, *(one.text for one in item.content.options))).lower()
        assert not any(word in said for word in PROMOTION)


def test_nothing_comes_from_the_repeated_body() -> None:
    text = read_document(BACK.name, BACK.read_bytes()).text
    repeated = text.index("References")
    assert all(item.citation.end <= repeated for item in made(BACK).items)


@pytest.mark.parametrize("path", [SPINE, BACK])
def test_misspellings_of_the_source_do_not_reach_an_item(path: Path) -> None:
    for item in made(path).items:
        shown = " ".join((item.content.stem, *(one.text for one in item.content.options)))
        assert not any(wrong in shown for wrong in ("decission", "microdisectomy", "3 the months", "conjunctive"))


@pytest.mark.parametrize("path", [SPINE, BACK])
def test_two_processes_print_the_same_bytes(path: Path) -> None:
    printed = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(path)],
            cwd=CHECKOUT,
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(CHECKOUT)},
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "4242")
    ]
    assert printed[0] == printed[1]
    assert json.loads(printed[0])["items"]
