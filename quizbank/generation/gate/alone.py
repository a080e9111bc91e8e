"""Stem and options can be understood without the document: no pronoun or pointer without its noun.

What is matched or put in order stands in the item itself, so "each with its use" and "in their order" point nowhere else.
"""

import re

from quizbank.generation.candidates import Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant

_POINTER = re.compile(
    r"\b(?:it|its|they|their|them|this|these|those|he|she|his|her|him|we|our|us|you|your|(?:(?:as|see|mentioned|"
    r"described|listed|shown|the) )(?:above|below)|(?:above|below)(?=[?.,;]|$)|aforementioned|"
    r"the (?:document|text|article|passage|figure|table|author|study|former|latter)|such(?! as\b)|here|there(?! (?:is|"
    r"are|has|have|may|can|was|were)\b))\b"
)
_OWN = re.compile(r"\b(?:its|their) ")


def find(candidate: Candidate, context: Context) -> str:
    """Return the word that points outside the item."""
    stem = _OWN.sub("", candidate.stem) if candidate.type in ("matching", "ordering") else candidate.stem
    for text in (stem, *candidate.texts[1:]):
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
