"""Background work on certificates: rendering one, writing a big bundle with progress, clearing bundles away."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from flask import current_app

from certificates.issuing.bundle import BundleEntry, bundle_chunks
from certificates.issuing.keeping import BUNDLE, file_name_of, job_id_in, may_be_cleared
from certificates.issuing.models import Certificate
from certificates.issuing.operations import RENDER, CertificateErased, ensure_file
from certificates.issuing.queries import kept_entries
from quizbank.db import db, utc_now
from quizbank.jobs.context import JobContext
from quizbank.jobs.models import Job

CLEAR = "issuing.clear_bundles"
READ_AT_ONCE = 20
"""Certificates of a bundle in memory, of some 60 kB each."""


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
    for start in range(0, len(ids), READ_AT_ONCE):
        context.checkpoint(start, len(ids))
        yield from bundle_entries(ids[start : start + READ_AT_ONCE])


def bundle_entries(ids: Sequence[int]) -> Iterator[BundleEntry]:
    """Yield what a bundle holds of each certificate: its PDF, rendered if need be, and its line in the manifest.

    A few are read at once and no transaction stays open between, so that a slow download holds no lock. What was erased
    since the bundle was asked for is left out.
    """
    for start in range(0, len(ids), READ_AT_ONCE):
        some = ids[start : start + READ_AT_ONCE]
        kept = kept_entries(some)
        db.session.rollback()
        for certificate_id in some:
            with suppress(CertificateErased):
                entry = kept.get(certificate_id) or rendered_entry(certificate_id)
                yield entry


def rendered_entry(certificate_id: int) -> BundleEntry:
    """Return the entry of a certificate whose PDF may have to be rendered first."""
    ensure_file(db.session.get_one(Certificate, certificate_id), utc_now())
    entry = kept_entries([certificate_id])[certificate_id]
    db.session.rollback()
    return entry


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
