"""An author's and an administrator's whole path in a real browser, and what they see when something is missing."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from quizbank.demo.operations import SAMPLES
from tests.browser.conftest import NewVisitor
from tests.browser.place import Place
from tests.browser.visitor import DESK, PHONE, WAITING, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BOTH = pytest.mark.parametrize(
    ("width", "script"), [(DESK, True), (PHONE, False)], ids=["desk with scripts", "phone without scripts"]
)
LONGEST_NAME = "Prof. Dr. Wolfeschlegelsteinhausenbergerdorff-Schmidt de la Fontaine-Longchamps, " * 2


@BOTH
def test_author_goes_from_a_document_to_a_published_activity(
    place: Place, new_visitor: NewVisitor, width: int, script: bool
) -> None:
    visitor = new_visitor(width, script)
    visitor.sign_in(place.administrator)
    add_document(visitor)
    review_items(visitor)
    if script:
        review_by_keys(visitor)
    visitor.press(re.compile("^Approve all"))
    visitor.sees("approved under your name")
    finish_suggestion(visitor)
    publish(visitor, f"Revision spine surgery on {width} px")
    visitor.follow("See it as a learner")
    visitor.sees("Grace Hopper, MD (Author)")


def add_document(visitor: Visitor) -> None:
    """Press the button too early, then choose a file and wait until its items are there."""
    visitor.go_to("Documents")
    visitor.follow("Add a document")
    visitor.press("Add document", status=400)
    visitor.sees("Choose a file or paste some text.")
    sample = SAMPLES / "revision-spine-surgery.md"
    visitor.page.get_by_label("File").set_input_files(sample)
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="Add document").click()
    expect(visitor.page.get_by_role("link", name="Review items")).to_be_visible(timeout=WAITING)
    wait_for_work(visitor)
    visitor.check()
    visitor.follow("Review items")


def wait_for_work(visitor: Visitor) -> None:
    """Wait until nothing is being worked on any more; the page keeps itself current."""
    expect(visitor.page.locator(".work")).to_have_count(0, timeout=WAITING)


def review_items(visitor: Visitor) -> None:
    """Edit one item, once with a mistake; set one aside; approve one."""
    expect(visitor.page.locator("mark.cited").first).to_be_visible()
    visitor.page.get_by_role("link", name="Show in the document").first.click()
    expect(visitor.page.locator("mark.cited:target")).to_be_in_viewport()
    drafts = visitor.page.locator(".item-card", has_text="To review")
    before = drafts.count()
    visitor.follow("Edit", first=True)
    question = visitor.page.get_by_label("Question")
    stem = question.input_value()
    if visitor.script:
        see_checks_while_writing(visitor, stem)
    question.fill("")
    visitor.press("Save as a new version", status=400)
    visitor.page.get_by_label("Question").fill(stem.replace("?", ", as the document tells?"))
    visitor.press("Save as a new version")
    visitor.sees(", as the document tells?")
    visitor.press("Reject", first=True)
    visitor.press("Approve", first=True)
    assert drafts.count() == before - 2


def see_checks_while_writing(visitor: Visitor, stem: str) -> None:
    """Write something that is no question and mend it; the checks say so without a press."""
    results, question = visitor.page.get_by_role("region", name="Checks"), visitor.page.get_by_label("Question")
    said = results.get_by_role("status")
    question.fill("This is no question.")
    expect(said).to_contain_text("failed")
    expect(results.get_by_text("Check failed:").first).to_be_attached()
    question.fill("")
    expect(said).to_contain_text("Not checked")
    question.fill(stem)
    expect(said).to_contain_text("all checks pass")


def review_by_keys(visitor: Visitor) -> None:
    """Approve one item and reject the next without a mouse; then switch the keys off."""
    page = visitor.page
    drafts = page.locator(".item-card", has_text="To review")
    before = drafts.count()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    visitor.check_accessibility("keys")
    page.keyboard.press("Escape")
    drafts.first.focus()
    expect(page.locator("mark.is-current")).to_be_in_viewport()
    with page.expect_navigation():
        page.keyboard.press("a")
    expect(drafts.first).to_be_focused()
    page.keyboard.press("r")
    page.keyboard.type("Trivial, and j is only a letter here.")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    visitor.check()
    assert drafts.count() == before - 2
    here = page.evaluate("document.activeElement.id")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") != here
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Use these keys").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    expect(page.get_by_role("button", name="Keys")).to_be_focused()


def finish_suggestion(visitor: Visitor) -> None:
    """Reject one suggestion with a reason; finish another with two wrong answers of one's own."""
    suggestions = visitor.page.locator("article.is-suggestion")
    before = suggestions.count()
    suggestions.first.get_by_label("Reason for rejecting").fill("Nobody would ask this.")
    with visitor.page.expect_navigation():
        suggestions.first.get_by_role("button", name="Reject").click()
    visitor.check()
    visitor.follow("Finish", first=True)
    for number, words in ((-1, "A change of bandage every day"), (-2, "A walk of ten miles")):
        row = visitor.page.locator(".option-edit").nth(number)
        row.get_by_label("Text").fill(words)
        row.get_by_label("Why it is right or wrong").fill("The source does not name it.")
    visitor.press("Check")
    expect(visitor.page.get_by_role("status").filter(has_text="check")).to_be_visible()
    visitor.press("Save and check")
    visitor.sees("Saved as item")
    assert suggestions.count() == before - 2
    visitor.visit("/generation/patterns")
    visitor.sees("Nothing: an author finishes it.")
    visitor.page.go_back()


def publish(visitor: Visitor, title: str) -> None:
    """Build an activity, be told what is missing, fill it in, publish."""
    visitor.press("Build an activity")
    visitor.sees("Missing before it can be published")
    visitor.sees("Name the faculty and planners with their credentials.")
    visitor.page.get_by_label("Title").fill(title)
    person = visitor.page.get_by_role("group", name="Person 1")
    fill_person(person)
    visitor.page.get_by_label("Pass mark").fill("170")
    visitor.press("Save", status=400)
    visitor.page.get_by_label("Pass mark").fill("80")
    visitor.press("Save")
    visitor.sees("Ready to publish")
    visitor.press("Save and publish")
    visitor.sees("Published. Learners find it in the catalogue.")


def fill_person(person: Locator) -> None:
    """Name an author without financial relationships."""
    person.get_by_label("Name", exact=True).fill("Grace Hopper")
    person.get_by_label("Credentials").fill("MD")
    person.get_by_label("Has no relevant financial relationships").check()


@BOTH
def test_author_adds_a_new_version_and_confirms_what_is_stale(
    place: Place, new_visitor: NewVisitor, tmp_path: Path, width: int, script: bool
) -> None:
    sample = tmp_path / f"back-{width}.md"
    sample.write_bytes((SAMPLES / "back-reconstruction.md").read_bytes())
    visitor = new_visitor(width, script)
    visitor.sign_in(place.administrator)
    visitor.visit("/documents/add")
    send_file(visitor, sample, "Add document")
    visitor.follow("Review items")
    visitor.press(re.compile("^Approve all"))
    visitor.follow("Add a new version")
    visitor.press("Add the new version", status=400)
    sample.write_text(sample.read_text().replace("for 4 weeks before", "for at least 6 weeks before"))
    send_file(visitor, sample, "Add the new version")
    visitor.follow("Review items")
    visitor.sees("It replaces")
    stale = visitor.page.locator(".item-card", has_text="Stale.")
    expect(stale).to_have_count(1)
    expect(stale.locator("del")).to_contain_text("for 4 weeks before")
    visitor.press("Still right: confirm")
    visitor.sees("Saved as item")
    expect(stale).to_have_count(0)


def send_file(visitor: Visitor, file: Path, button: str) -> None:
    """Send a document and wait until its items are there."""
    visitor.page.get_by_label("File").set_input_files(file)
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name=button).click()
    expect(visitor.page.get_by_role("link", name="Review items")).to_be_visible(timeout=WAITING)
    wait_for_work(visitor)
    visitor.check()


@BOTH
def test_administrator_manages_people_and_certificates(
    place: Place, new_visitor: NewVisitor, tmp_path: Path, width: int, script: bool
) -> None:
    names = [LONGEST_NAME[:120], "=cmd|' /C calc'!A0", "محمد بن أحمد الفارسي", f"Person at {width}"]
    for name in names:
        place.certify(place.add_learner(name))
    visitor = new_visitor(width, script)
    visitor.sign_in(place.administrator)
    look_for_people(visitor, width)
    visitor.go_to("Attempts")
    visitor.go_to("Jobs")
    download_all(visitor, tmp_path)
    revoke(visitor, f"Person at {width}")


def look_for_people(visitor: Visitor, width: int) -> None:
    """Add a person, find them, sort, and search for someone who is not there."""
    visitor.go_to("People")
    visitor.follow("Add a person")
    visitor.page.get_by_label("Full name, as printed on certificates").fill("Florence Nightingale")
    visitor.press("Add", status=400)
    visitor.page.get_by_label("E-mail address").fill(f"florence{width}@example.org")
    visitor.press("Add")
    visitor.sees("This password is shown once")
    visitor.visit(f"/accounts/?q=florence{width}&role=learner&sort=-email")
    visitor.sees("1–1 of 1")
    visitor.visit("/accounts/?q=nobody+of+this+name")
    visitor.sees("No one found")


def download_all(visitor: Visitor, folder: Path) -> None:
    """Download everything that matches as one ZIP."""
    visitor.go_to("Certificates")
    visitor.visit("/issuing/?q=%3Dcmd")
    with visitor.page.expect_download() as started:
        visitor.page.get_by_role("button", name="as ZIP").click()
    started.value.save_as(folder / "certificates.zip")
    assert (folder / "certificates.zip").read_bytes().startswith(b"PK")


def revoke(visitor: Visitor, name: str) -> None:
    """Open a certificate, revoke it with a reason, and read what the public page says."""
    visitor.visit(f"/issuing/?q={name.replace(' ', '+')}")
    visitor.follow(name)
    visitor.page.get_by_text("Revoke this certificate").click()
    visitor.page.get_by_role("textbox", name="Reason").fill("Issued for a test.")
    visitor.press("Revoke")
    visitor.sees("Revoked on")
    visitor.follow("Public verification page")
    visitor.sees("This certificate was revoked and is not valid.")
    visitor.sees(f"{datetime.now(UTC):%B %Y}")
