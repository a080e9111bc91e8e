"""The one page that wires everything: settings, extensions, pages, commands, headers and error pages. Holds no rule."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_limiter.util import get_remote_address
from flask_migrate import Migrate
from flask_security import Security
from flask_wtf import CSRFProtect

from certificates import features as of_certificates
from certificates.designing.queries import choice_for, pictures_of
from certificates.issuing.operations import follow_correction, issue_certificate, unprintable_in
from certificates.issuing.queries import credit_resting_on
from quizbank import features as of_quizbank
from quizbank.accounts.forms import LongPasswords, SignInForm
from quizbank.accounts.models import Account, Role
from quizbank.accounts.queries import People
from quizbank.accounts.views import audit_denials, guard_sign_ins
from quizbank.db import db
from quizbank.generation.jobs import GENERATE
from quizbank.settings import load_settings, require_strong_secret_key
from quizbank.web.guard import guard_pages
from quizbank.web.limits import Limits
from quizbank.web.sessions import Sessions
from quizbank.web.templates import Templates

ROOT = Path(__file__).parent
PAGES = (*of_quizbank.PAGES, *of_certificates.PAGES)
COMMANDS = (*of_quizbank.COMMANDS, *of_certificates.COMMANDS)


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Return the application; ``overrides`` replace settings (tests). Refuses to serve with a weak secret key."""
    app = Flask(__name__, instance_path=os.environ.get("INSTANCE_PATH", str(ROOT / "instance")))
    app.jinja_environment, app.session_interface = Templates, Sessions()
    Path(app.instance_path).mkdir(parents=True, exist_ok=True)
    app.config.from_mapping(load_settings(os.environ, Path(app.instance_path)))
    app.config.from_mapping(overrides or {})
    if app.config["SECRET_KEY"] or is_serving():
        require_strong_secret_key(app.config["SECRET_KEY"])
    connect_extensions(app)
    register_pages(app)
    register_commands(app)
    app.extensions["job_handlers"] = {**of_quizbank.HANDLERS, **of_certificates.HANDLERS}
    app.extensions["daily_jobs"] = (*of_quizbank.DAILY, *of_certificates.DAILY)
    app.extensions["rule_files"] = (*of_quizbank.RULE_FILES, *of_certificates.RULE_FILES)
    app.extensions["after_claim"] = (issue_certificate,)
    app.extensions["after_correction"] = (follow_correction,)
    app.extensions["certificate_design"] = (choice_for, pictures_of)
    app.extensions["before_publish"] = (unprintable_in,)
    app.extensions["resting_on_attempts"] = (credit_resting_on,)
    app.config.setdefault("AFTER_READING", (GENERATE,))
    return app


def is_serving() -> bool:
    """Return whether the application is being made to answer requests (a WSGI server or ``flask run``)."""
    context = click.get_current_context(silent=True)
    return context is None or context.info_name == "run"


def connect_extensions(app: Flask) -> None:
    """Connect the database, forms, sign-in, limits and Bootstrap's files."""
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    CSRFProtect(app)
    Bootstrap5(app)
    Security(app, People(db, Account, Role), login_form=SignInForm, password_util_cls=LongPasswords)
    limiter = Limits(get_remote_address, app=app)
    guard_sign_ins(app, limiter)
    for pages in of_certificates.OPEN_TO_GUESSES:
        limiter.limit("120 per minute")(pages)
    for pages in of_certificates.OPEN_TO_PASSCODES:
        limiter.limit("20 per minute", methods=["POST"])(pages)


def register_pages(app: Flask) -> None:
    """Register every feature's pages, the guard before them and the headers and error pages after them."""
    guard_pages(app)
    app.after_request(audit_denials)
    for pages in PAGES:
        app.register_blueprint(pages)


def register_commands(app: Flask) -> None:
    """Register every feature's command group."""
    for commands in COMMANDS:
        app.cli.add_command(commands)
