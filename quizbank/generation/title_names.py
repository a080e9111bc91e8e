"""A title in; its parts and the name that each could give the topic of a document out."""

import re

from quizbank.documents.section_names import is_usual
from quizbank.generation.lexicon.reading import word_set
from quizbank.generation.wording import in_sentence, keeps_case

_MOST_WORDS, _MOST_WORDS_OF_OPERATION = 6, 9
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]")
_TAIL = re.compile(
    r"\s+(?:(?:management|treatment|clinical|practice) )?(?:guidelines?|guidance|overview|summary|fact "
    r"sheet|monograph|drug monograph|leaflet|handout|treatment|management|wall chart|protocol|pathway|"
    r"(?:prolonged|modified|extended|delayed|immediate)-release|"
    r"in (?:brief|short|outline|a nutshell|\w+ minutes)|explained|compared|contrasted|side by side|step by step|"
    r"and (?:the )?(?:(?:first )?(?:days|weeks|months|time|year|life|care|rehabilitation|recovery|aftercare|exercises?|afterwards?)"
    r"(?: (?:after|after it|afterwards?|that follows?|at home))?)|"
    r"pocket tables|quick tables|tables|quick reference|at a glance|cheat sheet|card|sheet|basics|"
    r"for (?:patients|physicians|clinicians|trainees|residents))$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^(?:general information about|(?:an? |the )?(?:overview|management|treatment|introduction|principles|review|anatomy|"
    r"pathology|diagnosis|basics) (?:of|to)|"
    r"(?:classifying|grading|staging|scoring)|how to (?:read|interpret|perform|do|use)(?: an?| the)?|about|"
    r"approach to|understanding|"
    r"(?:(?:the |your )?(?:recover(?:y|ing)|rehabilitation|physiotherapy|physical therapy|exercises?|life|nursing care|nursing|"
    r"aftercare|care|returning home|going home|what to expect|follow-up|getting better)"
    r"(?: and (?:recovery|rehabilitation|physiotherapy|exercises?|aftercare|care|follow-up))? (?:after|following|before and after)|"
    r"(?:(?:nurse|nurses|physiotherap(?:y|ist)|patient)[’']?s? )?(?:preparation|preparing|aftercare|"
    r"care)(?: and (?:aftercare|care))? "
    r"(?:for|of(?= (?:the |an? )?\S+(?:ectomy|plasty|otomy|surgery)))|preparing for|after|before and after|having|"
    r"undergoing|living with(?: an?)?(?: new)?|"
    r"insertion of (?=an? \S+ inserted))(?: your| an?| the)?)\s+",
    re.IGNORECASE,
)
DONE = (
    r"(?:surgery|reconstruction|ectomy|otomy|ostomy|plasty|repair|transplantation|replacement|resection|ablation|fusion|graft|flap|"
    r"therapy|an[a]?esthesia|block|catheteri[sz]ation|intubation|ventilation|dialysis|transfusion|biopsy|scopy|drainage|"
    r"stimulation|injections?|pacing|bypass|shunt|section|puncture|insertion|vaccination|immuni[sz]ation|fixation|implantation|"
    r"implants?|coiling|neurolysis|patch|sling|procedure|decompression|occlusion|pump|stenting|stent|emboli[sz]ation|filter|"
    r"prosthesis|release|reduction|excision|closure|grafting|lengthening|nailing|dilatation|lavage|aspiration|"
    r"centesis|amputation|arthrodesis|cardioversion|lithotripsy|cannulation|debridement|augmentation|pexy|rrhaphy|desis)"
)
PROCEDURE = re.compile(rf"{DONE}(?: (?:for|of) [a-z][\w -]+)?$")
# "Endovenous ablation of the great saphenous vein": such a name may be long.
_OPERATION = re.compile(rf"(?:[\w-]+ ){{0,4}}?[\w-]*{DONE}(?: (?:for|of|with|by|after) [\w -]+)?$", re.IGNORECASE)
_FORM = re.compile(
    r"(?<!al)(?<!ar)(?<!ic)(?<!oid)(?:(?:,| and)?\s+"
    r"(?:(?:film-coated|chewable|(?:extended|prolonged|modified|delayed)-release|gastro-resistant|oral|subcutaneous|"
    r"intravenous|intramuscular|topical|nasal|eye|for) )?"
    r"(?:tablets?|capsules?|injections?|suspension|solution|ointment|eye drops|suppositor(?:y|ies)))+(?: USP)?$",
    re.IGNORECASE,
)
_PATIENTS = re.compile(
    r"\s+(?:on|in|for) (?:the )?(?:[\w-]+ (?:and [\w-]+ )?){0,2}(?:wards?|hospitals?|clinics?|"
    r"emergency department|intensive care(?: unit)?|community|unit)$|"
    r"\s+(?:in|for) (?:adults?|children|adolescents|infants|older (?:adults|people)|primary care|general practice|"
    r"(?:adults|children) and (?:adults|children|adolescents)|the (?:elderly|emergency department))$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^(?:(?:boxed )?warning: ?|chapter \w+[.:]?\s*|(?:table|section|part) \w+[.:]\s*|[\d.]+\s+)|\s+ch(?:apter|\.)\s*\d+$",
    re.IGNORECASE,
)
_HEADING_WORDS = word_set("heading_words")
SENTENCE = re.compile(r"(?P<name>[A-Z][\w'’ -]{2,40}?)(?: \([^()]{1,20}\))? (?:is|are) (?:an?|the)\b")
_CODES = re.compile(
    r"\b\d+(?:\.\d+)? ?(?:mg|mcg|g|mL|micrograms?)\b(?:/\S+)?|\b(?:OMIM|MIM|ICD\S*|SOP|CG|NG|Ref|Version|v|No|"
    r"Doc)[-.\s#:]*[\d.]+\b|\b(?:clinical )?guidelines? [A-Z]{1,3}-?\d+|\s\d{2,4}$",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"^(?:what (?:is|are)|about) (?:an? |the )?", re.IGNORECASE)
_USE = re.compile(r",? for (?:oral|intravenous|intramuscular|topical|subcutaneous|external) use$|, USP$", re.IGNORECASE)
_SALT = re.compile(
    r"(?<=\w) (?:hydrochloride|sodium|potassium|calcium|maleate|tartrate|succinate|mesylate|besylate|trihydrate|sulfate|phosphate|"
    r"acetate|citrate|carbonate|fumarate|bromide|chloride|lactate|tosylate|gluconate|nitrate|mesilate|besilate)$",
    re.IGNORECASE,
)
_NO_TOPIC = re.compile(
    r"(?:(?:for|in|on|with|to|by|from|after|before|during|an?|is|are|does|do|can|should) .*|[\"“'‘].*|"
    r"(?:initial |first |further |clinical )?(?:assessment|management|treatment|investigations?|referral|monitoring|evaluation)|"
    r"(?:the )?(?:manual|handbook|textbook|department|chapter|procedure card|boxed warning|warning|information for|patient "
    r"leaflet|emergency|quick|dosing|hospitals?|university|trust|faculty|school|"
    r"wall chart|boxed|highlights|your|living|st|saint|indications and usage|full prescribing|medication guide|"
    r"standard operating)\b.*|"
    r".*\b(?:hospitals?|trust|nhs|university|department|manual|handbook)\b.*|definition and source|definitions?|"
    r"(?:molecular|genetic|scientific|biological) basis|bones?|joints?|bones and joints|muscles?|nerves?|arteries|"
    r"veins|vessels|(?:how|what|why|who|when|where) .*|labels?|cautions|warnings|name|posology|composition|"
    r"presentation|(?:the |your )?(?:operations?|procedures?|techniques?)|(?:relevant|surgical|clinical|applied) anatomy|"
    r"(?:nursing |technique |patient |ward )?(?:guide|cards?|notes|information|advice|plan)|care before and after|"
    r"(?:choosing|preparing|positioning|planning|finding|checking|going|getting|living|looking) .*|landmarks?|equipment|"
    r"(?:\S+ )?(?:grades?|stages?|types?|class|classes)|classifications?|\S+ classification|"
    r"(?:anatomy|mechanism|causes?|aetiology|etiology|cause|features?|background) and .*|"
    r"introduction|overview|background|descriptions?|frequency|causes?|inheritance|genetics|"
    r"signs and symptoms|symptoms|"
    r"contents|abstract|summary|guidelines?|document|untitled|report|notes?|lecture|chapter|"
    r"references|patient information|information|page|home|index|article|title|indications?|contraindications?|untitled document)$",
    re.IGNORECASE,
)
_SCALE_OF = re.compile(
    r"(?:the )?(?:[\w’'–-]+[ ,]+(?:and )?){0,5}"
    r"(?:classification|staging|grading|grades|stages|classes|class|scale|score)(?: system)? "
    r"(?:of|for|in) (?:an? |the )?(?P<topic>.+)$",
    re.IGNORECASE,
)
ADJECTIVE = re.compile(r"(?:al|ic|ous|ar|ary|ory|ive|ed|ing|ile|oid|\w{3}[ae]nt|iac|ine|ia|sis|ism|itis|oma)$")
# A word in capitals in which a scanner took I for a small L: "APPENDlClTIS".
_MISREAD = re.compile(r"\b(?=[A-Zl]*[A-Z]{3})[A-Z][A-Zl]*l[A-Zl]*[A-Z]\b")


def title_parts(title: str) -> list[str]:
    """Return a title's parts, the likeliest name of the topic first: what stands between dashes, colons and commas."""
    sentence = SENTENCE.match(title)
    if sentence:
        return [sentence["name"]]
    bare = _CODES.sub(" ", _BRACKETS.sub("", _NUMBERED.sub("", title[:200]))).strip()
    scale = _SCALE_OF.match(bare)
    bare = scale["topic"] if scale else bare
    parts = [part.strip(" .\t\n") for part in re.split(r"\s[-–—|]\s|[:!?]", bare)]
    firsts = [part.split(",")[0] for part in parts if "," in part]
    return [*parts, *(first for first in firsts if " " in first or not ADJECTIVE.search(first))]


def named_by(line: str, lowered: frozenset[str]) -> tuple[str, bool]:
    """Return a part of a title as the name of a topic inside a sentence, and whether it named a dose form; "" for none."""
    line = _MISREAD.sub(lambda found: found[0].replace("l", "I"), line)
    first = _QUESTION.sub("", _CODES.sub(" ", _NUMBERED.sub("", _BRACKETS.sub("", line))).strip(" .–—-"))
    for _ in range(2):
        first = _PATIENTS.sub("", _TAIL.sub("", _HEAD.sub("", first)))
    first = _USE.sub("", first)
    bare = _SALT.sub("", _FORM.sub("", first))
    has_form, first = bare != first, bare or first
    most = _MOST_WORDS_OF_OPERATION if _OPERATION.match(first) else _MOST_WORDS
    if not first or len(first.split()) > most or is_usual(first) or _NO_TOPIC.match(first):
        return "", False
    if "," in first and re.fullmatch(r"[\w-]+, [\w-]+ and [\w-]+ \w+", first):
        return in_sentence(first, lowered), has_form  # hand, foot and mouth disease
    if re.search(r"[_/\\,;]|\.\w{2,4}$", first) or len(first) < 3:
        return "", False
    if re.search(r"(?<![A-Za-z])\d", first) and not re.search(
        r"\b(?:(?:type|factor|class|stage) |(?:alpha|beta|gamma|interleukin)-)\d", first, re.IGNORECASE
    ):
        return "", False
    loud = [word for word in first.split() if word.isupper() and len(word) > 4]
    if first.upper() == first or len(loud) > 1 or any(word.lower() in lowered for word in loud):
        first = " ".join(_spelled(word, lowered) for word in first.split())
    return in_sentence(first, lowered), has_form


def _spelled(word: str, lowered: frozenset[str]) -> str:
    """Return a word of a heading in capitals as the text writes it, letters that scanners confuse put right."""
    small = word.lower()
    right = small.replace("l", "i").replace("1", "i").replace("0", "o")
    if small not in lowered and right in {one.replace("l", "i") for one in lowered}:
        return next(one for one in sorted(lowered) if one.replace("l", "i") == right)
    if small in lowered or small in _HEADING_WORDS:
        return small
    if len(word) <= 4:
        return word
    return word.capitalize() if keeps_case(word.capitalize(), lowered) else small
