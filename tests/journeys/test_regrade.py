"""An administrator finds a wrong key, has it corrected, sees what that changes, and confirms."""

import re
from collections.abc import Callable
from datetime import datetime

from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR
from tests.factories import make_account, make_activity, make_certificate, make_claim
from tests.journeys.conftest import Walk
from tests.quizbank.attempts.regrading.test_operations import answered, correct

Db = scoped_session[Session]
SEAL = re.compile(r'name="shown" type="hidden" value="([0-9a-f]{16})"')


def test_wrong_key_is_corrected_for_those_who_answered(walk: Callable[..., Walk], session: Db, now: datetime) -> None:
    activity = make_activity(items=2, pass_mark=50)
    up, kept = answered(activity, now, first_key=False), answered(activity, now, first_key=True)
    certificate = make_certificate(make_claim(kept))
    item = correct(activity, now)
    session.commit()
    administrator = walk(make_account(ADMINISTRATOR))
    page = f"/regrading/{item.id}"
    assert page in administrator.client.get(f"/items/{item.id}").text
    seen = administrator.see(page)
    assert "Passes now" in seen
    assert "Pass kept" in seen
    assert certificate.serial in seen
    assert "1 learner would lose a pass" in administrator.see(f"{page}?allow_lowering=y")

    shown = SEAL.search(administrator.client.get(page).text)
    assert shown is not None
    assert "Say why the item is regraded" in administrator.send(page, status=400, shown=shown[1])
    assert "changed since this was shown" in administrator.send(page, status=409, reason="wrong key", shown="0" * 16)
    done = administrator.send(page, reason="The key named the wrong vessel.", shown=shown[1])
    assert "Regraded 2 attempts." in done
    session.expire_all()
    assert [(one.score, one.passed) for one in (up, kept)] == [(50, True), (0, True)]
    assert "Nothing to regrade" in administrator.see(page)
    told = walk(kept.learner).see(f"/attempts/{kept.id}/result")
    assert "A question was corrected after you had passed. Your pass stands." in told
    assert "The key named the wrong vessel." in told
    assert "Your pass stands" not in walk(up.learner).see(f"/attempts/{up.id}/result")


def test_page_is_for_administrators_and_says_when_there_is_nothing(walk: Callable[..., Walk], session: Db) -> None:
    item_id = make_activity().items[0].version.item_id
    session.commit()
    walk(make_account(AUTHOR)).see(f"/regrading/{item_id}", status=403)
    assert "No activity asks an earlier version" in walk(make_account(ADMINISTRATOR)).see(f"/regrading/{item_id}")
