"""Background work of the post: handing messages over on one line, and once a day whatever was left behind."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack

from quizbank.db import db
from quizbank.jobs.context import JobContext
from quizbank.jobs.rules import JobDeferred
from quizbank.post.envelope import Unaddressable, message_id, sealed_envelope, wire_address
from quizbank.post.kinds import can_choose
from quizbank.post.models import Message
from quizbank.post.operations import (
    SEND,
    Taken,
    forget_bodies,
    give_up_left,
    postpone_due,
    put_back,
    settle_message,
    take_message,
)
from quizbank.post.queries import (
    choices_address,
    due_ids,
    last_words,
    next_moment,
    open_ids,
    sender_of,
    server_here,
    settled,
)
from quizbank.post.rules import MAX_LOSSES, lapses_after, portions
from quizbank.post.smtp import PUT_OFF, REFUSED, Line, LineLost, MailServer, Reply, ServerTrouble, opened

SWEEP = "post.sweep"


def send(context: JobContext) -> None:
    """Send the messages of a job; it comes back as long as one of them waits. Without a server nothing is sent."""
    ids, server = context.args["ids"], server_here()
    if server is None:
        return
    send_due(context, ids, server)
    moment = next_moment(ids, lapses_after(server.timeout))
    if moment is not None:
        raise JobDeferred(moment, last_words(Message.id.in_(ids)))


def sweep(context: JobContext) -> None:
    """Send what no job looks after any more, and forget old texts; a second time finds nothing to do."""
    forget_bodies(context.now())
    context.checkpoint_at_end()
    server = server_here()
    if server is None:
        return
    for some in portions(open_ids()):
        send_due(context, some, server)


def send_due(context: JobContext, ids: Sequence[int], server: MailServer) -> None:
    """Hand over those of the messages that are due; when there is no line, everything that is due waits."""
    lapse = lapses_after(server.timeout)
    give_up_left(ids, context.now(), lapse)
    due = due_ids(ids, context.now(), lapse)
    db.session.commit()
    try:
        hand_over_all(context, ids, due, server)
    except ServerTrouble as trouble:
        postpone_due(str(trouble), context.now())
        db.session.commit()


def hand_over_all(context: JobContext, ids: Sequence[int], due: Sequence[int], server: MailServer) -> None:
    """Hand over messages on one line, which is opened anew when it breaks; raises ServerTrouble."""
    with ExitStack() as lines:
        line, losses = None, 0
        for number in due:
            line = line or lines.enter_context(opened(server))
            try:
                hand_over(context, line, number)
                losses = 0
            except LineLost as lost:
                line, losses = None, losses + 1
                if losses == MAX_LOSSES:
                    raise ServerTrouble(f"The line broke {losses} times in a row. {lost}") from lost
            context.checkpoint(max(context.done, settled(ids)), max(context.total or 0, len(ids)))


def hand_over(context: JobContext, line: Line, number: int) -> None:
    """Hand over one message and write down what the server answered; a stop waits for that.

    Raises LineLost and ServerTrouble, after the message was put back.
    """
    with context.stop.shielded():
        taken = take_message(number, context.now(), lapses_after(line.server.timeout))
        db.session.commit()
        if taken is None:
            return
        try:
            reply = handed_over(line, taken)
        except LineLost as lost:
            settle_message(taken, Reply(PUT_OFF, str(lost)), context.now(), lost.is_doubtful)
            db.session.commit()
            raise
        except ServerTrouble as trouble:
            put_back(taken, str(trouble), context.now())
            db.session.commit()
            raise
        settle_message(taken, reply, context.now())
        db.session.commit()


def handed_over(line: Line, taken: Taken) -> Reply:
    """Return what the server answered to a message; one that cannot be addressed never gets there."""
    server = line.server
    try:
        address = wire_address(taken.address)
        name = message_id(taken.key, server.sender)
        words = (server.reply_to, address, taken.subject, taken.body, name, taken.created_at)
        choices = choices_address() if can_choose(taken.kind) else ""
        content = sealed_envelope(sender_of(server), *words, choices)
    except Unaddressable as error:
        return Reply(REFUSED, str(error))
    return line.hand_over(address, content)


post_handlers: Mapping[str, Callable[[JobContext], None]] = {SEND: send, SWEEP: sweep}
post_daily = (SWEEP,)
