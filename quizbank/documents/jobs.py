"""Background work on documents: the stored file goes into a confined reader, the tree or the reason comes back."""

from collections.abc import Callable, Mapping

from flask import current_app

from quizbank.db import db
from quizbank.documents.confined import read_document_confined
from quizbank.documents.errors import UnreadableDocument
from quizbank.documents.models import READING, StoredDocument
from quizbank.documents.operations import READ, keep_tree, refuse_document
from quizbank.jobs.context import JobContext
from quizbank.jobs.operations import enqueue

READ_SECONDS = 120
"""A PDF of 100,000 words takes about 45 seconds on a busy machine."""


def read(context: JobContext) -> None:
    """Read one document in a child process; what follows a successful reading is queued in the same commit."""
    document_id = context.args["document_id"]
    row = db.session.get_one(StoredDocument, document_id)
    name, content = row.name, row.content
    context.let_others_write()
    try:
        document = read_document_confined(
            name, content, seconds=READ_SECONDS, told=lambda at: context.tell(at.words, at.part, at.parts)
        )
    except UnreadableDocument as error:
        refuse_document(db.session.get_one(StoredDocument, document_id), str(error), context.now())
        context.checkpoint_at_end()
        return
    row = db.session.get_one(StoredDocument, document_id)
    if row.state == READING:
        keep_tree(row, document, context.now())
        for kind in current_app.config["AFTER_READING"]:
            enqueue(
                kind, f"{kind}:{document_id}", {"document_id": document_id}, context.now(), account_id=row.account_id
            )
    context.checkpoint_at_end()


documents_handlers: Mapping[str, Callable[[JobContext], None]] = {READ: read}
