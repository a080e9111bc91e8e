"""Audits: whatever was changed is found and named."""

from dataclasses import replace

import pytest

from certificates.issuing.auditing import KeptCertificate, LogAudit, LoggedRow, certificate_problems
from certificates.issuing.checkpoint import Checkpoint, signed_note
from certificates.issuing.log import hashed_serial, leaf_of, logged_time
from certificates.issuing.merkle import completed, completing_leaf, leaf_hash, root
from tests.certificates.issuing.keys import OURS, THEIRS
from tests.certificates.issuing.samples import SERIAL
from tests.clock import FIXED_NOW

LEAVES = [f'{{"number":{number}}}' for number in range(9)]


def log_of(leaves: list[str], signer: object = OURS) -> list[LoggedRow]:
    """Return the rows of a log that these leaves were appended to, each signed."""
    kept: list[list[bytes]] = []

    def node(level: int, place: int) -> bytes:
        return kept[completing_leaf(level, place)][level]

    rows = []
    for number, leaf in enumerate(leaves):
        kept.append(completed(number, leaf_hash(leaf.encode()), node))
        note = signed_note(Checkpoint("log", number + 1, root(number + 1, node)), signer)  # type: ignore[arg-type]
        rows.append(LoggedRow(number, leaf, "".join(one.hex() for one in kept[-1]), note))
    return rows


ROWS = log_of(LEAVES)
FORGED = log_of([*LEAVES[:4], '{"number":"forged"}', *LEAVES[5:]], THEIRS)


def problems(rows: list[LoggedRow], *witnessed: Checkpoint) -> list[str]:
    return list(LogAudit([OURS.public_key], witnessed).problems(rows))


def test_log_as_it_was_written_has_no_problems() -> None:
    audit = LogAudit([OURS.public_key])
    assert list(audit.problems(ROWS)) == []
    assert audit.size == 9


def test_changed_entry_is_named() -> None:
    changed = [*ROWS[:4], replace(ROWS[4], leaf="{}"), *ROWS[5:]]
    found = problems(changed)
    assert found[0] == "Entry 4 of the log was changed."
    assert "up to entry 4 is not what was signed then" in found[1]


def test_log_that_was_made_anew_without_the_key_is_found_where_it_begins_to_differ() -> None:
    assert problems(FORGED)[0] == "Entry 0 of the log: The checkpoint was not signed by this provider, or was altered."
    anew = [replace(row, checkpoint=old.checkpoint) for row, old in zip(FORGED, ROWS, strict=True)]
    assert problems(anew) == [
        "The log up to entry 4 is not what was signed then: this entry or an earlier one was changed."
    ]


def test_removed_entry_is_named() -> None:
    assert problems([*ROWS[:3], *ROWS[4:]]) == ["Entry 3 of the log is missing."]


def test_log_that_was_cut_is_found_by_a_checkpoint_kept_elsewhere() -> None:
    kept = Checkpoint("log", 9, LogAudit([OURS.public_key]).root)
    assert problems(ROWS[:7]) == []
    assert problems(ROWS[:7], kept) == ["The log has 7 entries; a checkpoint was signed when it had 9. It was cut."]


def test_log_of_another_past_is_found_by_a_checkpoint_kept_elsewhere() -> None:
    found = problems(ROWS, Checkpoint("log", 5, bytes(32)))
    assert found == ["The log up to entry 4 is not the one of the checkpoint that was kept elsewhere."]


KEPT = KeptCertificate(
    serials=(SERIAL, SERIAL),
    names=("Ada", "Ada"),
    state="superseded",
    stated="f" * 64,
    file=("a" * 64, "a" * 64),
    changed_at=logged_time(FIXED_NOW),
    replaced_by="NEW",
)
TOLD = [
    leaf_of("issued", SERIAL, FIXED_NOW, stated="f" * 64),
    leaf_of("rendered", SERIAL, FIXED_NOW, file="a" * 64),
    leaf_of("superseded", SERIAL, FIXED_NOW, by=hashed_serial("NEW")),
]


def test_certificate_as_the_log_tells_it_has_no_problems() -> None:
    assert certificate_problems(KEPT, TOLD) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"serials": ("X", SERIAL)}, "another serial"),
        ({"serials": (SERIAL, "X")}, "another serial"),
        ({"names": ("Eve", "Ada")}, "not the one it states"),
        ({"stated": "0" * 64}, "what it states was changed"),
        ({"file": ("0" * 64, "a" * 64)}, "bytes of its PDF"),
        ({"file": ("a" * 64, "0" * 64)}, "bytes of its PDF"),
        ({"file": ("0" * 64, "0" * 64)}, "bytes of its PDF"),
        ({"file": None}, "bytes of its PDF"),
        ({"state": "valid"}, "kept as valid, the log says superseded"),
        ({"changed_at": logged_time(FIXED_NOW.replace(year=2031))}, "date of its state"),
        ({"replaced_by": "OTHER"}, "what replaced it"),
        ({"replaced_by": None}, "what replaced it"),
    ],
)
def test_whatever_was_changed_is_named(changed: dict[str, object], words: str) -> None:
    (found,) = certificate_problems(replace(KEPT, **changed), TOLD)  # type: ignore[arg-type]
    assert words in found


def test_certificate_that_nobody_logged_is_named() -> None:
    assert certificate_problems(KEPT, []) == [f"Certificate {SERIAL} is not in the log."]
