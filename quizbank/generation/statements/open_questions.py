"""Plain clauses worth asking about that prove no other answer wrong go in; open statements for the author come out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quizbank.documents.tree import Section, Sentence
from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.clauses import Clause, Read, Span, clauses_of
from quizbank.generation.statements.labels import labelled_lines
from quizbank.generation.statements.model import Open, Phrase
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import as_option, base_form, head_noun, in_sentence, third_person

MOST_KEY_WORDS = 16
_MISSING = "wrong answers of the same kind"
_UNIQUE = re.compile(
    r"(?:the )?(?:(?:single )?most (?:common|frequent|important|sensitive|specific|effective|serious|feared|reliable|useful|accurate|"
    r"characteristic|commonly \w+|frequently \w+)(?! (?:and|or)\b)|commonest|leading|preferred|first[- ]line|strongest|earliest|main|principal|only|gold "
    r"standard|drug of choice|treatment of choice|test of choice|investigation of choice|mainstay|hallmark)\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(r"(?:due to|because of|caused by|owing to|attributed to|attributable to|explained by) ")
_PASSIVE = re.compile(
    r"(?:be )?(?P<done>(?:\w+ly )?\w+(?:ed|en|pt|ld|wn|un|ut|nd|de|xt)(?: \w+ly)?) (?P<prep>with|by|using|through|via|from|on|at|"
    r"if|when|before|after|during|until|unless|only (?:if|when)|in (?=(?:all |most |some )?(?:\w+ )?(?:patients?|people|adults|children|"
    r"women|men|infants|those|individuals)\b)|for (?=(?:all |most )?(?:\w+ )?(?:patients?|people|adults|children|women|men|"
    r"infants|those|individuals)\b)|in|for|as|to) "
)
_HOW = re.compile(
    r"\b(?:treated|managed|diagnosed|confirmed|detected|prevented|relieved|measured|assessed|made|established|monitored|controlled|"
    r"transmitted|spread|acquired|obtained|performed|inherited|reversed|corrected|reduced|achieved|visualized|identified)\b"
)
_DEFINES = re.compile(r"(?:defined as |characterized by |known as )?(?P<what>(?:an?|the) .+)")
_WHO = re.compile(
    r"(?:all |most |some )?(?:\w+ )?(?:patients?|people|adults|children|women|men|infants|those|individuals)\b"
)
_NO_OBJECT = frozenset(
    [
        "occur",
        "appear",
        "remain",
        "exist",
        "happen",
        "follow",
        "vary",
        "differ",
        "range",
        "last",
        "include",
        "comprise",
        "tend",
        "need",
        "require",
        "lie",
        "persist",
        "recur",
        "seem",
        "be",
        "have",
        "present",
        "begin",
        "allow",
        "help",
        "make",
        "take",
        "survive",
        "keep",
    ]
)
_UNSAID_KEY = re.compile(r"(?:so|very|usually|often|able|likely|not|as|the same)\b", re.IGNORECASE)
_VAGUE_KEY = re.compile(
    r"^(?:important|common|rare|possible|necessary|needed|available|used|useful|helpful|different|similar|the same|present|"
    r"unclear|unknown|uncertain|good|better|excellent|more|less|as|so|very|usually|often|able|likely|not)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Asked:
    """A question, the words that answer it and the rule it came from: answers of one rule may stand beside each other."""

    question: str
    key: Span
    rule: str


def read_open(passage: Passage) -> Iterator[Open]:
    """Yield one open statement per sentence at most: cause, condition, means, definition, effect, list."""
    if not passage.topic.name:
        return
    for read in clauses_of(passage, lambda clause: True):
        patients = passage.patients(read.section)
        if patients is not None and (found := next(_asked_of(passage, read, patients), None)):
            yield found


def read_applied(passage: Passage) -> Iterator[Open]:
    """Yield, for every line that opens with a label, what applies to it: the other lines are its rivals."""
    if not passage.topic.name:
        return
    for section in passage.sections():
        rows = [row for row in labelled_lines(passage, section) if _is_label(row.label.text)]
        for row in rows if len(rows) >= FEWEST_LABELS else []:
            key = _key(passage, row.description.start, row.description.end)
            label = in_sentence(row.label.text, passage.topic.lowered)
            if key:
                question = passage.placed(section, f"Which of the following applies to {label}?")
                rule = f"label {section.start}"
                yield Open(passage.source(section, row.start, row.end), question, key, _MISSING, (key,), rule)


FEWEST_LABELS = 3


def _is_label(text: str) -> bool:
    return 1 <= len(text.split()) <= 7 and not re.search(
        r"\d|\b(?:note|notes|refs?|recommendation|step|figure|table)\b", text, re.IGNORECASE
    )


def _asked_of(passage: Passage, read: Read, patients: str) -> Iterator[Open]:
    for clause in read.clauses:
        for ask in NEGATIVE_RULES if clause.is_negative else RULES:
            if asked := ask(clause, passage):
                statement = _open(passage, read.section, read.sentence, asked, patients)
                if statement:
                    yield statement
                    break


def _open(passage: Passage, section: Section, sentence: Sentence, asked: _Asked, patients: str) -> Open | None:
    key = _key(passage, *asked.key)
    if key is None:
        return None
    question = " ".join(asked.question.split()).replace(" ?", "?").replace(" ,", ",")
    if patients and patients not in question:
        question = f"{question[:-1]} {patients}?"
    source = passage.source(section, sentence.start, sentence.end)
    return Open(source, passage.placed(section, question), key, _MISSING, (key,), asked.rule)


def _key(passage: Passage, start: int, end: int) -> Phrase | None:
    """Return the answer as an option shows it, None when it is too long, too short or says nothing."""
    start, end = _without_verb_phrase(passage.text, start, end)
    raw = re.sub(r"\s*\([^()]*\)", "", passage.text[start:end])
    text = as_option(clean(raw), passage.topic.lowered)
    words = text.split()
    vague = _VAGUE_KEY.match(text) if len(words) <= 2 else _UNSAID_KEY.match(text)
    if not 1 <= len(words) <= MOST_KEY_WORDS or len(text) < 3 or vague:
        return None
    return Phrase(text, start, end)


def _without_verb_phrase(text: str, start: int, end: int) -> Span:
    """Return an answer's span up to where another verb begins: "damaged discs(, accesses the spine)"."""
    for found in re.finditer(r"(?:,| and| but|;| or),?(?: \w+ly)? (?P<word>[a-z]+)\b", text[start:end]):
        word = found["word"]
        if word in verb_words("auxiliaries") or (word != base_form(word) and base_form(word) in verb_words("verbs")):
            if base_form(word) not in verb_words("also_nouns"):
                return start, start + found.start()
    return start, end


def _said(clause: Clause) -> tuple[str, int]:
    """Return the words behind the operator or from the lexical verb on, and where they begin."""
    start = clause.rest_span[0]
    text = clause.text[start : clause.rest_span[1]]
    return text.lstrip(), start + len(text) - len(text.lstrip())


def _unique(clause: Clause, passage: Passage) -> _Asked | None:
    said, start = _said(clause)
    if clause.operator not in ("is", "are", "remains") or clause.verb:
        return None
    end = clause.rest_span[1]
    behind = f" {clause.opening_words}" if clause.opening else ""
    if _UNIQUE.match(clause.subject_words.removeprefix("the ")):
        return _Asked(f"What {clause.operator} {clause.subject_words}{behind}?", (start, end), "unique")
    found = _UNIQUE.match(said)
    if found and len(said.split()) >= 4:
        one = in_sentence(clause.rest_without(None), clause.lowered)
        one = one if one.startswith("the ") else f"the {one}"
        return _Asked(f"What {clause.operator} {one}{behind}?", clause.subject, "unique")
    return None


_MOST = re.compile(r"the (?P<noun>\w+) (?P<most>(?:most|least) \w+ \w+(?:ed|en|wn|rn|t)(?: [^,;]*)?)$")


def _most(clause: Clause, passage: Passage) -> _Asked | None:
    """The big toe is the joint most often affected → Which joint is most often affected?"""
    said, _ = _said(clause)
    found = _MOST.match(said.rstrip(" ."))
    if not found or clause.operator not in ("is", "are") or clause.verb:
        return None
    noun = head_noun(clause.subject_words) if found["noun"] in ("one", "ones") else found["noun"]
    return _Asked(f"Which {noun} {clause.operator} {found['most']}?", clause.subject, "unique")


_REASON = re.compile(r",? (?:because|since|so that|so as|in order)(?! of\b) ")


def _reason(clause: Clause, passage: Passage) -> _Asked | None:
    """X is avoided because Y → Why is X avoided?"""
    end = _sentence_end(clause)
    found = _REASON.search(clause.text, clause.rest_span[0], end)
    if not found or found.start() > clause.rest_span[1] + 2:
        return None
    stop = re.compile(r"[.;]|, (?:and|but|while|whereas) ").search(clause.text, found.end(), end)
    key = (found.start() + len(found[0]) - len(found[0].lstrip(" ,")), stop.start() if stop else end)
    left = clause.rest_without((min(found.start(), clause.rest_span[1]), clause.rest_span[1]))
    if not left:
        return None
    return _Asked(clause.asked("Why", (min(found.start(), clause.rest_span[1]), clause.rest_span[1])), key, "why")


def _sentence_end(clause: Clause) -> int:
    return clause.start + len(clause.text[clause.start : clause.end].rstrip(" .\n"))


_NOT = re.compile(
    r"not (?:be )?(?:\w+ly )?(?P<done>recommended|indicated|needed|used|given|required|advised|delayed|withheld|offered|performed|"
    r"added|stopped|started|suggested|necessary|associated|contraindicated|continued|affected|excluded|repeated|combined)"
    r"(?: \w+ly)?(?P<rest>.*)$"
)


def _not(clause: Clause, passage: Passage) -> _Asked | None:
    """X is not recommended in Y → What is NOT recommended in Y?"""
    said = clause.rest_without(None)
    found = _NOT.match(said.rstrip(" ."))
    if not found or clause.verb or len(found["rest"].split()) < 2:
        return None
    be = "be " if said.startswith("not be") else ""
    rest = clean(re.sub(r"\s*\([^()]*\)", "", found["rest"]))
    behind = f" {clause.opening_words}" if clause.opening else ""
    return _Asked(f"What {clause.operator} NOT {be}{found['done']} {rest}{behind}?", clause.subject, "not")


def _cause(clause: Clause, passage: Passage) -> _Asked | None:
    found = _CAUSE.search(clause.text, *clause.rest_span)
    if not found:
        return None
    key = (found.end(), clause.rest_span[1])
    if found[0].startswith("caused") and found.start() - clause.rest_span[0] <= 8:
        return _Asked(f"What causes {clause.subject_words}?", key, "cause")
    left = clause.rest_without((found.start(), clause.rest_span[1]))
    return _Asked(clause.asked("Why", (found.start(), clause.rest_span[1])), key, "cause") if left else None


def _passive(clause: Clause, passage: Passage) -> _Asked | None:
    said, start = _said(clause)
    found = _PASSIVE.match(said)
    if not found or clause.verb:
        return None
    prep, end = found["prep"].strip(), clause.rest_span[1]
    key, cut = (start + found.end(), end), (start + found.start("prep"), end)
    if prep in ("in", "for") and _WHO.match(said, found.end()):
        return _Asked(clause.asked(f"{prep.capitalize()} which patients", cut), key, "patients")
    if prep in ("if", "when", "before", "after", "during", "until", "unless", "only if", "only when"):
        return _Asked(clause.asked("When", cut), (start + found.start("prep"), end), "when")
    if prep == "in" and re.match(r"an? (?:\w+[ -]){1,3}(?:manner|pattern|fashion)\b", said[found.end() :]):
        return _Asked(clause.asked("How", cut), (start + found.start("prep"), end), "how")
    if prep == "in":
        return _Asked(clause.asked("In which situation", cut), key, "situation")
    if prep in ("with", "by", "using", "through", "via") and _HOW.search(found["done"]):
        return _Asked(clause.asked("How", cut), (start + found.start("prep"), end), "how")
    if prep == "to" and said[found.end() :].split(" ")[0] in verb_words("verbs"):
        return _Asked(clause.asked("Why", cut), (start + found.start("prep"), end), "why")
    if prep == "at" and re.match(r"least|most|\d", said[found.end() :]):
        return None
    return _Asked(clause.asked("What", key), key, prep)


def _definition(clause: Clause, passage: Passage) -> _Asked | None:
    said, start = _said(clause)
    found = _DEFINES.fullmatch(said.rstrip(" ."))
    subject = clause.subject_words
    if not found or clause.operator not in ("is", "are") or clause.verb or len(subject.split()) > 5:
        return None
    if len(found["what"].split()) < 4 or clause.opening:
        return None
    return _Asked(
        f"What {clause.operator} {subject}?", (start + found.start("what"), clause.rest_span[1]), "definition"
    )


def _list(clause: Clause, passage: Passage) -> _Asked | None:
    said, start = _said(clause)
    if base_form(clause.verb) not in ("include", "comprise") or "," not in said:
        return None
    question = f"What do {clause.subject_words} include?"
    return _Asked(question, (start, clause.rest_span[1]), "list")


def _effect(clause: Clause, passage: Passage) -> _Asked | None:
    """X causes Y → What does X cause?; X can lead to Y → What can X lead to?"""
    said, start = _said(clause)
    verb, offset = clause.verb, 0
    if not verb:
        if clause.operator not in ("can", "may", "should", "must", "will", "might"):
            return None
        first = said.split(" ", 1)[0]
        if first not in verb_words("verbs"):
            return None
        verb, offset = first, len(first) + 1
    if base_form(verb) in _NO_OBJECT:
        return None
    rest = said[offset:]
    if re.match(
        r"\w+ly\b|(?:over|under|above|below|beneath|along|around|more|less|up|down|out|back|beyond|near|through)\b",
        rest,
    ):
        return None
    prep = re.match(r"(?:to|in|on|of|from|for|with|as|into|by) ", rest)
    key_start = start + offset + (prep.end() if prep else 0)
    if re.match(r"(?:and|or|only|that|how|whether|when|if|at|within|after|before|during|between|more|less)\b", rest):
        return None
    cut = (key_start, clause.rest_span[1])
    return _Asked(clause.asked("What", cut), cut, f"effect {base_form(verb)}")


_PEOPLE = re.compile(
    r"(?:all |most |many |some )?(?:\w+ )?(?P<who>patients|people|adults|children|women|men|infants|neonates|newborns|carriers|"
    r"individuals|persons|boys|girls)\b"
)
_FEWEST_SAID = 5


def _subject(clause: Clause, passage: Passage) -> _Asked | None:
    """Dry skin separates the one from the other → What separates the one from the other?; of people, which ones."""
    subject = clause.subject_words
    rest = clause.rest_without(None)
    names_topic = subject.lower().removeprefix("the ") in (
        passage.topic.name.lower(),
        f"the {passage.topic.name.lower()}",
    )
    if clause.stands_for or names_topic or len(rest.split()) < _FEWEST_SAID or len(subject.split()) > 10:
        return None
    people = _PEOPLE.match(subject)
    if people and people.end() == len(subject):
        return None
    adverb = f"{clause.adverb} " if clause.adverb else ""
    said = rest
    if clause.verb:
        kept = clean(re.sub(r"\s*\([^()]*\)", "", clause.text[slice(*clause.rest_span)])).strip(" .,;:")
        said = f"{adverb}{clause.verb if people else third_person(clause.verb)} {kept}"
    else:
        operator = clause.operator if people else _AGREED.get(clause.operator, clause.operator)
        said = f"{operator} {rest}"
    behind = f" {clause.opening_words}" if clause.opening else ""
    said = re.sub(r"\bnot\b", "NOT", said, count=1)
    which = f"Which {people['who']}" if people else "What"
    return _Asked(f"{which} {said}{behind}?", clause.subject, "subject")


_AGREED = {"are": "is", "have": "has", "do": "does", "were": "was"}
Rule = Callable[[Clause, Passage], _Asked | None]
NEGATIVE_RULES: tuple[Rule, ...] = (_reason, _not, _subject)
RULES: tuple[Rule, ...] = (
    _unique,
    _most,
    _reason,
    _list,
    _cause,
    _passive,
    _definition,
    _effect,
    _subject,
)
