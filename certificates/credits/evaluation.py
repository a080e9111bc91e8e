"""The evaluation that ACCME asks for before credit: its questions, and what may be answered."""

from dataclasses import dataclass

LIKERT = {"5": "Strongly agree", "4": "Agree", "3": "Neutral", "2": "Disagree", "1": "Strongly disagree"}


@dataclass(frozen=True)
class Statement:
    """One statement to agree or disagree with. ``name`` is the form field."""

    name: str
    text: str


STATEMENTS = (
    Statement("objectives_met", "The activity met its stated learning objectives."),
    Statement("knowledge", "It changed what I know or how well I can do my work."),
    Statement("practice", "I will change something in my practice because of it."),
    Statement("balanced", "The content was balanced, evidence-based and free of commercial bias."),
)
