"""Lists of people and plans: what is read, and what every kind of damage is told as."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.plans.importing import MAX_ROWS, ListRefused, PlanRow, read_plan_rows

HEAD = "e-mail,plan,until\n"
GOOD = HEAD + "ada@example.org,small,2031-12-31\n"


def end_of_day(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, UTC)


END = datetime(2032, 1, 1, tzinfo=UTC)
ADA = PlanRow(2, "ada@example.org", "small", END)


def problems(content: str | bytes) -> list[tuple[int, str]]:
    """Return what is wrong with a file."""
    content = content.encode() if isinstance(content, str) else content
    with pytest.raises(ListRefused) as refused:
        read_plan_rows(content, end_of_day)
    return [(problem.line, problem.words) for problem in refused.value.problems]


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.encode("utf-16"),
        GOOD.replace(",", ";").encode(),
        GOOD.replace(",", "\t").encode("utf-16"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.encode() + b"\n,,\n\n",
        b'Until,"E-Mail",PLAN\n2031-12-31,"Ada@Example.org", Small \n',
        b"Name,E-mail,Plan,Until,State\n=1+1,ada@example.org,small,2031-12-31,In force\n",
    ],
)
def test_list_is_read_however_a_spreadsheet_saved_it(content: bytes) -> None:
    assert read_plan_rows(content, end_of_day) == [ADA]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", (1, "column email is missing")),
        (HEAD.encode(), (0, "no people")),
        (b"\xff\xfe\x00", (0, "not text")),
        (b"\x89PNG\r\n", (0, "not text")),
        (HEAD.encode() + b"ada\x00@example.org,small,2031-12-31\n", (0, "NUL")),
        (b"e-mail,plan\nada@example.org,small\n", (1, "column until is missing")),
        (b"e-mail,email,plan,until\n", (1, "email is there twice")),
        (HEAD.encode() + b'"ada@example.org,small,2031-12-31\n', (2, "cannot be read as CSV")),
        (HEAD.encode() + b"ada@example.org,small\n", (2, "fewer cells")),
        (HEAD.encode() + b",small,2031-12-31\n", (2, "email is empty")),
        (HEAD.encode() + b"=cmd|'/c calc'!A0,small,2031-12-31\n", (2, "begins like a formula")),
        (HEAD.encode() + b"ada@example.org,@small,2031-12-31\n", (2, "begins like a formula")),
        (HEAD.encode() + b"ada@example.org,small,31.12.2031\n", (2, "until takes a day")),
        (HEAD.encode() + b"ada@example.org,small,2031-02-30\n", (2, "until takes a day")),
        (HEAD.encode() + b"ada@example.org,small,9999-12-31\n", (2, "between the years")),
        (HEAD.encode() + b"a" * 300 + b"@example.org,small,2031-12-31\n", (2, "too long")),
        ((HEAD + "a\u202eda@example.org,small,2031-12-31\n").encode(), (2, "cannot be printed")),
        ((GOOD + "ADA@example.org,great,2031-12-31\n").encode(), (3, "stands on line 2")),
    ],
)
def test_damage_is_told_with_its_line(content: bytes, expected: tuple[int, str]) -> None:
    line, words = problems(content)[0]
    assert line == expected[0]
    assert expected[1] in words


def test_every_bad_line_is_reported_at_once() -> None:
    rows = [f"p{n}@example.org,small,{'2031-12-31' if n % 2 else 'soon'}\n" for n in range(10)]
    assert [line for line, _ in problems(HEAD + "".join(rows))] == [2, 4, 6, 8, 10]


def test_ten_thousand_people_are_read_and_not_one_more() -> None:
    rows = [f"p{n}@example.org,small,2031-12-31\n" for n in range(MAX_ROWS)]
    assert len(read_plan_rows((HEAD + "".join(rows)).encode(), end_of_day)) == MAX_ROWS
    assert problems(HEAD + "".join(rows) + "one@example.org,small,2031-12-31\n")[0] == (
        MAX_ROWS + 2,
        "A list may have 10,000 people. Split it and import the parts.",
    )


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    for start in (b"", HEAD.encode(), HEAD.encode("utf-16")):
        with pytest.raises(ListRefused):
            read_plan_rows(start + content, end_of_day)
