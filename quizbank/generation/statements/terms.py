"""Sentences with a term of the lexicon in a telling place in; the term, its question and its siblings out."""

import re
from collections.abc import Iterator
from functools import cache

from quizbank.generation.lexicon.reading import TermGroup, term_groups
from quizbank.generation.statements.labels import ACT
from quizbank.generation.statements.model import Phrase, TermUse
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.statements.term_positions import POSITIONS, ask_position
from quizbank.generation.statements.term_reader import TermReader, found_in, openings_of, with_plain_topic
from quizbank.generation.statements.term_risks import ask_at_risk, ask_gas, ask_injured
from quizbank.generation.wording import capitalised, head_noun, in_sentence, is_plural, share_root

_PRONOUN = re.compile(r"\b(?:its|their|it|they|them|this|these|those|your|you|he|she|his|her)\b", re.IGNORECASE)
_SUPPLIED = (
    r"(?P<what>(?:[A-Z]|\bthe )[^,.;:()]{5,80}?) (?:(?P<be>is|are|was|were) (?:\w+ly )?)?(?P<link>supplied by|based "
    r"on|caused by) (?:the |an? )?(?P<term>TERM)(?P<rest>\s+\w+)?"
)
_VERB_LEFT = re.compile(r"\b(?:is|are|was|were|be|been|has|have|comes?|which|that)\b")
# Half a name: which half of what, which tip?
PART_OF_WHAT = re.compile(
    r"(?:the )?(?:\w+ )?(?:half|third|quarter|part|portion|side|pole|tip|dorsum|base|apex|margin|edge|border|"
    r"end|skin|remnant|stump|area|region)s?",
    re.IGNORECASE,
)
_USED = (
    r"\b(?:us(?:es|ed|ing|e)) (?:the |an? )?(?P<term>TERM(?:(?: or | and |, )TERM)?) (?P<aim>(?:to|for) "
    r"[^,.;:()]{4,70})"
)
_FRONTED = (
    r"(?P<where>(?:With|During|When|After|Before) [^,.;()]{5,70}),[^.;]{0,120}?(?:the )(?P<who>\w+) will "
    r"use (?:the |an? )?(?P<term>TERM) (?P<aim>(?:to|for) [^,.;:()]{4,50})"
)
_DUE = r"(?P<what>[A-Z][^,.;:()]{5,80}?) (?P<be>is|are) (?P<state>\w+) due to (?P<term>TERM(?: and TERM)?) forces?\b"
_WHO = r"(?:An? |The |Only an? )?(?P<term>TERM) (?P<does>(?:will|should|must) [^.;:()]{10,110})\.?$"
_DECIDES = (
    r"(?P<what>[A-Z][^,.;:()]{8,80}?) is an? dec[a-z]{5,8} (?:that )?only an? (?P<term>TERM) (?:will|can|"
    r"should|may) (?:make|take)\b"
)
_AMONG = (
    r"(?P<kind>[A-Z]\w+ \w+s) include (?P<list>[^.;:()]{10,200}?)(?:, all (?P<aim>intended to [^.,;:()]{5,60}))?\.?$"
)
# What members of a team do for patients beyond their craft: who does it, a reader can tell only from the text.
_TASKS = (
    r"teach(?:es)?|shows?|instructs?|explains?|advises?|guides?|supervises?|arranges?|assesses|visits?|decides?|checks?|reviews?|fits?|"
    r"adjusts?|prescribes?|monitors?|helps?|assists?|plans?|changes|reports?|examines?|sees|tests?|measures?|recommends?|coordinates?|"
    r"selects?|marks?|trains?|records?|observes?|clears?|approves?|gives|calls?|prepares?|discusses|follows|makes|provides?|designs?|sets"
)
_DOES = rf"(?:An? |The |Your |Only an? )?(?P<term>TERM) (?P<does>(?:usually |also |then )?(?:{_TASKS}) [^.;:()]{{8,110}})\.?$"
_BY_WHOM = (
    r"(?P<what>[A-Z][^,.;:()]{3,70}?) (?P<be>is|are|should be) (?P<done>(?:usually )?(?:taught|seen|made|given|shown|"
    r"\w+ed)(?: [^,.;:()]{0,40}?)?) "
    r"by (?:an? |the |your )(?P<term>TERM)(?P<rest> (?:in(?! charge)|at|before|after|during|on|every|within)\b[^,.;:()]{3,50})?\.?$"
)
# A surgeon operates and an anesthetist puts to sleep: that is no question.
_CRAFT = re.compile(
    r"\b(?:remov|cut|incis|operat|stitch|sutur|clos|open|repair|reconstruct|implant|insert|perform|anesth|anaesth|inject|attach|replac)"
)
# What is the plain craft of a specialist answers itself; that a surgeon does something about an operation always does.
_CRAFT_OF = {
    "surgeon": "",
    "anesthesiologist": r"airway|intubat|sedat|block|spinal|epidural|ventilat|consciousness|anesth|anaesth",
    "radiologist": r"scan|imag|ultraso|\bCT\b|\bMRI\b|x-ray|radiogr|contrast|fluorosc|guidance",
    "pathologist": r"report|histol|margin|tissue|specimen|section|biops|nodes",
    "dietitian": r"\bdiet|meals?\b|\bfat\b|\bsalt\b|body mass|oxalate",
    "oncologist": r"chemother|radiother|systemic|tumou?r drug",
    "neonatologist": r"baby|newborn|neonat",
}
_FULL = 5  # words: "advises about work" leaves open about whose
_OBJECTLESS = re.compile(
    r"(?:\w+ly )?\w+ (?:within|at|in|after|before|every|daily|once|twice|again|about)\b|.*\b(?:unusual|special|certain|such)\b"
)
# Things that only the sentence before names: whose dose, which muscle?
UNRESOLVED = re.compile(
    r"\bthe (?:dose|muscle|drug|medicine|gland|organ|vessel|results?|treatment|plan|structure|program(?:me)?|nerve|"
    r"artery|vein|area|lesion|"
    r"mass|tumou?r|device|test|fluid|material|substance|bone|layer|space|membrane|tissue)s?(?= (?:in|after|before|"
    r"during|at|every|with|when)\b|\?|$)"
)
_ADDRESSED = ((r"\byour\b", "the patient's"), (r"\byou\b", "the patient"))
_GUIDED = (
    r"(?P<what>[A-Z][^,.;:()]{4,70}?) (?P<be>is|are) (?P<done>[^,.;:()]{4,60}?) (?:under|with|by) (?P<term>TERM) "
    r"(?:guidance|control)\b"
)
_SEEN = (
    r"(?P<what>[A-Z][^,.;:()]{4,70}?) (?P<be>is|are|should be|must be) (?P<done>(?:\w+ly )?(?:confirmed|checked|verified|located|"
    r"identified|mapped|visualized|visualised|followed|assessed|detected|excluded|marked|monitored|shown)) "
    r"(?:by|with|on|using) (?:an? |the )?(?P<term>TERM)(?P<rest> (?:before|after|during)\b[^,.;:()]{3,50})?\.?$"
)
_IS_USED = (
    r"(?:An? |The )?(?P<term>TERM) (?:is|are) (?:\w+ly )?(?:used|performed|done|obtained|needed|required) "
    r"(?P<aim>(?:\w+ly )?to [^,.;:()]{4,90}?)\.?$"
)


@cache
def _names_one(group: TermGroup) -> re.Pattern[str]:
    """Return what finds a sentence that may speak of a group's terms."""
    return re.compile("|".join(POSITIONS.values()), re.IGNORECASE) if group.kind == "position" else found_in(group)


def read_terms(passage: Passage) -> Iterator[TermUse]:
    """Yield the questions that a lexicon term in a sentence answers."""
    if not passage.topic.name:
        return
    passage = with_plain_topic(passage)
    for section, _, sentence in (*passage.prose(), *passage.addressed()):
        if passage.is_special(section):
            continue
        words = frozenset(_TOKEN.findall(passage.text[sentence.start : sentence.end].lower()))
        for group, openings in _asked_groups():
            if (not openings or openings & words) and _names_one(group).search(
                passage.text, sentence.start, sentence.end
            ):
                yield from _asked_of(TermReader(passage, section, sentence.start, sentence.end, group))


_TOKEN = re.compile(r"\w+")


@cache
def _asked_groups() -> tuple[tuple[TermGroup, frozenset[str]], ...]:
    """Return the groups that are asked for, with the words that their names open with; none for positions."""
    groups = [group for group in term_groups() if group.kind in SHAPES]
    return tuple((group, frozenset() if group.kind == "position" else openings_of(group)) for group in groups)


def _asked_of(reader: TermReader) -> Iterator[TermUse]:
    """Yield the statement of the first shape that fits; a question with a pronoun is not asked."""
    for ask in SHAPES[reader.group.kind]:
        statement = ask(reader)
        if statement and not _PRONOUN.search(statement.question):
            yield statement
            return


def _supplied(reader: TermReader) -> TermUse | None:
    found = reader.match(_SUPPLIED)
    if found is None or _VERB_LEFT.search(found["what"]) or PART_OF_WHAT.fullmatch(clean(found["what"])):
        return None
    what, noun = reader.words(found, "what"), reader.group.noun
    past = bool(found["rest"] and found["rest"].endswith("ed")) or found["be"] in ("was", "were")
    be = "are" if is_plural(head_noun(what)) else "is"
    question = {
        "supplied by": f"Which {noun} {'supplied' if past else 'supplies'} {what} in {reader.topic}?",
        "based on": f"In {reader.topic}, on which {noun} {be} {what} based?",
        "caused by": f"Which {noun} causes {what}?",
    }[found["link"]]
    return reader.statement(found, question)


def _used(reader: TermReader) -> TermUse | None:
    found = reader.match(_USED, anywhere=True, any_case=True)
    heading = (
        in_sentence(clean(reader.section.path[-1]).rstrip(":. "), reader.passage.topic.lowered)
        if reader.section.path
        else ""
    )
    if found is None or not heading or not _SEEING.match(found["aim"]):
        return None
    aim = reader.words(found, "aim")
    plain = " in " in aim or not ACT.search(heading) or share_root(heading, f"{reader.topic} {aim}")
    place = f"in {reader.topic}" if plain else f"in {heading} for {reader.topic}"
    return reader.statement(found, f"Which {reader.group.noun} is used {aim} {place}?")


def _fronted(reader: TermReader) -> TermUse | None:
    found = reader.match(_FRONTED)
    if found is None:
        return None
    where, who, aim = (reader.words(found, name) for name in ("where", "who", "aim"))
    return reader.statement(found, f"{reader.place}, {where}, what does the {who} use {aim}?")


def _due(reader: TermReader) -> TermUse | None:
    found = reader.match(_DUE)
    if found is None:
        return None
    what = reader.words(found, "what")
    heading = (
        in_sentence(clean(reader.section.path[-1]).rstrip(":. "), reader.passage.topic.lowered)
        if reader.section.path
        else ""
    )
    what = re.sub(r"^their ", "the ", what) + (f" of a {heading}" if what.startswith("their ") else "")
    question = f"In {reader.topic}, which forces make {what} {found['state']}?"
    return reader.statement(found, question)


def _who(reader: TermReader) -> TermUse | None:
    found = reader.match(_WHO, any_case=True)
    if found is None:
        return None
    does = _told_of(reader.words(found, "does"))
    unclear = UNRESOLVED.search(does) or _is_plain_craft(reader, found, does)
    return None if unclear else reader.statement(found, f"{reader.place}, who {does}?", article=True)


def _decides(reader: TermReader) -> TermUse | None:
    found = reader.match(_DECIDES)
    if found is None:
        return None
    what = reader.words(found, "what")
    place = "" if reader.topic in what else f" after {reader.topic}"
    return reader.statement(found, f"Who makes the decision about {what}{place}?", article=True)


def _among(reader: TermReader) -> TermUse | None:
    found = reader.match(_AMONG)
    terms = reader.terms_in(found["list"]) if found else ()
    if found is None or len(terms) < 2:
        return None
    named = reader.passage.text.lower()
    siblings = tuple(capitalised(name) for name in reader.group.apart if name.lower() not in named)
    start = reader.passage.text.lower().index(terms[-1].lower(), found.start("list"))
    answer = Phrase(capitalised(terms[-1]), start, start + len(terms[-1]))
    aim = f" {reader.words(found, 'aim')}" if found["aim"] else ""
    question = f"Which of the following is among the {reader.words(found, 'kind')}{aim} in {reader.topic}?"
    return (
        TermUse(reader.source(), question, reader.group, terms, answer, siblings, (answer,))
        if len(siblings) >= 2
        else None
    )


def _does(reader: TermReader) -> TermUse | None:
    """The stoma nurse teaches the patient to change the pouch → Who teaches …?"""
    found = reader.match(_DOES, any_case=True)
    if found is None:
        return None
    does = _told_of(reader.words(found, "does"))
    unclear = _CRAFT.search(does) or _OBJECTLESS.match(does) or UNRESOLVED.search(does) or len(does.split()) < _FULL
    return (
        None
        if unclear or _is_plain_craft(reader, found, does)
        else reader.statement(found, f"{reader.place}, who {does}?", article=True)
    )


def _by_whom(reader: TermReader) -> TermUse | None:
    """The exercises are taught by a physiotherapist → By whom are the exercises taught?"""
    found = reader.match(_BY_WHOM, any_case=True)
    if found is None or _CRAFT.search(found["done"]) or _is_plain_craft(reader, found, found[0]):
        return None
    be, _, rest = found["be"].partition(" ")
    done = " ".join(
        (rest, _told_of(reader.words(found, "done")), reader.words(found, "rest") if found["rest"] else "")
    ).strip()
    return reader.statement(found, f"{reader.place}, by whom {be} {reader.words(found, 'what')} {done}?", article=True)


def _is_plain_craft(reader: TermReader, found: re.Match[str], does: str) -> bool:
    """Return whether who does it needs no reading: the craft of a specialist, or the organ that the operation is about."""
    for term in reader.terms_in(found["term"]):
        craft = _CRAFT_OF.get(term)
        own = reader.group.name == _SURGICAL and reader.group.may_fit(term, reader.topic)
        if own or (craft is not None and re.search(craft, does, re.IGNORECASE)):
            return True
    return False


_SURGICAL = "surgical specialists"


def _told_of(words: str) -> str:
    """Return what a text tells a patient ("your home") as it is told of one, without what hangs on it."""
    words = re.sub(r", (?:and|but|who|which|because|so|while|as|since|if|when|usually|often)\b.*$", "", words)
    for spoken, told in _ADDRESSED:
        words = re.sub(spoken, told, words)
    return words


def _guided(reader: TermReader) -> TermUse | None:
    """The vein is punctured under ultrasound guidance → Under the guidance of which imaging is the vein punctured?"""
    found = reader.match(_GUIDED, any_case=True)
    if found:
        what, done = reader.words(found, "what"), reader.words(found, "done")
        return reader.statement(
            found, f"{reader.place}, which imaging is used for guidance when {what} {found['be']} {done}?"
        )
    found = reader.match(_SEEN, any_case=True)
    if found is None:
        return None
    be, _, rest = found["be"].partition(" ")
    behind = f" {reader.words(found, 'rest')}" if found["rest"] else ""
    asked = " ".join(f"by which imaging {be} {reader.words(found, 'what')} {rest} {found['done']}{behind}".split())
    return reader.statement(found, f"{reader.place}, {asked}?")


def _is_used(reader: TermReader) -> TermUse | None:
    """Fluoroscopy is used to confirm the level → Which imaging is used to confirm the level?"""
    found = reader.match(_IS_USED, any_case=True)
    if found is None or not _SEEING.match(found["aim"]):
        return None
    return reader.statement(found, f"{reader.place}, which imaging is used {reader.words(found, 'aim')}?")


# What one does with a picture. Whoever breaks up a lens or heats a nerve with ultrasound sees nothing by it.
_SEEING = re.compile(
    r"(?:to|for) (?:\w+ly )?(?:see|view|visuali[sz]|guid|confirm|check|verif|locat|locali[sz]|identif|find|map|measur|assess|"
    r"detect|exclud|rule out|show|demonstrat|delineat|outlin|evaluat|examin|inspect|follow|monitor|plan|mark|stag|look|"
    r"diagnos|enhanc|improv)"
)


SHAPES = {
    "position": (ask_position,),
    "nerve": (ask_at_risk, ask_injured),
    "vein": (ask_at_risk, ask_injured),
    "gas": (ask_gas,),
    "specialist": (_who, _does, _by_whom),
    "artery": (_supplied, ask_at_risk, ask_injured),
    "plexus": (_supplied,),
    "force": (_due,),
    "imaging": (_fronted, _used, _guided, _is_used),
    "role": (_who, _does, _by_whom),
    "decider": (_decides,),
    "spine_procedure": (_among,),
}
