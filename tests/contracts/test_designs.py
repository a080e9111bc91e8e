"""Every design keeps its promises with every kind of fact: one page, nothing outside its frame, fonts inside, readable."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import product

import pikepdf
import pytest
from jinja2 import meta
from page import ValidationProfile, validate_pdf_bytes

from certificates.issuing.designs import DESIGNS, REVIEWED, Design, design_fingerprint, read_design
from certificates.issuing.filling import design_language
from certificates.issuing.fonts import FAMILIES
from certificates.issuing.places import POINTS_PER_MM
from certificates.issuing.places import Place as PlaceOnPage
from certificates.issuing.printed import printed_text
from certificates.issuing.rendering import render_certificate
from tests.certificates.issuing.pdf_reading import Place, fonts_of, overprinted, places_of, qr_of, sizes_of, text_of
from tests.certificates.issuing.samples import BARE, CASES, NAMES, ORDINARY, PARTICIPATION, PICTURES, SEAL

every_design = pytest.mark.parametrize("design", DESIGNS)
SLACK = 1.0
"""Points by which a swash or an accent may reach over its line."""
SIZES = [(design, sheet) for design in DESIGNS for sheet in read_design(design).sheets]
DRAWN = [(design, sheet) for design, sheet in SIZES if sheet.startswith("a4")]
"""One sheet of each orientation: its twin differs in its margins only."""
HARD = ["bare", "arabic", "widest letters without a blank", "longest Devanagari", "three signatories"]
CERTIFICATES = [
    *product([SIZES[0]], CASES),
    *product(DRAWN[1:], HARD),
    *product([size for size in SIZES if size not in DRAWN], ["three signatories"]),
]


def first_sheet(design: str) -> str:
    return read_design(design).sheets[0]


@cache
def rendered(design: str, case: str, sheet: str = "") -> bytes:
    facts = replace(CASES[case], design=design, sheet=sheet or first_sheet(design))
    return render_certificate(facts, design, SEAL, PICTURES)


@pytest.mark.parametrize(("size", "case"), CERTIFICATES)
def test_certificate_of_any_size_is_whole_and_readable(size: tuple[str, str], case: str) -> None:
    design, sheet = size
    layout = read_design(design, sheet)
    pdf = rendered(design, case, sheet)
    assert sizes_of(pdf) == [(round(layout.width), round(layout.height))]
    assert spilled(pdf, layout) == []
    fonts = fonts_of(pdf)
    assert all(fonts.values())
    assert [font for font in fonts if not font.startswith(tuple(FAMILIES))] == []
    assert qr_of(pdf) == [f"HTTPS://CME.NORTHGATE.EXAMPLE/V/{ORDINARY.serial}"]
    assert set(CASES[case].recipient) <= set(text_of(pdf)) | {" "}
    assert len(pdf) < 250_000


def spilled(pdf: bytes, layout: Design) -> list[Place]:
    """Return the places of letters that reach into the frame."""
    edge = layout.frame - SLACK
    right, top = layout.width - edge, layout.height - edge
    return [box for box in places_of(pdf) if box[0] < edge or box[1] < edge or box[2] > right or box[3] > top]


@pytest.mark.parametrize(
    ("size", "case"),
    [
        *product(DRAWN, ["three signatories", "widest letters without a blank"]),
        *product([SIZES[0]], ["ordinary", "participation", "markup", "long words"]),
    ],
)
def test_no_line_is_printed_over_another(size: tuple[str, str], case: str) -> None:
    design, sheet = size
    assert overprinted(rendered(design, case, sheet)) == []


@pytest.mark.parametrize(("design", "sheet"), SIZES)
def test_code_has_20_millimetres_and_its_quiet_zone_and_lies_on_nothing(design: str, sheet: str) -> None:
    layout = read_design(design, sheet)
    code = layout.places["qr"]
    assert min(code.width, code.height) >= 20 * POINTS_PER_MM
    others = {name: place for name, place in layout.places.items() if name in layout.boxes or name == "signature"}
    assert [name for name, place in others.items() if overlap(place, code)] == []


def overlap(one: PlaceOnPage, other: PlaceOnPage) -> bool:
    """Return whether two places share more than a hair."""
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return across > 0.1 and down > 0.1


@every_design
def test_text_reads_in_its_order(design: str) -> None:
    text = text_of(rendered(design, "ordinary"))
    stated = [ORDINARY.heading, "Alexandra M. Whitfield", "enduring material", "12 November 2026", "awarded 1.25"]
    places = [text.casefold().find(part.casefold()) for part in stated]
    assert places == sorted(places)
    assert places[0] >= 0


@every_design
def test_everything_that_documentation_of_credit_needs_is_printed(design: str) -> None:
    text = text_of(rendered(design, "participation"))
    for stated in (
        PARTICIPATION.title,
        "Boston, Massachusetts",
        PARTICIPATION.wording.removeprefix("and has "),
        PARTICIPATION.serial,
    ):
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
    assert asked <= {*printed_text(ORDINARY), "fit", "signatories", "logo", "orientation"}
    assert len(design_fingerprint(design)) == 64


def test_designs_that_belong_to_the_program_are_there() -> None:
    assert set(REVIEWED) <= set(DESIGNS)


@every_design
def test_style_sheet_holds_nothing_the_layout_engine_does_not_know(
    design: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        logging.getLogger("weasyprint").addHandler(caplog.handler)
        render_certificate(replace(ORDINARY, sheet=first_sheet(design)), design, SEAL)
    logging.getLogger("weasyprint").removeHandler(caplog.handler)
    assert caplog.messages == []


@every_design
def test_certificate_is_archival_and_accessible_with_pictures_too(design: str) -> None:
    pdf = rendered(design, "three signatories")
    for standard in (ValidationProfile.PDF_A_3A, ValidationProfile.PDF_UA_1):
        assert [str(failure) for failure in validate_pdf_bytes(pdf, profile=standard).failures] == []


@every_design
def test_screen_reader_hears_the_parts_in_their_order_and_what_pictures_show(design: str) -> None:
    with pikepdf.open(BytesIO(rendered(design, "three signatories"))) as pdf:
        parts = list(tagged(pdf.Root.StructTreeRoot))
    kinds = [kind for kind, _ in parts]
    assert kinds.index("/H1") < kinds.index("/H2")
    assert (kinds.count("/H1"), kinds.count("/H2"), kinds.count("/Table")) == (1, 1, 0)
    shown = [words for kind, words in parts if kind == "/Figure"]
    assert shown[0] == f"Logo of {ORDINARY.provider}"
    assert [words for words in shown if words.startswith("Signature of ")] == [
        f"Signature of {one.name}" for one in CASES["three signatories"].signatories if one.picture
    ]
    assert "QR code" in shown[-1]


def tagged(node: pikepdf.Object) -> Iterator[tuple[str, str]]:
    """Yield the kind and the alternative text of every part of the structure, in reading order."""
    if "/S" in node:
        yield str(node.S), str(node.get("/Alt", ""))
    inside = node.get("/K", pikepdf.Array())
    for kid in inside if isinstance(inside, pikepdf.Array) else [inside]:
        if isinstance(kid, pikepdf.Dictionary):
            yield from tagged(kid)
