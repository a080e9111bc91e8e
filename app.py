"""The one page that wires everything: settings, extensions, pages, commands, headers and error pages. Holds no rule."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_migrate import Migrate
from flask_security import Security, SQLAlchemyUserDatastore
from flask_wtf import CSRFProtect

from certificates.credits.views import credits_pages
from certificates.issuing.commands import issuing_commands
from certificates.issuing.jobs import issuing_daily, issuing_handlers
from certificates.issuing.operations import issue_certificate, unprintable_in
from certificates.issuing.views import issuing_pages, verify_pages
from quizbank.accounts.commands import accounts_commands
from quizbank.accounts.forms import LongPasswords, SignInForm
from quizbank.accounts.models import Account, Role
from quizbank.accounts.views import accounts_pages, audit_denials, guard_sign_ins
from quizbank.activities.views import activities_pages
from quizbank.attempts.commands import attempts_commands
from quizbank.attempts.views import attempts_pages
from quizbank.db import db
from quizbank.demo.commands import demo_commands
from quizbank.documents.commands import documents_commands
from quizbank.documents.jobs import documents_handlers
from quizbank.documents.views import documents_pages
from quizbank.generation.commands import generation_commands
from quizbank.generation.jobs import GENERATE, generation_handlers
from quizbank.generation.views import generation_pages
from quizbank.items.views import items_pages
from quizbank.jobs.commands import jobs_commands
from quizbank.jobs.views import jobs_pages
from quizbank.plans.commands import plans_commands
from quizbank.plans.views import plans_pages
from quizbank.settings import load_settings, require_strong_secret_key
from quizbank.web.guard import guard_pages
from quizbank.web.views import web_pages

ROOT = Path(__file__).parent

PAGES = (
    web_pages,
    accounts_pages,
    plans_pages,
    jobs_pages,
    documents_pages,
    items_pages,
    generation_pages,
    activities_pages,
    attempts_pages,
    credits_pages,
    issuing_pages,
    verify_pages,
)
COMMANDS = (
    accounts_commands, plans_commands, jobs_commands, documents_commands, generation_commands, attempts_commands,
    demo_commands, issuing_commands,
)  # fmt: skip


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Return the application; ``overrides`` replace settings (tests). Refuses to serve with a weak secret key."""
    app = Flask(__name__, instance_path=os.environ.get("INSTANCE_PATH", str(ROOT / "instance")))
    Path(app.instance_path).mkdir(parents=True, exist_ok=True)
    app.config.from_mapping(load_settings(os.environ, Path(app.instance_path)))
    app.config.from_mapping(overrides or {})
    if app.config["SECRET_KEY"] or is_serving():
        require_strong_secret_key(app.config["SECRET_KEY"])
    connect_extensions(app)
    register_pages(app)
    register_commands(app)
    app.extensions["job_handlers"] = {**documents_handlers, **generation_handlers, **issuing_handlers}
    app.extensions["daily_jobs"] = issuing_daily
    app.extensions["after_claim"] = (issue_certificate,)
    app.extensions["before_publish"] = (unprintable_in,)
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
    people = SQLAlchemyUserDatastore(db, Account, Role)
    Security(app, people, login_form=SignInForm, password_util_cls=LongPasswords)
    limiter = Limiter(get_remote_address, app=app)
    guard_sign_ins(app, limiter)
    limiter.limit("120 per minute")(verify_pages)


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
