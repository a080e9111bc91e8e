"""Background generation: a stored tree goes into the confined generator, draft items come back."""

from collections.abc import Callable, Mapping

from quizbank.db import db
from quizbank.documents.models import StoredDocument
from quizbank.generation.confined import generate_confined
from quizbank.generation.operations import keep_generation
from quizbank.jobs.context import JobContext

GENERATE = "generation.generate"
SEED = 1


def generate_items(context: JobContext) -> None:
    """Generate items from one document in a child process and keep them as drafts."""
    document_id = context.args["document_id"]
    tree = db.session.get_one(StoredDocument, document_id).tree
    context.let_others_write()
    report = generate_confined(tree, SEED)
    keep_generation(document_id, report, SEED, context.now())
    context.checkpoint(1, 1)


HANDLERS: Mapping[str, Callable[[JobContext], None]] = {GENERATE: generate_items}
