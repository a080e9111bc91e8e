"""A heading's words in; what kind of section clinical writing uses them for out."""

import re

from quizbank.documents.word_sets import word_set

_BIBLIOGRAPHY = word_set(
    "references|reference list|bibliography|literature|literature cited|works cited|sources|citations|further reading"
)
_NAVIGATION = word_set(
    "related links|related articles|related topics|related pages|related information|external links|see also|"
    "quick links|additional resources|more information|further information|you may also like|tags|categories|"
    "comments|on this page|in this article|table of contents|contents|for patients|for health care providers|"
    "for healthcare providers|for providers|for professionals|learn more|share this"
)
# Headings that say nothing about the topic: never a document's title, always a heading where they stand alone.
_USUAL = word_set(
    "abstract|introduction|background|overview|summary|definition|definitions|objective|objectives|aim|aims|"
    "purpose|scope|methods|method|materials and methods|results|discussion|conclusion|conclusions|key points|"
    "key messages|learning objectives|epidemiology|etiology|aetiology|cause|causes|pathophysiology|"
    "pathogenesis|mechanism|mechanism of action|risk factors|risks|history|history and physical|"
    "physical examination|examination|clinical features|clinical presentation|presentation|symptoms|signs|"
    "signs and symptoms|symptoms and signs|diagnosis|differential diagnosis|evaluation|workup|work-up|"
    "investigations|tests|laboratory tests|imaging|indications|contraindications|absolute contraindications|"
    "relative contraindications|precautions|warnings|warnings and precautions|adverse effects|"
    "adverse reactions|side effects|interactions|drug interactions|dosage|dosage and administration|dosing|"
    "administration|pharmacology|pharmacokinetics|treatment|treatments|treatment options|management|"
    "medical management|surgical management|medications|surgery|procedure|procedures|technique|techniques|"
    "equipment|equipment required|preparation|patient preparation|patient positioning|positioning|personnel|"
    "anatomy|anatomy and physiology|anesthesia|anaesthesia|complications|outcomes|outcome|prognosis|"
    "prevention|screening|follow-up|follow up|aftercare|postoperative care|post-operative care|"
    "preoperative care|recovery|rehabilitation|monitoring|patient education|counseling|special populations|"
    "pregnancy|classification|types|stages|staging|limitations|clinical significance|clinical pearls|outlook|"
    "genetics|inheritance|frequency|enhancing healthcare team outcomes|case presentation|case report|"
    "red flags|recommendations|acknowledgements|acknowledgments|funding|conflicts of interest|disclosures|"
    "author contributions|appendix|faq|frequently asked questions"
)
# Usual headings that are as usual among list items ("Contraindications: pregnancy, infection").
_ALSO_ITEMS = word_set(
    "pregnancy|surgery|imaging|tests|laboratory tests|medications|procedures|procedure|recovery|"
    "rehabilitation|screening|monitoring|counseling|administration|risks|frequency|genetics|inheritance|"
    "examination|physical examination|history|surgical management|medical management|anesthesia|anaesthesia|"
    "types|stages|technique|techniques|symptoms|signs|preparation|personnel|funding|dosing|dosage|causes|"
    "cause|positioning|anatomy|patient education|interactions|precautions|prevention|limitations"
)
_NUMBERING = re.compile(r"(?:\d{1,2}\.|\d{1,2}(?:\.\d{1,2}){1,4}\.?)\s+(?=\S)")


def bare(heading: str) -> str:
    """Return the heading's words alone: no numbering, no colon, lower case."""
    return without_number(heading.strip()).rstrip(" :.").casefold()


def without_number(heading: str) -> str:
    """Return "Methods" for "2. Methods" and "2.1 Methods"; "12 weeks" is no numbering."""
    match = _NUMBERING.match(heading)
    return heading[match.end() :] if match else heading


def numbered_level(heading: str) -> int:
    """Return 1 for "2. Methods", 2 for "2.1 Patients", 0 for a line without a number."""
    match = _NUMBERING.match(heading)
    return len(match.group().strip().strip(".").split(".")) if match else 0


def is_bibliography(heading: str) -> bool:
    """Tell whether what follows should be references."""
    return bare(heading) in _BIBLIOGRAPHY


def is_navigation(heading: str) -> bool:
    """Tell whether what follows are links to other pages."""
    return bare(heading) in _NAVIGATION


def is_usual(heading: str) -> bool:
    """Tell whether this is a section name found in any clinical document."""
    return bare(heading) in _USUAL or is_bibliography(heading)


def is_certain(heading: str) -> bool:
    """Tell whether this is a section name even in the middle of a list of short lines."""
    return is_usual(heading) and bare(heading) not in _ALSO_ITEMS
