"""Rows for tests: each factory fills in what the test does not care about and flushes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import count

from argon2 import PasswordHasher
from flask.testing import FlaskClient
from PIL import Image, ImageDraw
from sqlalchemy import select

from certificates.credits.models import CreditClaim
from certificates.credits.operations import claim_credit
from certificates.designing.models import SIGNATURE, Picture
from certificates.designing.operations import add_picture
from certificates.issuing.models import Certificate
from certificates.issuing.operations import issue_certificate
from certificates.sharing.links import AskedLink
from certificates.sharing.models import ShareLink
from certificates.sharing.operations import create_link
from certificates.surveys.operations import keep_evaluation
from quizbank.accounts.models import Account, Role
from quizbank.accounts.roles import AUTHOR, LEARNER
from quizbank.activities.faculty import persons_to_json
from quizbank.activities.learning_time import WORDS_PER_MINUTE
from quizbank.activities.models import Activity
from quizbank.activities.operations import change_credits, propose_activity, publish_activity
from quizbank.activities.readiness import Person
from quizbank.attempts.models import Attempt
from quizbank.attempts.operations import keep_answers, start_attempt, submit_attempt
from quizbank.attempts.queries import contents_of, state_of
from quizbank.db import db
from quizbank.documents.models import READY, StoredDocument
from quizbank.documents.serialising import document_to_json
from quizbank.documents.tree import Block, Document, Section, Sentence
from quizbank.followups.models import FollowupAnswer
from quizbank.followups.operations import answer_followup
from quizbank.followups.portions import Card
from quizbank.followups.queries import slot_of
from quizbank.followups.scheduling import remember
from quizbank.generation.models import Suggestion
from quizbank.items.content import Citation, ItemContent, Response
from quizbank.items.models import ItemVersion
from quizbank.items.operations import approve_version, draft_item
from quizbank.items.types import item_type
from quizbank.plans.models import Subscription
from quizbank.plans.operations import grant_plan
from quizbank.post.models import Message
from tests.clock import FIXED_NOW

PASSWORD = "correct horse battery staple"
numbers = count(1)


@cache
def password_hash() -> str:
    """Return a valid argon2id hash of PASSWORD, made with little work."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def make_role(name: str) -> Role:
    role = db.session.scalar(select(Role).where(Role.name == name)) or Role(name=name)
    db.session.add(role)
    return role


def make_account(
    role: str = LEARNER, name: str = "Ada Lovelace", email: str | None = None, profession: str = "physician"
) -> Account:
    """Return a person whose password is PASSWORD."""
    number = next(numbers)
    account = Account(
        email=email or f"person{number}@example.org",
        password=password_hash(),
        name=name,
        profession=profession,
        fs_uniquifier=f"uniquifier-{number}",
        created_at=FIXED_NOW,
        roles=[make_role(role)],
    )
    db.session.add(account)
    db.session.flush()
    return account


def sign_in(client: FlaskClient, account: Account) -> FlaskClient:
    """Sign a person in without the form (its own tests use it) and return the client."""
    with client.session_transaction() as session:
        session["_user_id"] = account.fs_uniquifier
        session["_fresh"] = True
    return client


def make_subscription(
    account: Account | None = None, plan: str = "complete", until: datetime = FIXED_NOW + timedelta(days=365)
) -> Subscription:
    """Return a plan that was granted to a person long ago; in force until a year from the tests' clock if not told."""
    return grant_plan((account or make_account()).id, plan, until, "", None, datetime(2020, 1, 1, tzinfo=UTC))


HEADING = "Signs of heart failure"
SENTENCES = ("Fatigue is the commonest sign.", "Oedema of the legs comes late.", "Orthopnoea is specific.")
REFERENCE = "Smith J. Heart failure in practice. 2029."
OBJECTIVE = "Recognise heart failure"
EVALUATION = {"objectives_met": 5, "knowledge": 4, "practice": 4, "balanced": 5, "change": ""}


def tree() -> Document:
    """Return a small document: a section with one paragraph of three sentences, and a bibliography."""
    text = "\n".join([HEADING, " ".join(SENTENCES), "References", REFERENCE])
    places = [(text.index(words), text.index(words) + len(words)) for words in SENTENCES]
    paragraph = Block("paragraph", places[0][0], places[-1][1], tuple(Sentence(*place) for place in places))
    listed, end = text.index("References"), len(text)
    cited = end - len(REFERENCE)
    works = Block("paragraph", cited, end, (Sentence(cited, end),))
    return Document(
        "Heart failure",
        text,
        "en",
        (
            Section((HEADING,), 0, listed - 1, (paragraph,), (0, len(HEADING))),
            Section(("References",), listed, end, (works,), (listed, listed + 10), references=True),
        ),
    )


def make_document(account: Account | None = None, document: Document | None = None) -> StoredDocument:
    """Return a document that has been read."""
    document = document or tree()
    row = StoredDocument(
        name="heart-failure.txt",
        title=document.title,
        content=document.text.encode(),
        sha256="0" * 64,
        state=READY,
        tree=document_to_json(document),
        words=document.words,
        account_id=(account or make_account(AUTHOR)).id,
        added_at=FIXED_NOW,
        read_at=FIXED_NOW,
    )
    db.session.add(row)
    db.session.flush()
    return row


def make_item(
    document: StoredDocument | None = None,
    type: str = "single_best_answer",
    objective: str = OBJECTIVE,
    reviewer: Account | None = None,
    checks_pass: bool = True,
) -> ItemVersion:
    """Return a draft version of a new item, or a published one when a reviewer is given."""
    document = document or make_document()
    number = next(numbers)
    content, _ = item_type(type).examples()
    start = document.tree["text"].index(SENTENCES[number % 3])  # type: ignore[index]
    citation = Citation(start, start + len(SENTENCES[number % 3]), SENTENCES[number % 3], (HEADING,))
    version = draft_item(
        document.id,
        f"test:{number}",
        replace(content, stem=f"{content.stem} ({number})"),  # type: ignore[type-var]
        citation,
        objective,
        {"maker": "test", "seed": 1},
        [{"name": "grounded", "passed": checks_pass, "detail": ""}],
        FIXED_NOW,
    )
    if reviewer:
        approve_version(version, reviewer.id, FIXED_NOW)
    return version


def reported_suggestion(document: StoredDocument, **changes: object) -> dict[str, object]:
    """Return a suggestion as a generation report tells it: a key, one wrong option, one proved and two unproved spares."""
    start = document.tree["text"].index(SENTENCES[0])  # type: ignore[index]
    spares = [
        {"text": text, "rationale": f"{text} is not told.", "origin": "lexicon", "warning": warning}
        for text, warning in (("Cough", "Nobody has proved it."), ("Itch", ""), ("Rash", "Nobody has proved it."))
    ]
    return {
        "id": f"s{next(numbers)}",
        "type": "single_best_answer",
        "stem": "Which sign of heart failure is the commonest?",
        "options": [
            {"id": "a", "text": "Fatigue", "rationale": "The source says so."},
            {"id": "b", "text": "Oedema", "rationale": "It comes late."},
        ],
        "key": ["a"],
        "rationale": "The source says so.",
        "citation": {"start": start, "end": start + len(SENTENCES[0]), "quote": SENTENCES[0], "path": [HEADING]},
        "objective": OBJECTIVE,
        "maker": "superlative",
        "checks": [{"name": "enough_options", "passed": False, "detail": "Too few."}],
        "status": "suggestion",
        "missing": "other signs",
        "pattern": "contrast",
        "version": 1,
        "proof": "",
        "alternatives": spares,
        **changes,
    }


def make_suggestion(document: StoredDocument | None = None, **changes: object) -> Suggestion:
    """Return an open suggestion."""
    document = document or make_document()
    report = reported_suggestion(document, **changes)
    row = Suggestion(document_id=document.id, origin=report["id"], seed=1, report=report, made_at=FIXED_NOW)
    db.session.add(row)
    db.session.flush()
    return row


def make_activity(
    items: int = 3,
    type: str = "single_best_answer",
    document: StoredDocument | None = None,
    publish: bool = True,
    now: datetime = FIXED_NOW,
    credit_type: str = "ama_pra_1",
    maximum_credit: Decimal = Decimal("0.25"),
    credits: Mapping[str, str] | None = None,
    **fields: object,
) -> Activity:
    """Return a published activity (or one ready to be published) with so many new items; ``fields`` are its columns.

    It offers one type of credit, or all of ``credits`` (maximum by type).
    """
    author = make_account(AUTHOR, "Grace Author")
    document = document or make_document(author)
    for _ in range(items):
        make_item(document, type, reviewer=author)
    activity = propose_activity(document, author.id, now)
    activity.faculty = persons_to_json([Person(author.name, "MD", "Author", asked=True)])
    offered = [(kind, Decimal(most)) for kind, most in credits.items()] if credits else [(credit_type, maximum_credit)]
    change_credits(activity, offered)
    for name, value in fields.items():
        setattr(activity, name, value)
    document.words = max(document.words, activity.minutes * WORDS_PER_MINUTE)  # so that any stated time is plausible
    db.session.flush()
    if publish:
        publish_activity(activity, author.id, now)
    return activity


def responses(attempt: Attempt, right: int) -> dict[int, Response]:
    """Return responses that answer the first slots right and the others wrong, by slot."""
    slots = state_of(attempt.id).slots
    contents = contents_of(slots)
    asked = {slot.number: contents[slot.version_id] for slot in slots}
    return {n: content.right_response() if n <= right else wrong_response(content) for n, content in asked.items()}


def wrong_response(content: ItemContent) -> Response:
    """Return a response that earns nothing: the first wrong option, or a blank where there is none."""
    if content.field == "choice":
        return {"choice": [option.id for option in content.options if option.id not in content.key][:1]}
    return {}


def make_attempt(
    activity: Activity | None = None,
    learner: Account | None = None,
    right: int | None = None,
    now: datetime = FIXED_NOW,
) -> Attempt:
    """Return an open attempt; with ``right`` (how many slots are answered right) a submitted one."""
    attempt = start_attempt(activity or make_activity(), (learner or make_account()).id, now)
    if right is None:
        return attempt
    keep_answers(attempt, responses(attempt, right), now + timedelta(minutes=5))
    return submit_attempt(attempt, now + timedelta(minutes=10))


def make_message(account: Account | None = None, **fields: object) -> Message:
    """Return a message that waits; ``fields`` are its columns."""
    account, number = account or make_account(), next(numbers)
    told = {"kind": "certificate.issued", "about": "certificate:1", "subject": "A certificate", "body": "Hello,\n"}
    times = {"created_at": FIXED_NOW, "due_at": FIXED_NOW}
    row = {"key": f"test:{number}", "account_id": account.id, "address": account.email, **told, **times, **fields}
    message = Message(**row)
    db.session.add(message)
    db.session.flush()
    return message


def make_followup(attempt: Attempt, now: datetime, right: bool = True) -> FollowupAnswer:
    """Return a follow-up answer to the first item of a submitted attempt."""
    first = state_of(attempt.id).slots[0]
    item_id = db.session.get_one(ItemVersion, first.version_id).item_id
    card = Card(attempt.id, item_id, 0, remember(None, 1.0, None, attempt.submitted_at or now))
    slot = slot_of(card)
    content = contents_of([slot])[slot.version_id]
    response = content.right_response() if right else wrong_response(content)
    return answer_followup(card, slot, response, 2, now)


def make_claim(attempt: Attempt | None = None, amount: Decimal = Decimal("0.25")) -> CreditClaim:
    """Return the claim for a passed attempt, with its evaluation."""
    attempt = attempt or make_attempt(right=3)
    moment = attempt.submitted_at or FIXED_NOW
    keep_evaluation(attempt, EVALUATION, moment)
    return claim_credit(attempt, amount, moment)


def make_certificate(claim: CreditClaim | None = None) -> Certificate:
    """Return a valid certificate."""
    claim = claim or make_claim()
    return issue_certificate(claim, claim.claimed_at)


def make_picture(account: Account, kind: str = SIGNATURE) -> Picture:
    """Return a picture that certificates can carry: a line on white."""
    drawn, buffer = Image.new("L", (300, 120), 255), BytesIO()
    ImageDraw.Draw(drawn).line([(20, 100), (150, 20), (280, 100)], 0, 6)
    drawn.save(buffer, format="PNG")
    return add_picture(buffer.getvalue(), kind, "A picture", account.id, FIXED_NOW)


def share_token() -> str:
    """Return a new token of the length that links have."""
    return f"{next(numbers):x}".rjust(43, "x")


def make_share(
    certificate: Certificate | None = None,
    token: str | None = None,
    views: int = 10,
    passcode: str = "",
    days: int = 30,
    now: datetime = FIXED_NOW,
) -> ShareLink:
    """Return an open link to one certificate."""
    certificate = certificate or make_certificate()
    asked = AskedLink("St. Mary's Hospital", days, views, passcode, (("certificate", certificate.id),))
    return create_link(certificate.learner_id, asked, token or share_token(), now)
