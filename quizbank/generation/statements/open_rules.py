"""A plain clause goes in; the question it answers comes out: what is most common, what it does, what it is, what does it.

Each rule reads one shape of clause and says how much its question is worth; the best ones of a sentence are asked.
"""

import re
from collections.abc import Callable

from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.statements.answers import Asked, is_telling
from quizbank.generation.statements.clause import Clause
from quizbank.generation.statements.open_circumstances import CIRCUMSTANCES, ask_not
from quizbank.generation.statements.open_compared import ask_compared
from quizbank.generation.statements.open_havings import HAVINGS, NEGATIVE_HAVINGS
from quizbank.generation.statements.open_manners import MANNERS, ask_in_vain
from quizbank.generation.statements.open_reasons import ask_fronted_reason, ask_reason
from quizbank.generation.statements.open_shares import ask_among
from quizbank.generation.statements.open_states import NEGATIVE_STATES, STATES
from quizbank.generation.statements.open_wording import (
    AGREED,
    ASKED_KINDS,
    EMPTY,
    PERSONS,
    TAIL,
    opening_behind,
    words_behind,
)
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import NUMBER_WORDS, base_form, head_noun, in_sentence, is_plural, third_person

_UNIQUE = re.compile(
    r"(?:the )?(?:(?:single )?most (?:common|frequent|important|sensitive|specific|effective|serious|feared|"
    r"reliable|useful|accurate|"
    r"characteristic|commonly \w+|frequently \w+)(?! (?:and|or)\b)|commonest|leading|preferred(?! (?:to|in|for|if|when|"
    r"over)\b)|first[- ]line|"
    r"strongest|earliest|main|chief|principal|only|gold "
    r"standard|drug of choice|treatment of choice|test of choice|investigation of choice|mainstay|hallmark)\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(r"(?:defined as |characterized by |known as )?(?P<what>(?:an?|the) .+)")
_NO_OBJECT = verb_words("no_object")


def _unique(clause: Clause, passage: Passage) -> Asked | None:
    said, start = words_behind(clause)
    end = clause.rest_span[1]
    if _UNIQUE.match(clause.subject_words.removeprefix("the ")) and not clause.is_negative:
        comes = re.match(r"(?:from|through|via) ", said) if clause.verb in ("comes", "come") else None
        if comes:  # the chief supply comes from X → what is the chief supply?
            return Asked(
                f"What is {clause.subject_words}{opening_behind(clause)}?", (start + comes.end(), end), "unique", 4
            )
        if clause.operator in ("is", "are", "remains") and not clause.verb:
            return Asked(
                f"What {clause.operator} {clause.subject_words}{opening_behind(clause)}?", (start, end), "unique", 4
            )
    if clause.operator not in ("is", "are", "remains") or clause.verb:
        return None
    found = _UNIQUE.match(said)
    if found and len(said.split()) >= 4 and not EMPTY.fullmatch(clause.subject_words):
        one = TAIL.sub("", in_sentence(clause.rest_without(None), clause.lowered))
        one = one if one.startswith("the ") else f"the {one}"
        return Asked(f"What {clause.operator} {one}{opening_behind(clause)}?", clause.subject, "unique", 4)
    return None


_MOST = re.compile(r"the (?P<noun>\w+) (?P<most>(?:most|least) \w+ \w+(?:ed|en|wn|rn|t)(?: [^,;]*)?)$")


def _most(clause: Clause, passage: Passage) -> Asked | None:
    """The big toe is the joint most often affected → Which joint is most often affected?"""
    said, _ = words_behind(clause)
    found = _MOST.match(TAIL.sub("", said).rstrip(" ."))
    if not found or clause.operator not in ("is", "are") or clause.verb:
        return None
    noun = head_noun(clause.subject_words) if found["noun"] in ("one", "ones") else found["noun"]
    return Asked(f"Which {noun} {clause.operator} {found['most']}?", clause.subject, "unique", 4)


_ROLE = (
    r"(?:mechanism|cause|treatment|antidote|trigger|alternative|diagnosis|source|vector|agent|aim|goal|key|"
    r"complication|site|indication|"
    r"contraindication|sign|clue|feature|exception|management|prophylaxis|prevention|reservoir|hazard|risk|symptom|"
    r"finding|procedure|"
    r"operation|approach|test|investigation|choice|drug|regimen|predictor|determinant|marker|pathogen|route|supply|"
    r"therapy|target|"
    r"measure|presentation|defect|lesion|remedy|standard|limit|threshold|danger|problem|concern|reason|dose|precursor|"
    r"landmark|cornerstone|backbone|priority|emergency|drawback|advantage|disadvantage|name)s?"
)
_ROLE_SUBJECT = re.compile(
    rf"(?:(?:the|its) )?(?:[\w-]+ ){{0,3}}{_ROLE}(?: (?:of|for|in|to|behind|against|after|with) [^,;]{{3,60}})?",
    re.IGNORECASE,
)
_ROLE_SAID = re.compile(
    rf"(?:an?|the) (?:[\w-]+ ){{0,3}}{_ROLE}(?: (?:of|for|in|to|against|after|with) [^,;]{{3,60}})?$"
)


_ROLES_SAID = re.compile(
    r"(?P<what>(?:the )?(?:(?:common|usual|typical|frequent|chief|main|commonest|recogni[sz]ed|important|early|late|rare|"
    r"absolute|relative|serious) )*(?:contraindications|triggers|complaints|clues|signs|causes|features|complications|"
    r"symptoms|sources|"
    r"vectors|indications|predictors|findings|precipitants|reservoirs)(?: (?:of|for|to|in) [^,;]{3,60})?)$"
)


def _role(clause: Clause, passage: Passage) -> Asked | None:
    """The usual mechanism is pupillary block → What is the usual mechanism?; X is the antidote → What is the antidote?"""
    said, start = words_behind(clause)
    subject, rest = clause.subject_words, TAIL.sub("", clause.rest_without(None))
    if clause.operator not in ("is", "are", "remains") or clause.verb or clause.stands_for:
        return None
    if _ROLE_SAID.match(rest) and not PERSONS.fullmatch(subject) and not EMPTY.fullmatch(subject):
        care = " of care" if rest in _BARE_ROLES else ""
        return Asked(f"What is {rest}{care}{opening_behind(clause)}?", clause.subject, "unique", 3)
    if (roles := _ROLES_SAID.match(rest)) and not PERSONS.fullmatch(subject) and not EMPTY.fullmatch(subject):
        asked = roles["what"] if roles["what"].startswith("the ") else f"the {roles['what']}"
        return Asked(f"What {clause.operator} {asked}{opening_behind(clause)}?", clause.subject, "unique", 3)
    if subject.removeprefix("the ") in ("gene", "enzyme") and is_telling(said):
        return Asked(f"Which {subject.removeprefix('the ')} is involved?", (start, clause.rest_span[1]), "unique", 3)
    if _ROLE_SUBJECT.fullmatch(subject) and not re.match(
        r"(?:\w+ly |therefore |also |then |now )?\w+(?:ed|en|ing|ul|less|nt|al|er)\b(?! \w+$)|(?:un)?common\b|rare\b|few\b",
        said,
    ):
        be = "is" if clause.operator == "remains" else clause.operator
        if len(said.split()) < 2 and not is_telling(said):
            return None
        asked = subject if subject.startswith("the ") else f"the {subject}"
        return Asked(f"What {be} {asked}{opening_behind(clause)}?", (start, clause.rest_span[1]), "unique", 3)
    return None


_BARE_ROLES = frozenset(f"the {role}" for role in ("cornerstone", "mainstay", "backbone", "priority"))
_STATED = re.compile(
    r"(?:(?:usually|often|particularly|highly|most|almost|always|typically|generally|relatively|"
    r"absolutely) )*(?P<state>typical|characteristic|"
    r"diagnostic|contraindicated|avoided|mandatory|pathognomonic|suggestive|spared|essential|curative|protective|"
    r"curable|fatal|"
    r"unreliable|ineffective|universal|obligatory|unnecessary|forbidden|diagnosed|affected|raised|lost|absent|"
    r"preserved|impaired)"
    r"(?P<rest>(?: (?:of|for|in|by|at|on|against|after|during) [^,;]+)?)$"
)


def _stated(clause: Clause, passage: Passage) -> Asked | None:
    """Visual halos and confusion are typical → What is typical?"""
    found = _STATED.match(TAIL.sub("", clause.rest_without(None)))
    subject = clause.subject_words
    if not found or clause.verb or clause.stands_for or clause.operator not in ("is", "are") or PERSONS.match(subject):
        return None
    if found["state"] not in _ALONE and not found["rest"] and not clause.opening:
        return None
    if EMPTY.fullmatch(subject) or (len(subject.split()) < 2 and not is_telling(subject)):
        return None
    return Asked(f"What is {found[0]}{opening_behind(clause)}?", clause.subject, "unique", 2)


_ALONE = frozenset(
    (
        "typical",
        "characteristic",
        "diagnostic",
        "contraindicated",
        "avoided",
        "mandatory",
        "pathognomonic",
        "curative",
        "spared",
    )
)
_RESTS = re.compile(
    r"(?P<what>treatment|diagnosis|management|prevention|prophylaxis|prognosis|outcome|therapy|risk|severity|survival)$"
)


def _rests(clause: Clause, passage: Passage) -> Asked | None:
    """Treatment consists of X → What does treatment consist of?; the diagnosis rests on Y → What does it rest on?"""
    said, start = words_behind(clause)
    found = _RESTS.search(clause.subject_words)
    if not found or clause.verb not in ("consists", "rests", "depends", "relies", "requires", "includes", "involves"):
        return None
    prep = re.match(r"(?:of|on|upon) ", said)
    cut = (start + (prep.end() if prep else 0), clause.rest_span[1])
    return Asked(clause.asked("What", cut), cut, "rests", 4)


def _definition(clause: Clause, passage: Passage) -> Asked | None:
    said, start = words_behind(clause)
    found = _DEFINES.fullmatch(said.rstrip(" ."))
    subject = clause.subject_words
    if not found or clause.operator not in ("is", "are") or clause.verb or len(subject.split()) > 5:
        return None
    if (
        len(found["what"].split()) < 5
        or re.search(r"\bmost (?:often|commonly|frequently)\b", said)
        or clause.opening
        or EMPTY.fullmatch(subject)
        or PERSONS.match(subject)
    ):
        return None
    if re.match(
        r"(?:an?|the) (?:most|only|vessel|common|leading|frequent|recogni[sz]ed|serious|major|important|rare|good|"
        r"possible|useful|\w+ problem)\b",
        found["what"],
    ):
        return None
    key = (start + found.start("what"), clause.rest_span[1])
    return Asked(f"What {clause.operator} {subject}?", key, "definition", 3)


def _list(clause: Clause, passage: Passage) -> Asked | None:
    said, start = words_behind(clause)
    if base_form(clause.verb) not in ("include", "comprise", "are") or "," not in said:
        return None
    question = f"What do {clause.subject_words} include{opening_behind(clause)}?"
    return Asked(question, (start, clause.rest_span[1]), "list", 4)


_TELLING_VERBS = frozenset(
    """cause prevent reduce increase inhibit block stimulate suppress supply drain innervate limit encode indicate suggest predict
    require treat exclude confirm reverse mask mimic precipitate trigger raise lower accelerate slow speed delay impair protect
    point distinguish detect account contain produce release activate bind convert metabolize define show reveal worsen
    improve relieve prolong potentiate enhance endanger injure divide separate form pierce traverse leave enter contraindicate call
    become exceed affect complicate follow precede appear achieve lead result""".split()  # noqa: SIM905 - reads as a list
)


def _effect(clause: Clause, passage: Passage) -> Asked | None:
    """X causes Y → What does X cause?; X can lead to Y → What can X lead to?"""
    said, start = words_behind(clause)
    verb, offset = clause.verb, 0
    if not verb:
        if clause.operator not in ("can", "may", "should", "must", "will", "might"):
            return None
        first = said.split(" ", 1)[0]
        if first not in verb_words("verbs") and first not in verb_words("behind_modals"):
            return None
        verb, offset = first, len(first) + 1
    base = base_form(verb)
    if (
        _ACTING.match(clause.subject_words)
        or base in _NO_OBJECT - _TELLING_VERBS
        or base in _DULL
        or PERSONS.fullmatch(clause.subject_words)
        or EMPTY.fullmatch(clause.subject_words)
    ):
        return None
    rest = said[offset:]
    if re.match(
        r"\w+ly\b|(?:straight|deep|lateral|medial|itself|together|over|under|above|below|beneath|along|around|more|less|up|down|out|back|beyond|near|through|one|there|"
        r"weeks|months|days|hours|years|and|or|only|that|how|whether|when|if|at|within|after|before|during|between|"
        r"also|an? (?:role|part)|part|place|about|"
        r"approximately|roughly|nearly|almost|some|is|are|can|may|will|worse|better|the same|not)\b|\d",
        rest,
    ):
        return None
    prep = re.match(r"(?:to|in|on|of|from|for|with|as|into|by|against) ", rest)
    key_start = start + offset + (prep.end() if prep else 0)
    if prep and re.match(r"\w+ing\b|(?:in|at|on) ", rest[prep.end() :]):
        return None
    if prep and prep[0] in ("in ", "as ") and base not in ("result",):
        return None
    cut = (key_start, clause.rest_span[1])
    return Asked(clause.asked("What", cut), cut, f"effect {base}", 2 + (base in _TELLING_VERBS))


_DULL = frozenset("get feel look seem go come take do use say wait call offer see tell think start complete".split())  # noqa: SIM905
_PEOPLE = re.compile(
    r"(?:all |most |many |some )?(?:\w+ )?(?P<who>patients|people|adults|children|women|men|infants|neonates|newborns|"
    r"carriers|"
    r"individuals|persons|boys|girls)\b"
)
_ACTING = re.compile(r"(?:using|having|taking|doing|being|getting|making) ", re.IGNORECASE)
_PERSON = re.compile(
    r"(?:an? |the |some )?(?:person|child|baby|infant|travelers|doctors?|nurse|team|relative)s? (?:with|who|whose|on|"
    r"of|between|aged|under|over|older|younger) "
)
# Words that only medicine uses, known by their ends where the lexicon does not know them.
_TECHNICAL = re.compile(
    r"(?!(?:dia|pro|ana)(?:gno|ly)sis|(?:med|rout|decl)ine|(?:dis|incre|decre|rele)ase|(?:contr|protoc)ol|climate|candidate|estimate)"
    r"[a-z-]{5,}(?:ine|ate|ol|ide|ase|a?emia|itis|osis|oma|pathy|mab|nib|uria|algia|plegia|ectomy|scopy|graphy|otomy|penia|trophy|"
    r"rrh[oe]+a|plasty|pn[oe]+a|cardia|genesis|lysis|phagia|esthesia|edema|oedema|spasm|cyte|megaly)"
)
_FEWEST_SAID, _MOST_SAID = 4, 22


def _subject(clause: Clause, passage: Passage) -> Asked | None:
    """Dry skin separates the one from the other → What separates the one from the other?; of people, which ones."""
    subject = clause.subject_words
    rest = TAIL.sub("", clause.rest_without(None))
    bare = subject.lower().removeprefix("the ")
    people = _PEOPLE.match(subject)
    if (
        clause.stands_for
        or bare == passage.topic.name.lower().removeprefix("the ")
        or not (2 if is_telling(subject) and _is_telling_verb(clause, rest) else _FEWEST_SAID)
        <= len(rest.split())
        <= _MOST_SAID
        or len(subject.split()) > 12
        or EMPTY.fullmatch(subject)
        or PERSONS.fullmatch(subject)
        or (people and people.end() == len(subject))
        or not (is_telling(subject) or len(subject.split()) > 2 or people or _TECHNICAL.fullmatch(bare))
        or re.match(r"(?:about |some |at least |only )*\d", subject)
        or (clause.operator == "are" and (is_plural(rest.split()[0]) or "," in rest))
        or _ACTING.match(subject)
        or re.match(r"[’'n]t\b|n[’']t\b", clause.text[clause.finite + len(clause.operator) :])
    ):
        return None
    if re.match(
        rf"(?:is |are |was |were )?(?:only |to |about |around |between |\d|(?:{'|'.join(NUMBER_WORDS[2:])})\b|been|"
        rf"reported|described|shown|documented)",
        rest,
    ) or (re.match(r"(?:range|lie|last|vary|average)s? ", rest)):
        return None
    named = [
        one
        for one in terms_in(bare, 0, len(bare))
        if one.end - one.start == len(bare) and one.group.kind in ASKED_KINDS
    ]
    person = _PERSON.match(subject)
    which = (
        f"Which {people['who']}" if people else "Who" if person else f"Which {named[0].group.noun}" if named else "What"
    )
    behind = f"{opening_behind(clause)}?"
    said = re.sub(r"\bnot\b", "NOT", _predicate(clause, rest, bool(people)), count=1)
    base = base_form(clause.verb) if clause.verb else ""
    return Asked(f"{which} {said}{behind}", clause.subject, "subject", 1 + bool(named) + (base in _TELLING_VERBS))


def _is_telling_verb(clause: Clause, rest: str) -> bool:
    return bool(clause.verb) or base_form(rest.split(" ", 1)[0]) in _TELLING_VERBS


def _predicate(clause: Clause, rest: str, plural: bool) -> str:
    """Return what is said of a subject, the verb in the number of "what" (or of people)."""
    adverb = f"{clause.adverb} " if clause.adverb else ""
    if clause.verb:
        kept = clean(re.sub(r"\s*\([^()]*\)", "", clause.text[slice(*clause.rest_span)])).strip(" .,;:")
        kept = TAIL.sub("", kept)
        return f"{adverb}{base_form(clause.verb) if plural else third_person(clause.verb)} {kept}"
    operator = clause.operator if plural else AGREED.get(clause.operator, clause.operator)
    return f"{operator} {rest}"


Rule = Callable[[Clause, Passage], Asked | None]
NEGATIVE_RULES: tuple[Rule, ...] = (
    ask_reason,
    ask_fronted_reason,
    ask_not,
    ask_in_vain,
    *NEGATIVE_STATES,
    *NEGATIVE_HAVINGS,
    _subject,
)
RULES: tuple[Rule, ...] = (
    _unique,
    _most,
    ask_reason,
    ask_fronted_reason,
    _role,
    ask_compared,
    _rests,
    _stated,
    _list,
    *MANNERS,
    *CIRCUMSTANCES,
    *STATES,
    *HAVINGS,
    ask_among,
    _definition,
    _effect,
    _subject,
)
