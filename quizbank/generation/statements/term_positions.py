"""A sentence on how the patient is placed in; the position as the answer to a question out, where the page knows one only."""

import re

from quizbank.generation.lexicon.reading import rivals
from quizbank.generation.statements.model import Phrase, TermUse
from quizbank.generation.statements.spans import clean
from quizbank.generation.statements.term_reader import TermReader
from quizbank.generation.wording import capitalised

# How texts say in which position somebody is, by position: one only per document may be asked.
POSITIONS = {
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
# Another purpose than the operation itself: the position of an examination, of the anesthetic, of the nights after it.
_OTHER_PURPOSE = re.compile(
    r"\b(?:examin\w*|an[a]?esth\w*|epidural|spinal|recover\w*|ward|sleeps?|nights?|nurs\w+|wakes?|awake|transport\w*|when|if|"
    r"until|unless|afterwards?|postoperative\w*|preoperative\w*|approach|position(?:s|ing) (?:for|during) the|"
    r"complications?)\b",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"(?:\d+[.)] )?(?:The |An? )?(?P<who>patients?|child|woman|man|infant)\b[^.;:()]{0,40}? (?:lies|lie|is laid|is placed|"
    r"are placed|is positioned|are positioned|"
    r"is turned|are turned|is put|is)(?: then)?(?: in)?(?: an?| the)? (?P<position>POSITION)\b",
    re.IGNORECASE,
)


def ask_position(reader: TermReader) -> TermUse | None:
    """The patient lies prone → In which position is the patient placed?, where the document knows one position only."""
    text = reader.passage.text
    known = [name for name, said in POSITIONS.items() if re.search(rf"\b(?:{said})\b", text, re.IGNORECASE)]
    several = known == ["lateral decubitus position"] and _SITTING.search(text)
    if len(known) != 1 or several or known[0] == _SUPINE or known[0] not in reader.group.terms:
        return None
    shape = _PLACED.pattern.replace("POSITION", POSITIONS[known[0]])
    found = re.compile(shape, re.IGNORECASE).match(text, reader.start, reader.end)
    told = " ".join((*reader.section.path, text[reader.start : reader.end]))
    if found is None or _OTHER_PURPOSE.search(told):
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
