"""Every plain file has its test at the same path, or is named here with the test that runs it."""

from collections.abc import Mapping

from tests.architecture.modules import CODE, ROOT, Module

TESTED_THROUGH: Mapping[str, tuple[str, ...]] = {
    # Parts of reading a document show only in the tree, so they are tested stage by stage.
    "tests/quizbank/documents/test_cleaning.py": ("documents.noise", "documents.promotion", "documents.repeats"),
    "tests/quizbank/documents/test_structure.py": (
        "documents.building",
        "documents.headings",
        "documents.inner_headings",
        "documents.parts",
        "documents.pieces",
        "documents.section_names",
    ),
    "tests/quizbank/documents/test_alerts.py": (
        "documents.damage",
        "documents.language",
        "documents.personal",
        "documents.spelling",
        "documents.vocabulary",
        "documents.word_sets",
    ),
    "tests/quizbank/documents/test_reading.py": ("documents.errors", "documents.tree"),
    "tests/quizbank/documents/readers/test_pdf.py": ("documents.readers.pdf_lines",),
    "tests/quizbank/attempts/test_queries.py": ("attempts.played",),
    "tests/quizbank/plans/test_stripe_provider.py": ("plans.payment",),
    # Kinds are run by the contract of their registry.
    "tests/contracts/test_checks.py": ("generation.gate.",),
    "tests/contracts/test_makers.py": ("generation.makers.",),
    "tests/contracts/test_item_types.py": ("items.content",),
    "tests/quizbank/generation/statements/test_sentences.py": ("generation.statements.",),
    "tests/quizbank/generation/test_pipeline.py": ("generation.candidates",),
    "tests/certificates/issuing/test_pressing.py": ("certificates.issuing.plates", "certificates.issuing.printing"),
    "tests/quizbank/jobs/test_worker.py": ("jobs.context",),
    "tests/quizbank/attempts/test_operations.py": ("attempts.played",),
    "tests/architecture/test_loaded.py": ("features", "certificates.features"),
}
"""Tests, and the modules of quizbank they run; a name that ends in a dot stands for a folder."""

PLAIN = [module for module in CODE if not (module.is_reserved or module.is_package or module.name == "app")]


def has_its_own_test(module: Module) -> bool:
    path = module.path.relative_to(ROOT)
    return (ROOT / "tests" / path.parent / f"test_{path.name}").exists()


def is_tested_through_another(module: Module) -> bool:
    name = module.name.removeprefix("quizbank.")
    entries = [entry for named in TESTED_THROUGH.values() for entry in named]
    return any(name.startswith(entry) if entry.endswith(".") else name == entry for entry in entries)


def test_every_plain_file_has_its_test() -> None:
    assert [m.name for m in PLAIN if not (has_its_own_test(m) or is_tested_through_another(m))] == []


def test_every_test_named_here_exists() -> None:
    assert [path for path in TESTED_THROUGH if not (ROOT / path).exists()] == []
