"""The fonts that pages load: public file names in, paths inside the installed font packages out."""

from collections.abc import Mapping
from pathlib import Path

import fontpkg

SANS = "Atkinson Hyperlegible"
SERIF = "Spectral"

WEB_FONTS: Mapping[str, Path] = {
    "sans-400.ttf": fontpkg.path(SANS, 400),
    "sans-400-italic.ttf": fontpkg.path(SANS, 400, "italic"),
    "sans-700.ttf": fontpkg.path(SANS, 700),
    "serif-500.ttf": fontpkg.path(SERIF, 500),
    "serif-500-italic.ttf": fontpkg.path(SERIF, 500, "italic"),
}
