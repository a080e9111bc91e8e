"""A labelled line goes in; what it says of a case comes out: who shows what, what is (NOT) recommended, and why not."""

import re

from quizbank.documents.section_names import is_usual
from quizbank.generation.statements.answers import Asked, is_order
from quizbank.generation.statements.open_labels import Line
from quizbank.generation.statements.open_shares import SHARE, is_verb
from quizbank.generation.wording import is_plural

_DONE = "recommended|indicated|advised|contraindicated|required|permitted|needed|allowed|suggested|preferred|avoided"
_STATE = re.compile(rf"(?P<not>not )?(?P<done>{_DONE})(?P<rest>(?: (?:for|in|as|if|when) [^,;]+)?)", re.IGNORECASE)
_REFUSED = re.compile(
    r"\b(?:(?:not|never|do not) (?:be )?(?P<done>recommended|indicated|used|use|advised|given|give|offer(?:ed)?)|"
    r"(?P<avoid>avoid(?:ed)?)|"
    r"contraindicated)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"(?:no \w+|harmful|ineffective|unhelpful|increased?|more|fewer|less|reduced?|higher|lower|risk|raises?|causes?|"
    r"the \w+ (?:trial|"
    r"study)|"
    r"\w+(?:s|ed) )",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"(?P<one>fetus|foetus|newborn|neonate|infant|baby|child|toddler|adolescent|adult|elderly|young child)|"
    r"(?P<many>newborns|neonates|infants|babies|children|adolescents|adults|men|women|boys|girls|older (?:people|"
    r"adults|children|patients)|"
    r"young (?:people|adults|children)|elderly patients|males|females|carriers|heterozygotes|homozygotes|(?:children|"
    r"adolescents|adults) "
    r"and (?:adults|adolescents|children)|pregnant women)",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    r"\b(?:clinical (?:picture|course)|presentation|features|symptoms|signs|manifestations|findings|picture)\b",
    re.IGNORECASE,
)
_PART = re.compile(rf"(?P<share>{SHARE}) (?P<rest>[a-z][^,;:.]{{5,100}})", re.IGNORECASE)


def asked_of_case(line: Line) -> Asked | None:
    """Return the question for the case that a line names in its label, None for any other line."""
    return _of_share(line) or _of_state(line) or _of_people(line) or _of_refusal(line)


def _whom(label: str) -> str:
    """Return the people a label names as they stand behind "in": "newborn" → "the newborn"; "" for anything else."""
    found = _PEOPLE.fullmatch(label.strip())
    if not found:
        return ""
    return label.lower() if found["many"] else f"the {label.lower()}"


def _of_share(line: Line) -> Asked | None:
    """Women: about half have no symptoms → What proportion of women have no symptoms?"""
    found = _PART.match(line.told)
    if not found or not re.fullmatch(r"[a-z][a-z -]{2,40}", line.label):
        return None
    start = line.key[0]
    span = (start + found.start("share"), start + found.end("share"))
    if whole := re.match(r"of (?:all )?(?:the )?(?P<what>cases|patients|infections|tumou?rs|people)$", found["rest"]):
        do = "do" if is_plural(line.label.split()[-1]) else "does"
        return Asked(f"What proportion of {whole['what']} {do} {line.label} account for?", span, "share", 4)
    if not (is_plural(line.label.split()[-1]) or _whom(line.label) == line.label):
        return None
    first = found["rest"].split()[0]
    if not (is_verb(first) or first in ("have", "are", "can", "may", "develop", "die", "will")):
        return None
    return Asked(f"What proportion of {line.label} {found['rest'].rstrip(' .')}?", span, "share", 4)


def _of_state(line: Line) -> Asked | None:
    """Not recommended: vitamins C and E, magnesium → What is NOT recommended?"""
    found = _STATE.fullmatch(line.label)
    if not found or len(line.told.split()) < 2 or is_order(line.told):
        return None
    behind = found["rest"] or (f" for {line.heading.lower()}" if _is_plain(line.heading) else "")
    return Asked(f"What is {'NOT ' if found['not'] else ''}{found['done']}{behind}?", line.key, "recommended", 4)


def _is_plain(heading: str) -> bool:
    """Return whether a heading is one usual word that something can be recommended for: "Prevention"."""
    usual = is_usual(heading) or heading.lower() in (
        "prevention",
        "treatment",
        "diagnosis",
        "prophylaxis",
        "monitoring",
    )
    return usual and " " not in heading and not is_plural(heading)


def _of_people(line: Line) -> Asked | None:
    """Under "Clinical picture by age", Newborn: puffy hands, loose skin → Which features are seen in the newborn?"""
    whom = _whom(line.label)
    if not whom or not _SHOWN.search(line.heading) or re.match(rf"\d|\w+ly |{SHARE}\b", line.told):
        return None
    return Asked(f"Which features are seen in {whom}?", line.key, "features", 4)


def _of_refusal(line: Line) -> Asked | None:
    """Under "Treatment that is not recommended", Warfarin: increased mortality → Why is warfarin NOT recommended?"""
    refused = _REFUSED.search(line.heading)
    if not refused or not _REASON.match(line.told) or is_order(line.label) or len(line.label.split()) > _MOST_LABEL:
        return None
    be = "are" if " and " in line.label or is_plural(line.label.split()[-1]) else "is"
    done = "recommended" if not refused["done"] or refused["done"] == "recommended" else "advised"
    return Asked(f"Why {be} {line.label} NOT {done}?", line.key, "refused", 5)


_MOST_LABEL = 8
