"""Pages off the main path: small ones, empty ones, refusals, and everything in the dark."""

import pytest

from tests.browser.conftest import NewVisitor
from tests.browser.place import LOG, Place
from tests.browser.visitor import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

WIDTHS = pytest.mark.parametrize("width", [DESK, PHONE])
OWN_PLANS = ["/plans/", "/plans/compare"]
LEARNERS = [
    "/accounts/profile",
    "/accounts/password",
    "/privacy/",
    "/privacy/delete",
    "/issuing/mine",
    "/post/mine",
    "/attempts/activity/1",
    "/followups/",
    "/sharing/",
    "/sharing/new",
    *OWN_PLANS,
    "/wallet/",
    "/wallet/identity/",
    "/wallet/licenses/",
    "/wallet/licenses/add",
    "/wallet/requirements/",
    "/wallet/requirements/choose",
    "/wallet/external/add",
    "/wallet/external/read",
]
EDITORS = ["/documents/", "/documents/1", "/generation/1", "/items/", "/items/1", "/activities/", "/activities/1"]
ANALYSES = ["/analysis/", "/analysis/activity/1", "/analysis/activity/1/item/1", "/analysis/item/1"]
IN_THE_DARK = [
    "/",
    "/privacy/",
    "/privacy/delete",
    "/documents/1",
    "/generation/1",
    "/activities/",
    "/accounts/",
    "/issuing/",
    "/v/",
    *ANALYSES,
]
DESIGNS = ["/designing/", "/designing/provider", "/designing/activity/1"]
CREDITS = ["/credits/", "/credits/claims/1"]
SURVEYS = ["/surveys/", "/surveys/1", "/surveys/preview", "/surveys/activity/1", "/surveys/results/1"]
REPORTS = [
    "/reporting/",
    "/reporting/pars/",
    "/reporting/ce-broker/",
    "/outcomes/",
    "/outcomes/activity/1",
    "/outcomes/summary",
    "/outcomes/summary?year=1999",
]
POST = ["/post/", "/post/?state=refused", "/sending/", "/sending/?q=nothing+like+this"]
RULE_FILES = ["/rulefiles/", "/rulefiles/requirements", "/rulefiles/credit-types", "/trail/"]
DELETIONS = ["/privacy/deletions", "/privacy/people/1", "/privacy/people/2"]
PLANS = ["/plans/subscriptions", "/plans/subscriptions/1", "/plans/grant", "/plans/import"]


@WIDTHS
def test_learner_sees_small_and_empty_pages(place: Place, new_visitor: NewVisitor, width: int) -> None:
    visitor = new_visitor(width)
    visitor.sign_in(place.add_learner("Ada Lovelace"))
    for path in LEARNERS:
        visitor.visit(path)
    visitor.visit("/nothing/here", status=404)
    visitor.visit("/accounts/", status=403)
    visitor.visit("/v/ABCD", status=404)


@WIDTHS
def test_editor_sees_what_was_read_and_asked(place: Place, new_visitor: NewVisitor, width: int) -> None:
    visitor = new_visitor(width)
    visitor.sign_in(place.administrator)
    for path in [*EDITORS, *ANALYSES, *DESIGNS, *DELETIONS, *RULE_FILES]:
        visitor.visit(path)
    visitor.visit("/items/?q=nothing+like+this")
    visitor.visit("/attempts/?q=nothing+like+this")
    visitor.sees("Nothing fits this search.")
    visitor.visit("/jobs/?state=failed")
    for path in [*PLANS, *REPORTS, *POST]:
        visitor.visit(path)


@WIDTHS
def test_administrator_sees_claims_and_surveys(place: Place, new_visitor: NewVisitor, width: int) -> None:
    place.certify(place.add_learner("Grace Claimant"))
    visitor = new_visitor(width)
    visitor.sign_in(place.administrator)
    visitor.visit("/surveys/")
    visitor.page.get_by_label("Name").fill(f"Survey at {width} pixels")
    visitor.press("Add the survey")
    visitor.sees("Added.")
    visitor.press("Save as a new version")
    for path in [*CREDITS, *SURVEYS]:
        visitor.visit(path)


def test_pages_keep_their_contrast_in_the_dark(place: Place, new_visitor: NewVisitor) -> None:
    visitor = new_visitor(scheme="dark")
    visitor.sign_in(place.administrator)
    for path in IN_THE_DARK:
        visitor.visit(path)


@WIDTHS
def test_physician_shares_and_hospital_looks(place: Place, new_visitor: NewVisitor, width: int) -> None:
    learner = place.add_learner(f"Vera Holder {width}")
    place.certify(learner)
    physician, hospital = new_visitor(width), new_visitor(width, script=width == DESK)
    physician.sign_in(learner)
    physician.visit("/sharing/new")
    physician.press("Make the link", status=400)
    physician.page.get_by_role("checkbox").first.check()
    physician.page.get_by_label("Who is it for?").fill("St. Mary's Hospital")
    physician.page.get_by_label("Passcode").fill("heart-valve")
    physician.press("Make the link")
    path = physician.page.get_by_label("Link", exact=True).input_value().removeprefix(place.url)
    hospital.visit(path)
    hospital.press("Open the records", status=410)
    hospital.page.get_by_label("Passcode").fill("heart-valve")
    hospital.press("Try again")
    hospital.sees(f"Records of Vera Holder {width}")
    assert path not in hospital.page.url
    assert hospital.page.evaluate("document.referrer") == "" if width == DESK else True
    physician.visit("/")
    physician.press("See who looked")
    physician.press("Close this link now")
    physician.visit("/sharing/")
    hospital.page.reload()
    hospital.check(410)
    assert path.removeprefix("/s/") not in (place.folder / LOG).read_text()


def test_wrong_password_is_told_plainly(place: Place, new_visitor: NewVisitor) -> None:
    visitor = new_visitor(PHONE)
    visitor.visit("/accounts/sign-in")
    visitor.page.get_by_label("E-mail address").fill("learner@example.org")
    visitor.page.get_by_label("Password").fill("not this one")
    visitor.press("Sign in")
    visitor.sees("do not match an account that is open")
