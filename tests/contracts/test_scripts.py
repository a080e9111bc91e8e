"""Names of the world: each is set in a font of ours and told as it was typed, or refused in a sentence; never in boxes."""

import json
import re
import unicodedata
import zlib
from base64 import urlsafe_b64decode

import pypdfium2
import pytest

from certificates.issuing.embedded import embedded_credential
from certificates.issuing.filling import RenderingRefused
from certificates.issuing.specimens import specimen
from tests.certificates.issuing.samples import SEAL
from tests.certificates.issuing.test_archival import failures

PRINTED = {
    "Arabic": "محمد عبد الله",
    "Armenian": "Արամ Խաչատրյան",
    "Assamese": "ৰমেন শৰ্মা",
    "Bengali": "শ্রীকৃষ্ণ চক্রবর্ত্তী",
    "Bopomofo": "ㄅㄆㄇ",
    "Devanagari": "क्षितिज श्रीवास्तव",
    "Ethiopic": "አበበ ቢቂላ",
    "Georgian": "ნინო ბერიძე",
    "Gujarati": "શ્રીકૃષ્ણ પટેલ",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Hebrew": "יִצְחָק רַבִּין",
    "Igbo": "Chị̀nedụ́ Ọ́nwụ̀",
    "Japanese": "渡邊 さくら ケンジ",
    "Kannada": "ಕೃಷ್ಣಮೂರ್ತಿ ಶ್ರೀ",
    "Khmer": "ស៊ឹម សុខា នរោត្តម",
    "Korean": "남궁 옥분",
    "Lao": "ສົມສັກ ພົມວິຫານ",
    "Malayalam": "കൃഷ്ണൻകുട്ടി ശ്രീജിത്ത്",
    "Marathi, with a joiner": "र्\u200dह ज्ञानेश्वर",
    "mixed": "Anna 王 Müller",
    "Mongolian in Cyrillic": "Цэрэндорж",
    "Myanmar": "အောင်ဆန်းစုကြည်",
    "Oriya": "ଶ୍ରୀ କୃଷ୍ଣ",
    "Persian, with a joiner": "می\u200cخواهم رضا",
    "Sinhala": "ප්\u200dරියන්ත විජේසිංහ",
    "Tamil": "ஸ்ரீனிவாசன் கிருஷ்ணமூர்த்தி",
    "Telugu": "శ్రీనివాస్ రామకృష్ణ",
    "Thai": "สมชาย น้ำผึ้ง",
    "Traditional Chinese": "陳大文",
    "Urdu": "ڈاکٹر ظہیر",
    "Vietnamese": "Nguyễn Thị Ánh Tuyết",
}
REFUSED = {
    "Canadian syllabics": "ᐃᓄᒃ",
    "Cherokee": "ᏣᎳᎩ",
    "Javanese": "ꦗꦮ",
    "Mongolian": "ᠮᠣᠩᠭᠣᠯ",
    "rare Chinese": "𠮷野 家",
    "Syriac": "ܡܪܝ",
    "Thaana": "މުހައްމަދު",
    "Tibetan": "བསྟན་འཛིན་རྒྱ་མཚོ",
    "Tifinagh": "ⵣⵉⵔⵉ",
}
"""No font for these is among our packages."""
READ_OTHERWISE = ("Bengali", "Hebrew", "Kannada", "Myanmar", "Persian, with a joiner")
"""Readers put the letters of these in the order of their places; what they read is proved by the credential."""
STREAM = re.compile(rb"/FlateDecode[^>]*>>\nstream\n(.*?)\r?\nendstream", re.DOTALL)


def unpacked(pdf: bytes) -> bytes:
    """Return what is inside the compressed streams of a file."""
    return b"\n".join(zlib.decompress(found) for found in STREAM.findall(pdf))


def glyphs_shown(pdf: bytes) -> set[str]:
    """Return the numbers of the glyphs that the page paints."""
    lists = re.findall(rb"\[([^\]]*)\] ?TJ", unpacked(pdf))
    strings = [one.decode() for shown in lists for one in re.findall(rb"<([0-9a-f]+)>", shown)]
    return {string[at : at + 4] for string in strings for at in range(0, len(string), 4)}


def told(pdf: bytes) -> str:
    """Return the name that the embedded credential states."""
    token = embedded_credential(pdf)
    assert token
    payload = json.loads(urlsafe_b64decode(token.split(".")[1] + "=="))
    return str(payload["credentialSubject"]["identifier"][0]["identityHash"])


@pytest.mark.parametrize("script", PRINTED)
def test_name_is_printed_told_and_archived(script: str) -> None:
    name = unicodedata.normalize("NFC", PRINTED[script])
    pdf = specimen(PRINTED[script], "classic", "https://cme.example.org", SEAL).pdf
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    assert told(pdf) == name
    shown = glyphs_shown(pdf)
    assert len(shown) > 20
    assert "0000" not in shown, "an empty box"
    if script not in READ_OTHERWISE:
        text = unicodedata.normalize("NFC", document[0].get_textpage().get_text_range())
        assert name.replace(" ", "") in re.sub(r"[\s\u200b]", "", text)
    assert failures(pdf) == []


@pytest.mark.parametrize("script", REFUSED)
def test_name_that_we_have_no_font_for_is_refused_in_a_sentence(script: str) -> None:
    with pytest.raises(RenderingRefused, match="has characters that cannot be printed: "):
        specimen(REFUSED[script], "classic", "https://cme.example.org", SEAL)
