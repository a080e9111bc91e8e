"""A stored tree reads back equal; the report has the keys programs rely on."""

import json

import pytest

from quizbank.documents.serialising import DamagedTree, document_from_json, document_to_json, report
from tests.quizbank.documents.trees import read_text

TEXT = "Burns\n\nFirst aid:\n- Cool it\n- Cover it\n\nDrug\tDose\nA\t5 mg\n\nSurgery\nExcise burns early. Contact us today!"


def test_a_document_reads_back_equal() -> None:
    document = read_text(TEXT)
    assert document_from_json(json.loads(json.dumps(document_to_json(document)))) == document


def test_the_report_has_the_promised_keys_and_every_node_its_span() -> None:
    told = report(read_text(TEXT))
    assert list(told) == ["title", "text", "language", "words", "sections", "left_out", "warnings"]
    assert list(told["left_out"][0]) == ["start", "end", "quote", "reason"]
    block = told["sections"][0]["blocks"][0]
    first = block["entries"][0]
    assert told["text"][first["start"] : first["end"]] == "Cool it"


@pytest.mark.parametrize("stored", [None, [], {}, {"schema": 99}, {"schema": 1, "title": "x"}])
def test_a_tree_of_another_version_or_a_damaged_one_is_refused(stored: object) -> None:
    with pytest.raises(DamagedTree, match="read again from its file"):
        document_from_json(stored)
