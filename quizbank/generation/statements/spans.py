"""Spans of the tree in; phrases, sources and the sections worth asking about out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizbank.documents.tree import Block, Document, Section, Sentence
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.statements.model import Phrase, Source
from quizbank.generation.topic import Topic
from quizbank.generation.wording import as_option, in_sentence, roots

_NOT_ASKED = re.compile(
    r"\b(?:references?|bibliography|further reading|related links|resources|research|clinical trials?|"
    r"acknowledg\w+|authors?|"
    r"disclosures?|disclaimer|crisis|contact|about (?:us|this)|copyright|equipment|for patients|sources?(?=\W*$|"
    r" of information)|see also)\b",
    re.IGNORECASE,
)
_SOME_PATIENTS = re.compile(
    r"\b(?:child(?:ren)?|p(?:a)?ediatric|neonat\w+|infants?|adolescents?|pregnan\w+|lactation|elderly|geriatric|older|women|men|renal|"
    r"hepatic|impairment|special populations?|patients? (?:with|on|who)|people (?:with|who))\b",
    re.IGNORECASE,
)
# Kinds of terms that narrow a topic when they stand in a heading: what is said below holds for them.
_NARROWING = frozenset(
    ("disorder", "drug", "drug_class", "operation", "histology", "phase_or_stage", "deficiency", "electrolyte_disorder",
     "transplant_type", "dialysis_type", "vaccine", "bacterium", "virus", "protozoan", "local_anesthetic", "organ")
)  # fmt: skip
_STAGE = re.compile(r"\b(?:stage|type|class|grade|phase|category|level) (?:[IVX]+|\d|[A-D])\b", re.IGNORECASE)
_NUMBERING = re.compile(r"^[\d.]+\s+")
_LONGEST_CONTEXT = 7  # words
_IN_PATIENTS = {
    "children": "in children",
    "pediatric patients": "in children",
    "paediatric patients": "in children",
    "pediatric use": "in children",
    "infants": "in infants",
    "adolescents": "in adolescents",
    "pregnancy": "in pregnancy",
    "pregnant women": "in pregnant women",
    "older adults": "in older adults",
    "elderly patients": "in older adults",
    "geriatric use": "in older adults",
    "women": "in women",
    "men": "in men",
}
_RESEARCH = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|researchers?|investigators?|authors?|participants|we|our|you|your|meta-analys[ie]s|et al)\b",
    re.IGNORECASE,
)
_MARKS = re.compile(r"(?:\*\*|__|`)")
MAX_SENTENCE = 600
LONGEST_ENTRY = 400  # characters; a rule reads nothing longer, so that no pattern can run away


@dataclass(frozen=True)
class Passage:
    """A document with its topic: what every extractor reads."""

    document: Document
    topic: Topic

    @property
    def text(self) -> str:
        return self.document.text

    def source(self, section: Section, start: int, end: int) -> Source:
        """Return the source of a statement in a section."""
        return Source(start, end, section.path, self.topic.name, self.topic.place)

    def phrase(self, start: int, end: int) -> Phrase:
        """Return a span as an option would show it."""
        raw = self.text[start:end]
        start += len(raw) - len(raw.lstrip(" \t\n-–—:;,.*_"))
        end = start + len(self.text[start:end].rstrip(" \t\n-–—:;,.*_"))
        return Phrase(as_option(clean(self.text[start:end]), self.topic.lowered), start, max(start, end))

    def sections(self) -> Iterator[Section]:
        """Yield the sections worth asking about."""
        for section in self.document.sections:
            if not section.references and not any(_NOT_ASKED.search(heading) for heading in section.path):
                yield section

    def is_special(self, section: Section) -> bool:
        """Return whether a heading narrows what is said to some patients: a stem would have to name them."""
        return any(_SOME_PATIENTS.search(heading) for heading in section.path)

    def context(self, section: Section) -> str:
        """Return the heading that narrows what a section is about to a disorder, drug or stage, "" for any other."""
        heading = clean(section.path[-1]).strip(" :.") if section.path else ""
        told = roots(self.topic.name)
        stage = _STAGE.search(heading)
        if stage and roots(heading) & told:
            return stage[0]
        found = [one for one in terms_in(heading, 0, len(heading)) if roots(heading[one.start : one.end]) - told]
        narrows = stage or any(one.group.kind in _NARROWING for one in found)
        if (
            ":" in heading
            or not narrows
            or not roots(heading) - told
            or "?" in heading
            or len(heading.split()) > _LONGEST_CONTEXT
        ):
            return ""
        return in_sentence(_NUMBERING.sub("", heading), self.topic.lowered)

    def placed(self, section: Section, question: str) -> str:
        """Return a question with the topic, and the heading that narrows it, in front of it unless it names them."""
        context = self.context(section)
        if not context or roots(context) <= roots(question):
            return self.topic.placed(question)
        return f"{self.topic.place} ({context}), {question[:1].lower()}{question[1:]}"

    def patients(self, section: Section) -> str | None:
        """Return what a stem must add where a heading narrows the patients ("in children"), None when it cannot say it."""
        narrowing = [heading for heading in section.path if _SOME_PATIENTS.search(heading)]
        if not narrowing:
            return ""
        return _IN_PATIENTS.get(clean(narrowing[-1]).strip(" :.").lower())

    def place(self, section: Section, start: int) -> str:
        """Return "In <topic>", or "In rehabilitation after <topic>" where the paragraph opens so."""
        for block in section.blocks:
            if block.start <= start < block.end:
                opening = self.text[block.start : block.start + 120]
                found = re.match(
                    rf"(\w+(?:-\w+)?) (?:after|before|during) {re.escape(self.topic.name)}\b", opening, re.IGNORECASE
                )
                if found and self.topic.name:
                    return "In " + found[0][0].lower() + found[0][1:]
        return self.topic.place

    def prose(self) -> Iterator[tuple[Section, Block, Sentence]]:
        """Yield the sentences of paragraphs and list items, none longer than a rule could read; none on research."""
        for section, block, sentence in self._sentences():
            if not _RESEARCH.search(self.text, sentence.start, sentence.end):
                yield section, block, sentence

    def addressed(self) -> Iterator[tuple[Section, Block, Sentence]]:
        """Yield the sentences that speak to a patient ("your inhaler"), which ``prose`` leaves out."""
        for section, block, sentence in self._sentences():
            said = {found[0].lower() for found in _RESEARCH.finditer(self.text, sentence.start, sentence.end)}
            if said and said <= {"you", "your"}:
                yield section, block, sentence

    def _sentences(self) -> Iterator[tuple[Section, Block, Sentence]]:
        for section in self.sections():
            for block in section.blocks:
                if block.kind == "table":
                    continue
                spans = (*block.sentences, *(part for entry in block.entries for part in entry.sentences))
                for sentence in spans:
                    if sentence.end - sentence.start <= MAX_SENTENCE:
                        yield section, block, sentence


def clean(text: str) -> str:
    """Return text on one line without emphasis marks."""
    return " ".join(_MARKS.sub("", text).split())
