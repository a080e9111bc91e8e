"""The two given documents as activities with items written by hand: what keeps them from being published, and what learners see."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask_sqlalchemy.session import Session
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from quizbank.accounts.models import Account
from quizbank.accounts.roles import AUTHOR
from quizbank.activities.models import Activity
from quizbank.db import utc_now
from quizbank.documents.models import StoredDocument
from quizbank.documents.queries import tree_of
from quizbank.generation.carrying import path_at
from quizbank.generation.edited import judge_edited
from quizbank.items.content import Citation, Option
from quizbank.items.models import ItemVersion
from quizbank.items.operations import draft_item
from quizbank.items.types.single_best_answer import SingleBestAnswer
from tests.certificates.issuing.pdf_reading import text_of
from tests.factories import make_account
from tests.journeys.conftest import Walk
from tests.journeys.test_author import bring, plan_form
from tests.journeys.test_learner import certificate_of

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the development documents are not beside this checkout"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

Db = scoped_session[Session]
Start = Callable[..., Walk]
Question = tuple[str, str, str, tuple[str, ...]]
"""The words of the document, the stem, the right option and the others."""

REVISION: tuple[Question, ...] = (
    (
        "Treatments will range from massaging and exercises to revision spine surgery as a last measure.",
        "When pain persists before revision spine surgery, which treatment can be given first?",
        "Massaging and exercises",
        ("Laminotomy and foraminotomies", "Ablation and fusions"),
    ),
    (
        "The surgeon might incorrectly identify the target tissue, or had to operate based on a less precise diagnostic.",
        "Before revision spine surgery, which error of the surgeon can explain that the first operation failed?",
        "Incorrectly identified target",
        ("Incorrectly positioned laser", "Incorrectly chosen exercise"),
    ),
    (
        "Strengthening the small muscles around the backbone will increase its support and protect the operation from damage.",
        "After revision spine surgery, which muscles protect the operation from damage?",
        "Small muscles around the backbone",
        ("Large muscles around the hip", "Large muscles around the shoulder"),
    ),
)
BACK: tuple[Question, ...] = (
    (
        "Traditional wound closure methods for trunk reconstruction are discouraged due to high failure rates from tension.",
        "In back reconstruction, what leads to high failure rates of traditional wound closure methods?",
        "Tension",
        ("Infection", "Irradiation"),
    ),
    (
        "Skin grafts repair superficial wounds and burns but are unpredictable in irradiated tissue.",
        "In back reconstruction, in which tissue are skin grafts unpredictable?",
        "Irradiated tissue",
        ("Superficial tissue", "Vascularized tissue"),
    ),
    (
        "Optimize blood glucose in diabetics to improve wound healing and reduce infections.",
        "Before back reconstruction, which measure improves wound healing in patients with diabetes?",
        "Optimized blood glucose",
        ("Preoperative antibiotics", "Physical therapy"),
    ),
)
PRODUCT_WORDS = (
    *("medtigo", "subscription plan", "presentation quality", "dynamic medical simulation", "3D environment"),
    *("track your career", "CMEs in one place", "code situations"),
)
REAL = "Mathes SJ, Nahai F. Reconstructive surgery: principles, anatomy, and technique. New York: Churchill Livingstone; 1997."
OF_PAIN = "Chan CW, Peng P. Failed back surgery syndrome. Pain Med. 2011;12(4):577-606."
PERSON = {
    "faculty-0-name": "Grace Author",
    "faculty-0-credentials": "MD",
    "faculty-0-role": "Author",
    "faculty-0-asked": "y",
}


@pytest.fixture
def author(session: Db) -> Account:
    return make_account(AUTHOR, "Grace Author")


def write(session: Db, workshop: str, questions: tuple[Question, ...], author_id: int) -> list[ItemVersion]:
    """Write items about a document by hand, each on words of it, and return the drafts."""
    row = session.get_one(StoredDocument, int(workshop.rpartition("/")[2]))
    tree, drafts = tree_of(row), []
    for number, (words, stem, right, wrong) in enumerate(questions):
        start = tree.text.index(words)
        citation = Citation(start, start + len(words), words, path_at(tree, start))
        options = tuple(Option(f"o{place}", text, "The source says so.") for place, text in enumerate((right, *wrong)))
        content = SingleBestAnswer(stem, options, ("o0",), words)
        objective = f"Plan {row.title.lower()}"
        checks = judge_edited(tree, content, citation, objective)
        drafts.append(
            draft_item(
                row.id,
                f"hand:{number}",
                content,
                citation,
                objective,
                {"maker": "by hand"},
                checks,
                utc_now(),
                author_id,
            )
        )
    session.commit()
    return drafts


def built(
    session: Db, walk: Walk, work: Callable[[], None], start: str, questions: tuple[Question, ...], author_id: int
) -> str:
    """Bring a given document, write and approve its items, propose the activity; return the address of its plan."""
    (file,) = SEEDS.glob(f"{start}*.txt")
    workshop = bring(walk, work, file.name, file.read_bytes())
    for version in write(session, workshop, questions, author_id):
        assert f"item-{version.item_id}" in walk.go(f"/items/versions/{version.id}/approve")
    return walk.go(f"/activities/propose/{workshop.rpartition('/')[2]}")


def seen_by(learner: Walk, session: Db, activity: Activity) -> tuple[list[str], str]:
    """Take an activity to its certificate; return every page on the way, and what the certificate says."""
    pages = [learner.see(f"/attempts/activity/{activity.id}"), learner.see(f"/attempts/activity/{activity.id}/read")]
    place, pdf = certificate_of(learner, session, activity)
    attempts = learner.see("/")
    return [*pages, attempts, learner.see(place)], text_of(pdf)


def test_page_without_real_references_is_refused_until_they_are_added(
    walk: Start, session: Db, work: Callable[[], None], author: Account
) -> None:
    grace = walk(author)
    place = built(session, grace, work, "003", BACK, author.id)
    fields = {**plan_form(session, place), **PERSON}
    assert fields["references"] == "", "its section of references only repeats the page"
    grace.send(place, **fields)
    page = grace.send(f"{place}/publish")
    assert "Not published yet" in page
    assert "Name at least one bibliographic source." in page

    repeated = {**plan_form(session, place), **PERSON, "references": BACK[0][0]}
    page = grace.send(place, **repeated)
    assert "is no reference" in grace.send(f"{place}/publish")
    grace.send(place, **{**plan_form(session, place), **PERSON, "references": REAL})
    assert "Published. Learners find it in the catalogue." in grace.send(f"{place}/publish")


def test_product_lines_are_nowhere_in_what_a_learner_sees(
    walk: Start, session: Db, work: Callable[[], None], author: Account
) -> None:
    grace = walk(author)
    place = built(session, grace, work, "003", BACK, author.id)
    grace.send(place, **{**plan_form(session, place), **PERSON, "references": REAL})
    grace.send(f"{place}/publish")
    session.rollback()
    activity = session.get_one(Activity, int(place.rpartition("/")[2]))
    raw = session.get_one(StoredDocument, activity.document_id).content.decode()
    assert all(word in raw for word in PRODUCT_WORDS), "the file has them"
    pages, certificate = seen_by(walk(make_account(name="Dr. Ada Lovelace")), session, activity)
    assert "wound closure" in pages[1]
    told = "\n".join([*pages, certificate]).casefold()
    assert [word for word in PRODUCT_WORDS if word.casefold() in told] == []
    session.rollback()
    versions = session.scalars(select(ItemVersion)).all()
    asked = "\n".join(f"{one.stem} {one.content} {one.citation}" for one in versions).casefold()
    assert [word for word in PRODUCT_WORDS if word.casefold() in asked] == []


def test_article_becomes_an_activity_and_a_certificate(
    walk: Start, session: Db, work: Callable[[], None], author: Account
) -> None:
    grace = walk(author)
    place = built(session, grace, work, "000", REVISION, author.id)
    grace.send(place, **{**plan_form(session, place), **PERSON})
    assert "Name at least one bibliographic source." in grace.send(f"{place}/publish")
    grace.send(place, **{**plan_form(session, place), **PERSON, "references": OF_PAIN})
    assert "Published." in grace.send(f"{place}/publish")
    session.rollback()
    activity = session.get_one(Activity, int(place.rpartition("/")[2]))
    pages, certificate = seen_by(walk(make_account(name="Dr. Ada Lovelace")), session, activity)
    assert OF_PAIN in pages[0]
    assert "Plan revision spine surgery" in pages[0]
    assert all(words in certificate for words in ("Dr. Ada Lovelace", "Revision Spine Surgery"))


@pytest.mark.parametrize(("start", "questions"), [("000", REVISION), ("003", BACK)])
def test_items_written_by_hand_pass_every_check(
    walk: Start, session: Db, work: Callable[[], None], author: Account, start: str, questions: tuple[Question, ...]
) -> None:
    (file,) = SEEDS.glob(f"{start}*.txt")
    workshop = bring(walk(author), work, file.name, file.read_bytes())
    failed = [
        (version.stem, check["name"], check["detail"])
        for version in write(session, workshop, questions, author.id)
        for check in version.checks
        if not check["passed"]
    ]
    assert failed == []
