"""What every page loads from us beside the static files: its fonts, from their packages."""

from flask import Blueprint, Response, send_file
from werkzeug.exceptions import NotFound

from quizbank.fonts import WEB_FONTS
from quizbank.web.entrance import EVERYONE, open_to

web_pages = Blueprint("web", __name__)


@web_pages.get("/fonts/<name>")
@open_to(EVERYONE)
def font(name: str) -> Response:
    if name not in WEB_FONTS:
        raise NotFound
    return send_file(WEB_FONTS[name], max_age=31_536_000)
