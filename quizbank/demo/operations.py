"""Loads the demo: accounts with random passwords, sample documents, their items and two published activities."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from quizbank.accounts.models import Account
from quizbank.accounts.operations import create_account
from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR, LEARNER, REVIEWER
from quizbank.activities.faculty import persons_to_json
from quizbank.activities.models import Activity
from quizbank.activities.operations import propose_activity, publish_activity
from quizbank.activities.readiness import Person
from quizbank.db import db
from quizbank.demo.items import HANDWRITTEN, OBJECTIVE, SAMPLE
from quizbank.documents.models import StoredDocument
from quizbank.documents.operations import keep_file, keep_tree
from quizbank.documents.reading import read_document
from quizbank.documents.tree import Document
from quizbank.generation.carrying import path_at
from quizbank.generation.edited import judge_edited
from quizbank.generation.licences import AS_IF_LICENSED
from quizbank.generation.operations import keep_generation
from quizbank.generation.pipeline import generate
from quizbank.generation.serialising import generation_to_json
from quizbank.items.content import Citation
from quizbank.items.models import DRAFT
from quizbank.items.operations import TOGETHER, approve_version, draft_item
from quizbank.items.queries import newest_versions_of
from quizbank.plans.operations import grant_plan
from quizbank.plans.queries import catalogue, plans_are_needed

SAMPLES = Path(__file__).parent.parent / "documents" / "samples"
PEOPLE: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "learner@example.org": ("Dr. Lena Learner", "physician", (LEARNER,)),
    "admin@example.org": ("Alex Administrator", "other", (AUTHOR, REVIEWER, ADMINISTRATOR)),
}
SEED = 1
PLAN_TIME = timedelta(days=365)


def create_people(now: datetime) -> list[tuple[str, str]]:
    """Create the demo's people and return (e-mail, password) of the new ones; nobody is made twice."""
    known = set(db.session.scalars(select(Account.email)))
    made = []
    for email, (name, profession, roles) in PEOPLE.items():
        if email not in known:
            account, password = create_account(email, name, profession, roles, now)
            if LEARNER in roles and plans_are_needed():
                grant_plan(account.id, catalogue().plans[0].name, now + PLAN_TIME, "for the demo", None, now)
            made.append((account.email, password))
    return made


def load_sample(path: Path, now: datetime) -> Activity | None:
    """Read a sample, generate and approve its items, publish its activity; None when it is there already.

    The demo shows what every pattern of questions writes, licensed or not: we have read its items, and nobody learns from it.
    """
    if db.session.scalar(select(StoredDocument.id).where(StoredDocument.name == path.name)):
        return None
    administrator = db.session.scalars(select(Account).where(Account.email == "admin@example.org")).one()
    content = path.read_bytes()
    document = read_document(path.name, content)
    row = keep_file(path.name, content, administrator.id, now)
    keep_tree(row, document, now)
    keep_generation(row.id, generation_to_json(document, generate(document, SEED, licences=AS_IF_LICENSED)), SEED, now)
    if path.name == SAMPLE:
        draft_handwritten(row, document, administrator.id, now)
    for version in newest_versions_of(row.id):
        if version.state == DRAFT and version.all_checks_pass:
            approve_version(version, administrator.id, now, TOGETHER)
    activity = propose_activity(row, administrator.id, now)
    activity.faculty = persons_to_json([Person(administrator.name, "", "Editor", asked=True)])
    publish_activity(activity, administrator.id, now)
    return activity


def draft_handwritten(row: StoredDocument, document: Document, account_id: int, now: datetime) -> None:
    """Draft the questions that a person wrote for a sample, with the results of the gate's checks."""
    for number, one in enumerate(HANDWRITTEN, start=1):
        start, last = document.text.index(one.first), document.text.index(one.last)
        quote = document.quote(start, last + len(one.last))
        citation = Citation(start, last + len(one.last), quote, path_at(document, start))
        checks = judge_edited(document, one.content, citation, OBJECTIVE)
        draft_item(row.id, f"demo:{number}", one.content, citation, OBJECTIVE, {}, checks, now, account_id)


def sample_files() -> list[Path]:
    """Return the sample documents, in order of their names."""
    return sorted(path for path in SAMPLES.iterdir() if path.suffix in (".md", ".txt"))
