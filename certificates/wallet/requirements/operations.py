"""The only writers of which rules a person follows."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from certificates.wallet.letters import cycle_letter, cycle_step
from certificates.wallet.licenses.kinds import KINDS
from certificates.wallet.models import FollowedRules, License
from certificates.wallet.queries import birthday_of, entries_of, followed_by, standings_of
from certificates.wallet.requirements.rules import ASKED, CHOSEN, YEARS, RuleSet
from quizbank.accounts.operations import record_audit
from quizbank.db import db
from quizbank.post.operations import write_message
from quizbank.post.queries import address_of

MAX_FOLLOWED = 20


class FollowRefused(ValueError):
    """Rules cannot be followed as asked; the message says why."""


def follow_rules(
    account_id: int,
    rules: RuleSet,
    license: License | None,
    starts_on: date | None,
    exemptions: Sequence[str],
    now: datetime,
) -> FollowedRules:
    """Follow a set of rules, for a license or without one; doing it twice keeps the later choice. Raises FollowRefused."""
    if license and rules.license_kinds and license.kind not in rules.license_kinds:
        kinds = " or ".join(KINDS[kind] for kind in rules.license_kinds)
        raise FollowRefused(f"These rules are for: {kinds}. Choose such a license, or none.")
    query = select(FollowedRules).where(FollowedRules.account_id == account_id)
    followed = db.session.scalars(query).all()
    license_id = license.id if license else None
    known = next((one for one in followed if (one.rules, one.license_id) == (rules.name, license_id)), None)
    if known is not None:
        change_followed(known, rules, starts_on, exemptions, now)
        return known
    if len(followed) >= MAX_FOLLOWED:
        raise FollowRefused(f"You follow {MAX_FOLLOWED} sets of rules, which is the most. Stop following one first.")
    made = FollowedRules(account_id=account_id, rules=rules.name, license_id=license_id, chosen_at=now)
    set_followed(made, rules, starts_on, exemptions)
    try:
        with db.session.begin_nested():
            db.session.add(made)
            db.session.flush()
    except IntegrityError:
        raise FollowRefused("You follow these rules already. Reload the page.") from None
    record_audit("requirements.followed", f"account:{account_id}", account_id, now, rules=rules.name)
    return made


def change_followed(
    followed: FollowedRules, rules: RuleSet, starts_on: date | None, exemptions: Sequence[str], now: datetime
) -> None:
    """Change the day and the exemptions of rules that are followed; raises FollowRefused."""
    set_followed(followed, rules, starts_on, exemptions)
    db.session.flush()
    record_audit(
        "requirements.changed", f"account:{followed.account_id}", followed.account_id, now, rules=followed.rules
    )


def set_followed(followed: FollowedRules, rules: RuleSet, starts_on: date | None, exemptions: Sequence[str]) -> None:
    """Set day and exemptions; what the rules do not ask for is not kept. Raises FollowRefused."""
    if starts_on and starts_on.year not in YEARS:
        raise FollowRefused(f"Choose a day between {YEARS.start} and {YEARS.stop - 1}.")
    offered = {one.name for one in rules.exemptions if one.when == ASKED}
    followed.starts_on = starts_on if rules.cycle.start == CHOSEN else None
    followed.exemptions = sorted(set(exemptions) & offered)


def stop_following(followed: FollowedRules, now: datetime) -> None:
    """Follow rules no more; no credit changes."""
    account_id, rules = followed.account_id, followed.rules
    db.session.delete(followed)
    db.session.flush()
    record_audit("requirements.left", f"account:{account_id}", account_id, now, rules=rules)


def remind_of_cycles(account_id: int, today: date, now: datetime) -> None:
    """Tell a person of every cycle that ends soon and in which something is missing, once for each step."""
    entries, birthday = entries_of(account_id), birthday_of(account_id)
    for followed in followed_by(account_id):
        _, found, _ = standings_of(followed, entries, birthday, today)
        step = cycle_step(found[-1].cycle.end, today) if found and not found[-1].is_met else None
        if step is not None:
            page = address_of("/wallet/requirements/")
            write_message(account_id, cycle_letter(followed.id, found[-1].cycle.end, step, today, page), now)
