"""Kinds of messages and the choices they follow."""

from quizbank.post.kinds import ASKED, CHOICES, KINDS, can_choose


def test_every_kind_follows_a_choice_or_was_asked_for() -> None:
    assert {kind.group for kind in KINDS.values()} == {*CHOICES, ASKED}


def test_every_kind_is_known_by_its_own_name() -> None:
    assert all(name == kind.name and kind.label for name, kind in KINDS.items())


def test_everything_but_what_was_asked_for_can_be_switched_off() -> None:
    assert [name for name in KINDS if not can_choose(name)] == ["test"]
