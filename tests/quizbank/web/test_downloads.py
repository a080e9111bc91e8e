"""Downloads carry their name, and a download's name stays a name."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.web.downloads import attachment, csv_response


def test_csv_is_a_download_with_its_name() -> None:
    response = csv_response("people.csv", ("Name",), [("Ada",)])
    assert response.get_data(as_text=True) == "\ufeffName\r\nAda\r\n"
    assert response.mimetype == "text/csv"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="people.csv"')


def test_download_name_of_another_script_is_kept_beside_a_plain_one() -> None:
    value = attachment("Zertifikat Müller 漢.pdf")
    assert value == (
        "attachment; filename=\"Zertifikat M_ller _.pdf\"; filename*=UTF-8''Zertifikat%20M%C3%BCller%20%E6%BC%A2.pdf"
    )


@pytest.mark.parametrize(
    "name", ['a"; filename="evil.html', "a\r\nSet-Cookie: x=1", "a\x00b", "a\u2028b", "\ud800", "../a"]
)
def test_download_name_cannot_break_out_of_its_header(name: str) -> None:
    value = attachment(name)
    assert value.isascii()
    assert value.isprintable()
    assert value.count('"') == 2
    assert "/" not in value.partition("filename*")[0]


@given(st.text(max_size=40))
def test_download_name_of_any_text_is_one_header_value(name: str) -> None:
    value = attachment(name)
    assert value.isascii()
    assert value.isprintable()
    assert value.count('"') == 2
    assert value.count(";") == 2
    assert unquote(value.partition("''")[2]) == "".join(filter(str.isprintable, name))
