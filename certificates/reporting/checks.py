"""May a participation be reported? It goes in with the destination; what is missing, and where to put it right, comes out.

Sources: the identity fields of ACCME's learner reports (names, birth month and day, state and number of a license or the
NPI, the learner's permission, dates without a time); the NPI's check digit is Luhn's over "80840" and the number (CMS).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from certificates.reporting.destinations import Destination
from certificates.reporting.jurisdictions import state_code
from certificates.reporting.records import Learner, Participation
from quizbank.spreadsheets import FORMULA_STARTS

NPI = re.compile(r"[0-9]{10}")
LEAP_YEAR = 2000
"""Every day that can be a birthday is in it."""

IDENTITY, LICENSE, CONSENT, CLAIM, ACTIVITY = "identity", "license", "consent", "claim", "activity"
PLACES = {
    IDENTITY: "the person's wallet, under identity",
    LICENSE: "the person's wallet, under licenses",
    CONSENT: "the person's wallet, under consent to reporting",
    CLAIM: "the claim, which an administrator corrects",
    ACTIVITY: "the activity's settings",
}
"""Where what a check finds is put right."""


@dataclass(frozen=True)
class Problem:
    """What keeps a participation from being reported, in plain words, and where it is put right (a name in PLACES)."""

    check: str
    words: str
    place: str


@dataclass(frozen=True)
class Check:
    """One rule. ``find`` returns the words of the problem, "" when there is none."""

    name: str
    place: str
    find: Callable[[Participation], str]


def is_npi(number: str) -> bool:
    """Return whether a number is an NPI: ten digits, the last of which checks the others."""
    if not NPI.fullmatch(number):
        return False
    digits = [int(digit) for digit in f"80840{number}"]
    doubled = [digit * 2 - 9 * (digit > 4) if place % 2 else digit for place, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def is_birthday(written: str) -> bool:
    """Return whether this is a month and a day, MM-DD; 29 February is one."""
    try:
        return bool(re.fullmatch(r"[0-9]{2}-[0-9]{2}", written)) and bool(date.fromisoformat(f"{LEAP_YEAR}-{written}"))
    except ValueError:
        return False


def has_license(learner: Learner) -> bool:
    """Return whether a license can be reported: one of the states of the USA, and a number."""
    return bool(state_code(learner.license_state) and learner.license_number.strip())


def names_missing(one: Participation) -> str:
    missing = [
        words
        for words, given in (("given name", one.learner.given_name), ("family name", one.learner.family_name))
        if not given.strip()
    ]
    return f"The {' and the '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing." if missing else ""


def names_like_formulas(one: Participation) -> str:
    names = (one.learner.given_name, one.learner.family_name)
    if any(name.startswith(FORMULA_STARTS) for name in names):
        return "A name begins with a sign that spreadsheets take for a formula."
    return ""


def npi_wrong(one: Participation) -> str:
    if one.learner.npi and not is_npi(one.learner.npi):
        return "The NPI is not right: it takes ten digits, the last of which checks the others."
    return ""


def license_or_npi_missing(one: Participation) -> str:
    if has_license(one.learner) or one.learner.npi:
        return ""
    return license_missing(one) if one.learner.license_number else "There is no medical license and no NPI."


def license_missing(one: Participation) -> str:
    if has_license(one.learner):
        return ""
    if not one.learner.license_number.strip():
        return "There is no license with a state and a number."
    return f"“{one.learner.license_state}” is not a state of the USA: write its name or its two letters."


def birthday_missing(one: Participation) -> str:
    if not one.learner.birthday:
        return "The month and day of birth are missing."
    return "" if is_birthday(one.learner.birthday) else "The month and day of birth are no day of the year."


def consent_missing(one: Participation) -> str:
    return "" if one.learner.is_consenting else "The person has not given consent to reporting."


def reference_missing(one: Participation) -> str:
    return "" if one.reference.strip() else "The activity has no id."


def credit_off_steps(one: Participation) -> str:
    if one.step is None:
        return f"“{one.credit_type}” is a credit type that nobody knows here."
    if not 0 < one.amount <= one.maximum:
        return f"The credit is not between 0 and {one.maximum.normalize():f}, which is what was designated."
    return "" if one.amount % one.step == 0 else f"The credit is not in steps of {one.step}."


ALWAYS = (
    Check("names", IDENTITY, names_missing),
    Check("names_plain", IDENTITY, names_like_formulas),
    Check("npi", IDENTITY, npi_wrong),
    Check("consent", CONSENT, consent_missing),
    Check("reference", ACTIVITY, reference_missing),
    Check("credit", CLAIM, credit_off_steps),
)
LICENSE_OR_NPI = Check("license_or_npi", LICENSE, license_or_npi_missing)
LICENSED = Check("license", LICENSE, license_missing)
BORN = Check("birthday", IDENTITY, birthday_missing)


def checks_for(destination: Destination) -> tuple[Check, ...]:
    """Return the checks of a destination, in the order their problems are told."""
    by_license = LICENSED if destination.needs_license else LICENSE_OR_NPI
    return (*ALWAYS, by_license, *((BORN,) if destination.needs_birthday else ()))


def problems_of(one: Participation, destination: Destination) -> list[Problem]:
    """Return everything that keeps a participation from being reported there; [] when it may be."""
    found = ((check, check.find(one)) for check in checks_for(destination))
    return [Problem(check.name, words, check.place) for check, words in found if words]
