"""Lines that open with a label ("Optic neuritis – loss of vision in one eye"), and lists, go in; open statements come out."""

import re
from collections import defaultdict
from collections.abc import Iterator

from quizbank.documents.section_names import is_usual
from quizbank.documents.tree import Block, Section
from quizbank.generation.lexicon.finding import terms_in
from quizbank.generation.lexicon.reading import list_kinds
from quizbank.generation.statements.answers import Asked, is_order, opened
from quizbank.generation.statements.clause import POINTS_BACK
from quizbank.generation.statements.labels import labelled_lines
from quizbank.generation.statements.lists import list_members, matches
from quizbank.generation.statements.model import Described, Open
from quizbank.generation.statements.open_cases import asked_of_case
from quizbank.generation.statements.open_labels import DRUGS, OPENER, Line, asked_of_label, be_of, of_grouping
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import head_noun, in_sentence, is_plural, singular_phrase

LABEL = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})+\.?\s+)?(?:\*\*|__)?(?P<label>(?:[^:;.|\n—–]|(?<=\d)[.–](?=\d)){2,110}?)(?:\*\*|__)?\s*(?::|\s[—–-])(?:\*\*|__)?\s+(?P<text>\S[^|]{5,300})"
)
MOST_LABEL_WORDS, MOST_HEADING_WORDS = 7, 6
FEWEST_MEMBERS, MOST_MEMBERS = 3, 3
_ATTRIBUTE = re.compile(
    r"(?:\w+ ){0,2}(?:dos(?:e|age|ing)|pharmacological group|boxed warning|onset|duration|half-life|"
    r"mechanism(?: of action)?|treatment|management|therapy|"
    r"diagnosis|causes?|"
    r"a?etiology|symptoms?|signs?|features?|presentation|complications?|prevention|prognosis|factors?|contents?|"
    r"boundaries|borders|"
    r"indications?|contraindications?|effects?|monitoring|target|interactions?|inheritance|incidence|prevalence|"
    r"transmission|vectors?|"
    r"incubation(?: period)?|routes?|class|antidote|origin|insertion|innervation|supply|drainage|actions?|functions?|"
    r"roof|floor|"
    r"walls?|investigations?|imaging|position|sensitivity|specificity|mortality|"
    r"maximum|criteri(?:a|on)|choice|line|test|regimen|interval|depth|landmarks?|antibod(?:y|ies)|gene|pathogen|"
    r"organisms?|reservoir|"
    r"triad|hallmark|follow-up|goals?|exceptions?|advantages?|disadvantages?|risks?|benefits?|goals?|aims?|"
    r"differential(?: diagnosis)?|excretion|"
    r"metabolism|elimination|absorption|bioavailability|reversal|storage|thresholds?|end ?points?|course|relations|"
    r"branches|layers)"
    r"(?: (?:for|of|in|to|at|after|with|on) [^,]{3,40})?",
    re.IGNORECASE,
)
_UNIQUE = re.compile(
    r"(?:the |by far the )?(?:(?:single )?most \w+|commonest|leading|main|chief|principal|first|only|strongest|"
    r"earliest|gold standard|"
    r"(?:drug|treatment|test|investigation) of choice|mainstay|hallmark)\b",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"(?:(?:[Ss]tage|[Cc]lass|[Gg]rade|[Tt]ype|[Pp]hase|[Cc]ategory|[Gg]roup|[Ll]evel|[Zz]one|[Dd]egree)\s+\w{1,5}|"
    r"[TNM]\d[a-c]?|"
    r"[IVX]{1,4}[A-C]?\d?|[A-Z]\d[a-c]?|(?:very )?(?:mild|moderate|severe|low|high)(?: \w+)?)"
)
_ADVISED = re.compile(r"\b(?:should|must|avoid|contraindicated|recommended|preferred|required|indicated|advised)\b")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|may|can|has|have|had|will|does|do|occurs?|includes?|causes?|affects?|requires?)\b"
)
_NO_LABEL = re.compile(
    r"\b(?:notes?|refs?|references?|recommendations?|steps?|figures?|tables?|example|page|date|reviewed?|version|"
    r"author|section|tips?|"
    r"source|see|key points?|rx|box|chapter|most|certainty|evidence|strength|target|other|others|general|summary|"
    r"objectives?|update|phone|tel|email|contact|question)\b|^[qa]$",
    re.IGNORECASE,
)
_TESTING = re.compile(r"(?:tests?|monitoring|\w+grams?|\w+graphy|scans?|labs?|x-ray|biopsy|follow-up)$", re.IGNORECASE)
_DOES = re.compile(
    r"(?:blocks|inhibits|stabili[sz]es|stimulates|reduces|increases|raises|lowers|prevents|causes|binds|reverses|supplies|"
    r"drains|relaxes|antagoni[sz]es|activates|delays|slows|potentiates|impairs|prolongs|shortens|decreases|displaces|"
    r"suppresses)\b",
    re.IGNORECASE,
)


def read_lines(passage: Passage) -> Iterator[Open]:
    """Yield, for every line that opens with a label, the question its description answers."""
    if not passage.topic.name:
        return
    rows = [(section, row) for section in passage.sections() for row in labelled_lines(passage, section, LABEL)]
    places: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for section, row in rows:
        places[row.label.text.lower()].add(section.path)
    for section, row in rows:
        within = _section_named(passage, section) if len(places[row.label.text.lower()]) > 1 else ""
        label = re.sub(r"\s*\([^()]*\)", "", in_sentence(row.label.text, passage.topic.lowered)).strip()
        if label and (among := _among(passage, section, row, label)):
            yield among
            continue
        if (
            not label
            or _NO_LABEL.search(label)
            or _FINITE.search(label)
            or POINTS_BACK.search(label)
            or not re.search("[A-Za-z]", label)
        ):
            continue
        asked = _asked(passage, section, row, label)
        span = (row.start, row.end)
        if asked and (said := opened(passage, section, span, asked, cut=False, within=within)):
            yield said


def _section_named(passage: Passage, section: Section) -> str:
    """Return a short heading, which tells lines of one label ("Signs") apart."""
    heading = in_sentence(clean(section.path[-1]).strip(" :."), passage.topic.lowered) if section.path else ""
    return heading if len(heading.split()) <= MOST_HEADING_WORDS and not re.search(r"[:?()]", heading) else ""


_TREATING = re.compile(r"\b(?:treatment|management|therapy)\b", re.IGNORECASE)
_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})+\.?\s+")


def _named_at_once(
    passage: Passage, section: Section, row: Described, label: str, key: tuple[int, int]
) -> Asked | None:
    """Return the question for a line that says what is the most common, how a class is defined, or how a drug interacts."""
    told = row.description.text
    if _UNIQUE.match(told) and len(told.split()) >= 3 and len(label.split()) <= 8:
        one = told[0].lower() + told[1:]
        return Asked(f"What is {one if one.startswith(('the ', 'by far')) else f'the {one}'}?",
                     (row.label.start, row.label.end), "unique", 4)  # fmt: skip
    if _CLASS.fullmatch(label) and not re.match(r"\d[\d.]* ?(?:to \d+ )?(?:mg|g|mL)\b", told):
        treated = bool(section.path and _TREATING.search(section.path[-1]))
        asked = f"How is {label} treated?" if treated else f"How is {label} defined?"
        return Asked(asked, key, f"label {section.start}", 3)
    return _interaction(passage, section, row, label)


def _asked(passage: Passage, section: Section, row: Described, label: str) -> Asked | None:
    told = row.description.text
    key = _first_part(passage, row)
    words = len(label.split())
    if named := _named_at_once(passage, section, row, label, key):
        return named
    heading = in_sentence(clean(section.path[-1]), passage.topic.lowered).strip(" :.") if section.path else ""
    if case := asked_of_case(Line(label, told, key, _NUMBER.sub("", heading), f"label {section.start}")):
        return case
    if is_order(label) or _STEP.match(label):
        return None
    if _is_ordered(told) and not _TESTING.search(label):
        return Asked(f"What should be done {_in_case(label)}?", key, "to do", 4)
    if words > MOST_LABEL_WORDS:
        return Asked(f"What should be done {_in_case(label)}?", key, "to do", 3) if _ADVISED.search(told) else None
    if _ATTRIBUTE.fullmatch(label):
        be = "are" if label.endswith("criteria") else be_of(label)
        return Asked(
            f"What {be} the {re.sub('^(?:an?|the) ', '', label)}{_of_heading(passage, section)}?",
            key,
            f"the {label}",
            3,
        )
    if grouped := of_grouping(Line(label, told, key, heading, f"label {section.start}")):
        return grouped
    if re.search(r"[a-z](?:ic|al|ar|ous|ive)$", label) and words == 1:
        return None
    if _ADVISED.search(passage.text, *key):
        return Asked(f"What is advised {_in_case(label)}?", key, "to do", 3)
    if _DOES.match(told):
        return Asked(f"What does {label} do?", key, "does", 3) if not is_plural(head_noun(label)) else None
    if _FINITE.search(told):
        return None
    heading = (
        re.sub(r"^[\d.]+\s*", "", in_sentence(clean(section.path[-1]), passage.topic.lowered)) if section.path else ""
    )
    return asked_of_label(Line(label, told, key, heading.strip(" :."), f"label {section.start}"))


_STEP = re.compile(r"(?:first|then|next|finally|also|check|ask|consider)\b", re.IGNORECASE)
_INTERACTS = re.compile(r"\binteractions?\b", re.IGNORECASE)
_ENHANCED = re.compile(r"(?P<done>[a-z]+ed) (?P<prep>by|in|with)")


def _interaction(passage: Passage, section: Section, row: Described, label: str) -> Asked | None:
    """Under "Interactions", Warfarin: INR down → How does it interact with warfarin?; Enhanced by: … → What is it enhanced by?"""
    topic = passage.topic
    if not topic.drug:
        return None
    if enhanced := _ENHANCED.fullmatch(label):
        asked = {"by": f"What is {topic.name} {label}?"}.get(
            enhanced["prep"], f"{enhanced['prep'].capitalize()} what is {topic.name} {enhanced['done']}?"
        )
        return Asked(asked, _first_part(passage, row), "interaction", 3)
    named = any(one.group.kind in DRUGS for one in terms_in(label, 0, len(label))) or "contraception" in label
    if (
        section.path
        and _INTERACTS.search(section.path[-1])
        and named
        and len(label.split()) <= 4
        and not re.search(r"\w+(?:les|ses|tes) the\b", label)
        and len(row.description.text.split()) >= 2
    ):
        return Asked(f"How does {topic.name} interact with {label}?", _first_part(passage, row), "interaction", 4)
    return None


_COMMONEST = re.compile(
    r"(?P<one>[A-Z][^,;:()|]{2,60}?) (?:is|are) (?P<most>(?:by far )?the (?:commonest|most (?:common|frequent|serious|"
    r"important|feared)))"
    r"(?= \(|[.;,]|\s*$)"
)
_BESIDE = re.compile(
    r"(?P<one>[A-Z][^,;:()|]{2,70}?)(?:,| [–—(]) ?(?:by far )?(?:the )?(?P<most>(?:single )?(?:most (?:common|frequent|"
    r"serious|important|"
    r"sensitive|specific|feared|often \w+)|commonest|strongest|earliest|leading|chief|"
    r"principal)(?: [^,;:()]{3,60})?)(?=[,;:).]|\s*$)"
)


def read_beside(passage: Passage) -> Iterator[Open]:
    """Yield what a line sets beside its name: "Headache, the most common, …" under "Complications" is the most common one."""
    for section, _, sentence in passage.prose() if passage.topic.name else ():
        found = _BESIDE.match(passage.text, sentence.start, sentence.end)
        found = found or _COMMONEST.match(passage.text, sentence.start, sentence.end)
        if not found or _FINITE.search(found["one"]):
            continue
        most = re.sub("^(?:by far )?the ", "", clean(found["most"]))
        heading = clean(section.path[-1]).strip(" :.") if section.path else ""
        if len(most.split()) < 3:
            if not is_plural(head_noun(heading)) or len(heading.split()) > 3 or " and " in heading:
                continue
            most = f"{most} {singular_phrase(in_sentence(heading, passage.topic.lowered))}"
        asked = Asked(f"What is the {most}?", found.span("one"), "unique", 4)
        if said := opened(passage, section, (sentence.start, sentence.end), asked, cut=False):
            yield said


_DEGREE = re.compile(
    r"(?:most |less |very |more )?(?:common|frequent|serious|rare|early|late|major|minor|absolute|relative|minimal|"
    r"uncommon|severe|mild|"
    r"typical|atypical|modifiable|non-?modifiable|acute|chronic|local|systemic|intraoperative|postoperative|immediate|"
    r"reversible|cardiac|cardiovascular|renal|hepatic|neurological|neurologic|gastrointestinal|"
    r"respiratory|ocular|cutaneous|skeletal|musculoskeletal|hematologic\w*|endocrine|metabolic|psychiatric|urinary|"
    r"pulmonary)",
    re.IGNORECASE,
)


def _among(passage: Passage, section: Section, row: Described, label: str) -> Open | None:
    """Complications – Early: a, b, c → Which are the early complications?"""
    heading = (
        re.sub(r"^[\d.]+\s*", "", in_sentence(clean(section.path[-1]), passage.topic.lowered)) if section.path else ""
    )
    organ = re.fullmatch(
        r"(?:skin|kidneys?|liver|eyes?|heart|lungs?|bones?|brain|gut|blood|joints?|thyroid|nerves?|muscles?)",
        label.lower(),
    )
    if (
        not (organ or _DEGREE.fullmatch(label))
        or not is_plural(head_noun(heading))
        or len(heading.split()) > 3
        or re.search(r"\b(?:and|to)\b", heading)
    ):
        return None
    question = (
        f"Which {heading.lower()} affect the {label.lower()}?"
        if organ
        else f"Which are the {label.lower()} {heading.lower()}?"
    )
    asked = Asked(question, _first_part(passage, row), "list", 4)
    return opened(passage, section, (row.start, row.end), asked, cut=False)


def _first_part(passage: Passage, row: Described) -> tuple[int, int]:
    start, end = row.description.start, row.description.end
    stop = re.compile(r"; |\. ").search(passage.text, start, end)
    if not stop:
        return start, end
    least = 1 if stop[0] == ". " and passage.text[stop.end() : stop.end() + 1].isupper() else 3
    return start, stop.start() if len(passage.text[start : stop.start()].split()) >= least else end


def _is_ordered(told: str) -> bool:
    return is_order(told) and len(told.split()) >= 2


def _in_case(label: str) -> str:
    """Return a label as the case in which something is done: "before discharge", "with aspirin", "in severe pneumonia"."""
    if OPENER.match(label):
        return label
    kinds = {one.group.kind for one in terms_in(label, 0, len(label)) if one.end - one.start == len(label)}
    return f"{'with' if kinds & DRUGS else 'in the case of'} {label}"


def _of_heading(passage: Passage, section: Section) -> str:
    """Return " of the preventer" where a heading names something of its own, "" for a usual heading."""
    heading = in_sentence(clean(section.path[-1]).strip(" :."), passage.topic.lowered) if section.path else ""
    named = 0 < len(heading.split()) <= 4 and not re.search(r"[\d:?/,&]|\band\b", heading) and not is_usual(heading)
    known = named and any(one.end - one.start == len(heading) for one in terms_in(heading, 0, len(heading)))
    return f" of {heading}" if known and heading.lower() != passage.topic.name.lower() else ""


def read_open_lists(passage: Passage) -> Iterator[Open]:
    """Yield what a list names that is headed by a plural ("Red flags"), its members as the answer."""
    if not passage.topic.name:
        return
    for section in passage.sections():
        for block in section.blocks:
            if block.kind == "list" and (said := _listed(passage, section, block)):
                yield said


_LISTED = re.compile(
    r"(?:the )?(?P<name>[A-Za-z][A-Za-z' -]{3,60}?)(?: (?:include|are|comprise)(?: the following)?)?\s*:?\s*$",
    re.IGNORECASE,
)


def _listed(passage: Passage, section: Section, block: Block) -> Open | None:
    lead = clean(passage.text[slice(*block.lead)]) if block.lead else clean(section.path[-1]) if section.path else ""
    found = _LISTED.match(lead)
    members = list(list_members(passage, block))
    outer = sum(not entry.level for entry in block.entries)
    # "Indications for referral" are no indications for the topic, which other makers ask for.
    special = re.search(r"\bfor (?!use\b)", lead) and passage.topic.name.lower() not in lead.lower()
    if not special and any(matches(lead, kind) for kind in list_kinds()):
        return None
    if not found or len(members) < max(FEWEST_MEMBERS, outer // 2):
        return None
    name = in_sentence(found["name"], passage.topic.lowered)
    if not is_plural(head_noun(name)) or len(name.split()) > MOST_HEADING_WORDS or _NO_LABEL.search(name):
        return None
    if any(is_order(member.text) for member in members) or POINTS_BACK.search(name):
        return None
    if passage.patients(section) is None:
        return None
    members = members[:MOST_MEMBERS]
    question = passage.placed(section, f"Which of the following are {name}?")
    source = passage.source(section, block.start, block.end)
    missing = f"wrong answers that are no {name}"
    return Open(source, question, members[0], missing, tuple(members), "list", 4, tuple(members))
