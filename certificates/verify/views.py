"""Public pages: is a certificate valid, and is this file the one that was issued; for people and, as JSON, for machines."""

import hashlib

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from certificates.issuing.facts import from_json
from certificates.issuing.inspection import LARGEST_FILE, inspect_signature
from certificates.issuing.models import VALID, Certificate
from certificates.issuing.operations import addresses_here
from certificates.issuing.queries import certificate_of_file, certificate_with_serial, issuer_certificates, log_proofs
from certificates.issuing.serial import normalise_serial
from certificates.issuing.signing_keys import SigningKeyUnusable
from certificates.issuing.verification import UNKNOWN, WORDS, Verdict, answer, file_words, verdict
from certificates.verify.forms import FileForm, VerifyForm
from quizbank.db import LARGEST_ID
from quizbank.local_time import local_date
from quizbank.web.entrance import EVERYONE, open_to
from quizbank.web.errors import refuse

verify_pages = Blueprint("verify", __name__)

NO_SERIAL = "-"
"""Stands for what cannot be a serial, so that it is looked for as long as one that could."""
JSON_NAME = ".json"


@verify_pages.after_request
def keep_out_of_indexes(response: Response) -> Response:
    """Ask search engines not to list anything about certificates."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@verify_pages.get("/v/")
@open_to(EVERYONE)
def search() -> str | BaseResponse:
    form = VerifyForm(request.args)
    if form.code.data:
        return redirect(url_for("verify.certificate", code=form.code.data[:100]))
    return render_template("verify/show.html", form=form, file_form=FileForm(formdata=None), verdict=None, code="")


@verify_pages.get("/v/<path:code>")
@verify_pages.get("/V/<path:code>", endpoint="certificate_in_capitals")
@open_to(EVERYONE)
def certificate(code: str) -> tuple[str | Response, int]:
    """Say whether a certificate is valid; an unknown, mistyped or forged serial gets the same answer."""
    serial = normalise_serial(code.removesuffix(JSON_NAME))
    found = certificate_with_serial(serial or NO_SERIAL)
    if code.endswith(JSON_NAME) or wants_json():
        return answered(found)
    return shown(found, code=serial or code[:100])


@verify_pages.post("/v/")
@open_to(EVERYONE)
def file() -> tuple[str | Response, int]:
    """Say whether a file is the one that was issued, what its signature says, and how its certificate stands."""
    form = FileForm()
    if not form.validate_on_submit():
        return shown_form(form), 400
    with form.file.data.stream as stream:
        content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        form.file.errors = ["This file is too large to be one of our certificates, which have less than 1 MB."]
        return shown_form(form), 413
    kept = certificate_of_file(hashlib.sha256(content).hexdigest())
    asked = certificate_with_serial(normalise_serial(form.code.data or "") or NO_SERIAL)
    told = told_of(content, kept, asked)
    found = kept or asked
    return answered(found, told) if wants_json() else shown(found, told, found.serial if found else "")


def told_of(content: bytes, kept: Certificate | None, asked: Certificate | None) -> tuple[str, str]:
    """Return tone and words about a file: the bytes that are kept decide, then what the signature says."""
    try:
        finding = inspect_signature(content, issuer_certificates())
    except SigningKeyUnusable:
        refuse(503, "Signatures cannot be checked at the moment. Tell the provider, or compare what the page shows.")
    return file_words(kept is not None, asked is None or kept is asked, finding)


def shown(found: Certificate | None, told: tuple[str, str] | None = None, code: str = "") -> tuple[str, int]:
    """Return the page about a certificate, and about the file that was given, if any."""
    public = public_verdict(found)
    words = {"verdict": public, "told": told, "code": found.serial if found else ""}
    words["newer"] = public.replaced_by and url_for("verify.certificate", code=public.replaced_by)
    forms = {"form": VerifyForm(data={"code": code}), "file_form": FileForm(formdata=None, data={"code": code})}
    return render_template("verify/show.html", **words, **forms), 200 if found or told else 404


def shown_form(form: FileForm) -> str:
    """Return the page with what is wrong about the file given."""
    words = {"form": VerifyForm(data={"code": form.code.data}), "verdict": None, "code": ""}
    return render_template("verify/show.html", file_form=form, **words)


def answered(found: Certificate | None, told: tuple[str, str] | None = None) -> tuple[Response, int]:
    """Return the same for machines, with proofs that the log holds it; ``since``: a log size seen earlier."""
    since = request.args.get("since", type=int)
    log = log_proofs(found.id, since if since is not None and 0 <= since <= LARGEST_ID else None) if found else None
    reply = answer(public_verdict(found), found.serial if found else None, log)
    if reply["replaced_by"]:
        reply["replaced_by"] = addresses_here().verify_url(reply["replaced_by"])
    if told:
        reply["file"] = {"is_genuine": told[0] == "good", "words": told[1]}
    return jsonify(reply), 200 if found or told else 404


def wants_json() -> bool:
    """Return whether the asker prefers JSON to a page."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def public_verdict(found: Certificate | None) -> Verdict:
    """Return what anyone may know about a certificate."""
    if found is None:
        return UNKNOWN
    changed = local_date(found.changed_at) if found.changed_at else None
    if found.erased_at is not None and found.state == VALID:
        return Verdict("erased", WORDS["erased"], local_date(found.erased_at))
    newer = found.replaced_by.serial if found.replaced_by else None
    return verdict(found.state, from_json(found.facts), changed, newer)  # type: ignore[arg-type]


@verify_pages.get("/verify/")
@verify_pages.get("/verify/<path:code>")
@open_to(EVERYONE)
def earlier_address(code: str = "") -> BaseResponse:
    """Lead from the address that certificates were printed with at first."""
    return redirect(url_for("verify.certificate", code=code) if code else url_for("verify.search"), 301)
