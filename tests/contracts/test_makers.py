"""Every maker keeps the contract: the same seed gives the same candidates, and each cites the span it quotes."""

import random
from collections.abc import Sequence

import pytest

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate
from quizbank.generation.makers import MAKERS, Maker
from quizbank.generation.patterns import AMOUNTS, ESSENTIALS, FACTS, VALUES
from quizbank.generation.statements.reading import read_statements
from quizbank.items.types import item_type
from tests.quizbank.generation.sources import LISTS, document_of

EVERYTHING = document_of(
    LISTS
    + """
## Symptoms

- Breathlessness
- Chest tightness
- Ankle swelling

## Signs

- Ejection murmur
- Displaced apex beat
- Narrow pulse pressure

## Carpentier stages

- **Stage A**: valve thickening and normal flow
- **Stage B**: thickened leaflets and raised flow
- **Stage C**: marked narrowing with breathlessness

## Causes

- Calcification (most common cause in older adults)
- Rheumatic fever
- Bicuspid valve

## Treatment of heart failure

### First-line: Loop diuretics

Given by mouth.

### Second-line: Vasodilators

Added later.

### Third-line: Valve replacement

Done last.

## Vessels

| Structure | Blood supply |
|---|---|
| Sinus node | Right coronary artery |
| Anterior septum | Left anterior descending artery |
| Lateral wall | Circumflex artery |

## Complications

Early: stroke, tamponade, heart block.
Late: endocarditis, paravalvular leak, hemolysis.

## Approaches

- Sternotomy: the breastbone is divided in the midline
- Thoracotomy: ribs are spread on the right side
- Transfemoral: a catheter climbs through the groin
- Transapical: the tip of the heart is punctured

## Steps of the operation

1. Open the pericardium
2. Place the venous cannula
3. Clamp the ascending aorta
4. Excise the diseased leaflets
5. Tie the sutures of the prosthesis
6. Remove the air from the ventricle

## Care

Tranexamic acid is given to reduce intraoperative bleeding. Sternal wires can be removed after 12 weeks.
The lateral wall is supplied by the circumflex artery in most people.
Mechanical valves suit young adults and athletes but are unsuitable in pregnancy.
Tissue valves are discouraged due to early wear.
The half-life of heparin is 2 hours. Protamine reverses heparin. Inheritance is autosomal dominant.
"""
)

DRUG = document_of(
    "Torasemide is a loop diuretic used for edema. It inhibits the sodium–potassium–chloride cotransporter.\n",
    "Torasemide",
)
"""What a maker reads that asks of nothing but drugs."""


SAID = document_of(
    """## Facts

Q fever is caused by Coxiella burnetii.

Hepatitis C is confirmed with HCV RNA. Type 1 diabetes results from autoimmune destruction of the beta cells of the pancreas.

Lyme disease is transmitted by Ixodes ticks.

Monosodium urate crystals are typical of gout. Antimitochondrial antibodies are characteristic of primary biliary cholangitis.

In heart failure, bisoprolol is started at 1.25 mg daily. Dexamethasone is first-line for croup.

Osteochondroma is the most common benign bone tumor.

A skin graft is unpredictable in irradiated tissue. Spinal fusion joins the vertebrae with grafts.

Preterm birth is defined as birth before 37 completed weeks. Thunderclap headache is characteristic of subarachnoid hemorrhage.
""",
)
"""What the makers of facts read."""


def source_of(maker: Maker) -> Document:
    """Return the document that holds something for a maker."""
    if maker.pattern in (FACTS, ESSENTIALS, AMOUNTS, VALUES):
        return SAID
    return DRUG if maker.name in ("drug_class", "drug_target") else EVERYTHING


def candidates(maker: Maker, document: Document, seed: int) -> Sequence[Candidate]:
    """Return what a maker hands over."""
    return list(maker.make(document, read_statements(document), random.Random(seed)))


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.name)
def test_same_seed_gives_the_same_candidates(maker: Maker) -> None:
    assert candidates(maker, source_of(maker), 5) == candidates(maker, source_of(maker), 5)


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.name)
def test_every_candidate_quotes_exactly_the_span_it_cites(maker: Maker) -> None:
    found = candidates(maker, source_of(maker), 5)
    assert found
    for candidate in found:
        assert source_of(maker).quote(candidate.citation.start, candidate.citation.end) == candidate.citation.quote


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.name)
def test_every_candidate_names_a_known_item_type_and_a_topic(maker: Maker) -> None:
    for candidate in candidates(maker, source_of(maker), 5):
        assert item_type(candidate.type)
        assert candidate.topic in ("valve surgery", "torasemide")
        assert candidate.maker == maker.name


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.name)
def test_candidate_without_distractors_says_what_is_missing_or_has_a_proof(maker: Maker) -> None:
    for candidate in candidates(maker, source_of(maker), 5):
        assert candidate.proof or candidate.missing


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.name)
def test_an_empty_document_yields_nothing(maker: Maker) -> None:
    assert candidates(maker, Document("Valve Surgery", "", "en", ()), 1) == []


def test_maker_names_are_unique() -> None:
    assert len({maker.name for maker in MAKERS}) == len(MAKERS)
