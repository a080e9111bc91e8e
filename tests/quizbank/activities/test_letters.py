"""The warning that an activity expires."""

from datetime import date

from quizbank.activities.letters import expiry_letter

PAGE = "https://cme.example/activities/3"


def test_warning_names_the_activity_its_last_day_and_what_to_do() -> None:
    letter = expiry_letter(3, "Heart\nfailure", date(2030, 6, 5), 30, 9, PAGE)
    assert letter.subject == "“Heart failure” expires on 5 June 2030"
    assert PAGE in letter.paragraphs[0]
    assert "publish it anew" in letter.paragraphs[1]


def test_each_person_is_told_of_each_step_of_each_term() -> None:
    keys = {
        expiry_letter(3, "T", day, step, person, PAGE).key
        for day in (date(2030, 6, 5), date(2030, 6, 6))
        for step in (30, 90)
        for person in (1, 2)
    }
    assert len(keys) == 8
