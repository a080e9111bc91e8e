"""The kinds of licenses are those the database takes, each with words of its own."""

import re

from sqlalchemy import CheckConstraint

from certificates.wallet.licenses.kinds import KINDS
from certificates.wallet.models import License


def test_kinds_are_those_that_rows_may_keep() -> None:
    checks = [one for one in License.__table__.constraints if isinstance(one, CheckConstraint)]
    known = next(str(one.sqltext) for one in checks if str(one.sqltext).startswith("kind IN"))
    assert re.findall(r"'(\w+)'", known) == list(KINDS)
    assert len(set(KINDS.values())) == len(KINDS)
