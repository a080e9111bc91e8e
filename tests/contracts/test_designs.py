"""Every design keeps its promises with every kind of fact: one page, nothing outside its frame, fonts inside, readable."""

import logging
from functools import cache
from io import BytesIO
from itertools import product

import pikepdf
import pytest
from jinja2 import meta

from certificates.issuing.designs import DESIGNS, design_fingerprint, read_design
from certificates.issuing.fonts import FAMILIES
from certificates.issuing.rendering import design_language, printed_text, render_certificate
from tests.certificates.issuing.pdf_reading import fonts_of, overprinted, places_of, qr_of, sizes_of, text_of
from tests.certificates.issuing.samples import BARE, CASES, NAMES, ORDINARY, PARTICIPATION, SEAL

every_design = pytest.mark.parametrize("design", DESIGNS)
every_certificate = pytest.mark.parametrize(("design", "case"), list(product(DESIGNS, CASES)))
SLACK = 1.0
"""Points by which a swash or an accent may reach over its line."""


@cache
def rendered(design: str, case: str) -> bytes:
    return render_certificate(CASES[case], design, SEAL)


@every_certificate
def test_certificate_is_one_page_of_the_declared_size(design: str, case: str) -> None:
    layout = read_design(design)
    assert sizes_of(rendered(design, case)) == [(round(layout.width), round(layout.height))]


@every_certificate
def test_all_text_stands_inside_the_frame(design: str, case: str) -> None:
    layout = read_design(design)
    low, left = layout.frame - SLACK, layout.frame - SLACK
    spilled = [
        place
        for place in places_of(rendered(design, case))
        if place[0] < left or place[1] < low or place[2] > layout.width - left or place[3] > layout.height - low
    ]
    assert spilled == []


@every_design
@pytest.mark.parametrize(
    "case", ["ordinary", "participation", "markup", "long words", "widest letters without a blank"]
)
def test_no_line_is_printed_over_another(design: str, case: str) -> None:
    assert overprinted(rendered(design, case)) == []


@every_certificate
def test_only_our_fonts_are_used_and_all_are_embedded(design: str, case: str) -> None:
    fonts = fonts_of(rendered(design, case))
    assert len(fonts) >= 2
    assert all(fonts.values())
    assert [font for font in fonts if not font.startswith(tuple(FAMILIES))] == []


@every_certificate
def test_qr_code_leads_to_the_public_page(design: str, case: str) -> None:
    assert qr_of(rendered(design, case)) == [f"HTTPS://CME.NORTHGATE.EXAMPLE/v/{ORDINARY.serial}"]


@every_certificate
def test_every_letter_of_the_name_can_be_extracted(design: str, case: str) -> None:
    assert set(CASES[case].recipient) <= set(text_of(rendered(design, case))) | {" "}


@every_certificate
def test_certificate_stays_small(design: str, case: str) -> None:
    assert len(rendered(design, case)) < 250_000


@every_design
def test_text_reads_in_its_order(design: str) -> None:
    text = text_of(rendered(design, "ordinary"))
    stated = [ORDINARY.heading, "Alexandra M. Whitfield", "enduring material", "12 November 2026", "is awarded 1.25"]
    places = [text.find(part) for part in stated]
    assert places == sorted(places)
    assert places[0] >= 0


@every_design
def test_everything_that_documentation_of_credit_needs_is_printed(design: str) -> None:
    text = text_of(rendered(design, "participation"))
    for stated in (PARTICIPATION.title, "Boston, Massachusetts", PARTICIPATION.wording, PARTICIPATION.serial):
        assert stated in text
    assert PARTICIPATION.provider.casefold() in text.casefold()


@every_design
@pytest.mark.parametrize("case", ["braces", "markup"])
def test_hostile_text_is_printed_literally(design: str, case: str) -> None:
    text = text_of(rendered(design, case)).replace(" ", "")
    assert CASES[case].recipient.replace(" ", "") in text
    assert CASES[case].title.replace(" ", "") in text


@every_design
@pytest.mark.parametrize("script", ["chinese", "korean", "vietnamese", "greek", "cyrillic"])
def test_name_of_another_script_is_extracted_as_written(design: str, script: str) -> None:
    assert NAMES[script] in text_of(rendered(design, script))


@every_design
def test_missing_optional_facts_leave_no_trace(design: str) -> None:
    text = text_of(rendered(design, "bare"))
    assert "None" not in text
    assert ", ," not in text
    assert BARE.recipient in text


@every_design
def test_pdf_carries_title_author_language_and_fixed_dates_and_nothing_that_runs(design: str) -> None:
    pdf = pikepdf.open(BytesIO(rendered(design, "ordinary")))
    assert str(pdf.docinfo["/Title"]) == "Certificate of Completion: Alexandra M. Whitfield"
    assert str(pdf.docinfo["/Author"]) == ORDINARY.provider
    assert str(pdf.docinfo["/CreationDate"]) == "D:20261113000000Z"
    assert str(pdf.Root.Lang) == "en"
    assert not pdf.attachments
    assert not {"/OpenAction", "/AA", "/Outlines"} & set(pdf.Root.keys())
    assert [str(field["/FT"]) for field in pdf.Root["/AcroForm"]["/Fields"]] == ["/Sig"]


@every_design
def test_design_asks_only_for_facts_that_certificates_have(design: str) -> None:
    asked = meta.find_undeclared_variables(design_language().parse(read_design(design).page))
    assert asked <= {*printed_text(ORDINARY), "fit"}
    assert len(design_fingerprint(design)) == 64


@every_design
def test_style_sheet_holds_nothing_the_layout_engine_does_not_know(
    design: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        logging.getLogger("weasyprint").addHandler(caplog.handler)
        render_certificate(ORDINARY, design, SEAL)
    logging.getLogger("weasyprint").removeHandler(caplog.handler)
    assert caplog.messages == []
