"""A label and the few words that describe it go in; the question they answer comes out, by the words, the heading or the label."""

import re
from dataclasses import dataclass

from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.statements.answers import Asked
from quizbank.generation.statements.clause import Span
from quizbank.generation.statements.open_shares import SHARE
from quizbank.generation.wording import head_noun, is_plural, singular_phrase

OPENER = re.compile(
    r"(?:if|when|in|for|before|after|during|with|on|at|once|unless|(?:from|between|above|below|under|over|until|up to|"
    r"beyond)(?= (?:about )?\d))\b",
    re.IGNORECASE,
)
DRUGS = frozenset(("drug", "drug_class", "local_anesthetic", "antidote", "opioid", "vaccine", "hormone", "vitamin"))
_ASPECT = re.compile(
    r"(?:main |usual |typical |key |common )?(?:mechanisms?(?: of action)?|causes?|symptoms|signs|features|(?:adverse|"
    r"side) effects|"
    r"monitoring|findings|blood supply|nerve supply|innervation|functions?|actions?|transmission|prophylaxis|prevention|"
    r"uses|dos(?:e|es|age)|course|clinical features|presentation|toxicity|interactions|attachments|origin|insertion)",
    re.IGNORECASE,
)
_SIGNS = frozenset(("symptom", "physical_sign"))
_DOSED = re.compile(r"\d ?(?:mg|g|mcg|micrograms?|units?|million units|mL|IU)\b(?!/[dmL])")
_TESTS = frozenset(("imaging", "laboratory_test", "bedside_test", "pulmonary_function_test", "biopsy_type"))
_SHOWN = re.compile(
    r"\b(?:diagnos\w+|investigations?|imaging|findings|tests?|laboratory|work-?up|evaluation|radiology)\b",
    re.IGNORECASE,
)
_EPONYM = re.compile(
    r"\b(?:phenomenon|sign|law|triad|rule|reflex|index|score|point|manoeuvre|maneuver|test|paradox|effect|principle)$"
)
_FINDING = re.compile(
    r"\b(?:type|form|variant|pattern|lesion|fracture|reaction|disease|syndrome|palsy|injury|infection|failure|attack|volvulus|torsion|hernia|stenosis|"
    r"ulcer|abscess|bleeding|ha?emorrhage|obstruction|perforation|leak|stricture|carcinoma|fistula|cyst|"
    r"crisis|pain|"
    r"\w+(?:itis|osis|[ae]mia|oma|pathy|algia|uria|plegia|megaly))$"
)
_GROUP = re.compile(r"(?:group|layer|compartment|set|bundle|triad|tetrad|chain|space|wall|panel)$")
_ACRONYM = re.compile(r"[A-Za-z]*[A-Z][a-z]?[A-Z]{1,4}[A-Za-z]*")
_NAMED = frozenset(
    ("disorder", "deficiency", "symptom", "toxin", "bacterium", "virus", "protozoan", "electrolyte_disorder")
)
_TREATING = re.compile(r"\b(?:treatment|management|therapy|emergency|complications?|troubleshooting)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A label, what is ``told`` of it, the span that answers, and the heading it stands under."""

    label: str
    told: str
    key: Span
    heading: str
    rule: str

    @property
    def kinds(self) -> set[str]:
        """Return the kinds of the lexicon that the whole label is a term of."""
        return {
            one.group.kind for one in terms_in(self.label, 0, len(self.label)) if one.end - one.start == len(self.label)
        }


def asked_of_label(line: Line) -> Asked | None:
    """Return the question for a label that is described in a few words, None when no question fits."""
    return (
        _of_treatment(line)
        or of_grouping(line)
        or _of_use(line)
        or _of_list(line)
        or _of_heading(line)
        or _of_time(line)
        or _of_kind(line)
    )


_TREATMENTS = frozenset(
    (
        "drug",
        "drug_class",
        "operation",
        "opioid",
        "local_anesthetic",
        "antidote",
        "surgical_approach",
        "flap_type",
        "dialysis_type",
        "vaccine",
    )
)
_TREATED = re.compile(
    r"\b(?:surgery|resection|excision|repair|reduction|fixation|drainage|ablation|therapy|embolization|\w+(?:ectomy|otomy|plasty|scopy|pexy|desis))\b",
    re.IGNORECASE,
)


def _of_treatment(line: Line) -> Asked | None:
    """Cecal volvulus: right hemicolectomy → How is cecal volvulus treated?"""
    last = re.split(r" (?:without|with|in|after|due|from) ", line.label)[0]
    named = any(one.group.kind in _NAMED and one.end == len(last) for one in terms_in(last, 0, len(last)))
    if (
        not (named or (is_finding(last) and " " in last))
        or re.match(r"\d", line.told)
        or line.kinds & DRUGS
        or _SHOWN.search(line.heading)
    ):
        return None
    first = re.split(r"[,;]", line.told)[0]
    given = any(one.group.kind in _TREATMENTS for one in terms_in(first, 0, len(first)))
    if not (given or _TREATED.search(first)) or re.search(r"\b(?:after|following|due to|history)\b|induced", first):
        return None
    return Asked(f"How {be_of(last)} {line.label} treated?", line.key, "treated", 4)


_BY = re.compile(
    r"(?P<what>(?:clinical )?(?:features|symptoms|signs|findings|presentation|treatment|management|causes)) by (?P<by>\w+)",
    re.IGNORECASE,
)


def of_grouping(line: Line) -> Asked | None:
    """Under "Features by level", Colonic: marked distension → What are the features if the level is colonic?"""
    found = _BY.fullmatch(line.heading)
    if not found:
        return None
    what = found["what"].lower()
    return Asked(f"What {be_of(what)} the {what} if the {found['by']} is {line.label}?", line.key, line.rule, 4)


def is_finding(label: str) -> bool:
    """Return whether a label ends in a word for something found in a patient, in the singular or plural: "ventricular cysts"."""
    return bool(_FINDING.search(label) or _FINDING.search(singular_phrase(label)))


def be_of(label: str) -> str:
    """Return "is" or "are", as the label needs it."""
    return "are" if is_plural(head_noun(label)) else "is"


def _of_use(line: Line) -> Asked | None:
    """HFrEF: EF <=40% → How is HFrEF defined?; Cardiac MRI: if … → When is it used?"""
    label, told, key = line.label, line.told, line.key
    if _ACRONYM.fullmatch(label) and re.match(r"(?:\w+ )?[<>≤≥=\d]", told):
        return Asked(f"How is {label} defined?", key, line.rule, 3)
    if re.match(r"(?:for|if|when|in case of|in patients) ", told, re.IGNORECASE) and not line.kinds & _NAMED:
        return Asked(f"When {be_of(label)} {label} used?", key, "when", 3)
    if may := re.match(r"(?P<may>may|can) (?P<verb>show|cause|reveal|detect|indicate) ", told, re.IGNORECASE):
        return Asked(f"What {may['may'].lower()} {label} {may['verb']}?", (key[0] + may.end(), key[1]), "does", 3)
    return None


def _of_list(line: Line) -> Asked | None:
    """Basic labs: electrolytes, thyroid function, blood count → Which are the basic labs?"""
    label, told, commas = line.label, line.told, line.told.count(",")
    if not told[:1].isalpha() or len(label.split()) > 4:
        return None
    if is_plural(head_noun(label)) and commas >= (1 if line.kinds else 2) and not line.kinds & _NAMED:
        return Asked(f"Which are the {label}?", line.key, "list", 3)
    if _GROUP.search(label) and commas >= 1 and not re.match(r"(?:an?|the) ", told):
        return Asked(f"What does the {label.removeprefix('the ')} include?", line.key, "list", 3)
    return None


def _of_heading(line: Line) -> Asked | None:
    """Under "Treatment", Migraine: triptans → How is migraine treated?; under "Definitions" → What is …?"""
    label, heading = line.label, line.heading
    cured = re.search(r"\b(?:treatment|management|therapy)\b", heading, re.IGNORECASE)
    found = line.kinds & _NAMED or (cured and is_finding(label) and not line.kinds & DRUGS and not OPENER.match(label))
    if found and _TREATING.search(heading) and not re.match(r"(?:an?|the|\d|\w+ed) ", line.told, re.IGNORECASE):
        return Asked(f"How {be_of(label)} {label} treated?", line.key, line.rule, 3)
    if re.search(r"\b(?:definitions?|terminology|glossary)\b", heading, re.IGNORECASE):
        return Asked(f"What {be_of(label)} {label}?", line.key, line.rule, 4)
    stated = re.match(r"(?:essential|useful|helpful|elevated|important|recommended|\w+ed)\b", line.told, re.IGNORECASE)
    if not stated and line.kinds and not line.kinds & _SIGNS and _ASPECT.fullmatch(heading):
        return Asked(f"What {be_of(heading)} the {heading.lower()} of {label}?", line.key, line.rule, 3)
    if not stated and line.kinds & _TESTS and _SHOWN.search(heading):
        return Asked(f"What may {label} show?", line.key, line.rule, 3)
    return None


_WATCHED = re.compile(r"\b(?:monitoring|surveillance|follow-?up|checks)\b", re.IGNORECASE)
_OFTEN = re.compile(
    r"(?:at )?(?:(?P<when>only if|if|when|before|at baseline)|each|every|\d+-?(?:weekly|monthly|yearly)|weekly|"
    r"monthly|yearly|annually|daily)\b",
    re.IGNORECASE,
)


def _of_time(line: Line) -> Asked | None:
    """After discharge: rest → What is advised after discharge?; Blood count: every week → How often is it done?"""
    label, told, key = line.label, line.told, line.key
    if OPENER.match(label):
        return Asked(f"What is advised {label}?", key, "to do", 3)
    if re.match(r"(?:every|once|twice|daily|weekly|monthly|yearly|annually)\b", told, re.IGNORECASE):
        return Asked(f"How often {be_of(label)} {label} done?", key, "how often", 3)
    if _WATCHED.search(line.heading) and (often := _OFTEN.match(told)):
        asked = "When" if often["when"] else "How often"
        return Asked(f"{asked} {be_of(label)} {label} checked?", key, "how often", 4)
    if re.match(r"(?:within|before|after|until|at (?:or|\d)|by \d|from \d|as soon as)\b", told, re.IGNORECASE):
        return Asked(f"When {be_of(label)} {label} advised?", key, "when", 3)
    if line.kinds & DRUGS and re.match(r"\d[\d.,–-]* ?(?:to \d+ )?(?:mg|mcg|g|micrograms?|units|mL|IU)\b", told):
        return Asked(f"What is the dose of {label}?", key, "dose", 3)
    if _DOSED.search(told) and not line.kinds & (DRUGS | _TESTS):
        return Asked(f"What is given for {label}?", key, "given", 4)
    return None


def _of_kind(line: Line) -> Asked | None:
    """Lhermitte's sign: a shock … → What is Lhermitte's sign?; Optic neuritis: loss of vision … → What characterizes it?"""
    label, told, words = line.label, line.told, len(line.told.split())
    if words < 3 or re.match(
        rf"\d|{SHARE}\b|(?:essential|useful|helpful|elevated|important|recommended|\w+ed)\b", told, re.IGNORECASE
    ):
        return None
    if re.match(r"(?:an?|the) ", told, re.IGNORECASE) and words >= 4:
        return Asked(f"What {be_of(label)} {label}?", line.key, line.rule, 2)
    if re.match(r"(?:\w+ly|not|low|high|more|less) ", told, re.IGNORECASE):
        return None
    if _EPONYM.search(label) or re.search(r"[A-Z][a-z]+(?:[’']s|-[A-Z])", label):
        return Asked(f"What is {label}?", line.key, line.rule, 3)
    if line.kinds & _NAMED or is_finding(label):
        return Asked(f"What characterizes {label}?", line.key, line.rule, 3)
    return None
