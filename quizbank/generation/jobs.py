"""Background generation: a stored tree goes into the confined generator, draft items and suggestions come back."""

from collections.abc import Callable, Mapping
from pathlib import Path

from flask import current_app

from quizbank.db import db
from quizbank.documents.errors import UnreadableDocument
from quizbank.documents.models import StoredDocument
from quizbank.documents.queries import tree_of
from quizbank.generation.confined_run import generate_confined
from quizbank.generation.licences import (
    AS_IF_LICENSED,
    DamagedLicences,
    Licence,
    held_licences,
    licences_text,
    shipped_licences,
)
from quizbank.generation.operations import GENERATE, keep_generation, keep_section
from quizbank.generation.queries import words_put_right
from quizbank.jobs.context import JobContext
from quizbank.jobs.rules import JobRefused

SEED = 1


def licences_at(path: str) -> str:
    """Return the text of a provider's own licences, "" when there are none; raises JobRefused when they cannot be read."""
    try:
        return Path(path).read_text(encoding="utf-8") if path else ""
    except OSError as error:
        raise JobRefused(f"The licences at {path} cannot be read: {error.strerror}.") from error


def licences_in_use() -> str:
    """Return the licences that hold beside those shipped: the provider's own; in the demo, where nobody learns, all.

    The pages of the demo still say of each item whether readers have licensed its pattern.
    """
    path = current_app.config["LICENCES"]
    return licences_text(AS_IF_LICENSED) if current_app.config["DEMO"] and not path else licences_at(path)


def licences_held() -> tuple[Licence, ...]:
    """Return the licences that hold here, only those shipped while a provider's own cannot be read (generating says so)."""
    try:
        return held_licences(licences_at(current_app.config["LICENCES"]))
    except (JobRefused, DamagedLicences):
        return shipped_licences()


def generate_items(context: JobContext) -> None:
    """Generate items from one document, or for one of its sections, in a child process and keep them as drafts."""
    document_id, seed = context.args["document_id"], context.args.get("seed", SEED)
    document = tree_of(db.session.get_one(StoredDocument, document_id))
    corrections = words_put_right(document_id)
    context.let_others_write()
    context.tell(f"Writing questions from {document.words:,} words")
    try:
        report = generate_confined(document, seed, None, licences_in_use(), corrections)
    except UnreadableDocument as error:
        raise JobRefused(str(error)) from error
    if "section" in context.args:
        keep_section(document_id, context.args["section"], report, seed, context.args["account_id"], context.now())
    else:
        keep_generation(document_id, report, seed, context.now())
    context.checkpoint(1, 1)


generation_handlers: Mapping[str, Callable[[JobContext], None]] = {GENERATE: generate_items}
