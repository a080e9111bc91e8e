"""Words of days and moments: the same shape everywhere, the zone named beside every time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from quizbank.time_words import clock_words, day_words, long_day_words, moment_words

MOMENT = datetime(2030, 7, 6, 22, 8, tzinfo=UTC)


def test_day_is_told_short_in_lists_and_long_elsewhere() -> None:
    assert (day_words(date(2030, 9, 6)), long_day_words(date(2030, 9, 6))) == ("6 Sep 2030", "6 September 2030")


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("UTC", "6 Jul 2030 22:08 UTC"),
        ("Europe/London", "6 Jul 2030 23:08 BST"),
        ("Europe/Berlin", "7 Jul 2030 00:08 CEST"),
        ("Asia/Dubai", "7 Jul 2030 02:08 UTC+04"),
        ("Asia/Kathmandu", "7 Jul 2030 03:53 UTC+0545"),
        ("America/Sao_Paulo", "6 Jul 2030 19:08 UTC-03"),
    ],
)
def test_moment_is_told_with_the_name_of_its_zone(zone: str, words: str) -> None:
    assert moment_words(MOMENT.astimezone(ZoneInfo(zone))) == words


def test_zone_has_its_name_of_the_season() -> None:
    london = ZoneInfo("Europe/London")
    assert clock_words(datetime(2030, 1, 6, 9, tzinfo=london)) == "09:00 GMT"
    assert clock_words(datetime(2030, 7, 6, 9, tzinfo=london)) == "09:00 BST"
