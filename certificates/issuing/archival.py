"""One file that is PDF/A-3a and PDF/UA-1 at once and has room for a signature: the engine's PDF goes in, complete.

The layout engine writes one standard at a time. What the other needs is added here before the file is written:
metadata that claim both, text that says what its glyphs mean, and the tagged field that holds the signature.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import pydyf
from markupsafe import escape
from weasyprint import VERSION, Document
from weasyprint.css import ColorProfile

from certificates.issuing.extraction import complete_meanings, meanings_in, say_texts
from certificates.issuing.shaping import Face, kind_of_file
from certificates.issuing.signing import RANGE, place_for_contents

VARIANT = "pdf/a-3a"
SIGNATURE_WORDS = "Digital signature of the provider"
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
SPACES = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
PRODUCER = f"WeasyPrint {VERSION}"
EXTENSION = (
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    f"<pdfaSchema:namespaceURI>{NAMESPACES['pdfuaid']}</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
)
"""PDF/A wants every schema described that it does not know itself (ISO 19005-3, 6.6.2.3)."""


@dataclass(frozen=True)
class About:
    """What a file says about itself: title, author, subject, keywords, and the day that stands for its dates."""

    title: str
    author: str
    subject: str
    keywords: str
    day: date


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF: its name, media type, bytes, what it is in words, and how it relates to the page.

    ``relationship`` is one of ISO 19005-3, 6.8: Source, Data, Alternative, Supplement, Unspecified.
    """

    name: str
    media_type: str
    content: bytes
    description: str
    relationship: str = "Data"


def xmp(about: About) -> bytes:
    """Return the metadata as XMP, which PDF/A reads only when it is not compressed."""
    day = f"{about.day.isoformat()}T00:00:00Z"
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        f'{SPACES}><rdf:Description rdf:about="" pdfaid:part="3" pdfaid:conformance="A" pdfuaid:part="1" '
        f'pdf:Producer="{PRODUCER}" pdf:Keywords="{escape(about.keywords)}" '
        f'xmp:CreateDate="{day}" xmp:ModifyDate="{day}">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(about.title)}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:creator><rdf:Seq><rdf:li>{escape(about.author)}</rdf:li></rdf:Seq></dc:creator><dc:description>"
        f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(about.subject)}</rdf:li></rdf:Alt></dc:description>'
        f'{EXTENSION}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def information(about: About) -> bytes:
    """Return the same metadata in the form of older readers; they must not contradict the XMP."""
    day = text_string(moment(about.day))
    return b"<</Title %b/Author %b/Subject %b/Keywords %b/Producer %b/CreationDate %b/ModDate %b>>" % (
        text_string(about.title),
        text_string(about.author),
        text_string(about.subject),
        text_string(about.keywords),
        text_string(PRODUCER),
        day,
        day,
    )


@lru_cache(maxsize=1_000)
def text_string(text: str) -> bytes:
    """Return a text as PDF string."""
    return bytes(pydyf.String(text).data)


def moment(day: date) -> str:
    """Return the beginning of a day as a PDF writes it."""
    return f"D:{day.year:04}{day.month:02}{day.day:02}000000Z"


def finished(
    pdf: pydyf.PDF, about: About, texts: Mapping[int, str], room: int, attached: Attached | None = None
) -> None:
    """Complete a laid-out file: metadata, what its text means, an attached file, the signature's field.

    ``texts`` are by the number of their marked content; ``room`` is for the signature, in bytes.
    """
    metadata = object_of(pdf, pdf.catalog["Metadata"])
    metadata.compress, metadata.stream = False, [xmp(about)]
    pdf.info.clear()
    page = objects_of_type(pdf, Type="/Page")[0]
    say_texts(object_of(pdf, page["Contents"]), texts)
    complete_fonts(pdf)
    if attached:
        attach(pdf, attached)
    add_signature_field(pdf, about.day, room)


def object_of(pdf: pydyf.PDF, reference: bytes) -> Any:
    """Return the object that a reference such as ``b"7 0 R"`` leads to."""
    return pdf.objects[int(reference.split()[0])]


def objects_of_type(pdf: pydyf.PDF, **wanted: str) -> list[Any]:
    """Return the dictionaries in which these entries stand."""
    found = [one for one in pdf.objects if isinstance(one, pydyf.Dictionary)]
    return [one for one in found if all(one.get(name) == value for name, value in wanted.items())]


def complete_fonts(pdf: pydyf.PDF) -> None:
    """Say what every glyph means, and leave out of each font file what no reader of a PDF asks for."""
    used: dict[int, set[int]] = {}
    fonts = objects_of_type(pdf, Type="/Font", Subtype="/Type0")
    for font in fonts:
        file, told = font_file(pdf, font), object_of(pdf, font["ToUnicode"])
        complete_meanings(told, b"".join(file.stream))
        used.setdefault(file.number, set()).update(meanings_in(told))
    tables: dict[int, bytes] = {}
    for number, glyphs in used.items():
        file = pdf.objects[number]
        light = Face(b"".join(file.stream)).subset(glyphs)
        file.stream = [light.file]
        kind = kind_of_file(light.file)
        file.extra.update({"Subtype": f"/{kind}"} if kind else {"Length1": len(light.file)})
        if light.numbers:
            pdf.add_object(pydyf.Stream([light.numbers], compress=True))
            tables[number] = pdf.objects[-1].reference
    for font in fonts:
        file, inner = font_file(pdf, font), object_of(pdf, font["DescendantFonts"][0])
        if file.number in tables:
            inner["CIDToGIDMap"] = tables[file.number]
        elif file.extra.get("Subtype") == "/CIDFontType0C":
            inner.pop("CIDToGIDMap", None)


def font_file(pdf: pydyf.PDF, font: pydyf.Dictionary) -> pydyf.Stream:
    """Return the embedded file of a font."""
    inside = object_of(pdf, object_of(pdf, font["DescendantFonts"][0])["FontDescriptor"])
    return object_of(pdf, inside["FontFile2"] if "FontFile2" in inside else inside["FontFile3"])


def add_signature_field(pdf: pydyf.PDF, day: date, room: int) -> None:
    """Add the field of the provider's signature: invisible, tagged as PDF/UA asks, certifying that nothing may change."""
    page = objects_of_type(pdf, Type="/Page")[0]
    signature = signature_dictionary(day, room)
    pdf.add_object(signature)
    words = pydyf.String(SIGNATURE_WORDS)
    root = objects_of_type(pdf, Type="/StructTreeRoot")[0]
    numbers = object_of(pdf, root["ParentTree"])["Nums"]
    place = len(numbers) // 2
    widget = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String("Provider"),
            "TU": words,
            "F": 4 | 128,  # printed and locked
            "Rect": pydyf.Array([0, 0, 0, 0]),
            "P": page.reference,
            "V": signature.reference,
            "StructParent": place,
        }
    )
    pdf.add_object(widget)
    document = object_of(pdf, root["K"][0])
    inside = pydyf.Dictionary({"Type": "/OBJR", "Obj": widget.reference, "Pg": page.reference})
    form = {"Type": "/StructElem", "S": "/Form", "P": document.reference, "Pg": page.reference, "Alt": words}
    element = pydyf.Dictionary({**form, "K": pydyf.Array([inside])})
    pdf.add_object(element)
    document["K"].append(element.reference)
    numbers.extend([place, element.reference])
    page["Annots"] = pydyf.Array([widget.reference])
    pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": pydyf.Array([widget.reference]), "SigFlags": 3})
    pdf.catalog["Perms"] = pydyf.Dictionary({"DocMDP": signature.reference})


def signature_dictionary(day: date, room: int) -> pydyf.Dictionary:
    """Return the signature's dictionary with its two empty places; it certifies that no change is permitted (P 1)."""
    permitted = pydyf.Dictionary({"Type": "/TransformParams", "V": "/1.2", "P": 1})
    reference = {"Type": "/SigRef", "TransformMethod": "/DocMDP", "TransformParams": permitted}
    return pydyf.Dictionary(
        {
            "Type": "/Sig",
            "Filter": "/Adobe.PPKLite",
            "SubFilter": "/ETSI.CAdES.detached",
            "M": text_string(moment(day)),
            "Reference": pydyf.Array([pydyf.Dictionary(reference)]),
            "ByteRange": RANGE,
            "Contents": place_for_contents(room),
        }
    )


class SrgbProfile(ColorProfile):
    """The engine's own profile that says which red, green and blue are meant, as it lies in its file.

    The engine leaves that file open, and writes the profile anew with the time of day in it.
    """

    def __init__(self) -> None:
        file = files("weasyprint.pdf") / "sRGB2014.icc"
        self.bytes = file.read_bytes()
        super().__init__(BytesIO(self.bytes), file.name, "relative-colorimetric", (["r"], ["g"], ["b"]))

    @property
    def content(self) -> bytes:
        """Return the bytes of the file."""
        return self.bytes


def painted_boxes(document: Document) -> dict[int, Any]:
    """Return a mapping that is filled while the document's only page is painted: what each piece of marked content was."""
    boxes: dict[int, Any] = {}
    page = document.pages[0]
    paint = page.paint

    def painted(stream: Any, scale: float = 1) -> None:
        paint(stream, scale)
        boxes.update({mark["mcid"]: box for box, mark in stream._tags.items()})

    page.paint = painted
    return boxes


def attach(pdf: pydyf.PDF, attached: Attached) -> None:
    """Put a file into the PDF that tells the same in another form (ISO 19005-3, 6.8)."""
    file = pydyf.Stream(extra={"Type": "/EmbeddedFile"})  # each certificate writes its own
    pdf.add_object(file)
    name = pydyf.String(attached.name)
    inside = pydyf.Dictionary({"F": file.reference, "UF": file.reference})
    told = {"Type": "/Filespec", "F": name, "UF": name, "EF": inside, "Desc": pydyf.String(attached.description)}
    specification = pydyf.Dictionary({**told, "AFRelationship": f"/{attached.relationship}"})
    pdf.add_object(specification)
    names = pydyf.Dictionary({"Names": pydyf.Array([name, specification.reference])})
    pdf.catalog["Names"] = pydyf.Dictionary({"EmbeddedFiles": names})
    pdf.catalog["AF"] = pydyf.Array([specification.reference])


def embedded_entries(attached: Attached, day: date) -> bytes:
    """Return what the dictionary of an attached file says of it."""
    at = text_string(moment(day))
    kind = attached.media_type.replace("/", "#2f").replace("+", "#2b").encode()
    stated = b"<</Size %d/CreationDate %b/ModDate %b>>" % (len(attached.content), at, at)
    return b"/Type/EmbeddedFile/Subtype/%b/Params%b" % (kind, stated)


@lru_cache(maxsize=20)
def empty_signature(day: date, room: int) -> bytes:
    """Return the signature's dictionary as it stands in the file until it is signed."""
    return bytes(signature_dictionary(day, room).data)
