"""Background work on certificates: rendering one, writing a big bundle with progress, clearing bundles away."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from flask import current_app

from certificates.issuing.bundle import BundleEntry, bundle_chunks
from certificates.issuing.facts import from_json
from certificates.issuing.keeping import BUNDLE, file_name_of, job_id_in, may_be_cleared
from certificates.issuing.models import Certificate
from certificates.issuing.operations import RENDER, CertificateErased, ensure_file
from quizbank.db import db, utc_now
from quizbank.jobs.context import JobContext
from quizbank.jobs.models import Job

CLEAR = "issuing.clear_bundles"
CHECK_EVERY = 20


def render(context: JobContext) -> None:
    """Render one certificate and keep its PDF."""
    certificate = db.session.get_one(Certificate, context.args["certificate_id"])
    if certificate.erased_at is None:
        ensure_file(certificate, context.now())
    context.checkpoint(1, 1)


def bundle(context: JobContext) -> None:
    """Write the ZIP of many certificates; it appears under its name only when it is whole."""
    ids = context.args["certificate_ids"]
    target = bundle_path(context.job_id)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(f".{os.getpid()}.part")
    try:
        with unfinished.open("wb") as file:
            for chunk in bundle_chunks(entries(context, ids)):
                file.write(chunk)
            os.fsync(file.fileno())
        context.checkpoint(len(ids), len(ids))
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def entries(context: JobContext, ids: list[int]) -> Iterator[BundleEntry]:
    """Yield one entry per certificate, noting progress on the way."""
    for done, certificate_id in enumerate(ids):
        if done % CHECK_EVERY == 0:
            context.checkpoint(done, len(ids))
        with suppress(CertificateErased):  # erased since the bundle was asked for
            yield bundle_entry(certificate_id)


def bundle_entry(certificate_id: int) -> BundleEntry:
    """Return what a bundle holds of one certificate: its PDF and its line in the manifest."""
    file = ensure_file(db.session.get_one(Certificate, certificate_id), utc_now())
    certificate = db.session.get_one(Certificate, certificate_id)
    return BundleEntry(from_json(certificate.facts), certificate.state, file.sha256, file.content)


def bundle_path(job_id: int) -> Path:
    """Return where the ZIP of a bundle job is written."""
    return Path(current_app.config["BUNDLE_FOLDER"]) / file_name_of(job_id)


def clear_bundles(context: JobContext) -> None:
    """Delete the bundles whose time is over and what killed workers left behind; a second time finds nothing to do."""
    for path in sorted(Path(current_app.config["BUNDLE_FOLDER"]).glob("*")):
        job_id = job_id_in(path.name)
        if job_id is None:
            continue
        job = db.session.get(Job, job_id)
        if job is None or may_be_cleared(path.name, job.finished_at, context.now()):
            path.unlink(missing_ok=True)


issuing_handlers: Mapping[str, Callable[[JobContext], None]] = {RENDER: render, BUNDLE: bundle, CLEAR: clear_bundles}
issuing_daily = (CLEAR,)
