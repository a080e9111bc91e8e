"""The only writers of messages: write them beside what they tell of, hand one over, settle it, try it again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import case, select, update

from quizbank.accounts.models import Account
from quizbank.accounts.operations import record_audit
from quizbank.db import db
from quizbank.jobs.operations import INSERTS, enqueue
from quizbank.post.kinds import can_choose
from quizbank.post.letters import Letter, body_of, subject_of
from quizbank.post.models import Message, PostChoice
from quizbank.post.queries import choices_address, is_due, reached, server_here
from quizbank.post.rules import (
    BODY_KEPT,
    MAX_TRIES,
    OPEN,
    REFUSED,
    SENDING,
    SENT,
    UNFINISHED,
    WAITING,
    NotRetried,
    given_up_words,
    pause_after,
    portions,
    trouble_pause,
)
from quizbank.post.smtp import ACCEPTED, PUT_OFF, Reply

SEND = "post.send"
QUIETLY = {"synchronize_session": False}


@dataclass(frozen=True)
class Taken:
    """A message in the hands of a worker. ``begun_at`` is the fence: a later write must still find it in the row."""

    id: int
    begun_at: datetime
    tries: int
    key: str
    kind: str
    address: str
    subject: str
    body: str
    created_at: datetime


def write_message(account_id: int, letter: Letter, now: datetime) -> int | None:
    """Write one message in the caller's transaction; return its id, None when there is none to send (as write_messages)."""
    written = write_messages([(account_id, letter)], now)
    return written[0] if written else None


def write_messages(letters: Sequence[tuple[int, Letter]], now: datetime) -> list[int]:
    """Write messages beside what they tell of, with the jobs that send them; return the ids of those written.

    All are of one kind. None is written without a mail server, to whom it does not reach (closed, deleted, not wanted), and
    of an event that was told to that person before.
    """
    if not letters or server_here() is None:
        return []
    people = reached({account_id for account_id, _ in letters}, letters[0][1].kind)
    written = [insert(people[account_id], letter, now) for account_id, letter in letters if account_id in people]
    ids = [one for one in written if one is not None]
    for some in portions(ids):
        enqueue(SEND, f"{SEND}:{some[0]}", {"ids": list(some)}, now, total=len(some))
    return ids


def insert(account: Account, letter: Letter, now: datetime) -> int | None:
    """Insert one message; return its id, None when its event was told before."""
    provider = current_app.config["PROVIDER_NAME"]
    row = {
        "key": letter.key,
        "kind": letter.kind,
        "about": letter.about,
        "account_id": account.id,
        "address": account.email,
        "subject": subject_of(letter),
        "body": body_of(letter, account.name, provider, choices_address(), can_choose(letter.kind)),
        "state": WAITING,
        "created_at": now,
        "due_at": now,
        "tries": 0,
        "is_doubtful": False,
    }
    statement = INSERTS[db.session.get_bind().dialect.name](Message).values(row)
    once = statement.on_conflict_do_nothing(index_elements=[Message.key]).returning(Message.id)
    return db.session.scalar(once)


def take_message(message_id: int, now: datetime, lapse: timedelta) -> Taken | None:
    """Begin to hand over a message that is due, and return it; None when another worker has it or it is settled.

    The caller commits before a word goes to the server: whoever finds the row in this state later knows that it may have
    been taken there.
    """
    was_left = Message.state == SENDING
    begun = {
        "state": SENDING,
        "begun_at": now,
        "tries": Message.tries + 1,
        "is_doubtful": case((was_left, True), else_=Message.is_doubtful),
    }
    mine = update(Message).where(Message.id == message_id, is_due(now, lapse), Message.tries < MAX_TRIES)
    found = db.session.scalar(
        mine.values(begun).returning(Message).execution_options(**QUIETLY, populate_existing=True)
    )
    if found is None:
        return None
    words = (found.key, found.kind, found.address, found.subject, found.body, found.created_at)
    return Taken(found.id, now, found.tries, *words)


def settle_message(taken: Taken, reply: Reply, now: datetime, is_doubtful: bool = False) -> bool:
    """Write what became of a message that was handed over; return whether it was still this worker's.

    ``is_doubtful``: no answer came though the server may have taken it, so that the next try may be a second message.
    """
    pause = pause_after(taken.tries)
    if reply.verdict == ACCEPTED:
        became = {"state": SENT, "ended_at": now, "refusal": None}
    elif reply.verdict == PUT_OFF and pause is not None:
        became = {"state": WAITING, "due_at": now + pause, "refusal": reply.words}
    else:
        words = given_up_words(reply.words) if reply.verdict == PUT_OFF else reply.words
        became = {"state": REFUSED, "ended_at": now, "refusal": words}
    if is_doubtful:
        became["is_doubtful"] = True
    return change_taken(taken, {**became, "begun_at": None})


def put_back(taken: Taken, words: str, now: datetime) -> bool:
    """Put back a message of which nothing reached the server; that was not its fault and costs it no try."""
    waits = now + trouble_pause(taken.created_at, now)
    return change_taken(
        taken, {"state": WAITING, "begun_at": None, "due_at": waits, "refusal": words, "tries": taken.tries - 1}
    )


def change_taken(taken: Taken, to: dict[str, object]) -> bool:
    """Change a message if it is still this worker's; return whether it was."""
    mine = (Message.id == taken.id, Message.state == SENDING, Message.begun_at == taken.begun_at)
    changed = db.session.scalar(
        update(Message).where(*mine).values(to).returning(Message.id).execution_options(**QUIETLY)
    )
    return changed is not None


def postpone_due(words: str, now: datetime) -> None:
    """Let everything that is due wait, since there is no line to the server; whoever asks next finds nothing due."""
    query = select(Message.id, Message.created_at).where(Message.state == WAITING, Message.due_at <= now)
    waiting = db.session.execute(query.with_for_update(skip_locked=True)).all()
    pauses: dict[timedelta, list[int]] = {}
    for message_id, created_at in waiting:
        minutes = timedelta(minutes=trouble_pause(created_at, now) // timedelta(minutes=1))
        pauses.setdefault(minutes, []).append(message_id)
    for pause, ids in pauses.items():
        for some in portions(ids):
            later = update(Message).where(Message.id.in_(some), Message.state == WAITING)
            db.session.execute(later.values(due_at=now + pause, refusal=words).execution_options(**QUIETLY))


def give_up_left(ids: Collection[int], now: datetime, lapse: timedelta) -> None:
    """Give up messages whose handing over ended the worker every time."""
    left = (Message.id.in_(ids), Message.state == SENDING, Message.tries >= MAX_TRIES, Message.begun_at <= now - lapse)
    ended = {"state": REFUSED, "begun_at": None, "ended_at": now, "is_doubtful": True, "refusal": UNFINISHED}
    db.session.execute(update(Message).where(*left).values(ended).execution_options(**QUIETLY))


def retry_messages(ids: Collection[int], actor_id: int | None, now: datetime) -> int:
    """Send again what was refused, and at once what waits; return how many. Raises NotRetried when there is nothing to send."""
    if server_here() is None:
        raise NotRetried("No mail server is set, so nothing can be sent. Set MAIL_SERVER first.")
    again = {"state": WAITING, "due_at": now, "ended_at": None, "tries": 0, "refusal": None}
    changed: list[int] = []
    for some in portions(sorted(ids)):
        ready = update(Message).where(Message.id.in_(some), Message.state.in_((REFUSED, WAITING)), Message.body != "")
        changed += db.session.scalars(ready.values(again).returning(Message.id).execution_options(**QUIETLY)).all()
    changed.sort()
    if not changed:
        raise NotRetried("This was sent meanwhile, is being handed over, or is so old that its text is gone.")
    for some in portions(changed):
        key = f"{SEND}:{some[0]}:{now:%Y%m%d%H%M%S%f}"
        enqueue(SEND, key, {"ids": list(some)}, now, total=len(some))
    subject = f"message:{changed[0]}" if len(changed) == 1 else f"{len(changed)} messages"
    record_audit("message.retried", subject, actor_id, now, count=len(changed))
    db.session.expire_all()
    return len(changed)


def change_choice(account_id: int, record: bool, reminder: bool, now: datetime) -> None:
    """Keep which messages a person wants from now on."""
    values = {"record": record, "reminder": reminder, "changed_at": now}
    statement = INSERTS[db.session.get_bind().dialect.name](PostChoice).values({"account_id": account_id, **values})
    db.session.execute(statement.on_conflict_do_update(index_elements=[PostChoice.account_id], set_=values))
    record_audit("post.chosen", f"account:{account_id}", account_id, now, record=record, reminder=reminder)
    db.session.expire_all()


def forget_bodies(now: datetime) -> None:
    """Take the text out of messages that were settled long ago; the line stays, so that nothing is told twice."""
    old = update(Message).where(Message.state.not_in(OPEN), Message.ended_at < now - BODY_KEPT, Message.body != "")
    db.session.execute(old.values(body="").execution_options(**QUIETLY))
