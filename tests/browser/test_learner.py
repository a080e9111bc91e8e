"""A learner's whole path in a real browser: from signing in to a certificate that a stranger verifies."""

import io
import re

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor
from tests.browser.place import Place
from tests.browser.visitor import DESK, PHONE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_learner_goes_from_sign_in_to_certificate(
    place: Place, new_visitor: NewVisitor, width: int, script: bool
) -> None:
    learner = place.add_learner("Dr. María-José Fernández de Córdoba y Álvarez de Toledo")
    visitor = new_visitor(width, script)
    visitor.sign_in(learner)
    start_questions(visitor)
    answer_everything(visitor, place)
    submit(visitor)
    evaluate_and_claim(visitor)
    serial = look_at_certificate(visitor, learner.name)
    verify_as_a_stranger(new_visitor(width, script), serial, learner.name)


def start_questions(visitor: Visitor) -> None:
    """Find an activity, read its document, start."""
    visitor.follow("Back Reconstruction")
    visitor.sees("Alex Administrator (Editor): no relevant financial relationships in the last 24 months.")
    visitor.follow("Read the document")
    visitor.sees("Contraindications")
    visitor.follow("Back to the activity", first=True)
    visitor.press("Start the questions")


def answer_everything(visitor: Visitor, place: Place) -> None:
    """Answer the first two questions one by one, the others on one page."""
    answers = [*place.right_fields(int(visitor.page.url.rpartition("/")[2])).items()]
    for field, values in answers[:2]:
        answer(visitor, field, values)
        visitor.press("Save and next")
    visitor.press("All questions on one page")
    for field, values in answers[2:]:
        answer(visitor, field, values)
    visitor.press("Review and submit")
    visitor.sees("Every question is answered")


def answer(visitor: Visitor, field: str, values: tuple[str, ...]) -> None:
    """Choose the options of a question as a finger or a mouse does, or type its number."""
    for value in values:
        option = visitor.page.locator(f"input[name='{field}'][value='{value}']")
        if option.count():
            option.check()
        else:
            number = visitor.page.locator(f"input[name='{field}']")
            number.fill(value)
            number.press("Tab")


def submit(visitor: Visitor) -> None:
    """Submit and look at the result."""
    visitor.press("Submit answers")
    visitor.sees("You passed")
    expect(visitor.page.locator(".item-card mark.cited").first).to_be_visible()
    visitor.follow("Continue to your credit")


def evaluate_and_claim(visitor: Visitor) -> None:
    """Forget an answer and the attestation first, then complete both forms."""
    visitor.press("Continue to credit", status=400)
    visitor.sees("Please choose an answer.")
    for statement in visitor.page.get_by_role("main").get_by_role("group").all():
        statement.get_by_label("Agree", exact=True).check()
    visitor.press("Continue to credit")
    visitor.press("Claim credit and get the certificate", status=400)
    visitor.sees("Please confirm the statement to claim credit.")
    visitor.page.get_by_role("checkbox").check()
    visitor.press("Claim credit and get the certificate")


def look_at_certificate(visitor: Visitor, name: str) -> str:
    """Look at the preview, download the PDF, and return the serial."""
    picture = visitor.page.get_by_role("img", name=re.compile(re.escape(name)))
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth") > 1000
    link = visitor.page.get_by_role("link", name="Download PDF").get_attribute("href")
    download = visitor.page.context.request.get(f"{visitor.site}{link}")
    assert download.headers["content-type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(download.body())) as pdf:
        assert len(pdf.pages) == 1
    visitor.go_to("My certificates")
    visitor.follow("Back Reconstruction")
    return visitor.page.locator("dt", has_text="Serial").locator("+ dd").inner_text()


def verify_as_a_stranger(visitor: Visitor, serial: str, name: str) -> None:
    """Type the serial as it stands on the certificate, in small letters; then mistype it."""
    visitor.visit("/v/")
    visitor.page.get_by_label("Serial from the certificate").fill(serial.lower())
    visitor.press("Verify")
    visitor.sees("Valid")
    visitor.sees(name)
    visitor.visit(f"/v/{serial[:-1]}{'0' if serial[-1] != '0' else '1'}", status=404)
    visitor.sees("Not valid")
