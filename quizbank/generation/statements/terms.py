"""Sentences with a term of the lexicon in a telling place in; the term, its question and its siblings out."""

import re
from collections.abc import Iterator
from functools import cache

from quizbank.documents.tree import Section
from quizbank.generation.lexicon.reading import TermGroup, has_neighbors, rivals, term_groups
from quizbank.generation.statements.labels import ACT
from quizbank.generation.statements.model import Phrase, Source, TermUse
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import capitalised, head_noun, in_sentence, is_plural, share_root, with_article

_PRONOUN = re.compile(r"\b(?:its|their|it|they|them|this|these|those|your|you|he|she|his|her)\b", re.IGNORECASE)
_SUPPLIED = (
    r"(?P<what>(?:[A-Z]|\bthe )[^,.;:()]{5,80}?) (?:(?P<be>is|are|was|were) )?(?P<link>supplied by|based "
    r"on|caused by) (?:the |an? )?(?P<term>TERM)(?P<rest>\s+\w+)?"
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
_OBJECTLESS = re.compile(r"(?:\w+ly )?\w+ (?:within|at|in|after|before|every|daily|once|twice|again)\b")
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
# How texts say in which position somebody is, by position: one only per document may be asked.
_POSITIONS = {
    "supine position": r"supine|on (?:the|his|her|their) back",
    "prone position": r"prone|face[- ]down",
    "lateral decubitus position": r"(?:(?:left|right|full) )?lateral(?: decubitus)?(?= position|,|\.| with)|"
    r"lateral decubitus|on (?:one|the \w+) side|"
    r"on (?:his|her|their) side",
    "lithotomy position": r"lithotomy",
    "beach chair position": r"beach[- ]chair",
    "sitting position": r"(?:sits|sit|sitting|seated)(?= up| upright| position| on the| leaning| with|,|\.)",
    "Fowler position": r"semi-?(?:sitting|recumbent|fowler)|fowler",
    "jackknife position": r"jack-?knife",
    "knee–chest position": r"knee[–-]chest",
    "Trendelenburg position": r"(?<!reverse )trendelenburg",
    "reverse Trendelenburg position": r"reverse trendelenburg",
}
_SITTING = re.compile(r"\b(?:sits?|sitting|seated|upright)\b", re.IGNORECASE)
_PLAINLY = {"supine position": "On the back", "prone position": "Face down", "sitting position": "Sitting upright",
            "lateral decubitus position": "On one side"}  # fmt: skip
_SUPINE = "supine position"  # what most operations need: no question
_PLACED = re.compile(
    r"\b(?:The |An? )?(?P<who>patients?|child|woman|man|infant)\b[^.;:()]{0,40}? (?:lies|lie|is laid|is placed|"
    r"are placed|is positioned|are positioned|"
    r"is turned|are turned|is put|is)(?: then)?(?: in)?(?: an?| the)? (?P<position>POSITION)\b",
    re.IGNORECASE,
)


@cache
def _pattern(shape: str, group: TermGroup) -> re.Pattern[str]:
    names = sorted({name for term in group.terms for name in group.names_of(term)}, key=lambda name: (-len(name), name))
    either = "(?:" + "|".join(re.escape(name) for name in names) + ")"
    return re.compile(shape.replace("TERM", either), re.IGNORECASE if shape in _ANY_CASE else 0)


@cache
def _found_in(group: TermGroup) -> re.Pattern[str]:
    names = sorted({name for term in group.terms for name in group.names_of(term)}, key=lambda name: (-len(name), name))
    return re.compile(r"\b(?:" + "|".join(re.escape(name) for name in names) + r")\b", re.IGNORECASE)


@cache
def _names_one(group: TermGroup) -> re.Pattern[str]:
    """Return what finds a sentence that may speak of a group's terms."""
    return re.compile("|".join(_POSITIONS.values()), re.IGNORECASE) if group.kind == "position" else _found_in(group)


def read_terms(passage: Passage) -> Iterator[TermUse]:
    """Yield the questions that a lexicon term in a sentence answers."""
    if not passage.topic.name:
        return
    for section, _, sentence in (*passage.prose(), *passage.addressed()):
        if passage.is_special(section):
            continue
        for group in term_groups():
            if group.kind in SHAPES and _names_one(group).search(passage.text, sentence.start, sentence.end):
                reader = _Reader(passage, section, sentence.start, sentence.end, group)
                yield from reader.read()


class _Reader:
    """Tries every shape on one sentence for one group of terms."""

    def __init__(self, passage: Passage, section: Section, start: int, end: int, group: TermGroup) -> None:
        self.passage, self.section, self.group = passage, section, group
        self.start, self.end = start, end
        self.topic = passage.topic.name
        self.place = passage.place(section, start)

    def read(self) -> Iterator[TermUse]:
        """Yield at most one statement per shape; a question with a pronoun is not asked."""
        for ask in SHAPES[self.group.kind]:
            statement = ask(self)
            if statement and not _PRONOUN.search(statement.question):
                yield statement
                return

    def match(self, shape: str, anywhere: bool = False) -> re.Match[str] | None:
        """Return where a shape fits the sentence, from its beginning unless ``anywhere``."""
        pattern = _pattern(shape, self.group)
        find = pattern.search if anywhere else pattern.match
        return find(self.passage.text, self.start, self.end)

    def words(self, found: re.Match[str], name: str) -> str:
        """Return a part of the match as it stands inside a sentence."""
        return in_sentence(clean(found[name]), self.passage.topic.lowered).rstrip(" .")

    def source(self) -> Source:
        """Return the sentence as the source."""
        return self.passage.source(self.section, self.start, self.end)

    def statement(self, found: re.Match[str], question: str, article: bool = False) -> TermUse | None:
        """Return the statement whose answer is the matched term; None when siblings are missing, unless by their field."""
        terms = self.terms_in(found["term"])
        asked = question.removeprefix(self.place)
        apart = (
            rivals(self.group, terms[0], asked)
            if len(terms) == 1 and has_neighbors(self.group)
            else self.group.siblings(terms)
        )
        siblings = [name for name in apart if not self._near(name, asked)]
        if len(siblings) < 2:
            siblings = []
        text = self.words(found, "term")
        if article:
            text, siblings = with_article(text), [with_article(name) for name in siblings]
        elif len(terms) == 2:
            link = "or" if " or " in found["term"] else "and"
            pairs = zip(siblings[::2], siblings[1::2], strict=False)
            siblings = [f"{one} {link} {other}" for one, other in pairs]
        answer = Phrase(capitalised(text), *found.span("term"))
        used = tuple(Phrase("", *found.span(name)) for name in found.groupdict() if found[name])
        shown = tuple(capitalised(name) for name in siblings)
        return TermUse(self.source(), question, self.group, terms, answer, shown, used)

    def terms_in(self, text: str) -> tuple[str, ...]:
        """Return the group's terms that a text names, whatever synonym it uses."""
        named = tuple(
            term
            for term in self.group.terms
            if any(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) for name in self.group.names_of(term))
        )
        # "occupational therapist" names no therapist besides
        return tuple(
            term
            for term in named
            if not any(term != other and re.search(rf"\b{re.escape(term)}\b", other) for other in named)
        )

    def _near(self, name: str, question: str) -> bool:
        """Return whether a sibling shows up in the sentence, or is named after a word of the question."""
        sentence = self.passage.text[self.start : self.end].lower()
        own = name.lower().removesuffix(self.group.noun.split()[-1]).strip()
        parts = [part for part in own.replace("-", " ").split() if len(part) >= 5]
        return name.lower() in sentence or any(part in question.lower() for part in parts) or share_root(own, question)


def _supplied(reader: _Reader) -> TermUse | None:
    found = reader.match(_SUPPLIED)
    if found is None:
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


def _used(reader: _Reader) -> TermUse | None:
    found = reader.match(_USED, anywhere=True)
    heading = (
        in_sentence(clean(reader.section.path[-1]).rstrip(":. "), reader.passage.topic.lowered)
        if reader.section.path
        else ""
    )
    if found is None or not heading:
        return None
    aim = reader.words(found, "aim")
    plain = " in " in aim or not ACT.search(heading) or share_root(heading, f"{reader.topic} {aim}")
    place = f"in {reader.topic}" if plain else f"in {heading} for {reader.topic}"
    return reader.statement(found, f"Which {reader.group.noun} is used {aim} {place}?")


def _fronted(reader: _Reader) -> TermUse | None:
    found = reader.match(_FRONTED)
    if found is None:
        return None
    where, who, aim = (reader.words(found, name) for name in ("where", "who", "aim"))
    return reader.statement(found, f"{reader.place}, {where}, what does the {who} use {aim}?")


def _due(reader: _Reader) -> TermUse | None:
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


def _who(reader: _Reader) -> TermUse | None:
    found = reader.match(_WHO)
    does = _told_of(reader.words(found, "does")) if found else ""
    unclear = not does or UNRESOLVED.search(does)
    return None if found is None or unclear else reader.statement(found, f"{reader.place}, who {does}?", article=True)


def _decides(reader: _Reader) -> TermUse | None:
    found = reader.match(_DECIDES)
    if found is None:
        return None
    what = reader.words(found, "what")
    place = "" if reader.topic in what else f" after {reader.topic}"
    return reader.statement(found, f"Who makes the decision about {what}{place}?", article=True)


def _among(reader: _Reader) -> TermUse | None:
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


def _does(reader: _Reader) -> TermUse | None:
    """The stoma nurse teaches the patient to change the pouch → Who teaches …?"""
    found = reader.match(_DOES)
    if found is None:
        return None
    does = _told_of(reader.words(found, "does"))
    unclear = _CRAFT.search(does) or _OBJECTLESS.match(does) or UNRESOLVED.search(does)
    return None if unclear else reader.statement(found, f"{reader.place}, who {does}?", article=True)


def _by_whom(reader: _Reader) -> TermUse | None:
    """The exercises are taught by a physiotherapist → By whom are the exercises taught?"""
    found = reader.match(_BY_WHOM)
    if found is None or _CRAFT.search(found["done"]):
        return None
    be, _, rest = found["be"].partition(" ")
    done = " ".join(
        (rest, _told_of(reader.words(found, "done")), reader.words(found, "rest") if found["rest"] else "")
    ).strip()
    return reader.statement(found, f"{reader.place}, by whom {be} {reader.words(found, 'what')} {done}?", article=True)


def _told_of(words: str) -> str:
    """Return what a text tells a patient ("your home") as it is told of one, without what hangs on it."""
    words = re.sub(r", (?:and|but|who|which|because|so|while|as|since|if|when|usually|often)\b.*$", "", words)
    for spoken, told in _ADDRESSED:
        words = re.sub(spoken, told, words)
    return words


def _guided(reader: _Reader) -> TermUse | None:
    """The vein is punctured under ultrasound guidance → Under the guidance of which imaging is the vein punctured?"""
    found = reader.match(_GUIDED)
    if found:
        what, done = reader.words(found, "what"), reader.words(found, "done")
        return reader.statement(
            found, f"{reader.place}, which imaging is used for guidance when {what} {found['be']} {done}?"
        )
    found = reader.match(_SEEN)
    if found is None:
        return None
    be, _, rest = found["be"].partition(" ")
    behind = f" {reader.words(found, 'rest')}" if found["rest"] else ""
    asked = " ".join(f"by which imaging {be} {reader.words(found, 'what')} {rest} {found['done']}{behind}".split())
    return reader.statement(found, f"{reader.place}, {asked}?")


def _is_used(reader: _Reader) -> TermUse | None:
    """Fluoroscopy is used to confirm the level → Which imaging is used to confirm the level?"""
    found = reader.match(_IS_USED)
    return (
        reader.statement(found, f"{reader.place}, which imaging is used {reader.words(found, 'aim')}?")
        if found
        else None
    )


def _placed(reader: _Reader) -> TermUse | None:
    """The patient lies prone → In which position is the patient placed?, where the document knows one position only."""
    text = reader.passage.text
    known = [name for name, said in _POSITIONS.items() if re.search(rf"\b(?:{said})\b", text, re.IGNORECASE)]
    several = known == ["lateral decubitus position"] and _SITTING.search(text)
    if len(known) != 1 or several or known[0] == _SUPINE or known[0] not in reader.group.terms:
        return None
    shape = _PLACED.pattern.replace("POSITION", _POSITIONS[known[0]])
    found = re.compile(shape, re.IGNORECASE).search(text, reader.start, reader.end)
    if found is None:
        return None
    who = "patient" if found["who"].lower() == "patients" else found["who"].lower()
    question = f"{reader.place}, in which position is the {who} placed?"
    plain = bool(re.match(r"on |face", found["position"], re.IGNORECASE))
    apart = [name for name in rivals(reader.group, known[0], question) if not plain or name in _PLAINLY]
    siblings = tuple(_PLAINLY[name] if plain else capitalised(name.removesuffix(" position")) for name in apart)
    answer = Phrase(capitalised(clean(found["position"])), *found.span("position"))
    return TermUse(
        reader.source(), question, reader.group, (known[0],), answer, siblings if len(siblings) > 1 else (), (answer,)
    )


_ANY_CASE = (_WHO, _USED, _DOES, _BY_WHOM, _GUIDED, _SEEN, _IS_USED)
SHAPES = {
    "position": (_placed,),
    "specialist": (_who, _does, _by_whom),
    "artery": (_supplied,),
    "plexus": (_supplied,),
    "force": (_due,),
    "imaging": (_fronted, _used, _guided, _is_used),
    "role": (_who, _does, _by_whom),
    "decider": (_decides,),
    "spine_procedure": (_among,),
}
