"""A person's name as typed goes in; the same name as it is printed comes out, or an error that says what to change."""

import re
import unicodedata

import regex

MAX_LETTERS = 120
"""As readers count them: a letter with its marks, a Korean syllable, a composed emoji is one (UAX 29)."""
MAX_NAME = 200
"""Characters of Unicode that are kept and that a certificate has room for."""
MAX_TYPED = 1_000
TOO_LONG = f"A name may have up to {MAX_LETTERS} letters. Shorten it."
LETTER = regex.compile(r"\X")
MAX_MARKS = 4
"""Marks that one letter may carry: pointed Hebrew has up to four, Vietnamese and Devanagari fewer."""

JOINERS = "\u200c\u200d"
"""Persian and Indic names need them inside a word; anywhere else they are invisible noise."""
REPEATED_JOINERS = re.compile(f"([{JOINERS}])[{JOINERS}]+")
BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols that show nothing."""
COMBINING_GRAPHEME_JOINER = "\u034f"


class NameRefused(ValueError):
    """The name cannot be printed as typed; the message says why in words for the person who typed it."""


def printable_name(text: str) -> str:
    """Return a person's name in NFC, without control characters and with single blanks; raises NameRefused."""
    name = clean_name(text)
    if (letters := len(LETTER.findall(name))) > MAX_LETTERS:
        raise NameRefused(f"A name may have up to {MAX_LETTERS} letters; this one has {letters}. Shorten it.")
    return name


def clean_name(text: str) -> str:
    """Return the same for a name that is nobody's and only tries how much room there is, however many letters it has."""
    if len(text) > MAX_TYPED:
        raise NameRefused(TOO_LONG)
    refuse_broken_text(text)
    words = "".join(visible(character) for character in unicodedata.normalize("NFC", text)).split()
    name = unicodedata.normalize("NFC", " ".join(filter(None, map(without_stray_joiners, words))))
    if not any(unicodedata.category(character)[0] in "LN" for character in name):
        raise NameRefused("Enter a name with at least one letter.")
    if len(name) > MAX_NAME:
        raise NameRefused(f"A name may have up to {MAX_NAME} characters with all accents; this one has {len(name)}.")
    refuse_heaped_marks(name)
    return name


def refuse_broken_text(text: str) -> None:
    """Refuse what no keyboard types: NUL, halves of surrogate pairs, unassigned and private characters."""
    for character in text:
        if character == "\x00" or unicodedata.category(character) in ("Cs", "Cn", "Co"):
            raise NameRefused(f"The name has a character that cannot be printed (U+{ord(character):04X}).")


def visible(character: str) -> str:
    """Return the character, a blank for any kind of space, nothing for controls (among them all of bidi)."""
    if character.isspace() or character in BLANK_LETTERS:
        return " "
    if character in JOINERS:
        return character
    if unicodedata.category(character) in ("Cc", "Cf") or character == COMBINING_GRAPHEME_JOINER:
        return ""
    return character


def without_stray_joiners(word: str) -> str:
    """Return the word with joiners only inside, never two in a row."""
    return REPEATED_JOINERS.sub(r"\1", word.strip(JOINERS))


def refuse_heaped_marks(name: str) -> None:
    """Refuse more marks on one letter than any script uses, and a mark with no letter before it."""
    marks = MAX_MARKS
    for character in name:
        if character in JOINERS:
            continue
        marks = marks + 1 if unicodedata.category(character)[0] == "M" else 0
        if character == " ":
            marks = MAX_MARKS
        if marks > MAX_MARKS:
            raise NameRefused(
                f"The name has more than {MAX_MARKS} accents on one letter, or an accent without a letter."
            )
