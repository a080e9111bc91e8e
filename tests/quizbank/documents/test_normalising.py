"""Text is composed and free of what cannot be seen, in linear time."""

from quizbank.documents.normalising import normalise, one_line


def test_line_ends_become_one_kind() -> None:
    assert normalise("a\r\nb\rc\x85d\u2028e") == "a\nb\nc\nd\ne"


def test_marks_are_composed_and_long_runs_of_them_capped() -> None:
    assert normalise("e\u0301") == "é"
    assert len(normalise("e" + "\u0301\u0323" * 100_000)) <= 31


def test_joiners_that_scripts_need_stay() -> None:
    assert normalise("क्\u200dष") == "क्\u200dष"


def test_invisible_and_direction_characters_go() -> None:
    assert one_line("a\u202e b\u200b\u00ad\ufeff\x00 \u00a0 c\ud800") == "a b c"
