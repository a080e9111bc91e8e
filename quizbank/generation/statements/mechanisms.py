"""Lines and clauses that tell a drug's class or its target go in; the question that each answers comes out.

"Torasemide is a loop diuretic", "Class: loop diuretic", "A selective inhibitor of xanthine oxidase", "Blocks the P2Y12 receptor".
A drug of which the document names two classes of one group, or two targets, is not asked: which is meant needs more words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizbank.documents.tree import Section
from quizbank.generation.lexicon.finding import FoundTerm, terms_in
from quizbank.generation.lexicon.reading import neighbors
from quizbank.generation.statements.model import Phrase, TermUse
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import in_sentence, opened

DRUG_CLASS, DRUG_TARGET = "drug_class", "drug_target"
_FIRST_LINES = 3
_OPENING = 500  # characters in which a document says what its drug is for
_FIELDS = {  # the neighbors in these groups act on germs: the drug must be one for infections
    "antibacterial classes": re.compile(r"bacteri|antibiotic|antimicrob|infection|tubercul", re.IGNORECASE),
    "antibacterial targets": re.compile(r"bacteri|antibiotic|antimicrob|infection|tubercul", re.IGNORECASE),
    "antifungal, antiviral and antiparasitic targets": re.compile(
        r"fung|vir(?:us|al)|parasit|malaria|worm", re.IGNORECASE
    ),
}
_NO_GERMS = re.compile(r"immunosuppress|transplant", re.IGNORECASE)  # sirolimus is a macrolide by structure alone
_SPELLINGS = (
    ("anesthe", "anaesthe"),
    ("estrogen", "oestrogen"),
    ("izing", "ising"),
    ("tumor", "tumour"),
    ("hemo", "haemo"),
)
_TELLING, _OPENING_LETTERS = (
    4,
    3,
)  # letters of a drug's name that stand in the key alone tell it (doxycycline, a tetracycline)
_SUBJECT = r"(?:{topic}|it|this (?:drug|medicine|agent)|the drug)(?: \([^()]*\))?"
_PLAIN = (
    r"(?:(?!(?:of|that|which|used|with|for|to|in|by|on|at|from|not|unlike|and|or|is|was|are|has|it|no|chemically|isomer|[a-z]+ing)"
    r"\b(?!-))[\w’'–-]+,? ){0,5}"
)
_MEMBER = r"(?:(?:member of|drug of|drug in|one of) the (?:class of )?)?"
_CLASS_TOLD = (
    rf"\W*{_SUBJECT}(?:,? (?:is|was|belongs to(?: the (?:class|group|family) of)?)|,|:| [–—-]) "
    rf"(?:an? |the )?{_MEMBER}{_PLAIN}"
)
_LABELS = (
    r"(?:pharmacotherapeutic |pharmacological |pharmacologic |therapeutic |chemical |drug )?"
    r"(?:class(?:ification)?|group|type|category|drug|family)(?: of (?:drug|medicine))?(?: and action)?|"
    r"what (?:it is|is it|class|kind of drug)"
)
_BEFORE = r"(?:[^,;:.()|]{3,50}[,;:] )?"  # "Antihypertensive; ACE inhibitor", "An antiretroviral: integrase inhibitor"
_CLASS_LINE = rf"\W*(?:{_LABELS})[*_]*(?:\s*[:|–—-]|(?-i:(?<=[A-Z]{{3}})))[*_\s]*{_BEFORE}(?:an? |the )?{_PLAIN}"
_CLASS_OPENS = rf"\W*{_BEFORE}(?:an? )?{_PLAIN}"
_OF_THE_CLASS = r"\W*(?:an? )?[^,;:.()|]{3,60} of the "
_CLASS_ENDS = re.compile(
    r"(?:\s+(?:drugs?|agents?|antibiotics?|antibacterials?|class|group|family|medicines?))?"
    r"(?:\s*\([^()]*\))?\s*"
    r"(?:$|[.,;:|\n–—·]|and (?:acts|is|works|blocks|inhibits)\b|of the [\w-]+ (?:type|family|series|kind)\b|"
    r"(?:that|which|with|for|to|in|on|active|effective|whose|first|chemically|structurally|given|taken|(?!(?:based|derived)\b)[a-z]+ed)\b)"
)
_IS_CLASS = re.compile(r"\s+(?:class|group|family)\b")
_WEAK = re.compile(r"\b(?:weak|weakly|partial|partly|direct-acting|not|like|also|indirect)\b|\bnon-$", re.IGNORECASE)
_ACTS = {
    "inhibits": "inhibit", "inhibiting": "inhibit", "inhibition of": "inhibit", "inhibitor of": "inhibit",
    "blocks": "block", "blocking": "block", "blockade of": "block", "blocker of": "block",
    "antagonizes": "block", "antagonises": "block", "antagonist of": "block", "antagonist at": "block",
    "activates": "activate", "stimulates": "stimulate", "agonist at": "activate", "agonist of": "activate",
    "binds": "bind", "binds to": "bind to",
}  # fmt: skip
_ACT = "|".join(sorted(map(re.escape, _ACTS), key=len, reverse=True))
_HOW = (
    r"(?:(?:an? |the |by )?"
    r"(?:[a-z]+ly |selective |competitive |reversible |irreversible |potent |direct |specific |oral |non-competitive |and )*)"
)
_TARGET_TOLD = (
    r"\W*(?:(?:mechanism(?: of action)?|mode of action|actions?|moa|how it works|pharmacology|pharmacodynamics)"
    r"[*_]*\s*[:|.–—-][*_\s]*)?"
    rf"(?:(?:{_SUBJECT} (?:(?:is|acts (?:by|as)|works by) )?)?(?:(?:is )?an? {_PLAIN}(?:that|which) )?{_HOW}(?P<act>{_ACT})|"
    rf"(?:(?:molecular )?target|acts (?:up)?on|works on|site of action)[*_]*\s*[:|–—-][*_]*) "
    r"(?:the )?(?:enzyme |platelet |neuronal |bacterial |viral )?"
)
_TARGET_ENDS = re.compile(
    r"(?:\s*\([^()]*\))?\s*(?:$|[.;|\n]|, (?!and\b|or\b|as well\b)|(?:in|on|within|throughout|thereby|so|which|that|for)\b)"
)


def read_mechanisms(passage: Passage) -> Iterator[TermUse]:
    """Yield a drug's class and its target, each once, where the document tells no other."""
    topic = passage.topic
    if not topic.name or not topic.drug or re.search(r"\band\b|[/,+]|–|\bwith\b", topic.name):
        return
    told = list(_told(passage))
    for kind in (DRUG_CLASS, DRUG_TARGET):
        own = [one for one in told if one.found.group.kind == kind]
        if own and len({one.found.term for one in own}) == 1:
            use = _use(passage, own[0])
            if use:
                yield use


def is_mechanism(use: TermUse) -> bool:
    """Return whether a term in its place is the class or target of the document's own drug."""
    named = f"(?:to which drug class|which target|(?:to|on) which target) does {re.escape(use.source.topic)} "
    return use.group.kind in (DRUG_CLASS, DRUG_TARGET) and bool(re.match(named, use.question, re.IGNORECASE))


@dataclass(frozen=True)
class _Told:
    section: Section
    start: int
    end: int
    found: FoundTerm
    question: str


def _told(passage: Passage) -> Iterator[_Told]:
    """Yield every place that tells a class or target of the topic."""
    name = re.escape(passage.topic.name)
    class_told = re.compile(rf"(?:{_CLASS_TOLD}|{_CLASS_LINE})".replace("{topic}", name), re.IGNORECASE)
    target_told = re.compile(_TARGET_TOLD.replace("{topic}", name), re.IGNORECASE)
    opens, of_the_class = re.compile(_CLASS_OPENS, re.IGNORECASE), re.compile(_OF_THE_CLASS, re.IGNORECASE)
    text = _without_brackets(passage.text)
    for number, (section, start, end) in enumerate(_lines(passage)):
        for found in terms_in(text, start, end):
            before = clean(text[start : found.start]).replace(" ,", ",")
            before += " " if before and not before.endswith("-") else ""
            after = text[found.end : end]
            if found.group.kind == DRUG_CLASS:
                opening = number < _FIRST_LINES or re.match(rf", (?:it|{name})\b", after)
                first = opening and opens.fullmatch(before) and text[found.end - 1] != "s"
                named = opening and of_the_class.fullmatch(before) and _IS_CLASS.match(after)
                says = not _WEAK.search(before) and (class_told.fullmatch(before) or first or named)
                if says and _CLASS_ENDS.match(after):
                    yield _Told(section, start, end, found, f"To which drug class does {passage.topic.name} belong?")
            elif (
                found.group.kind == DRUG_TARGET
                and (says := target_told.fullmatch(before))
                and _TARGET_ENDS.match(after)
            ):
                act = _ACTS[says["act"].lower()] if says["act"] else "act on"
                asked = f"Which target does {passage.topic.name} {act}?"
                yield _Told(section, start, end, found, asked if not act.endswith(("on", "to")) else _turned(asked))


def _without_brackets(text: str) -> str:
    """Return a text of the same length with blanks for what stands in brackets: "converting enzyme (ACE) inhibitor"."""
    return re.sub(r"\([^()\n]{1,40}\)", lambda found: " " * len(found[0]), text)


def _turned(asked: str) -> str:
    """Return a question that ends in a preposition with it in front: "To which target does levetiracetam bind?"."""
    words = asked.rstrip("?").split()
    return f"{words[-1].capitalize()} which {' '.join(words[1:-1])}?"


def _lines(passage: Passage) -> Iterator[tuple[Section, int, int]]:
    for section, _, sentence in passage.prose():
        if not passage.is_special(section):
            yield section, sentence.start, sentence.end
    for section in passage.sections():
        for block in section.blocks:
            rows = [row for row in block.entries if len([cell for cell in row.cells if cell[0] < cell[1]]) == 2]
            if block.kind == "table" and len(rows) == len(block.entries):
                yield from ((section, row.start, row.end) for row in rows)


def _use(passage: Passage, told: _Told) -> TermUse | None:
    """Return the question unless its key repeats the drug's name, which would tell it."""
    found, topic = told.found, passage.topic.name
    written = clean(_without_brackets(passage.text[found.start : found.end]))
    if written.lower()[:-1] in {name.lower() for name in found.group.names_of(found.term)}:
        written = written[:-1]  # "belongs to the loop diuretics"
    field = _FIELDS.get(found.group.name)
    opening = passage.text[:_OPENING]
    if _echoes(written, topic) or (field and (not field.search(opening) or _NO_GERMS.search(opening))):
        return None
    if found.group.kind == DRUG_TARGET and _targets_named(passage) > {found.term}:
        return None
    text = passage.text.lower()
    siblings = [
        _spelled(name, text)
        for name in neighbors(found.group.kind).get(found.term, ())
        if not _shares_letters(name, topic) and (found.group.kind == DRUG_CLASS or name.lower() not in text)
    ]
    written = next(
        (name for name in found.group.names_of(found.term) if name.casefold() == written.casefold()), written
    )
    written = re.sub(r" (?:antibiotic|drug|agent)$", "", written) if _is_known_bare(found, written) else written
    answer = Phrase(opened(in_sentence(written, passage.topic.lowered)), found.start, found.end)
    return TermUse(
        passage.source(told.section, told.start, told.end),
        told.question,
        found.group,
        (found.term,),
        answer,
        tuple(map(opened, siblings)),
        (answer, Phrase("", told.start, told.end)),
    )


def _is_known_bare(found: FoundTerm, written: str) -> bool:
    """Return whether a term is as well known without the noun behind it: "macrolide antibiotic" is a macrolide."""
    bare = re.sub(r" (?:antibiotic|drug|agent)$", "", written)
    return bare.casefold() in {name.casefold() for name in found.group.names_of(found.term)}


def _targets_named(passage: Passage) -> frozenset[str]:
    """Return the targets that the document says anything acts on."""
    sentences = (passage.text[start:end] for _, start, end in _lines(passage))
    acted_on = [text for text in sentences if re.search(rf"\b(?:{_ACT}|affinity|agonist|antagonist)\b", text)]
    kinds = (DRUG_TARGET, "receptor")
    return frozenset(one.term for text in acted_on for one in terms_in(text, 0, len(text)) if one.group.kind in kinds)


def _spelled(name: str, text: str) -> str:
    """Return a term in the document's own spelling, American or British."""
    for american, british in _SPELLINGS:
        if british in text:
            name = name.replace(american, british)
    return name


def _echoes(key: str, topic: str) -> bool:
    """Return whether a key sounds like the drug's name, which tells it: cefalexin, cephalosporin; paclitaxel, taxane."""
    heard, name = key.lower().replace("ph", "f"), topic.lower().replace("ph", "f")
    opens = any(word[:_OPENING_LETTERS] in name for word in heard.split() if len(word) > _TELLING)
    return opens or _shares_letters(key, topic)


def _shares_letters(one: str, other: str) -> bool:
    """Return whether a run of letters long enough to be seen, or heard, stands in both."""
    first, second = one.lower().replace("ph", "f"), other.lower().replace("ph", "f")
    runs = (first[at : at + _TELLING] for at in range(len(first) - _TELLING + 1))
    return any(run.isalpha() and run in second for run in runs)
