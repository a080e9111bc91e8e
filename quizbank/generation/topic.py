"""A document in; the name of its topic as it stands inside a sentence, and its lower-case words, out."""

import re
from dataclasses import dataclass

from quizbank.documents.tree import Document
from quizbank.generation.wording import in_sentence, is_plural

_LOWERED = re.compile(r"\b[a-z][a-z'’-]{2,}\b")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]")
_TAIL = re.compile(
    r"\s+(?:(?:management|treatment|clinical|practice) )?(?:guidelines?|guidance|overview|summary|fact "
    r"sheet|leaflet|handout|"
    r"for (?:patients|physicians|clinicians|trainees|residents))$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^(?:(?:an? )?(?:overview|management|treatment|introduction|principles|review) (?:of|to)|about|approach to)\s+",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(
    r"(?:surgery|reconstruction|ectomy|otomy|ostomy|plasty|repair|transplantation|replacement|resection|ablation|fusion|graft|flap|"
    r"therapy|an[a]?esthesia|block|catheteri[sz]ation|intubation|ventilation|dialysis|transfusion|biopsy|scopy|drainage|"
    r"stimulation|injections?|pacing|bypass|shunt|section|puncture|insertion|vaccination|immuni[sz]ation|fixation)$"
)
_FORM = re.compile(
    r"(?<!al)(?<!ar)(?<!ic)(?<!oid)(?:(?:,| and)?\s+(?:(?:film-coated|chewable|extended-release|oral|for) )?"
    r"(?:tablets?|capsules?|injections?|suspension|solution|ointment|eye drops|suppositor(?:y|ies)))+(?: USP)?$",
    re.IGNORECASE,
)
_PATIENTS = re.compile(
    r"\s+(?:in|for) (?:adults?|children|adolescents|infants|older (?:adults|people)|primary care|general practice|"
    r"(?:adults|children) and (?:adults|children|adolescents)|the (?:elderly|emergency department))$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?:dosage and administration|drug (?:name|class)|how supplied|dosage forms?)\b", re.IGNORECASE)
_DOSED = re.compile(r"\b\d+(?:\.\d+)? ?(?:mg|mcg|units)\b|\b(?:dosage|contraindications? to)\b", re.IGNORECASE)
_NO_TOPIC = re.compile(
    r"(?:introduction|overview|background|contents|abstract|summary|guidelines?|document|untitled|report|notes?|lecture|chapter|"
    r"references|patient information|information|page|home|index|article|title|indications?|contraindications?|untitled document)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Topic:
    """``name`` is "" when the document does not say what it is about in a few words."""

    name: str
    lowered: frozenset[str]
    drug: bool = False

    @property
    def sort(self) -> str:
        """Return "treatment" for an operation or a drug, else "condition"."""
        return "treatment" if self.drug or self.is_procedure else "condition"

    @property
    def is_procedure(self) -> bool:
        """Return whether the topic is something done, not something one has."""
        return bool(_PROCEDURE.search(self.name))


def read_topic(document: Document) -> Topic:
    """Return the topic, from the title's first part that is short enough to stand in a stem."""
    lowered = frozenset(_LOWERED.findall(document.text))
    title = _BRACKETS.sub("", document.title[:200])
    first = re.split(r"\s[-–—|]\s|[:!?]", title)[0].strip(" .\t\n")
    first = _PATIENTS.sub("", _TAIL.sub("", _HEAD.sub("", first)))
    bare = _FORM.sub("", first)
    has_form, first = bare != first, bare or first
    if not first or len(first.split()) > 6 or re.search(r"[\d_/\\]|\.\w{2,4}$", first):
        return Topic("", lowered)
    if _NO_TOPIC.match(first):
        return Topic("", lowered)
    name = _in_number_of_text(in_sentence(first, lowered), document.text)
    return Topic(name, lowered, has_form or _is_drug(document, name))


def _is_drug(document: Document, name: str) -> bool:
    """Return whether doses are given and the name is one word, or two under the headings of a drug's label."""
    label = any(_LABEL.match(heading) for section in document.sections for heading in section.path)
    return bool(_DOSED.search(document.text)) and len(name.split()) <= (2 if label else 1)


def _in_number_of_text(name: str, text: str) -> str:
    """Return the plural of a title that the text itself mostly uses in the plural ("complexes")."""
    if is_plural(name.rsplit(maxsplit=1)[-1]):
        return name
    for ending in ("s", "es"):
        plural = len(re.findall(rf"\b{re.escape(name)}{ending}\b", text, re.IGNORECASE))
        single = len(re.findall(rf"\b{re.escape(name)}\b", text[len(name) + 200 :], re.IGNORECASE))
        if plural > single:
            return name + ending
    return name
