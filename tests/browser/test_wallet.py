"""A physician fills the wallet in a real browser: license, credit from elsewhere, rules, identity; and takes it along."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.browser.conftest import NewVisitor
from tests.browser.place import Place
from tests.browser.visitor import DESK, PHONE, Visitor
from tests.certificates.wallet.wallets import PDF_FILE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_physician_fills_the_wallet_and_takes_it_along(
    place: Place, new_visitor: NewVisitor, tmp_path: Path, width: int, script: bool
) -> None:
    visitor = new_visitor(width, script)
    visitor.sign_in(place.add_learner("Dr. Wallet Holder"))
    visitor.go_to("Wallet")
    visitor.sees("No credit yet")
    add_license(visitor, tmp_path)
    add_credit(visitor)
    follow_rules(visitor)
    give_identity(visitor)
    look_at_everything(visitor)


def add_license(visitor: Visitor, folder: Path) -> None:
    """Forget the number first, then keep a license that expires soon, with a document."""
    visitor.follow("Licenses")
    visitor.follow("Add a license")
    fill(visitor, "State or body that issued it", "Sample State B Board of Medicine")
    visitor.page.get_by_label("Issued on").fill("2020-02-29")
    visitor.page.get_by_label("Expires on").fill((date.today() + timedelta(days=20)).isoformat())  # as people do
    visitor.press("Save", status=400)
    fill(visitor, "Number", "B-1234")
    visitor.press("Save")
    scan = folder / "license.pdf"
    scan.write_bytes(PDF_FILE)
    visitor.page.get_by_label("Document").set_input_files(scan)
    visitor.press("Add the document")
    visitor.sees("license.pdf")
    visitor.follow("Delete license.pdf")
    visitor.follow("Keep it")


def fill(visitor: Visitor, label: str, text: str) -> None:
    """Type into a field."""
    visitor.page.get_by_label(label, exact=True).fill(text)


def add_credit(visitor: Visitor) -> None:
    """Enter credit from elsewhere, about a topic."""
    visitor.go_to("Wallet")
    visitor.sees("expires in 20 days")
    visitor.follow("Add credit from elsewhere")
    visitor.press("Save", status=400)
    fill(visitor, "Title of the activity", "Annual meeting on safety")
    fill(visitor, "Provider", "University Hospital")
    fill(visitor, "Amount", "12.25")
    visitor.page.get_by_label("Completed on").fill(date.today().isoformat())
    visitor.page.get_by_label("Patient safety").check()
    visitor.press("Save")
    visitor.sees("Entered by you")


def follow_rules(visitor: Visitor) -> None:
    """Choose rules, say nothing more, and see what is missing."""
    visitor.follow("Choose what your board asks for")
    visitor.page.get_by_label("Rules").select_option("sample-state-b")
    visitor.page.get_by_label("For the license").select_option(index=1)
    visitor.press("Follow these rules")
    visitor.press("Save")
    visitor.sees("12.25")
    visitor.sees("They are no law anywhere")


def give_identity(visitor: Visitor) -> None:
    """Mistype the NPI first, then keep everything and consent."""
    visitor.follow("Identity")
    fill(visitor, "NPI", "1234567890")
    visitor.page.get_by_label("Month of birth").select_option("02")
    visitor.page.get_by_label("Day of birth").select_option("29")
    visitor.press("Save", status=400)
    fill(visitor, "NPI", "1234567893")
    visitor.press("Save")
    fill(visitor, "Board", "Board of Surgery")
    fill(visitor, "Your number there", "77")
    visitor.press("Add the board")
    visitor.press("Give my consent")
    visitor.press("Withdraw my consent")
    visitor.sees("Nothing more is reported")
    visitor.follow("Remove Board of Surgery")
    visitor.press("Remove")


def look_at_everything(visitor: Visitor) -> None:
    """See the full pages, take the transcript along as a file, and delete a line in two steps."""
    visitor.visit("/")
    visitor.sees("Your cycle")
    visitor.go_to("Wallet")
    visitor.sees("What is still missing, and by when")
    for name, ending in (("Download XLSX", "xlsx"), ("Download CSV", "csv")):
        with visitor.page.expect_download() as download:
            visitor.page.get_by_role("link", name=name).click()
        assert re.fullmatch(rf"transcript\.{ending}", download.value.suggested_filename)
    visitor.follow("Edit Annual meeting on safety")
    visitor.follow("Cancel")
    visitor.follow("Delete Annual meeting on safety")
    visitor.press("Delete")
    visitor.sees("No credit yet")
    visitor.visit("/wallet/requirements/")
    visitor.follow("Follow no more")
    visitor.press("Follow no more")
    visitor.sees("You follow no rules yet")
