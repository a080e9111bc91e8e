"""The lexicon's data keep their promises."""

import pytest

from quizbank.generation.lexicon.reading import Measure, TermGroup, aims, list_kinds, measures, term_groups


@pytest.mark.parametrize("group", term_groups(), ids=lambda group: group.name)
def test_pairs_name_terms_of_their_group_or_their_synonyms(group: TermGroup) -> None:
    assert len(set(group.terms)) == len(group.terms)
    assert all(any(name in group.terms for name in names) for names in group.synonyms)


@pytest.mark.parametrize("group", term_groups(), ids=lambda group: group.name)
def test_sibling_is_never_the_key_or_barred_beside_it(group: TermGroup) -> None:
    for key in group.terms:
        siblings = group.siblings((key,))
        assert key not in siblings
        assert not any({one, other} == {key, sibling} for one, other in group.never_beside for sibling in siblings)


@pytest.mark.parametrize("measure", measures(), ids=lambda measure: measure.id)
def test_aim_a_measure_serves_is_never_its_distractor(measure: Measure) -> None:
    assert not set(measure.serves) & set(measure.distractors)
    assert set(measure.serves) | set(measure.distractors) <= set(aims())
    assert len(measure.distractors) >= 3
    assert all(measure.family in aims()[aim].families for aim in measure.distractors)


def test_lists_set_apart_exist() -> None:
    known = {kind.id for kind in list_kinds()}
    assert all(set(kind.set_apart_from) <= known for kind in list_kinds())


def test_no_heading_names_two_lists() -> None:
    headings = [heading for kind in list_kinds() for heading in kind.headings]
    assert len(set(headings)) == len(headings)
