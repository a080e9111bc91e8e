"""Only the visible text of a page's content leaves the HTML reader; the rest is left out or never seen."""

import pytest

from tests.quizbank.documents.trees import entries_of, outcome, paths, read_text, reasons, sentences_of

BODY = "<p>Deep burns are excised early and covered with a graft.</p>"


def page(extra: str) -> str:
    return f"<!doctype html><html><head><title>Burns</title></head><body>{extra}<main><h1>Burns</h1>{BODY}</main></body></html>"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert('PWNED')</script>",
        "<style>p{content:'PWNED'}</style>",
        "<iframe src='javascript:PWNED'>PWNED</iframe>",
        "<svg><title>PWNED</title><script>PWNED</script></svg>",
        "<math><mtext>PWNED<img src=x onerror=PWNED></mtext></math>",
        "<img src=x onerror='PWNED' alt='PWNED'>",
        "<noscript>PWNED</noscript><template>PWNED</template>",
        "<!-- PWNED --><?php PWNED ?>",
        "<div hidden>PWNED</div><p style='display: none'>PWNED</p><p aria-hidden='true'>PWNED</p>",
        "<object data='PWNED'>PWNED</object><textarea>PWNED</textarea>",
        "<a href='javascript:PWNED'></a><a href='data:text/html,PWNED'></a>",
        "<svg></p><style><a id='</style><img src=1 onerror=PWNED>'></svg>",
    ],
)
def test_nothing_but_visible_text_leaves(hostile: str) -> None:
    document = read_text(page(hostile), "burns.html")
    assert "PWNED" not in document.text
    assert sentences_of(document) == ["Deep burns are excised early and covered with a graft."]


@pytest.mark.parametrize(
    ("furniture", "reason"),
    [
        ("<nav><ul><li>Home page</li></ul></nav>", "navigation"),
        ("<header><p>Home page</p></header>", "page header"),
        ("<footer>Home page</footer>", "page footer"),
        ("<aside>Home page</aside>", "sidebar"),
        ("<div class='cookie-banner'>Home page</div>", "cookie notice"),
        ("<div id='breadcrumbs'>Home page</div>", "navigation"),
        ("<div role='navigation'>Home page</div>", "navigation"),
    ],
)
def test_page_furniture_is_left_out_with_its_reason(furniture: str, reason: str) -> None:
    assert reasons(read_text(page(furniture), "burns.html")) == {"Home page": reason}


def test_a_header_that_holds_the_title_is_content() -> None:
    html = f"<html><body><header><h1>Burns</h1></header>{BODY}</body></html>"
    assert read_text(html, "burns.html").title == "Burns"


def test_breaks_separate_lines_and_white_space_does_not() -> None:
    html = "<html><body><h1>Burns</h1><h2>Signs</h2><p>\n Pain<br>Blisters\n  at once<br/>Swelling</p></body></html>"
    assert entries_of(read_text(html, "burns.html"), "Signs") == ["Pain", "Blisters at once", "Swelling"]


def test_nested_lists_keep_their_depth() -> None:
    html = "<html><h1>Burns</h1><ul><li>Pain<ul><li>At rest</li></ul></li><li>Loss</li></ul></html>"
    (_, block) = next(iter(read_text(html, "burns.html").blocks()))
    assert [entry.level for entry in block.entries] == [0, 1, 0]


def test_layout_tables_give_text_and_real_ones_give_rows() -> None:
    inner = "<table><tr><th>Depth</th><th>Days</th></tr><tr><td>Deep</td><td>21</td></tr></table>"
    html = f"<html><body><table><tr><td><h1>Burns</h1>{BODY}{inner}</td></tr></table></body></html>"
    document = read_text(html, "burns.html")
    assert [block.kind for _, block in document.blocks()] == ["paragraph", "table"]


def test_headings_give_the_path() -> None:
    html = "<html><h1>Burns</h1><h2>Care</h2><h3>At home</h3><p>Cool it well.</p><h2>Surgery</h2><p>Excise early.</p></html>"
    assert paths(read_text(html, "b.html")) == [("Care",), ("Care", "At home"), ("Surgery",)]


def test_a_declared_encoding_is_kept() -> None:
    html = '<html><meta charset="iso-8859-2"><body><p>Łódź treats burns of the hand.</p></body></html>'
    assert "Łódź" in outcome("burns.html", html.encode("iso-8859-2"))


@pytest.mark.parametrize(
    "content", ["<html>" + "<" * 100_000, "<div>" * 50_000 + "Pain", "<html><table>" + "<tr><td>" * 5_000]
)
def test_broken_and_deep_pages_end_in_an_error_or_a_tree(content: str) -> None:
    assert outcome("burns.html", content.encode())
