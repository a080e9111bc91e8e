"""A plain clause that says more or less than something else goes in; how the two compare comes out as a question."""

import re

from quizbank.generation.statements.answers import Asked
from quizbank.generation.statements.clause import Clause
from quizbank.generation.statements.open_wording import EMPTY, PERSONS, opening_behind, words_behind
from quizbank.generation.statements.spans import Passage
from quizbank.generation.wording import in_sentence

_COMPARED = re.compile(
    r"(?:much |slightly |far |rather )?(?:less|more|fewer|lower|higher|better|worse|earlier|later|greater|shorter|"
    r"longer|smaller|larger|"
    r"an? (?:lower|higher|earlier|shorter|longer|better|greater) [\w-]+)\b[^,;]*? than (?P<other>(?:(?!but|and|in|for|"
    r"at|or|because|when|if|is|are)"
    r"[\w-]+ ?){1,5})"
)


def ask_compared(clause: Clause, passage: Passage) -> Asked | None:
    """Deflazacort causes less weight gain than prednisone → How does deflazacort compare with prednisone?"""
    said, start = words_behind(clause)
    found = _COMPARED.match(said)
    subject = clause.subject_words
    if not found or re.search(r"\d", found["other"]) or PERSONS.fullmatch(subject) or EMPTY.fullmatch(subject):
        return None
    if re.match(
        r"(?:that|those|after|before|with|during|those|through|by|from|to|previously|just|girls|boys|men|women|adults|"
        r"children|people|\w+ing|the (?:other|rest|same)|it|usual|normal|average|before|expected)\b",
        found["other"],
    ):
        return None
    does = "do" if clause.operator in ("are", "do", "have") else "does"
    other = in_sentence(found["other"].strip(), clause.lowered)
    begins = clause.finite if clause.verb else start
    return Asked(
        f"How {does} {subject} compare with {other}{opening_behind(clause)}?",
        (begins, clause.rest_span[1]),
        "compared",
        4,
    )
