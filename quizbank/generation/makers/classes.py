"""Which class of a scale fits a description, or which of several ranges fits a class; the others stand beside it."""

import random
import re
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite, one_line, quoted
from quizbank.generation.lexicon.reading import verb_words
from quizbank.generation.ordering import ROMAN
from quizbank.generation.statements.labels import measure_of
from quizbank.generation.statements.model import Described, LabelList, Source, Statement
from quizbank.generation.wording import EPONYMS, NUMBER_WORDS, in_sentence, roots
from quizbank.items.content import Citation

NAME = "classes"


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield two candidates per scale at most, one per set of ranges; two scales of one noun must have names."""
    titled = roots(document.title)  # a topic that only a heading names may be a section's ("In clinical picture")
    lists = [one for one in statements if isinstance(one, LabelList) and roots(one.source.topic) & titled]
    nouns = [said.noun for said in lists if not _is_care(said)]
    for said in lists:
        if said.noun == "range":
            yield _range(document, said, rng.choice(said.labels))
        elif said.noun not in ("technique", "step", "category", "group", "level") and not _is_care(said):
            named = _scale_name(said, document)
            middle = said.labels[1:-1] if _is_whole(said) else ()  # the ends of a scale give themselves away
            described = [(row, told) for row in middle if (told := _told(said, row))]
            known = _is_known(said, named) and (named or nouns.count(said.noun) == 1)
            for row, told in rng.sample(described, min(2, len(described))) if known else ():
                yield _class(document, said, row, told)


def _is_whole(said: LabelList) -> bool:
    """Return whether no class is missing between the first and the last, so that no gap tells which one is meant."""
    places = [_place(row.label.text) for row in said.labels]
    return places == sorted(places) and set(places) == set(range(places[0], places[-1] + 1)) and places[0] in (0, 1)


def _place(label: str) -> int:
    """Return where a class stands: "Grade II" → 2, "Stage IIIa" → 3, "Type B" → 2, "0" → 0; -1 for anything else."""
    found = re.search(r"(?:(?P<number>\d)|(?P<roman>[IVX]+)|(?P<letter>[A-E]))[A-Ca-c]?$", label)
    if found is None:
        return -1
    if found["number"]:
        return int(found["number"])
    if found["roman"]:
        return ROMAN.index(found["roman"]) + 1 if found["roman"] in ROMAN else -1
    return "ABCDE".index(found["letter"]) + 1


# Lists of what is done or expected in each class, which no description of the class.
_CARE = re.compile(
    r"\b(?:treat\w*|manag\w*|therap\w*|options?|care|action|approach|outcomes?|outlook|prognosis|survival|mortality|risk|"
    r"what to do|what to offer|repair|surgery|follow-up|operation|use)\b",
    re.IGNORECASE,
)


def _is_care(said: LabelList) -> bool:
    heading = said.source.path[-1] if said.source.path else ""
    header = said.labels[0].description.text.partition(": ")[0] if ": " in said.labels[0].description.text else ""
    return bool(_CARE.search(heading) or (len(header.split()) <= _LONGEST_HEADER and _CARE.search(header)))


# What tells the place in the scale instead of what the class is, or leans on the class before.
_TELLS_PLACE = re.compile(
    r"^(?:mild|moderate|severe|minimal|slight|worst|most|least|first|second|third|intermediate|low|high|no|none|normal|\+)\b|^\+|"
    r"^as |^(?:\d|[IVX]+)[a-c]?:|\b(?:as|than|like|of|to) (?:an? )?(?:in )?(?:grade|type|stage|class|above|before|[IVX]+\b|\d)|"
    r"\b(?:same|previous|preceding|above|any|either|other|plus|also|more|worse|survival|mortality|"
    r"complete|completely|total|totally|entire|whole|all|impossible|death|absent|confined|limited|locali[sz]ed|gross|massive|only|"
    r"moderate|moderately|slightly|mildly|severely|less|larger|smaller|deeper|tighter|wider|longer|shorter|higher|lower|"
    r"never|cannot|distant|metasta\w+|extensive|widespread|unable|stage|grade)\b",
    re.IGNORECASE,
)
_LEANS = re.compile(r"^(?:means?|is|are|has|shows|denotes|refers|includes|applies)\b|\bas well\b")
_OTHER_CLASS = re.compile(r"\b(?:[IVX]{2,4}|I|V|[IVX]+[A-Ca-c]|\d[A-Ca-c])\b")
_FEWEST_WORDS, _MOST_WORDS, _LONGEST_HEADER, _SHORT = 3, 26, 4, 3


def _told(said: LabelList, row: Described) -> str:
    """Return a description that says what the class is and what no other class is, the number of its class left out; "" for none.

    The whole description is asked where it is short, so that no feature which decides is lost.
    """
    pieces = _pieces(row)
    others = ["; ".join(_pieces(other)).lower() for other in said.labels if other is not row]
    place = _place(row.label.text)
    echo = rf"\b(?:{place}|{NUMBER_WORDS[place]})\b" if 0 < place < len(NUMBER_WORDS) else r"$^"
    for end in range(len(pieces), 0, -1):
        told = "; ".join(pieces[:end])
        unfit = _TELLS_PLACE.search(told) or _OTHER_CLASS.search(told) or re.search(echo, told, re.IGNORECASE)
        enough = len(told.split()) >= _FEWEST_WORDS and _is_said(told)
        if len(told.split()) <= _MOST_WORDS:
            alone = not any(told.lower() in other for other in others)
            return told if enough and alone and not unfit and end >= min(len(pieces), 2) else ""
    return ""


def _is_said(told: str) -> bool:
    """Return whether words name something: no numbers alone ("three to six"), no cell below a header of many words."""
    header, colon, _ = told.partition(": ")
    if _LEANS.search(told):
        return False
    firsts = {part.split(maxsplit=1)[0] for part in re.split(r"[;,:] ", told.lower()) if part.strip()}
    if firsts & (verb_words("acts") | verb_words("orders")) or told.lower().rsplit(maxsplit=1)[-1] in NUMBER_WORDS:
        return False  # what is to be done, or a number whose noun is lost
    if colon and len(header.split()) <= _LONGEST_HEADER:
        return False
    return any(len(word) > _SHORT and word.lower() not in NUMBER_WORDS for word in re.findall(r"[A-Za-z-]+", told))


def _pieces(row: Described) -> list[str]:
    pieces = [piece.strip(" .") for piece in re.sub(r"\s*\([^()]*\)", "", row.description.text).split(". ")]
    return [_small(piece) for piece in pieces if len(re.findall(r"[A-Za-z]{2,}", piece)) > 1]


def _small(piece: str) -> str:
    """Return a piece with a small first letter, unless a symbol or acronym opens it."""
    return piece[0].lower() + piece[1:] if piece[1:2].islower() or piece[1:2] == " " else piece


def _class(document: Document, said: LabelList, row: Described, described: str) -> Candidate:
    scale = _scale_name(said, document)
    asked = "" if scale.strip() in said.source.topic else scale
    quote = one_line(document.quote(row.start, row.end))
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=f"{said.source.place}, which {asked}{said.noun} is described by “{described}”?",
        keys=(quoted(row.label, f"The source says: “{quote}”"),),
        distractors=tuple(
            quoted(other.label, f"The source describes it otherwise: “{one_line(other.description.text, 120)}”")
            for other in _nearest(said, row)
        ),
        citation=_cite_row(document, said, row),
        rationale=f"The source says: “{quote}”",
        objective=f"Classify {said.source.topic} by {scale or 'its '}{said.noun}",
        topic=said.source.topic,
        fact=f"scale:{said.source.start}",
        proof=said.proof,
        used=((row.description.start, row.description.end),),
        ordered=True,
        beside=(said.source.start, said.source.end),
    )


def _cite_row(document: Document, said: LabelList, row: Described) -> Citation:
    return cite(document, Source(row.start, row.end, said.source.path, said.source.topic))


_NAME = r"(?P<name>[A-Z][\w’'–-]+(?:(?:[ /]|, | and | & )[A-Z][\w’'–-]+){0,3})"
_PART_OF_A_NAME = re.compile(
    r"\b(?:Staging|Grading|Society|Committee|Medicine|Study|Group|College|Association|International|Revised|Modified)\b"
)
_SYSTEM = r"[Cc]lassification|[Gg]rading|[Ss]taging|[Ss]ystem|[Ss]cale"
_NAMED_SCALE = re.compile(
    rf"\b{_NAME} (?:(?!disease|syndrome|cancer|palsy|tumou?r)[a-z]+ )?"
    rf"(?:{_SYSTEM}|[Gg]rades?|[Tt]ypes?|[Ss]tages?|[Cc]lass(?:es)?|[Pp]hases?|[Zz]ones?|[Ss]core)\b"
)
_DESCRIBES = re.compile(
    r"(?:al|ic|ive|ed|ing|ary|ory|ous|ar|able|ical)$|^(?:Stages?|Grades?|Types?|Classes|Simple|Common|Current|Main|Old|New|Usual|Three|"
    r"Four|Five|Six|The|Tumou?r|Disease|Cancer|Pain|Risk|Age|Size|Treatment|Injury|Fracture|Wound|Skin|Bone|Joint|Life)$"
)


def _is_known(said: LabelList, name: str) -> bool:
    """Return whether a reader knows which scale is meant: it has a name, or the topic is the scale itself."""
    return bool(name) or bool(re.search(r"\b(?:classification|system|scale|grading)\b", said.source.topic))


def _scale_name(said: LabelList, document: Document) -> str:
    """Return the name of a scale with a space behind it ("Borrmann ", "NYHA "): that of its heading or the title, else the one
    that the text gives a scale of this noun, if it gives no other; "" for none.
    """
    for heading in (*reversed(said.source.path), document.title):
        if name := next(_names_in(heading, document.text), ""):
            return f"{_bare_name(name)} "
    noun = said.noun.split()[-1]
    told = [found["name"] for found in re.finditer(rf"(?<=[a-z] )(?<!and ){_NAME} {noun}s?\b", document.text)]
    whole = [name for name in told if not _PART_OF_A_NAME.search(name)]
    names = {_bare_name(name) for name in whole if all(_is_word(word) for word in _words(name))}
    return f"{names.pop()} " if len(names) == 1 else ""


def _bare_name(name: str) -> str:
    """Return a name as it stands before its noun: "Allen's" → "Allen"."""
    return re.sub(r"['’]s$", "", name)


def _names_in(heading: str, text: str) -> Iterator[str]:
    for found in () if heading.isupper() else _NAMED_SCALE.finditer(heading):
        words = _words(found["name"])
        if _PART_OF_A_NAME.search(found["name"]):
            continue
        small = any(re.search(rf"\b{re.escape(word.lower())}\b", text) for word in words)
        names = [_is_name(word, text) for word in words]
        if all(names) or (any(names) and not small):  # "Fielding and Hawkins": one looks like any other word
            yield found["name"]


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[ /,&]+|\band\b", name) if word]


def _is_word(word: str) -> bool:
    """Return whether a word with a capital inside a sentence may be a name: no number of a class, no modality."""
    return not re.fullmatch(r"[IVX]+|[A-E]|MRI|CT|OCT|ECG|EEG|X|Injury|Organ|The|This|Each", word)


def _is_name(word: str, text: str) -> bool:
    """Return whether a word of a heading is a name: one of the lexicon, an acronym, or written small nowhere and no adjective."""
    known = word.lower().split("–")[0].split("-")[0] in EPONYMS or sum(letter.isupper() for letter in word) > 1
    plain = _DESCRIBES.search(word) or re.search(rf"\b{re.escape(word.lower())}\b", text)
    return _is_word(word) and (known or not plain)


def _nearest(said: LabelList, row: Described) -> list[Described]:
    place = said.labels.index(row)
    others = [other for other in said.labels if other is not row]
    return sorted(others, key=lambda other: abs(said.labels.index(other) - place))


def _range(document: Document, said: LabelList, row: Described) -> Candidate:
    measure = measure_of(row.description.text)
    value = _bare(row, measure)
    quote = one_line(document.quote(row.start, row.end))
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=f"In {said.source.topic}, which {_spelled_out(measure, said)} is classed as {_label(row)}?",
        keys=(Choice(value, f"The source says: “{quote}”", (row.description.start, row.description.end)),),
        distractors=tuple(
            Choice(_bare(other, measure), f"In the source this range belongs to {other.label.text}.")
            for other in said.labels
            if other is not row
        ),
        citation=_cite_row(document, said, row),
        rationale=f"The source says: “{quote}”",
        objective=f"Classify {said.source.topic} by {measure}",
        topic=said.source.topic,
        fact=f"scale:{said.source.start}",
        proof=said.proof,
        used=((row.description.start, row.description.end),),
        ordered=True,
        beside=(said.source.start, said.source.end),
    )


def _bare(row: Described, measure: str) -> str:
    value = row.description.text.split(" (")[0].removeprefix(measure).strip()
    return value.replace("<=", "≤").replace(">=", "≥")


def _label(row: Described) -> str:
    """Return a label as it stands inside a sentence."""
    return in_sentence(row.label.text, frozenset(row.label.text.lower().split()))


def _spelled_out(measure: str, said: LabelList) -> str:
    """Return an abbreviation in full when a heading above holds words with its initials."""
    for heading in said.source.path:
        words = heading.split()
        for first in range(len(words)):
            run = words[first : first + len(measure)]
            if len(run) == len(measure) > 1 and "".join(word[0] for word in run).upper() == measure.upper():
                return " ".join(run).lower()
    return measure
