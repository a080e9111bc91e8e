"""Pages find their fonts: what the token sheet asks for is installed, and nothing is offered that no page loads."""

import re
from pathlib import Path

from quizbank.fonts import WEB_FONTS

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"


def test_the_token_sheet_and_the_font_list_name_the_same_files() -> None:
    assert set(re.findall(r'url\("/fonts/([^"]+)"\)', TOKENS.read_text())) == set(WEB_FONTS)


def test_every_font_is_an_installed_truetype_file() -> None:
    assert {path.read_bytes()[:4] for path in WEB_FONTS.values()} == {b"\x00\x01\x00\x00"}
