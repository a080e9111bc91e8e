"""Stem and options can be understood without the document: no pronoun or pointer without its noun."""

import re

from quizbank.generation.candidates import Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant

_POINTER = re.compile(
    r"\b(?:it|its|they|their|them|this|these|those|he|she|his|her|him|we|our|us|you|your|(?:(?:as|see|mentioned|"
    r"described|listed|shown|the) )(?:above|below)|(?:above|below)(?=[?.,;]|$)|aforementioned|"
    r"the (?:document|text|article|passage|figure|table|author|study|former|latter)|such|here|there)\b"
)


def find(candidate: Candidate, context: Context) -> str:
    """Return the word that points outside the item."""
    for text in (candidate.stem, *(choice.text for choice in candidate.options)):
        found = _POINTER.search(text) or _POINTER.search(text[:1].lower() + text[1:])
        if found:
            return f"“{found[0]}” points to something outside the item."
    return ""


CHECK = Check(
    "alone",
    "Understandable without the document.",
    find,
    EXAMPLE,
    variant(stem="In which of these tissues is it unpredictable in wound repair?"),
)
