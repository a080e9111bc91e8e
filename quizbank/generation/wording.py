"""Words of a document go in; natural case, roots, number and verb forms for stems and options come out."""

import re
from collections.abc import Iterable
from functools import lru_cache

from quizbank.generation.lexicon.reading import genera, word_set

_LETTER = "A-Za-zÀ-ÖØ-öø-ɏ"
WORD = re.compile(rf"[{_LETTER}][{_LETTER}'’–-]*")
_COMPOUND = word_set("compound")  # "Post-Operative", "Long-Term": words in title case, no names
_PARTICLE = re.compile(r"(?:^|[–-])(?:van|von|de|der|la)$")  # "Ellis–van Creveld"
_LABEL = re.compile(r"\b(?:[A-Z]\d*|[IVX]+|\d+[A-Za-z]?)$")
_DASH = re.compile(r"[–-]")
SMALL_WORDS = word_set("small")
EPONYMS = word_set("eponyms") | genera()
_ENDINGS = tuple(sorted(word_set("endings"), key=lambda ending: (-len(ending), ending)))


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without digits and marks."""
    return [word.lower() for word in WORD.findall(text)]


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """Return a rough root: enough for fuse/fusion, infect/infection, vertebra/vertebrae to meet."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: len(word) - len(ending)]
    return word


@lru_cache(maxsize=20_000)
def roots(text: str) -> frozenset[str]:
    """Return the roots of the words that carry meaning."""
    return frozenset(
        root(part)
        for word in words_of(text)
        if word not in SMALL_WORDS
        for part in word.replace("–", "-").split("-")
        if part
    )


def label_of(name: str) -> str:
    """Return the letter or number that ends a name of a series: A in Stage A, 2 in Type 2; empty without one."""
    found = _LABEL.search(name)
    return found[0] if found else ""


def share_root(first: str, second: str) -> bool:
    """Return whether two texts share a word that carries meaning, counting roots that begin alike (fuse, fusion)."""
    return any(same_root(one, other) for one in roots(first) for other in roots(second))


def same_root(one: str, other: str) -> bool:
    """Return whether two roots are one, or the shorter (3 letters or more) opens the longer by a few letters."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) >= 5 and long.endswith(short):
        return True  # lateral, anterolateral
    return len(short) >= 3 and long.startswith(short) and len(long) - len(short) <= 3


def is_acronym(word: str) -> bool:
    """Return whether a word keeps its capitals: CT, HFrEF, SSRIs, 12-lead ECG's parts."""
    return sum(character.isupper() for character in word) >= 2 or (len(word) == 1 and word.isupper())


def keeps_case(word: str, lowered: frozenset[str]) -> bool:
    """Return whether a word keeps its capital inside a sentence; ``lowered`` are the document's lower-case words."""
    if not word[:1].isupper():
        return True
    if word.isupper() and word.lower() in SMALL_WORDS and len(word) > 1 and word != "IT":
        return False  # "OF", "AND" of a heading in capitals
    if re.search(r"[a-z][A-Z]|[A-Z]{2}[a-z]", word):
        return True  # "HBc", "McBurney"
    if is_acronym(word.split("-", maxsplit=1)[0]) or any(part.isupper() for part in word.split("-")[1:]):
        return True
    bare = word.lower().replace("’", "'").removesuffix("'s")
    if bare in lowered:
        return False
    parts = [part for part in _DASH.split(word) if part != "van"]  # "Ellis–van Creveld"
    named = "–" in word or len(parts) == 2
    named = named and all(part[:1].isupper() and part.lower() not in _COMPOUND for part in parts)  # "Lennox-Gastaut"
    return named or any(part in EPONYMS for part in _DASH.split(bare)) or "'s" in word or "’s" in word


def in_sentence(text: str, lowered: frozenset[str]) -> str:
    """Return a heading or list item as it would stand inside a sentence: capitals only where they belong.

    Where not every word has a capital, two beside each other are a name ("Ramsay Hunt syndrome"), and so is "factor Xa".
    """
    text = text.strip()
    if text == text.lower():
        return text
    text = re.sub(r"^A(?= [a-z])", "a", _lowered_heading(text, lowered))
    words = WORD.findall(text)
    titled = all(word[:1].isupper() for word in words if len(word) > 3)
    capital = [word[:1].isupper() and word.lower() not in lowered and not is_acronym(word) for word in words]

    def name(place: int) -> bool:
        short = place > 0 and len(words[place]) == 2
        beside = any(capital[at] for at in (place - 1, place + 1) if 0 <= at < len(words))
        of_a_name = place > 0 and bool(_PARTICLE.search(words[place - 1]))
        return capital[place] and (short or of_a_name or (beside and not titled))

    places = iter(range(len(words)))
    return WORD.sub(
        lambda match: match[0] if name(next(places)) or keeps_case(match[0], lowered) else match[0].lower(), text
    )


def _lowered_heading(text: str, lowered: frozenset[str]) -> str:
    """Return a heading in capitals in small letters but for its acronyms: "MAGNESIUM SULFATE", not "EXAFIP"."""
    if not text.isupper() or len(text.split()) < 2:
        return text
    return WORD.sub(
        lambda found: found[0].lower() if len(found[0]) > _LONGEST_ACRONYM or found[0].lower() in lowered else found[0],
        text,
    )


_LONGEST_ACRONYM = 5


def names_kept(told: str, prose: str) -> str:
    """Return words as told, with the capitals they have inside a sentence: "surveillance by the Toronto protocol".

    ``told`` is what ``in_sentence`` or ``as_option`` made of ``prose``. Words that all have capitals are a heading's.
    """
    words = [word for word in WORD.findall(prose)[1:] if len(word) > 3]
    if len(told) != len(prose) or told.lower() != prose.lower() or all(word[:1].isupper() for word in words):
        return told
    first = len(prose.split(" ", 1)[0])
    return told[:first] + prose[first:]


def capitalised(text: str) -> str:
    """Return the text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def opened(text: str) -> str:
    """Return the text as an option opens: with a capital, unless its first word has one inside or a number (mTOR, pH, gp41)."""
    return text if re.match(r"[a-z]+[A-Z\d]", text) else capitalised(text)


def as_option(text: str, lowered: frozenset[str]) -> str:
    """Return a phrase as an option: sentence case, no full stop."""
    return capitalised(in_sentence(text, lowered).strip(" .;,:"))


_NO_PLURALS = word_set("no_plurals")


def singular(noun: str) -> str:
    """Return a regular plural's singular; anything else unchanged."""
    lower = noun.lower()
    if len(lower) < 4 or lower in _NO_PLURALS:
        return noun
    if lower.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if lower.endswith(("sses", "shes", "ches", "xes")):
        return noun[:-2]
    if lower.endswith("omas"):
        return noun[:-1]
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is", "as", "ics", "oes", "ses")):
        return noun[:-1]
    return noun


def is_plural(noun: str) -> bool:
    """Return whether a noun looks like a regular plural."""
    return singular(noun) != noun or noun.lower().endswith(("ses", "ae"))


def head_noun(phrase: str) -> str:
    """Return the last word of a phrase before any preposition or bracket: "loss of sleep" → "loss"."""
    first = re.split(r"\s[(\[]|,| (?:of|in|on|to|for|from|with|without|after|before|during|due|that|which)\s", phrase)[
        0
    ]
    found = WORD.findall(first)
    return found[-1] if found else ""


_AGREES = re.compile(
    r"\b(?:causing|that|which|who|these|those|all|both|many|several|few|two|three|four)\b"
)  # goes with the plural


def singular_phrase(phrase: str) -> str:
    """Return a phrase with its head noun in the singular: "Traumatic injuries" → "Traumatic injury"."""
    head = head_noun(phrase)
    if not head or singular(head) == head or _AGREES.search(phrase):
        return phrase
    return re.sub(rf"\b{re.escape(head)}\b", singular(head), phrase, count=1)


NUMBER_WORDS = tuple("zero one two three four five six seven eight nine ten eleven twelve".split())  # noqa: SIM905 - reads as a list
MASS_NOUNS = word_set("mass_nouns")


# What is written with a vowel and spoken with a consonant (a urologist, a European), and the other way round (an hour).
_SPOKEN_CONSONANT = re.compile(r"(?:uni(?!n|m)|u[rst][eiou]|eu|ewe|one\b|once\b)", re.IGNORECASE)
_SPOKEN_VOWEL = re.compile(r"(?:hour|honest|honou?r|heir)", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Z]+s?\b")  # spelled out: an MRI, an X-ray, a CT


def with_article(noun: str) -> str:
    """Return a noun with a or an, by its sound."""
    if _LETTERS.match(noun):
        vowel = noun[0] in "AEFHILMNORSX"
    else:
        vowel = bool(_SPOKEN_VOWEL.match(noun)) or (noun[:1].lower() in "aeiou" and not _SPOKEN_CONSONANT.match(noun))
    return f"{'an' if vowel else 'a'} {noun}"


def counted(number: int, noun: str) -> str:
    """Return "1 item", "2 items", "2 suggestions to finish"."""
    first, space, rest = noun.partition(" ")
    return f"{number} {first}{'' if number == 1 else 's'}{space}{rest}"


def joined(parts: Iterable[str]) -> str:
    """Return "a, b and c"."""
    listed = list(parts)
    return listed[0] if len(listed) == 1 else ", ".join(listed[:-1]) + " and " + listed[-1]


_IRREGULAR = {
    "give": "given", "keep": "kept", "stop": "stopped", "hold": "held", "begin": "begun", "take": "taken", "cut": "cut",
    "put": "put", "send": "sent", "make": "made", "withhold": "withheld", "treat": "treated", "drain": "drained",
    "draw": "drawn", "withdraw": "withdrawn", "seek": "sought", "leave": "left", "read": "read", "find": "found",
    "choose": "chosen", "drive": "driven", "wear": "worn", "see": "seen", "feed": "fed", "bring": "brought", "set": "set",
    "correct": "corrected", "monitor": "monitored", "screen": "screened", "offer": "offered",
    "defer": "deferred", "refer": "referred",
}  # fmt: skip


def participle(verb: str) -> str:
    """Return the past participle of a base form."""
    verb = verb.lower()
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", verb):
        return verb + verb[-1] + "ed"
    return verb + "ed"


def base_form(verb: str) -> str:
    """Return the base form of a third person: minimizes → minimize, reduces → reduce, carries → carry."""
    if verb in ("lies", "dies", "ties"):
        return verb[:-1]
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    if verb.endswith(("sses", "shes", "ches", "xes", "oes")):
        return verb[:-2]
    return verb[:-1] if verb.endswith("s") and not verb.endswith("ss") else verb


def third_person(verb: str) -> str:
    """Return a verb as one thing does it: supply → supplies, cause → causes; a third person stays what it is."""
    base = base_form(verb)
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "sh", "ch", "x", "o")) else "s")
