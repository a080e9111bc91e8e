"""Facts for previews and samples: an ordinary certificate, and those that try a design most. No person is real."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from certificates.issuing.facts import CertificateFacts
from certificates.issuing.serial import new_serial

SERIAL = new_serial(lambda count: bytes(range(40, 40 + count)))
ORDINARY = CertificateFacts(
    heading="Certificate of Completion",
    recipient="Alexandra M. Whitfield",
    credentials="MD, FACS",
    profession="Physician (MD, DO or equivalent)",
    title="Revision Spine Surgery: Indications, Planning and Avoiding Complications",
    format="Enduring material",
    provider="Northgate Academy of Continuing Medical Education",
    accreditation="The Northgate Academy of Continuing Medical Education is accredited by the Accreditation Council for "
    "Continuing Medical Education (ACCME) to provide continuing medical education for physicians.",
    completed_on=date(2026, 11, 12),
    issued_on=date(2026, 11, 13),
    credit_name="AMA PRA Category 1 Credit(s)™",
    credits=Decimal("1.25"),
    unit="credit(s)",
    wording="and is awarded 1.25 AMA PRA Category 1 Credits™",
    serial=SERIAL,
    verify_url=f"https://sample.invalid/v/{SERIAL}",
    design="classic",
)
PARTICIPATION = replace(
    ORDINARY,
    heading="Certificate of Participation",
    recipient="Oluwaseun Adébáyọ̀",
    credentials="RN",
    profession="Nurse",
    location="Boston, Massachusetts",
    wording="and has participated for 1.25 hours in this activity, which is designated for a maximum of 1.25 "
    "AMA PRA Category 1 Credit(s)™",
)
LONGEST = replace(
    PARTICIPATION,
    recipient="Prof. Dr. Maria Magdalena Wilhelmine Freifrau von Hohenstein-Wartburg zu Sachsen-Altenburg "
    "Papadopoulou-Nikolaidou Ramachandran Venkatasubramanian",
    credentials="MD, PhD, MPH, FACS, FACP, FRCS (Edin), FRCP (Lond)",
    title="Perioperative Optimization, Staged Decompression, Deformity Correction and Prevention of Proximal Junctional "
    "Kyphosis in Revision Spine Surgery: Indications, Planning, Neuromonitoring, Bone Quality, Infection, Durotomy, and "
    "the Long-Term Follow-Up of Patients with Multiple Comorbid Conditions",
    location="Northgate University Hospital, Auditorium B, Cambridge, Massachusetts",
    provider="Joint Providership of the Northgate Academy of Continuing Medical Education and the International "
    "Association for Postgraduate Surgical Training",
)
BARE = replace(ORDINARY, credentials=None, location=None, accreditation=None)
SCRIPTS = {
    "arabic": replace(ORDINARY, recipient="محمد عبد الرحمن السّيّد", credentials=None),
    "chinese": replace(ORDINARY, recipient="王小明", credentials=None),
    "devanagari": replace(ORDINARY, recipient="क्षितिज श्रीवास्तव", credentials=None),
    "hebrew": replace(ORDINARY, recipient="שָׁלוֹם כֹּהֵן", credentials=None),
}
EXAMPLES: Mapping[str, tuple[str, CertificateFacts]] = {
    "ordinary": ("An ordinary certificate", ORDINARY),
    "participation": ("Participation, with a place", PARTICIPATION),
    "longest": ("Very long names and title", LONGEST),
    "bare": ("Nothing that may be missing", BARE),
    "arabic": ("A name in Arabic", SCRIPTS["arabic"]),
    "chinese": ("A name in Chinese", SCRIPTS["chinese"]),
    "devanagari": ("A name in Devanagari", SCRIPTS["devanagari"]),
    "hebrew": ("A name in Hebrew", SCRIPTS["hebrew"]),
}
"""What a preview may show, by its name in addresses, with what it is called."""
