"""Participations as tables: CE Broker's roster, and one for everybody's own use.

CE Broker: the columns of its spreadsheet for partial credit (help.cebroker.com, "Creating Excel Files (Partial Course
Credit)", read again on 28 November 2026): the provider's number without "50-", the course's without "20-" or the provider's
own id of the course, a publishing number, license number, day (12/3/2008), State=FL, Profession=RN, subject area, hours.
Subject areas belong to a
board and are left empty for the provider.
"""

from certificates.reporting.destinations import PROFESSION_CODES
from certificates.reporting.jurisdictions import state_code
from certificates.reporting.records import Participation

CE_BROKER_COLUMNS = (
    "Provider number",
    "Course number",
    "Provider course ID",
    "Publishing number",
    "License number",
    "Completion date",
    "State",
    "Profession",
    "Subject area",
    "Hours",
)
OWN_COLUMNS = (
    "Given name",
    "Family name",
    "Profession",
    "NPI",
    "License state",
    "License number",
    "Activity ID",
    "Activity",
    "Completed on",
    "Credit type",
    "Credits",
)


def ce_broker_row(one: Participation, provider: str) -> tuple[str, ...]:
    """Return one line of the roster, in the order of CE_BROKER_COLUMNS."""
    day = one.completed_on
    return (
        provider.removeprefix("50-"),
        "",
        one.reference,
        "",
        one.learner.license_number,
        f"{day.month}/{day.day}/{day.year}",
        f"State={state_code(one.learner.license_state)}",
        f"Profession={PROFESSION_CODES.get(one.learner.profession, '')}",
        "",
        f"{one.amount:.2f}",
    )


def own_row(one: Participation) -> tuple[str, ...]:
    """Return one line for everybody's own use, in the order of OWN_COLUMNS; it carries no birthday."""
    learner = one.learner
    return (
        learner.given_name,
        learner.family_name,
        learner.profession,
        learner.npi,
        state_code(learner.license_state) or learner.license_state,
        learner.license_number,
        one.reference,
        one.title,
        one.completed_on.isoformat(),
        one.credit_type,
        f"{one.amount:.2f}",
    )
