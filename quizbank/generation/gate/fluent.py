"""The stem reads as a person would say it: nothing is left over of the sentence it was made of, and nothing lost."""

import re

from quizbank.generation.candidates import Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant

_QUOTED = re.compile(r"“[^”]*”")
_BRACKETED = r"\((?!(?:stage|type|class|grade|phase|category|level) \S+\))[^()]*\s[^()]*\)"
_LEFT_OVER = tuple(
    (re.compile(pattern, re.IGNORECASE), problem)
    for problem, patterns in (
        (
            "has a second half that does not ask",
            (
                r", (?:but|yet|or|and) (?!\w+\?)(?!\w+,)",
                r"\band (?:\w+ ){1,3}(?:supports?|is|are|may|can|should|must|will)\b",
                r"\b(?:is|are|be) \w+ed\b[^?]*\band (?:then )?\w+ed\b",
                r"\band then\b",
                r"\band,",
                r"\band (?:\w+ ){0,2}(?:years?|months?|weeks?|days?|hours?|minutes?)\b",
                r"\b(?:is|are|be) [^,?]*\w(?:ed|en|un|pt), ",
                r", \w+(?:ed|en) |\band \w+ and\b|\band (?!the\b|an?\b)\w+ (?:the|an?) |\band \w+ to \w+\?|\band an? [A-Z]",
                r"\b(?:until|by|to) (?:two|three|four|five|six|seven|eight|nine|ten|twelve)\?",
                r", (?:with|as|when|after|before|because|since|so|where|while|and|or) ",
                r"^(?:after how long|within what time|how long|at what)\b[^?]*\band\b[^?]*\b(?:after|by|before|within|at)\b",
            ),
        ),
        (
            "has something left over",
            (
                r", (?:an?|the) \w+",
                r"[:;]",
                r"^what (?:is|are) [^?]*, [^?]*\?$",
                r"\b(?:after|in|for) (?:stated|section)\b",
            ),
        ),
        (
            "leans on the sentence before",
            (
                r"\b(?:also|together (?:is|are)|respectively|however|therefore|otherwise|likewise)\b",
                r"\b(?:an?|the) value\b",
                r"\b(?:beforehand|afterwards?|thereafter|later|thereby)\?",
            ),
        ),
        (
            "is out of order",
            (
                r"\b(?:kept|held|begins?|starts?|precautions|maintained) of\b",
                r"\b(?:max|min)\b",
                r"\bused to\?",
                r"\bhow much\b[^?]*\benough\b",
                r"\b(?:when|if) (?:are|is)\b",
                r"\b(?:is|are|was) (?:or|and|with|of|than)\b",
                r"^(?:how many|what|how much) \w+ (?:has|have)\b",
                r"\bhave been\b",
                r"\blasting (?:the|a|is|are)\b",
                r"\bat what (?:amount|size|volume)\b",
                r"\brunned\b|\bis where\b|\bonly once\b|\bthe rule\?",
                r"\bor \w+ed\b|\bor so\?|\bonly\?",
                r"\bwhat thickness (?:is|are) [^?]*\bthick\b",
                r"\bwhich value are\b",
                r"\b(?:at|to|of|in|on|with|by|from|away|off|up|down|out|back) be \w+",
                r"\b(?:by|at|of) (?:from|with|in|of|by)\b|\bby some\b",
                r"\bhow much (?:the|an?)\b|\bwhat (?:the|an?) \w+ (?:rate|level|pressure|value)\b",
                r"\bhow often (?:do|does) [^?]*\b(?:take|give|check|keep|use)\b",
                r"\bhow long\b[^?]*\b(?:is|are) the (?:\w+ )?half-life\b|\bdoes half-life\b",
                r"\bor (?:at|if|in|on|with|when|so)\b|\bshould or\b|\bneed\?|\brate of [^?]* level\b",
                r"\bshould (?:\w+ly )?be \w+ly\?|\bshould \w+ly be\b|\bas (?:with|in|for)\b|\bbody weight is\b|\bly\b",
                r"\bfor [\w-]+ patient\?|\bis \w+ present \w+|\bare \w+ and \w+\?",
            ),
        ),
        (
            "asks for another time than it should",
            (
                r"\bhow long (?:does|do|is|are|should|can) [^?]*\b(?:start|begin|started|begun)\b",
                r"\bhow long (?:does|do) [^?]*\b(?:reopen|resume|return|occur|appear|develop)\b",
                r"\bover what time\b[^?]*\bin (?:children|infants|adults)\b",
                r"\bhow long before\b.*\buntil\b",
                r"\b(?:when|if) [^,?]*\bexpected to (?:last|take)\?",
            ),
        ),
        (
            "breaks off",
            (
                r"\b(?:of|from|with|to|in|on|at|by|after|before|than|and|or)\?$",
                r"\b(?:about|around|approximately|roughly|nearly|over|under) \d+(?:\.\d+)?\?$",
            ),
        ),
        (
            "does not say of what or from when",
            (
                r"\b(?:after|before) (?:stopping|starting|giving|taking|removal|insertion)(?: (?:must|should|is|are|can|may)\b|\?)",
                r"\bwhat (?:is|are) (?:the )?(?:\w+ )?(?:target|goal|level|range|value|limit|cut-?off|threshold)\?",
                r"\bfor (?:at least )?how long (?:is|are)\b(?![^?]*\b(?:after|following|before|since)\b)"
                r"[^?]*\b(?:checked|monitored|observed|measured|watched)\b",
                r"\bwithin what time\b(?![^?]*\b(?:of|after|before|from|following|since|once)\b)",
                r"^(?:below|above) what \w+(?: \w+)? (?:is|are) [\w\s-]{1,40}\?$",
                r"\b(?:the|this) (?:complex|gene|enzyme|protein|toxin|antibody)\b(?! of\b)",
                r"\b(?:is|does) an? (?:\w+ )?(?:fraction|level|value|score|ratio|count|tit(?:re|er)|concentration)\b(?! of)",
                r"\bwhat is the (?:usual |target )?(?:target|goal) for\b|\bduration of (?!action|effect|treatment|therapy)",
                r"\b(?:daily|weekly) maximum\?",
                r"\bwhat is the (?:usual |recommended |absolute )?(?:maximum|minimum|ceiling|average|mean|median|target|"
                r"room temperature)(?:\?| (?:on|in|for|with)\b)|\bwhat is the (?:creatinine clearance|egfr|gfr)\b",
                r"^after how long (?:should|must|is|are|do|does)\b(?![^?]*\b(?:of|after|following|from|since|on|with)\b)",
                r"\bhow is (?:the )?(?:inheritance|transmission)\b",
            ),
        ),
        (
            "holds a heading in brackets",
            (_BRACKETED,),
        ),
        ("says a word twice", (r"\b(\w{3,}) \1\b",)),
        ("lacks its noun", (r"\b(?:does|do) \w+(?:al|ic|ive|ous) (?:inhibit|block|cause|act|bind)\b",)),
    )
    for pattern in patterns
)
_SHOUTED = re.compile(r"\b[A-Z]{4,} [A-Z]{4,}\b")
# A dose, drug or treatment without a name is known only beside the sentence before.
_NAMELESS = re.compile(
    r"\b(?:what|which|how) (?:is|are|much|long)? ?(?:the )?"
    r"(?:usual |adult |initial |starting |maximum |maintenance |daily |loading |elimination |plasma )*"
    r"(?:dose|dosage|half-life)(?! (?:of|for))\b|"
    r"\b(?:the|this) (?:medicine|drug|medication|agent|tablet|vitamin|infusion|injection|test|antibiotic|"
    r"procedure|device)s?\b(?! of\b)",
    re.IGNORECASE,
)
# A figure of the sentence that was not asked for tells where the answer lies, or has lost its own noun.
_FIGURED = re.compile(
    r"\b\d[\d.,–-]* ?(?:mg|mcg|micrograms?|mL|g|kg|units|kDa|hours?|days?|weeks?|months?|minutes?)\b"
    r"(?! (?:tablet|capsule|dose|vial))|\d ?%|\d ?[a-zA-Zµ]{1,4}/[a-zA-Z]+\b|"
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:hours?|days?|weeks?|months?|years?|minutes?)\b"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


_BARE = re.compile(r"\b(?:should|must|is|does|can|may) (?P<noun>[a-z]{3,}) (?:be|[a-z]+)\b")


def _is_counted(noun: str, text: str, topic: str) -> bool:
    """Return whether a text elsewhere says an article before a noun, so that a question cannot leave it out ("the gag")."""
    known = noun in topic.lower() or noun.endswith("s")
    return not known and bool(re.search(rf"\b(?:the|an?|each|every) {noun}\b", text, re.IGNORECASE))


def find(candidate: Candidate, context: Context) -> str:
    """Return what a reader would stumble over."""
    stem = _QUOTED.sub("“”", candidate.stem)
    asked = stem.partition(", ")[2] if re.match(r"(?:In|For|Regarding) ", stem) else stem
    if _SHOUTED.search(stem):
        return "The stem is written in capitals."
    for pattern, problem in _LEFT_OVER:
        if pattern.search(asked):
            return f"The stem {problem}."
    if not stem.startswith("For ") and _NAMELESS.search(asked):
        return "The stem does not name what is given."
    if candidate.maker in ("quantity", "figure"):
        if (bare := _BARE.search(asked)) and _is_counted(bare["noun"], context.document.text, candidate.topic):
            return "The stem lacks an article."
        told = set(_NUMBER.findall(stem)) - set(_NUMBER.findall(candidate.topic))
        if any(told & set(_NUMBER.findall(choice.text)) for choice in candidate.options):
            return "A number of the stem stands among the options."
        if _FIGURED.search(stem):
            return "The stem holds a figure of its own."
    return ""


CHECK = Check(
    "fluent",
    "Reads as a person would say it.",
    find,
    EXAMPLE,
    variant(stem="In wound repair, which technique is chosen, but only in adults, for skin defects?"),
    suggests=True,
    skips=("true_false",),  # its patterns are those of spoiled questions
)
