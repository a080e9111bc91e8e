"""Rendering: the same bytes every time, and nothing a design or a name holds makes it read, run or reach anything."""

import contextlib
import hashlib
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields

import pytest

from certificates.issuing.designs import Design, parsed_design, read_design
from certificates.issuing.facts import LIMITS, CertificateFacts
from certificates.issuing.fonts import FAMILIES
from certificates.issuing.rendering import RenderingRefused, render_certificate, unsigned_layout
from tests.certificates.issuing.pdf_reading import fonts_of, text_of
from tests.certificates.issuing.samples import LOGO, NAMES, ORDINARY, PICTURES, SEAL, make_facts

FILES = read_design("classic").files


def changed_design(page: str = "", style: str = "", **files: bytes) -> Design:
    """Return the classic design with something put at the end of its page and its style sheet."""
    body = FILES["certificate.html"].replace(b"</body>", page.encode() + b"</body>")
    return parsed_design(
        "changed",
        {**FILES, "certificate.html": body, "certificate.css": FILES["certificate.css"] + style.encode(), **files},
    )


def test_same_facts_give_the_same_bytes_whatever_was_rendered_between() -> None:
    first = render_certificate(ORDINARY, "classic", SEAL)
    for name in NAMES.values():
        render_certificate(make_facts(recipient=name), "classic", SEAL)
    assert hashlib.sha256(render_certificate(ORDINARY, "classic", SEAL)).digest() == hashlib.sha256(first).digest()


def test_threads_do_not_disturb_each_other() -> None:
    people = [make_facts(recipient=name) for name in list(NAMES.values())[:6]]
    alone = [render_certificate(facts, "classic", SEAL) for facts in people]
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(lambda facts: render_certificate(facts, "classic", SEAL), people)) == alone


@pytest.mark.parametrize(
    "changes",
    [{"recipient": "Ann Lee"}, {"serial": "0000-0000"}, {"issued_on": ORDINARY.completed_on}, {"profession": "Nurse"}],
)
def test_other_facts_give_other_bytes(changes: dict[str, object]) -> None:
    assert render_certificate(make_facts(**changes), "classic", SEAL) != render_certificate(ORDINARY, "classic", SEAL)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"recipient": " "}, "The learner's name is missing"),
        ({"title": "x" * 301}, "The title has 301 characters"),
        ({"recipient": "x" * 1_000_000}, "room for 200"),
        ({"recipient": "Ann \u13a0"}, "The recipient has characters that cannot be printed: \u13a0"),
        ({"title": "\u13a0\u13a1"}, "The title has characters that cannot be printed"),
    ],
)
def test_what_cannot_be_printed_is_refused_in_words_and_at_once(changes: dict[str, object], reason: str) -> None:
    started = time.process_time()
    with pytest.raises(RenderingRefused, match=reason):
        render_certificate(make_facts(**changes), "classic", SEAL)
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "page",
    [
        '<img src="file:///etc/passwd">',
        '<img src="/etc/passwd">',
        '<img src="../../../../etc/passwd">',
        '<img src="http://127.0.0.1/x.png">',
        '<img src="https://169.254.169.254/latest/meta-data">',
        '<img src="data:image/svg+xml,%3Csvg xmlns=%27http://www.w3.org/2000/svg%27/%3E">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
        '<object data="file:///etc/passwd"></object>',
        '<embed src="file:///etc/passwd">',
        '<svg><image href="file:///etc/passwd" width="9" height="9"/></svg>',
        '<svg width="9" height="9"><g><image href="http://127.0.0.1/x.png" width="9" height="9"/></g></svg>',
        '<style>@import url("http://127.0.0.1/x.css");</style>',
        '<style>@font-face { font-family: X; src: url("file:///etc/passwd") }</style><b style="font-family: X">x</b>',
        '<base href="file:///etc/"><img src="passwd">',
    ],
)
def test_design_that_asks_for_what_is_not_its_own_is_refused(page: str) -> None:
    with pytest.raises(RenderingRefused, match=r"asks for something that is not its own|attaches files"):
        unsigned_layout(ORDINARY, changed_design(page), SEAL.room)


@pytest.mark.parametrize(
    "style",
    [
        'body { background: url("http://127.0.0.1/x.png") }',
        '@page { background: url("file:///etc/passwd") }',
        'h1::before { content: url("file:///etc/passwd") }',
    ],
)
def test_style_that_asks_for_what_is_not_its_own_is_refused(style: str) -> None:
    with pytest.raises(RenderingRefused, match="asks for something that is not its own"):
        unsigned_layout(ORDINARY, changed_design(style=style), SEAL.room)


@pytest.mark.parametrize(
    "page",
    [
        "{{ heading.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ nothing }}",
        "{% for x in range(20000) %}x{% endfor %}",
        "{% include 'certificate.css' %}",
        "{% import 'os' as os %}",
        "{{ heading | attr('upper') }}",
        "{{ 7 / 0 }}",
        "{% if %}",
        "{{ config }}",
        "{{ request }}",
    ],
)
def test_design_that_reaches_for_more_than_plain_values_is_refused(page: str) -> None:
    with pytest.raises(RenderingRefused, match="cannot be filled in"):
        unsigned_layout(ORDINARY, changed_design(page), SEAL.room)


@pytest.mark.parametrize(
    ("page", "style"),
    [
        ('<p>first</p><p style="break-before: page">second</p>', ""),
        ("<p>" + "word " * 3_000 + "</p>", ""),
        ("", "@page { size: 10000mm 10000mm }"),
        ("", "@page { size: A4 portrait }"),
    ],
)
def test_anything_but_one_page_of_the_declared_size_is_refused(page: str, style: str) -> None:
    with pytest.raises(RenderingRefused, match="one page of its size"):
        unsigned_layout(ORDINARY, changed_design(page, style), SEAL.room)


def test_design_attaches_nothing_not_even_its_own_files() -> None:
    with pytest.raises(RenderingRefused, match="attaches files"):
        unsigned_layout(ORDINARY, changed_design('<link rel="attachment" href="seal.svg">'), SEAL.room)


def test_drawing_cannot_borrow_shapes_from_elsewhere() -> None:
    borrowed = '<svg width="9" height="9"><use href="file:///etc/passwd#a"/></svg>'
    assert text_of(unsigned_layout(ORDINARY, changed_design(borrowed), SEAL.room)) == text_of(
        render_certificate(ORDINARY, "classic", SEAL)
    )


def test_fonts_of_the_system_do_not_exist_for_a_design() -> None:
    pdf = unsigned_layout(
        ORDINARY, changed_design(style="h1, p { font-family: 'DejaVu Sans', monospace !important }"), SEAL.room
    )
    assert [font for font in fonts_of(pdf) if not font.startswith(tuple(FAMILIES))] == []


@pytest.mark.parametrize(
    "name", sorted({field.name for field in fields(CertificateFacts)} & set(LIMITS) - {"verify_url", "sheet"})
)
def test_markup_in_any_fact_is_text(name: str) -> None:
    hostile = '"><img src=file:///x>{{1}}'[: LIMITS[name]]
    assert render_certificate(make_facts(**{name: hostile}), "classic", SEAL).startswith(b"%PDF")


def test_nothing_leaves_whatever_a_design_asks_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        asking = [
            (f'<img src="{address}.png" alt="x">', ""),
            (f'<link rel="attachment" href="{address}">', ""),
            ("", f'@import url("{address}.css");'),
            ("", f'@font-face {{ font-family: "X"; src: url("{address}.ttf") }} h1 {{ font-family: "X" }}'),
            ('<img src="links.svg" alt="x">', ""),
        ]
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}.png" width="9" height="9"/></svg>'
        for page, style in asking:
            with contextlib.suppress(RenderingRefused):
                unsigned_layout(ORDINARY, changed_design(page, style, **{"links.svg": drawing.encode()}), 0)
        with pytest.raises(BlockingIOError):
            server.accept()


def test_picture_that_is_missing_or_another_is_refused_even_after_a_certificate_with_it() -> None:
    facts = make_facts(logo=LOGO)
    render_certificate(facts, "classic", SEAL, PICTURES)
    for pictures in ({}, {LOGO: b"another"}):
        with pytest.raises(RenderingRefused, match="missing or is not the one"):
            render_certificate(facts, "classic", SEAL, pictures)
