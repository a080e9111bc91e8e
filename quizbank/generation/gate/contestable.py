"""What the item rests on is no praise, no comparison without a source, and no claim that holds for a price or a year only.

Such sentences may be right, and an author who knows the subject may ask them; nobody else can tell from the document.
"""

import re

from quizbank.generation.candidates import Candidate
from quizbank.generation.gate.model import EXAMPLE, Check, Context, variant

_METHOD = r"(?:methods?|techniques?|procedures?|approach(?:es)?|technolog(?:y|ies)|treatments?|therap(?:y|ies)|implants?|devices?)"
_PRAISED = r"(?:results?|outcomes?|success|choice|option|solution|candidate|alternative|cosmetic)"
_CLAIMS = tuple(
    (re.compile("|".join(patterns), re.IGNORECASE), reason)
    for reason, patterns in (
        (
            "gives a rate without saying who found it",
            (r"\b(?:success|satisfaction|effectiveness) rates?\b",),
        ),
        (
            "compares without saying who found it",
            (
                r"\b(?<!no )(?<!not )(?:much |far )?(?:better|safer|more effective|more reliable|preferable) (?:than|to)\b",
                r"\b(?:is|are|be|proved|proven|considered) (?:\w+ly |far )?superior to (?!the\b)",
                r"\bsuperior (?:results?|outcomes?|efficacy|quality)\b|\bsafest\b|\boutperforms?\b",
                r"\bless (?:damaging|invasive|traumatic)\b|\bgold[- ]standard\b",
                rf"\bthe best (?:{_METHOD}|results?|option|choice)\b",
                r"\b(?:gain\w*|grow\w*|enjoy\w*|increas\w*|more|most|very|widely) popular(?:ity)?\b|\bpopularity\b",
                r"\bgain\w* (?:more |in |wide )*popularity\b",
            ),
        ),
        (
            "may have been true only when it was written",
            (
                r"(?<!who are )(?<!patients )\bcurrently(?! (?:taking|using|receiving|smok|on\b|pregnan|breast|or\b|ha(?:ve|s)\b))",
                r"\bnowadays\b|\bat present\b|\bin recent years\b|\bas of (?:19|20)\d\d\b|\bnow (?:widely |commonly )?available\b",
                r"\brecently (?:approved|introduced|developed|launched|published|become|became|available)\b",
                r"\brecent (?:reviews?|advances?|developments?)\b",
                rf"\b(?:newer|newest|latest|novel|modern|emerging|new) (?:and \w+ \w+ )?{_METHOD}\b|\bthe (?:newest|latest)\b",
                r"\bpromising\b",
            ),
        ),
        (
            "speaks of prices, which differ by place and year",
            (r"[$€£] ?\d|\b(?:cheap|cheaper|cheapest|expensive|inexpensive|affordable|cost-effective|low-cost)\b",),
        ),
        (
            "praises rather than informs",
            (
                rf"\b(?:excellent|outstanding|remarkable|superb|amazing|very good|ideal) (?:\w+ )?{_PRAISED}\b",
                r"\bmiracle\b|\bguarantee[ds]\b|\bbest[- ]in[- ]class\b|\bstate[- ]of[- ]the[- ]art\b|\bcutting[- ]edge\b",
                r"\brevolutionary\b|\bunparalleled\b|\bworld[- ]class\b",
            ),
        ),
    )
)
_SOURCED = re.compile(
    r"\[\d+|\(\w+[^()]{0,40}\b(?:19|20)\d\d\)|\bet al\b|\b(?:trials?|study|studies|series|registry|meta-analys[ei]s|cohorts?|"
    r"according to|randomi[sz]ed)\b",
    re.IGNORECASE,
)
_SOURCE_MENDS = " without saying who found it"


def find(candidate: Candidate, context: Context) -> str:
    """Return the claim that an author must stand by, and why."""
    quote = candidate.citation.quote
    asked = " ".join((candidate.stem, *(choice.text for choice in candidate.keys)))
    text = asked if "\n" in quote else f"{asked} {quote}"  # of a list, other entries may claim what they like
    for pattern, reason in _CLAIMS:
        found = pattern.search(text)
        if found and not (_SOURCE_MENDS in reason and _SOURCED.search(quote)):
            return f"“{found[0].strip()}” {reason}: ask this only if you stand by it."
    return ""


CHECK = Check(
    "contestable",
    "No praise, price, passing novelty or comparison without a source.",
    find,
    EXAMPLE,
    variant(quote="Skin grafts have a very good success rate around 95 % in irradiated tissue."),
    suggests=True,
    doubts=True,
)
