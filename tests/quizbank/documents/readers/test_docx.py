"""Word files give up their text and nothing else: no entities, no links followed, no bombs unpacked."""

import time
import zipfile
from collections.abc import Mapping
from io import BytesIO

import pytest

from quizbank.documents.errors import DamagedFile, TooLarge, UnknownFormat, UnreadableDocument
from quizbank.documents.reading import read_document
from quizbank.documents.tree import Document
from tests.quizbank.documents.trees import reasons, sentences_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PROSE = "<w:p><w:r><w:t>Cool the burn at once.</w:t></w:r></w:p>"


def package(body: str = PROSE, before: str = "", members: Mapping[str, bytes] | None = None) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("word/document.xml", f'{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, content in (members or {}).items():
            zipped.writestr(name, content)
    return written.getvalue()


def read(content: bytes) -> Document:
    return read_document("burns.docx", content)


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/evil.dtd">',
        '<!DOCTYPE d [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>',
        '<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>',
    ],
)
def test_a_document_type_is_refused_as_unsafe(declaration: str) -> None:
    with pytest.raises(DamagedFile):
        read(package(before=declaration))


@pytest.mark.parametrize(
    "bomb",
    [
        package(members={"word/media/a": b"\0" * 110_000_000}),
        package(body=f"<w:p><w:r><w:t>{'a' * 30_000_000}</w:t></w:r></w:p>"),
        package(members={f"a{number}": b"" for number in range(6_000)}),
    ],
    ids=["a large member", "a large text", "many members"],
)
def test_bombs_are_refused_at_once(bomb: bytes) -> None:
    begun = time.monotonic()
    with pytest.raises(TooLarge, match="unpacks to far more"):
        read(bomb)
    assert time.monotonic() - begun < 2


def test_a_lying_size_does_not_get_through() -> None:
    honest = package(body=f"<w:p><w:r><w:t>{'a' * 1_000_000}</w:t></w:r></w:p>")
    size = zipfile.ZipFile(BytesIO(honest)).infolist()[0].file_size.to_bytes(4, "little")
    with pytest.raises(UnreadableDocument):
        read(honest.replace(size, (100).to_bytes(4, "little")))


def test_external_relationships_macros_and_objects_are_never_looked_at() -> None:
    links = b'<Relationships><Relationship Target="http://127.0.0.1:9/x" TargetMode="External"/></Relationships>'
    members = {
        "word/_rels/document.xml.rels": links,
        "word/vbaProject.bin": b"macro",
        "word/embeddings/ole.bin": b"\xd0\xcf\x11\xe0",
    }
    content = package(members=members)
    assert read(content).text == "Cool the burn at once."


def test_deleted_hidden_and_field_code_text_is_not_text() -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>Never </w:delText></w:r></w:del><w:ins><w:r><w:t>Cool the burn</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> secretly</w:t></w:r><w:r><w:instrText>HYPERLINK x</w:instrText></w:r>"
        "<w:r><w:t> at once.</w:t></w:r></w:p>"
    )
    assert sentences_of(read(package(body))) == ["Cool the burn at once."]


def test_a_table_of_contents_is_left_out() -> None:
    body = f'<w:p><w:pPr><w:pStyle w:val="toc 1"/></w:pPr><w:r><w:t>Care 3</w:t></w:r></w:p>{PROSE}'
    assert reasons(read(package(body))) == {"Care 3": "table of contents"}


def test_a_zip_that_is_no_word_file_is_named() -> None:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as zipped:
        zipped.writestr("data.txt", "hello")
    with pytest.raises(UnknownFormat, match="not a Word document"):
        read(written.getvalue())


@pytest.mark.parametrize(
    "content",
    [package()[:-40], package()[:60], b"PK\x03\x04" + b"x" * 500, package(body="<w:p>")],
    ids=["its end is missing", "only its beginning", "no ZIP inside", "broken XML"],
)
def test_damaged_packages_are_called_damaged(content: bytes) -> None:
    with pytest.raises(DamagedFile, match="save it again as"):
        read(content)
