"""The lexicon's data keep their promises."""

import re

import pytest

from quizbank.generation.lexicon.reading import Measure, TermGroup, list_kinds, measures, neighbors, term_groups


def test_pairs_name_terms_of_their_group_or_their_synonyms() -> None:
    assert [one.name for one in term_groups() if len(set(one.terms)) != len(one.terms)] == []
    assert [
        (one.name, names) for one in term_groups() for names in one.synonyms if not set(names) & set(one.terms)
    ] == []


def test_sibling_is_never_the_key_or_barred_beside_it() -> None:
    assert [
        (group.name, key) for group in term_groups() for key in group.terms if _stands_beside_itself(group, key)
    ] == []


def _stands_beside_itself(group: TermGroup, key: str) -> bool:
    siblings = set(group.siblings((key,)))
    barred = {frozenset(pair) for pair in group.never_beside}
    return key in siblings or any(frozenset((key, sibling)) in barred for sibling in siblings)


def test_no_wrong_reason_of_a_measure_speaks_of_what_it_serves() -> None:
    assert [(one.name, wrong) for one in measures() for wrong in one.wrong if _serves(one, wrong)] == []


def _serves(measure: Measure, reason: str) -> bool:
    return bool(re.search(rf"\b(?:{'|'.join(measure.serves)})", reason.lower()))


def test_every_measure_has_enough_wrong_reasons_in_one_form() -> None:
    assert all(len(set(one.wrong)) == len(one.wrong) >= 6 for one in measures())
    assert all(re.fullmatch(r"To [a-z][^.]+", wrong) for one in measures() for wrong in one.wrong)


@pytest.mark.parametrize("kind", ["artery", "nerve", "vein", "imaging", "position", "role", "antidote", "gas"])
def test_neighbors_of_a_term_are_terms_of_the_lexicon_and_not_itself(kind: str) -> None:
    known = {term for group in term_groups() for term in group.terms}
    for term, names in neighbors(kind).items():
        assert {term, *names} <= known
        assert term not in names
        assert len(set(names)) == len(names) >= 2


def test_lists_set_apart_exist() -> None:
    known = {kind.id for kind in list_kinds()}
    assert all(set(kind.set_apart_from) <= known for kind in list_kinds())


def test_no_heading_names_two_lists() -> None:
    headings = [heading for kind in list_kinds() for heading in kind.headings]
    assert len(set(headings)) == len(headings)
