"""A document in; the name of its topic as it stands inside a sentence, and its lower-case words, out."""

import re
from dataclasses import dataclass
from itertools import islice

from quizbank.documents.titles import dominant_phrase
from quizbank.documents.tree import Document
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.title_names import ADJECTIVE, DONE, PROCEDURE, SENTENCE, named_by, title_parts
from quizbank.generation.wording import is_plural, singular_phrase

_LOWERED = re.compile(r"\b[a-z][a-z'’-]{2,}\b")
_LABEL = re.compile(r"^(?:dosage and administration|drug (?:name|class)|how supplied|dosage forms?)\b", re.IGNORECASE)
_DOSED = re.compile(r"\b\d+(?:\.\d+)? ?(?:mg|mcg|units)\b|\b(?:dosage|contraindications? to)\b", re.IGNORECASE)
_SPOKEN, _KEPT_NAMING = 2, 4


_CONDITION_SAID = re.compile(
    r"(?:this|the) (?:condition|disease|disorder|syndrome|illness|infection)(?=\s|$)", re.IGNORECASE
)
_DRUG_SAID = re.compile(r"(?:this|the) (?:drug|medicine|medication|product|agent)(?=\s|$)", re.IGNORECASE)
_PROCEDURE_SAID = re.compile(r"(?:this|the) (?:procedure|operation|technique|intervention)(?=\s|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Topic:
    """``name`` is "" when the document does not say what it is about in a few words."""

    name: str
    lowered: frozenset[str]
    drug: bool = False
    part: bool = False  # a structure, organ or system, which no question can be asked "in"
    article: str = ""
    said: re.Pattern[str] | None = None  # what stands for the topic, when a caller knows better
    treats: bool = False  # the document gives it indications or contraindications

    @property
    def sort(self) -> str:
        """Return "treatment" for an operation, a drug or what has indications, else "condition"."""
        return "treatment" if self.drug or self.treats or self.is_procedure else "condition"

    @property
    def place(self) -> str:
        """Return how a stem opens that does not name the topic otherwise: "In asthma", "For metformin"."""
        if self.part:
            return f"Regarding {self.article}{self.name}"
        return f"For {self.article}{self.name}" if self.drug else f"In {self.article}{self.name}"

    @property
    def stand_in(self) -> re.Pattern[str]:
        """Return what the text says instead of the topic: "this condition", "the drug", "this procedure"."""
        if self.said:
            return self.said
        return _DRUG_SAID if self.drug else _PROCEDURE_SAID if self.is_procedure else _CONDITION_SAID

    def placed(self, question: str) -> str:
        """Return a question with the topic named in front, unless the question names it."""
        return placed(question, self.name, self.place)

    @property
    def is_procedure(self) -> bool:
        """Return whether the topic is something done, not something one has."""
        return is_procedure(self.name)


def is_procedure(name: str) -> bool:
    """Return whether a name is that of something done, not of something one has."""
    return bool(PROCEDURE.search(name))


def placed(question: str, topic: str, place: str = "") -> str:
    """Return a question with "In <topic>" (or another place) in front, unless it names the topic; a capital opens it."""
    if names(question, topic):
        spelled = re.sub(re.escape(topic), lambda _: topic, question, flags=re.IGNORECASE)
        return spelled[:1].upper() + spelled[1:]
    return f"{place or f'In {topic}'}, {question[:1].lower()}{question[1:]}"


def names(question: str, topic: str) -> bool:
    """Return whether a question names the topic, in the singular or plural."""
    asked, bare = question.lower(), topic.lower().removeprefix("the ")
    return bool(bare) and (bare in asked or singular_phrase(bare) in asked)


def read_topic(document: Document) -> Topic:
    """Return the topic: a part of the title that can stand in a stem, else a heading or phrase the text keeps naming."""
    lowered = frozenset(_LOWERED.findall(document.text))
    headings = [section.path[0] for section in document.sections[:5] if section.path]
    titles = [named_by(part, lowered) for part in title_parts(document.title)]
    titles = [_drug_alone(one, document) for one in titles]
    spoken = [one for one in titles if one[0] and _times_named(one[0], document.text) >= _SPOKEN]
    if titles and titles[0][0] and _times_named(titles[0][0].rsplit(maxsplit=1)[-1], document.text) >= _SPOKEN:
        spoken.insert(0, titles[0])  # the text calls it by its last word: "the spleen", "the block"
    operation = re.search(rf"{DONE}\b", document.title, re.IGNORECASE)
    least = _SPOKEN if operation else 1  # of an operation, a heading that comes once is the name of a step
    named = [(named_by(part, lowered), least) for line in headings for part in title_parts(line)]
    named.append((named_by(dominant_phrase(document), lowered), _KEPT_NAMING))
    kept = [one for one, least in named if one[0] and _times_named(one[0], document.text) >= least]
    found = next((one for one in (*spoken, *(one for one in titles if one[0]), *kept)), None)
    found = found or _defined_first(document, lowered)
    if found is None:
        return Topic("", lowered)
    name = _as_written(_in_number_of_text(found[0], document.text), document.text)
    drug = found[1] or _is_drug(document, name)
    kinds = {one.group.kind for one in terms_in(name, 0, len(name)) if one.end - one.start == len(name)}
    structure = bool(kinds & _STRUCTURES) or bool(
        re.search(
            r"\b(?:fluid|system|plexus|canal|sheath|joint|region|fossa|triangle|"
            r"nerve|artery|vein|muscle|gland|valve|trunk|cavity|tract|wall|floor)$",
            name,
        )
    )
    done = bool(PROCEDURE.search(name)) or bool(kinds & {"disorder", "deficiency", "operation"})
    scale = bool(_SCALE.search(name))
    article = "" if done or not (structure or scale or _has_article(document, name)) or _has_none(name) else "the "
    return Topic(
        name,
        lowered,
        drug,
        not drug and not done and not scale and (bool(article) or structure or "hormone" in kinds),
        article,
        treats=not (kinds & {"disorder", "deficiency"} or _AILMENT.search(name))
        and any(_TREATS.match(heading) for section in document.sections for heading in section.path),
    )


def _defined_first(document: Document, lowered: frozenset[str]) -> tuple[str, bool] | None:
    """Return what a text without a telling title says first of all: "Knee arthroscopy is a …", if it speaks of it again."""
    firsts = [document.quote(one.start, one.end) for _, _, one in islice(document.sentences(), _FIRST)]
    defined = [named_by(found["name"], lowered) for first in firsts if (found := SENTENCE.match(first))]
    return next(
        (one for one in defined if one[0] and _times_named(one[0].rsplit(maxsplit=1)[-1], document.text) >= _SPOKEN),
        None,
    )


_FIRST = 3  # sentences
_STRUCTURES = frozenset(
    ("artery", "vein", "nerve", "muscle", "bone", "joint", "ligament", "organ", "gland", "plexus", "foramen", "fossa",
     "brain_region", "gut_segment", "kidney_part", "heart_part", "spinal_level", "lymph_node_group", "body_site")
)  # fmt: skip


_AILMENT = re.compile(
    r"(?:disease|disorder|syndrome|failure|itis|osis|[ae]mia|oma|pathy|cancer|infection|fracture|injury|deficiency|poisoning|hernia|"
    r"palsy|ulcer|stenosis|prolapse|obstruction|trauma|pain)s?$"
)
_TREATS = re.compile(
    r"\W*(?:[\d.]+ )?(?:absolute |relative )?(?:contra-?)?indications(?: and (?:contraindications|cautions))?\W*$",
    re.IGNORECASE,
)
_SCALE = re.compile(r"\b(?:classification|scale|score|system|criteria)$")
_EPONYM_TITLE = re.compile(r"^(?:\w+ )?(?:disease|syndrome|anemia|anaemia|contracture|palsy|fracture|esophagus|sign)$")


def _as_written(name: str, text: str) -> str:
    """Return a topic in the capitals that the text gives it inside a sentence: "Rocky Mountain spotted fever"."""
    first, _, rest = name.partition(" ")
    if _EPONYM_TITLE.search(rest) and _is_a_name(first, text):
        return f"{first.capitalize()} {rest}"  # Krabbe disease, written so wherever it stands
    for one in terms_in(name, 0, len(name)):
        known = [other for other in one.group.names_of(one.term) if other.lower() == name.lower()]
        if known and not known[0].islower():
            return known[0]
    if name.islower() and re.search(rf"\b{re.escape(name)}\b", text):
        return name
    around = re.findall(rf"\b(\w+),? ({re.escape(name)})\b(?! [A-Z])", text, re.IGNORECASE)
    written = [one for before, one in around if before.islower() and (not one.isupper() or one == name)]
    return max(sorted(set(written)), key=written.count) if written else name


def _is_a_name(word: str, text: str) -> bool:
    """Return whether a text writes a word with a capital wherever it stands: inside a sentence if it may be an adjective."""
    if not word.isalpha() or not word.islower() or re.search(rf"\b{word}\b", text):
        return False
    inside = rf"(?<=[a-z,] ){word.capitalize()}\b" if ADJECTIVE.search(word) else rf"\b{word.capitalize()}\b"
    return bool(re.search(inside, text))


def _has_none(name: str) -> bool:
    return name.startswith("the ") or is_plural(name.rsplit(maxsplit=1)[-1])


def _has_article(document: Document, name: str) -> bool:
    """Return whether the text mostly says an article before a topic's name ("the brachial plexus")."""
    said = re.findall(rf"(?:\b(\w+) )?\b{re.escape(name)}\b(?![ -]\w+ (?:is|are)\b)", document.text, re.IGNORECASE)
    return bool(said) and 2 * sum(one.lower() in ("the", "a", "an") for one in said) >= len(said)


def _drug_alone(named: tuple[str, bool], document: Document) -> tuple[str, bool]:
    """Return a drug without what it is given for: "riluzole in motor neurone disease" → "riluzole"."""
    first = re.match(r"(\S+) (?:in|for) \w", named[0])
    return (first[1], named[1]) if first and _is_drug(document, first[1]) else named


def _times_named(name: str, text: str) -> int:
    """Return how often the text names a topic, in the singular or plural."""
    return text.lower().count(singular_phrase(name.removeprefix("the ")).lower())


_DRUG_SAID_TO_BE = (
    r"[^.,;]{0,50}\b(?:drug|medicine|agent|antibiotic|diuretic|inhibitor|antagonist|agonist|blocker|analgesic|ana?esthetic|opioid|"
    r"steroid|corticosteroid|vaccine|anticoagulant|antidepressant|antipsychotic|antiviral|antifungal|antiarrhythmic|"
    r"bronchodilator|laxative|vasodilator|vasopressor|benzodiazepine|triptan|statin)\b"
)


def _is_drug(document: Document, name: str) -> bool:
    """Return whether the topic is a drug: the lexicon knows it as one, or the headings are those of a drug's label."""
    if any(
        term.group.kind in _DRUG_KINDS and term.end - term.start == len(name) for term in terms_in(name, 0, len(name))
    ):
        return True
    if re.search(
        rf"^\W*{re.escape(name)} (?:\([^)]*\) )?is (?:an? |the )?{_DRUG_SAID_TO_BE}",
        document.text,
        re.IGNORECASE | re.MULTILINE,
    ):
        return True
    if _STEM.search(name) and _DOSED.search(document.text):
        return True
    known = any(term.end - term.start == len(name) for term in terms_in(name, 0, len(name)))
    if (
        not known
        and len(name.split()) == 1
        and re.search("half-life|bioavailability", document.text)
        and _DOSED.search(document.text)
    ):
        return True
    label = any(_LABEL.match(heading) for section in document.sections for heading in section.path)
    return label and bool(_DOSED.search(document.text)) and len(name.split()) <= 2


# The stems that the World Health Organization gives the names of drugs of one kind (INN).
_STEM = re.compile(
    r"^\S*(?:mab|nib|pril|sartan|olol|statin|conazole|prazole|nidazole|cillin|mycin|micin|floxacin|vir|tidine|gliptin|gliflozin|"
    r"glutide|parin|xaban|grel|ciclib|cept|dronate|setron|triptan|azepam|zolam|barbital|caine|curium|curonium|oxetine|triptyline|"
    r"pramine|piprazole|thiazide|semide|terol|tropium|asone|solone|profen|fenac|coxib|cycline|penem|trexate|platin|rubicin|taxel|"
    r"fibrate|gabalin|racetam|adol|bactam|fungin|tecan|mustine|stigmine|dipine|zosin|afil|lukast|imod|limus|relin|tide|"
    r"kinra|parib|degib|lisib|stat|vaptan|ximab|zumab|azide|oxacin|thromycin|orphan|azone|formin|glinide|pressin|tocin)$"
)
_DRUG_KINDS = ("drug", "local_anesthetic", "vaccine", "antidote")


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
