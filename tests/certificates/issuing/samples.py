"""Facts for tests: an ordinary certificate, and the worst that each field may hold."""

import hashlib
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from PIL import Image, ImageDraw

from certificates.issuing.facts import LIMITS, SIGNATORY_LIMITS, CertificateFacts, Signatory
from certificates.issuing.serial import new_serial
from certificates.issuing.signing import Seal
from certificates.issuing.signing_keys import make_signer

SIGNER = make_signer("Northgate Academy", datetime(2026, 11, 1, tzinfo=UTC))
SEAL = Seal(SIGNER)
SERIAL = new_serial(lambda count: bytes(range(40, 40 + count)))
ORDINARY = CertificateFacts(
    heading="Certificate of Completion",
    recipient="Alexandra M. Whitfield",
    credentials="MD, FACS",
    profession="Physician (MD, DO or equivalent)",
    title="Revision Spine Surgery: Indications, Planning and Avoiding Complications",
    format="Enduring material",
    provider="Northgate Academy of Continuing Medical Education",
    accreditation="The Northgate Academy is accredited by the ACCME to provide continuing medical education.",
    completed_on=date(2026, 11, 12),
    issued_on=date(2026, 11, 13),
    credit_name="AMA PRA Category 1 Credit(s)™",
    credits=Decimal("1.25"),
    unit="credit(s)",
    wording="and is awarded 1.25 AMA PRA Category 1 Credits™",
    serial=SERIAL,
    verify_url=f"https://cme.northgate.example/v/{SERIAL}",
    design="classic",
    signatories=(Signatory("Helen R. Castellanos, MD, PhD", "Director of Continuing Medical Education"),),
)


def make_facts(**changes: Any) -> CertificateFacts:
    """Return the ordinary facts with some of them changed."""
    return replace(ORDINARY, **changes)


def filled_with(text: str) -> CertificateFacts:
    """Return facts in which every free text is ``text`` over and over, as long as its limit allows."""
    free = (
        "recipient",
        "credentials",
        "title",
        "location",
        "provider",
        "accreditation",
    )
    signatory = Signatory(**{name: (text * limit)[:limit].strip() for name, limit in SIGNATORY_LIMITS.items()})
    filled = {name: (text * LIMITS[name])[: LIMITS[name]].strip() for name in free}
    return make_facts(**filled, signatories=(signatory,) * 3)


def drawn_picture(width: int, height: int) -> bytes:
    """Return a PNG with a stroke across it, as logo or signature."""
    picture = Image.new("L", (width, height), 255)
    ImageDraw.Draw(picture).line([(0, height), (width // 3, 0), (width // 2, height // 2), (width, 0)], 0, 5)
    buffer = io.BytesIO()
    picture.save(buffer, format="PNG")
    return buffer.getvalue()


PICTURES = {hashlib.sha256(png).hexdigest(): png for png in (drawn_picture(600, 200), drawn_picture(400, 150))}
LOGO, SIGNATURE = PICTURES
BARE = make_facts(credentials=None, location=None, accreditation=None, signatories=())
PARTICIPATION = make_facts(
    heading="Certificate of Participation",
    credentials="RN",
    profession="Nurse",
    location="Boston, Massachusetts",
    wording="and has participated for 1.25 hours in this activity, which is designated for a maximum of 1.25 "
    "AMA PRA Category 1 Credit(s)™",
)
NAMES = {
    "arabic": "محمد عبد الرحمن السّيّد",
    "chinese": "王小明",
    "japanese": "さくら タナカ",
    "korean": "김민준",
    "devanagari": "क्षितिज श्रीवास्तव",
    "hebrew": "שָׁלוֹם כֹּהֵן",
    "thai": "สมชาย ใจดี",
    "greek": "Ελένη Παπαδοπούλου",
    "cyrillic": "Жуковский Ӑлексей",
    "vietnamese": "Nguyễn Thị Ánh Tuyết",
    "combining": "x̂̄ n̈ Z̃̀ l̥̄ Ọ̀",
}
CASES = {
    "ordinary": ORDINARY,
    "bare": BARE,
    "participation": PARTICIPATION,
    **{script: make_facts(recipient=name, title=f"{name}: {name}", provider=name) for script, name in NAMES.items()},
    "widest letters without a blank": filled_with("W"),
    "long words": filled_with("Wirbelsäulenchirurgie "),
    "longest Arabic": filled_with("محمد عبد الرحمن "),
    "longest Chinese": filled_with("脊柱翻修手术"),
    "longest Devanagari": filled_with("श्रीवास्तव "),
    "longest Hebrew": filled_with("שלום "),
    "longest Thai": filled_with("สมชาย"),
    "longest combining marks": filled_with("Ẑ̄"),
    "three signatories": make_facts(
        logo=LOGO,
        location="Boston, Massachusetts",
        signatories=(
            Signatory("Helen R. Castellanos, MD, PhD", "Director of Continuing Medical Education", SIGNATURE),
            Signatory("Oluwaseun Adébáyọ̀-Fitzgerald, MD", "Chair, Accreditation Committee", SIGNATURE),
            Signatory("王小明", "Dean"),
        ),
    ),
    "braces": make_facts(recipient="{{7*7}}", title="{% for x in y %}{{ cycler.__init__.__globals__ }}"),
    "markup": make_facts(
        recipient="<script>alert(1)</script><img src=file:///etc/passwd>",
        title="</style><link rel=attachment href=file:///etc/passwd>@import 'http://127.0.0.1/';&amp;",
    ),
}
