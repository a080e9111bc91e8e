"""Faculty as JSON: nothing that was disclosed is lost on the way to the database and back."""

import json

from hypothesis import given
from hypothesis import strategies as st

from quizbank.activities.faculty import persons_from_json, persons_to_json
from quizbank.activities.readiness import Disclosure, Person

WORDS = st.text(max_size=20)
DAYS = st.none() | st.dates()
DISCLOSURES = st.builds(Disclosure, WORDS, WORDS, WORDS, DAYS)
PERSONS = st.builds(
    Person, WORDS, WORDS, WORDS, st.booleans(), st.lists(DISCLOSURES, max_size=3).map(tuple), DAYS, DAYS
)


@given(st.lists(PERSONS, max_size=3).map(tuple))
def test_persons_survive_json(persons: tuple[Person, ...]) -> None:
    assert persons_from_json(json.loads(json.dumps(persons_to_json(persons)))) == persons


def test_relationship_without_mitigation_stays_without_a_date() -> None:
    person = Person("Ada Lovelace", "MD", "Author", False, (Disclosure("Acme", "Consultant", "", None),))
    assert persons_to_json([person])[0]["disclosures"][0]["mitigated_on"] is None


def test_person_stored_before_days_were_noted_has_none() -> None:
    (stored,) = persons_to_json([Person("Ada Lovelace", "MD", "Author", True)])
    old = {name: value for name, value in stored.items() if name not in ("asked_on", "began_on")}
    assert persons_from_json([old]) == (Person("Ada Lovelace", "MD", "Author", True, (), None, None),)
