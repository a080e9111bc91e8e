"""Questions that a person wrote for one of the demo's documents, one of each type that the generator leaves to people."""

from dataclasses import dataclass

from quizbank.items.content import ItemContent, Option
from quizbank.items.types import Cloze, Matching, Numeric, Ordering, ShortAnswer, TrueFalse

SAMPLE = "revision-spine-surgery.md"
OBJECTIVE = "Plan care before and after revision spine surgery"


@dataclass(frozen=True)
class Handwritten:
    """A question and the words of the document it rests on, from the first of them to the last."""

    content: ItemContent
    first: str
    last: str


HANDWRITTEN = (
    Handwritten(
        Ordering(
            "As alternatives to revision spine surgery, put the treatments of persistent pain in the order of their use.",
            (
                Option("a", "Epidural injection", "It follows when exercise has had a fair trial."),
                Option(
                    "b", "Spinal cord stimulation", "It is left for neuropathic leg pain without a lesion to correct."
                ),
                Option("c", "Graded exercise", "It comes first, with education and simple analgesics."),
            ),
            ("c", "a", "b"),
            "Treatment goes up in steps: a step is left only when it has been given a fair trial.",
        ),
        "First-line: Graded exercise",
        "Third-line: Spinal cord stimulation",
    ),
    Handwritten(
        Matching(
            "Before revision spine surgery, match each course of pain with its likely explanation.",
            (
                Option("a", "Instability or a fusion that did not heal", "Standing loads the segment."),
                Option("b", "A wrong level or an incomplete decompression", "Nothing was relieved from the start."),
                Option("c", "A new or recurrent lesion", "The first operation helped for a time."),
            ),
            ("b", "c", "a"),
            "The course of pain tells why the first operation failed, before any image is read.",
            (
                Option("p", "Pain that never left after surgery"),
                Option("q", "Pain that returned after months"),
                Option("r", "Pain that began later and is worse on standing"),
            ),
        ),
        "Pain that never left after surgery",
        "a fusion that did not heal.",
    ),
    Handwritten(
        Numeric(
            "After how many months can a solid fusion be expected after revision spine surgery?",
            "12",
            "12",
            "12",
            "months",
            "Bone takes about a year to bridge the segment; nicotine lowers the chance of it.",
        ),
        "A solid fusion can be expected after 12 months",
        "nicotine lowers the chance of it.",
    ),
    Handwritten(
        TrueFalse(
            "Revision spine surgery relieves back pain in more patients than leg pain.",
            (
                Option(
                    "true", "True", "It is the other way round: leg pain is relieved in more patients than back pain."
                ),
                Option(
                    "false",
                    "False",
                    "Leg pain is relieved in more patients than back pain, and full relief is uncommon.",
                ),
            ),
            ("false",),
            "Patients need to know this before the operation.",
        ),
        "Patients need to know before the operation",
        "full relief is uncommon.",
    ),
    Handwritten(
        ShortAnswer(
            "Before revision spine surgery, what is given to distinguish epidural scar from a recurrent disc herniation?",
            ("Gadolinium", "Gadolinium contrast"),
            "Scar takes up gadolinium early and evenly; a recurrent disc herniation does not.",
        ),
        "Gadolinium is given to distinguish epidural scar",
        "from a recurrent disc herniation.",
    ),
    Handwritten(
        Cloze(
            "In revision spine surgery, decompression alone treats [gap 1] but is inadequate for [gap 2].",
            (
                Option("1-a", "lateral recess stenosis", "Room for the nerve is all that is missing."),
                Option("1-b", "segmental instability", "Taking bone away makes it worse."),
                Option("2-a", "recurrent disc herniation", "Decompression treats it."),
                Option("2-b", "segmental instability", "The segment has to be fused."),
            ),
            ("1-a", "2-b"),
            "Decompression gives nerves room; it does not hold a segment that moves.",
        ),
        "Decompression alone treats lateral recess stenosis",
        "is inadequate for segmental instability.",
    ),
)
