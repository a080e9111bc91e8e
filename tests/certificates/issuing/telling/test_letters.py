"""Messages about certificates: what they say, what they lead to, and what they keep to themselves."""

from dataclasses import replace
from datetime import date

import pytest

from certificates.issuing.telling.letters import (
    LISTED,
    Told,
    issued_letter,
    replaced_letter,
    revoked_letter,
    sent_letter,
)
from quizbank.post.kinds import KINDS
from quizbank.post.letters import Letter

OWN, PUBLIC, ALL = "https://cme.example/issuing/7", "https://cme.example/v/ABCD", "https://cme.example/issuing/mine"
TOLD = Told(7, "Heart failure", "ABCD", date(2030, 5, 6), OWN, PUBLIC)
NEWER = replace(TOLD, id=8, serial="EFGH", own_page=OWN[:-1] + "8", public_page=PUBLIC[:-4] + "EFGH")


def text(letter: Letter) -> str:
    return "\n".join([letter.subject, *letter.paragraphs])


def test_issued_certificate_is_told_with_its_own_page_and_its_public_one() -> None:
    letter = issued_letter(TOLD)
    assert letter.subject == "Your certificate for “Heart failure”"
    assert letter.paragraphs[0] == "Your certificate for “Heart failure” was issued on 6 May 2030."
    assert OWN in text(letter)
    assert PUBLIC in text(letter)


def test_replaced_certificate_leads_to_the_new_one_and_to_the_reason() -> None:
    letter = replaced_letter(TOLD, NEWER)
    assert (letter.key, letter.about) == ("certificate.replaced:8", "certificate:8")
    assert all(page in text(letter) for page in (NEWER.own_page, NEWER.public_page, OWN))


def test_revoked_certificate_leads_to_its_reason_behind_the_sign_in() -> None:
    letter = revoked_letter(TOLD)
    assert "was revoked" in letter.subject
    assert OWN in text(letter)


@pytest.mark.parametrize(
    "letter", [issued_letter(TOLD), replaced_letter(TOLD, NEWER), revoked_letter(TOLD), sent_letter([TOLD], 3, 9, ALL)]
)
def test_message_is_of_a_known_kind_and_named_by_its_event(letter: Letter) -> None:
    assert letter.kind in KINDS
    assert letter.key.startswith(letter.kind)


def test_one_certificate_is_sent_by_name_and_several_as_a_list() -> None:
    one, two = sent_letter([TOLD], 3, 9, ALL), sent_letter([TOLD, NEWER], 3, 9, ALL)
    assert one.subject == "Your certificate for “Heart failure”"
    assert two.subject == "Your 2 certificates"
    assert all(page in text(two) for page in (ALL, TOLD.public_page, NEWER.public_page))
    assert one.key == two.key == "certificate.sent:3:9"


def test_long_list_is_cut_and_says_so() -> None:
    letter = sent_letter([TOLD] * (LISTED + 5), 3, 9, ALL)
    assert "And 5 more" in letter.paragraphs[-1]
    assert text(letter).count(PUBLIC) == LISTED


def test_hostile_title_stays_words_on_one_line() -> None:
    letter = issued_letter(replace(TOLD, title="Heart\r\nBcc: all@example.org <script>{{7*7}}</script>"))
    assert letter.subject == "Your certificate for “Heart Bcc: all@example.org <script>{{7*7}}</script>”"
    assert len(letter.paragraphs) == 3
