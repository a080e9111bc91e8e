"""Claims that meet each other, the end of an activity, a regrade or a correction at the same moment: the database decides."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from itertools import chain

from sqlalchemy import select, update

from certificates.credits.models import ClaimCorrection, CreditClaim
from certificates.issuing.models import Certificate
from certificates.surveys.operations import keep_evaluation
from quizbank.accounts.models import AuditEntry
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.activities.models import Activity
from quizbank.attempts.models import Attempt
from quizbank.db import db, utc_now
from tests.factories import EVALUATION, make_account, make_activity, make_attempt, make_certificate, make_claim
from tests.races.conftest import Browser, Platform, at_once
from tests.races.test_editors import chain_is_whole
from tests.races.test_learners import CLAIM, count

ROUNDS = 12
SEVERAL = {"ama_pra_1": "0.25", "participation": "0.25"}
LOWER = [("seen", "0"), ("amount", "0.25"), ("reason", "Half of it was attended.")]
WITHDRAW = [("seen", "0"), ("amount", "0.00"), ("reason", "Claimed for somebody else.")]


def claimable_attempts(platform: Platform, number: int, **activity: object) -> list[tuple[Browser, int, int]]:
    """Return passed and evaluated attempts, each by a learner of its own at an activity of its own."""
    made = []
    for _ in range(number):
        learner = make_account()
        attempt = make_attempt(make_activity(now=utc_now(), **activity), learner, right=3, now=utc_now())  # type: ignore[arg-type]
        keep_evaluation(attempt, EVALUATION, utc_now())
        made.append((platform.browser(learner), attempt.id, attempt.activity_id))
    db.session.commit()
    db.session.remove()
    return made


def trail(action: str, attempt_id: int) -> int:
    """Return how many lines the audit trail has about an attempt."""
    return count(AuditEntry, action=action, subject=f"attempt:{attempt_id}")


def changing(platform: Platform, change: Callable[[], object]) -> int:
    """Commit a change of the database from this thread, and return the status of a page that did so."""
    with platform.app.app_context():
        change()
        db.session.commit()
        db.session.remove()
    return 302


def expire(activity_id: int) -> None:
    past = utc_now().date() - timedelta(days=2)
    db.session.execute(update(Activity).where(Activity.id == activity_id).values(expires_on=past))


def fail(attempt_id: int) -> None:
    """Take a pass away, as a regrade that lowers scores does."""
    raised = Attempt.revision + 1
    db.session.execute(update(Attempt).where(Attempt.id == attempt_id).values(passed=False, revision=raised))


def test_fifty_parallel_claims_of_two_types_make_one_claim_and_certificate_of_each(platform: Platform) -> None:
    ((browser, attempt_id, _),) = claimable_attempts(platform, 1, credits=SEVERAL)
    place = f"/credits/{attempt_id}/claim"
    calls = [partial(browser.post, place, [*CLAIM, ("credit_type", kind)]) for kind in SEVERAL]
    assert set(at_once(calls * 25)) == {302}
    claims = db.session.scalars(select(CreditClaim).filter_by(attempt_id=attempt_id)).all()
    assert sorted(claim.credit_type for claim in claims) == sorted(SEVERAL)
    assert [count(Certificate, claim_id=claim.id) for claim in claims] == [1, 1]
    assert trail("credit.claimed", attempt_id) == 2
    assert chain_is_whole()


def test_claim_racing_the_expiry_of_its_activity_is_made_or_refused_and_either_is_in_the_trail(
    platform: Platform,
) -> None:
    made = claimable_attempts(platform, ROUNDS)
    pairs = [
        (
            partial(browser.post, f"/credits/{attempt_id}/claim", CLAIM),
            partial(changing, platform, partial(expire, activity_id)),
        )
        for browser, attempt_id, activity_id in made
    ]
    statuses = at_once(list(chain.from_iterable(pairs)))[::2]
    assert set(statuses) <= {302, 409}
    for status, (_, attempt_id, _) in zip(statuses, made, strict=True):
        told = (
            count(CreditClaim, attempt_id=attempt_id),
            trail("credit.claimed", attempt_id),
            trail("credit.refused", attempt_id),
        )
        assert told == ((1, 1, 0) if status == 302 else (0, 0, 1))


def test_claim_racing_the_loss_of_its_pass_is_made_or_refused(platform: Platform) -> None:
    made = claimable_attempts(platform, ROUNDS)
    pairs = [
        (
            partial(browser.post, f"/credits/{attempt_id}/claim", CLAIM),
            partial(changing, platform, partial(fail, attempt_id)),
        )
        for browser, attempt_id, _ in made
    ]
    statuses = at_once(list(chain.from_iterable(pairs)))[::2]
    assert set(statuses) <= {302, 403, 409}
    for status, (_, attempt_id, _) in zip(statuses, made, strict=True):
        assert count(CreditClaim, attempt_id=attempt_id) == (status == 302)
        assert trail("credit.refused", attempt_id) == (status == 409)


def test_credit_earned_is_claimed_though_its_activity_is_closed_at_that_moment(platform: Platform) -> None:
    made = claimable_attempts(platform, ROUNDS // 2)
    administrator = platform.browser(make_account(ADMINISTRATOR))
    db.session.commit()
    claims = [partial(browser.post, f"/credits/{attempt_id}/claim", CLAIM) for browser, attempt_id, _ in made]
    closings = [partial(administrator.post, f"/activities/{activity_id}/close") for _, _, activity_id in made]
    assert set(at_once([*claims, *closings])) == {302}
    assert all(count(CreditClaim, attempt_id=attempt_id) == 1 for _, attempt_id, _ in made)
    assert all(count(Activity, id=activity_id, state="closed") == 1 for _, _, activity_id in made)


def test_of_parallel_corrections_one_counts_and_its_certificate_alone_is_valid(platform: Platform) -> None:
    attempt = make_attempt(
        make_activity(now=utc_now(), minutes=30, maximum_credit=Decimal("0.5")), right=3, now=utc_now()
    )
    claim_id = make_certificate(make_claim(attempt, attempt.activity.credits[0].maximum)).claim_id
    administrators = [platform.browser(make_account(ADMINISTRATOR)) for _ in range(3)]
    db.session.commit()
    place = f"/credits/claims/{claim_id}"
    calls = [partial(one.post, place, form) for one in administrators for form in (LOWER, WITHDRAW)]
    assert sorted(at_once(calls)) == [302] + [409] * 5
    correction = db.session.scalars(select(ClaimCorrection).filter_by(claim_id=claim_id)).one()
    states = sorted(db.session.scalars(select(Certificate.state).filter_by(claim_id=claim_id)))
    assert states == (["superseded", "valid"] if correction.amount else ["revoked"])
    assert chain_is_whole()


def test_claim_sent_again_while_it_is_withdrawn_brings_nothing_back(platform: Platform) -> None:
    learner = make_account()
    attempt = make_attempt(make_activity(now=utc_now()), learner, right=3, now=utc_now())
    claim_id = make_certificate(make_claim(attempt)).claim_id
    browser, administrator = platform.browser(learner), platform.browser(make_account(ADMINISTRATOR))
    attempt_id = attempt.id
    place = f"/credits/{attempt_id}/claim"
    db.session.commit()
    withdraw = partial(administrator.post, f"/credits/claims/{claim_id}", WITHDRAW)
    assert set(at_once([withdraw, *[partial(browser.post, place, CLAIM)] * 10])) == {302}
    assert count(CreditClaim, attempt_id=attempt_id) == 1
    assert list(db.session.scalars(select(Certificate.state).filter_by(claim_id=claim_id))) == ["revoked"]
