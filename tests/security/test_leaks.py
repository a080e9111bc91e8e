"""Two attempts that differ in nothing but what is right: no route and no reply may tell them apart before its time.

The twins ask items of every type with the same words in the same order; in one of them every key, reason and way of
grading is another. Numbers of rows, random ids and times of day are the only differences that are overlooked.
"""

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session
from werkzeug.test import TestResponse

from quizbank.attempts import operations
from quizbank.attempts.models import Attempt
from quizbank.attempts.queries import contents_of, state_of
from quizbank.db import db, utc_now
from quizbank.items.content import Citation, ItemContent
from quizbank.items.operations import approve_version, draft_item
from quizbank.items.types import ITEM_TYPES
from tests.contracts.test_item_types import with_another_key
from tests.factories import HEADING, OBJECTIVE, SENTENCES, make_account, make_activity, make_document, sign_in

Db = scoped_session[Session]
SEED = 12
"""Steps come out neither in their order nor in its reverse, which would be shuffled again in one twin only."""
MODES = pytest.mark.parametrize(
    "options",
    [
        {"time_limit": 60},
        {"layout": "page", "feedback_submitted": "score", "feedback_final": "score", "max_attempts": 1},
        {"mode": "study"},
        {"mode": "study", "layout": "page", "feedback_checked": "marks", "ask_confidence": False},
        {"pre_test": True},
    ],
    ids=["exam with a limit", "exam on one page, score only", "study", "study on one page", "pre-test"],
)
OVERLOOKED = re.compile(
    r'\b\d\d:\d\d(:\d\d(\.\d+)?)?\b|/\d+\b|"[0-9a-f]{16}"|20\d\d-\d\d-\d\d\S*|\b\d+ minutes?\b'
    r'|\bperson\d+|(?:idempotency_key|csrf_token)" value="[^"]*|data-(?:left|attempt|unsent|submitted)="\d+'
)
HEADERS_OVERLOOKED = ("Date", "Set-Cookie", "Content-Length")


@dataclass(frozen=True)
class Twin:
    """A browser and its open attempt, what its options are really called, and what nobody may read in it yet."""

    client: FlaskClient
    attempt_id: int
    activity_id: int
    ids: dict[str, str]
    contents: dict[int, ItemContent]

    def seen(self, answer: TestResponse) -> tuple[int, list[tuple[str, str]], str]:
        """Return everything a reply tells, its random ids replaced by their places.

        Of a file (PDF, XLSX) that is its headers: it says what the page and the CSV beside it say.
        """
        text = answer.data.decode() if answer.mimetype.startswith("text/") or answer.is_json else ""
        for real, place in sorted(self.ids.items(), key=lambda pair: -len(pair[0])):
            text = text.replace(real, place)
        headers = sorted((k, OVERLOOKED.sub("#", v)) for k, v in answer.headers.items() if k not in HEADERS_OVERLOOKED)
        return answer.status_code, headers, OVERLOOKED.sub("#", text)

    def secrets(self, but: int | None = None) -> list[str]:
        """Return every reason of the items, except those of one slot."""
        found = [content for number, content in self.contents.items() if number != but]
        reasons = [one.rationale for content in found for one in (*content.options, *content.prompts)]
        return [reason for reason in [*reasons, *(content.rationale for content in found)] if reason]


def make_twin(app: Flask, turned: bool, options: dict[str, object]) -> Twin:
    """Return a twin; the turned one has another key everywhere."""
    now, author = utc_now(), make_account("author", "Grace Author")
    document = make_document(author)
    citation = Citation(document.tree["text"].index(SENTENCES[0]), 0, SENTENCES[0], (HEADING,))  # type: ignore[index]
    citation = Citation(citation.start, citation.start + len(SENTENCES[0]), SENTENCES[0], (HEADING,))
    for kind in ITEM_TYPES:
        content, _ = kind.examples()
        if turned:
            content = with_another_key(content)  # type: ignore[assignment]
        version = draft_item(document.id, f"twin:{kind.type}", content, citation, OBJECTIVE, {"maker": "test"}, [], now)
        approve_version(version, author.id, now)
    activity = make_activity(items=0, document=document, now=now, shuffle_items=False, title="Twins", **options)
    learner = make_account(name="Twin Learner")
    attempt = operations.start_attempt(activity, learner.id, now)
    state = state_of(attempt.id)
    versions = contents_of(state.slots)
    contents = {slot.number: versions[slot.version_id] for slot in state.slots}
    ids = {
        one.id: f"slot{number}place{place}"
        for number, content in contents.items()
        for place, one in enumerate((*content.options, *content.prompts))
        if len(one.id) >= 6  # shorter ones are no random ids: the same in both
    }
    db.session.commit()
    return Twin(sign_in(app.test_client(), learner), attempt.id, activity.id, ids, contents)


@pytest.fixture
def twins(app: Flask, session: Db, monkeypatch: pytest.MonkeyPatch, options: dict[str, object]) -> list[Twin]:
    monkeypatch.setattr(operations.secrets, "randbits", lambda _bits: SEED)
    return [make_twin(app, turned, options) for turned in (False, True)]


def pages(app: Flask, twin: Twin) -> list[str]:
    """Return the addresses a learner can try while the attempt is open: every page that takes an id, and the variants."""
    ids: dict[str, int] = {"activity_id": twin.activity_id, "attempt_id": twin.attempt_id}
    here = f"/attempts/{twin.attempt_id}"
    known = [rule for rule in app.url_map.iter_rules() if rule.arguments <= set(ids) and "GET" in (rule.methods or ())]
    with app.test_request_context():
        every = [rule.build({name: ids[name] for name in rule.arguments})[1] for rule in known]  # type: ignore[index]
    asked = [f"{here}?item={number}&again={number}" for number in twin.contents]
    return [*every, *asked, f"{here}?view=page", f"{here}?view=page&again=1", f"{here}/result?item=1"]


def answers(twins: list[Twin], number: int, go: str) -> list[dict[str, object]]:
    """Return what the twins' pages send when a slot is given the answer that is right for the first: the same for both."""
    content = twins[0].contents[number]
    values = content.values(content.right_response())
    marks = {"item": number, "marks": number, "current": number, f"confidence-{number}": "2", "go": go}
    return [
        {**marks, f"{content.field}-{number}": [translated(one, twins[0], twin) for one in values]} for twin in twins
    ]


def translated(value: str, mine: Twin, theirs: Twin) -> str:
    """Return a value with the random ids that another attempt has in their places."""
    real = {place: name for name, place in theirs.ids.items()}
    for name, place in mine.ids.items():
        value = value.replace(name, real[place])
    return value


def earned(twins: list[Twin], number: int) -> list[float]:
    """Return the fractions that this same answer earns the twins."""
    fields = answers(twins, number, "")
    contents = [twin.contents[number] for twin in twins]
    given = [one[f"{content.field}-{number}"] for one, content in zip(fields, contents, strict=True)]
    return [content.grade(content.parse({content.field: one})) for content, one in zip(contents, given, strict=True)]  # type: ignore[dict-item]


def compare(replies: list[tuple[int, list[tuple[str, str]], str]], what: str) -> None:
    """Fail where two replies differ, and say where."""
    one, other = replies
    assert one[:2] == other[:2], what
    for mine, theirs in zip(one[2].splitlines(), other[2].splitlines(), strict=True):
        assert mine == theirs, what


@MODES
def test_no_page_of_an_open_attempt_differs_by_what_is_right(
    app: Flask, twins: list[Twin], options: dict[str, object]
) -> None:
    for address, other in zip(*(pages(app, twin) for twin in twins), strict=True):
        replies = [twin.client.get(path) for twin, path in zip(twins, (address, other), strict=True)]
        compare([twin.seen(reply) for twin, reply in zip(twins, replies, strict=True)], address)
        for twin, reply in zip(twins, replies, strict=True):
            if address.startswith(("/attempts", "/credits")) and not address.endswith("/read"):
                assert not [secret for secret in twin.secrets() if secret in reply.text], address
            assert not {"ETag", "Last-Modified"} & set(reply.headers.keys()) or address.startswith(
                ("/static", "/fonts", "/.well-known", "/v/")
            )


@MODES
def test_no_reply_to_an_answer_differs_by_whether_it_is_right(
    app: Flask, twins: list[Twin], options: dict[str, object]
) -> None:
    here = [f"/attempts/{twin.attempt_id}" for twin in twins]
    numbers = list(twins[0].contents)
    assert sum(len(set(earned(twins, number))) == 2 for number in numbers) > len(numbers) - 2
    for number in numbers:
        for go in ("autosave", "next", "previous", "review", "page", "item-2") if number == 1 else ("autosave", "next"):
            replies = [
                twin.client.post(f"{at}/answers", data=fields)
                for twin, at, fields in zip(twins, here, answers(twins, number, go), strict=True)
            ]
            compare([twin.seen(reply) for twin, reply in zip(twins, replies, strict=True)], f"{number} {go}")
            assert len(replies[0].data) == len(replies[1].data)
    for path in ("", "?view=page", "?item=1", "/review", "/result"):
        shown = [twin.client.get(at + path) for twin, at in zip(twins, here, strict=True)]
        compare([twin.seen(reply) for twin, reply in zip(twins, shown, strict=True)], path)
        assert not [
            one for twin, reply in zip(twins, shown, strict=True) for one in twin.secrets() if one in reply.text
        ]


@pytest.mark.parametrize("options", [{"mode": "study"}], ids=["study"])
def test_checked_item_opens_itself_and_no_other(app: Flask, twins: list[Twin], options: dict[str, object]) -> None:
    here = [f"/attempts/{twin.attempt_id}" for twin in twins]
    checks = [
        twin.client.post(f"{at}/answers", data=fields)
        for twin, at, fields in zip(twins, here, answers(twins, 1, "check-1"), strict=True)
    ]
    compare([twin.seen(reply) for twin, reply in zip(twins, checks, strict=True)], "check")
    twin, at = twins[0], here[0]
    assert twin.contents[1].options[0].rationale in twin.client.get(f"{at}?item=1").text
    for page in (f"{at}?item=1", f"{at}?view=page", f"{at}?item=2", f"{at}/review"):
        assert not [secret for secret in twin.secrets(but=1) if secret in twin.client.get(page).text], page
    again = twin.client.get(f"{at}?item=1&again=1").text
    assert not [secret for secret in twin.secrets() if secret in again]


@pytest.mark.parametrize("options", [{}], ids=["exam"])
def test_exam_lets_nothing_be_checked(app: Flask, twins: list[Twin], options: dict[str, object]) -> None:
    twin = twins[0]
    twin.client.post(f"/attempts/{twin.attempt_id}/answers", data=answers(twins, 1, "check-1")[0])
    db.session.rollback()
    state = state_of(twin.attempt_id)
    assert (state.checked, set(state.responses)) == ({}, {1})
    page = twin.client.get(f"/attempts/{twin.attempt_id}?item=1").text
    assert not [secret for secret in twin.secrets() if secret in page]


@pytest.mark.parametrize("options", [{}], ids=["exam"])
def test_earlier_attempt_tells_nothing_while_the_same_questions_are_asked_again(
    app: Flask, twins: list[Twin], options: dict[str, object]
) -> None:
    twin = twins[0]
    assert twin.client.post(f"/attempts/{twin.attempt_id}/submit").status_code == 302
    opened = twin.client.get(f"/attempts/{twin.attempt_id}/result").text
    assert all(secret in opened for secret in [twin.contents[1].options[0].rationale])
    assert twin.client.post(f"/attempts/start/{twin.activity_id}").status_code == 302
    closed = twin.client.get(f"/attempts/{twin.attempt_id}/result").text
    assert "You have another attempt open" in closed
    assert not [secret for secret in twin.secrets() if secret in closed]
    assert db.session.get_one(Attempt, twin.attempt_id).score == 0


@pytest.mark.parametrize("options", [{"pre_test": True, "mode": "study"}], ids=["pre-test"])
def test_pre_test_that_was_handed_in_tells_nothing_either(
    app: Flask, twins: list[Twin], options: dict[str, object]
) -> None:
    here = [f"/attempts/{twin.attempt_id}" for twin in twins]
    for number in twins[0].contents:
        for twin, at, fields in zip(twins, here, answers(twins, number, "next"), strict=True):
            assert twin.client.post(f"{at}/answers", data=fields).status_code == 302
    for twin, at in zip(twins, here, strict=True):
        assert twin.client.post(f"{at}/submit").status_code == 302
    for address, other in zip(*(pages(app, twin) for twin in twins), strict=True):
        replies = [twin.client.get(path) for twin, path in zip(twins, (address, other), strict=True)]
        compare([twin.seen(reply) for twin, reply in zip(twins, replies, strict=True)], address)
