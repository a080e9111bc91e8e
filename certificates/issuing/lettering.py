"""The part of a style sheet that a design declares instead of writing: boxes and places go in, CSS comes out.

One declaration serves the layout engine, the measuring of texts and the quick way of writing certificates, so that the
three cannot drift apart.
"""

from collections.abc import Mapping

from certificates.issuing.designs import Design
from certificates.issuing.fitting import Box, Fit
from certificates.issuing.fonts import SCRIPTS
from certificates.issuing.places import Place

SIDES = {"left": "flex-start", "center": "center", "right": "flex-end"}
HEIGHTS = {"top": "flex-start", "middle": "center", "bottom": "flex-end"}
RESET = "body, h1, h2, h3, p, div, section { margin: 0; padding: 0; font-weight: 400; }"


def declared_style(design: Design) -> str:
    """Return the rules for the page, for every place (class ``at-<name>``), and for the lettering of every box."""
    places = [f".at-{name} {{ position: absolute; {rectangle(place)} }}" for name, place in design.places.items()]
    boxes = [f".at-{name} {{ {lettering(box)} }}" for name, box in design.boxes.items()]
    return "\n".join([page_rule(design), RESET, *places, *boxes, ".at > * { overflow-wrap: anywhere; min-width: 0; }"])


def page_rule(design: Design) -> str:
    """Return the rule for the sheet; a file ``page-<sheet>.svg`` lies under everything."""
    art, size = f"page-{design.sheet.name}.svg", f"{design.sheet.width:g}mm {design.sheet.height:g}mm"
    background = f'#ffffff url("{art}") 0 0 / {size} no-repeat' if art in design.files else "#ffffff"
    return f"@page {{ size: {size}; margin: 0; background: {background}; }}"


def rectangle(place: Place) -> str:
    """Return the declarations that put something at a place."""
    return f"left: {place.left:.3f}pt; top: {place.top:.3f}pt; width: {place.width:.3f}pt; height: {place.height:.3f}pt"


def lettering(box: Box) -> str:
    """Return the declarations for the text of a box; a box is a column of one, so that it can stand low or high."""
    families = ", ".join(f'"{family}"' for family in dict.fromkeys([box.family, *SCRIPTS]))
    return "; ".join(
        [
            f"display: flex; flex-direction: column; justify-content: {HEIGHTS[box.vertical]}",
            f"align-items: {SIDES[box.align]}; text-align: {box.align}",
            f"font-family: {families}; font-size: {box.sizes[0]:g}pt; font-weight: {box.weight}",
            f"font-style: {'italic' if box.italic else 'normal'}; line-height: {box.line_height:g}",
            f"font-variant-caps: {'all-small-caps' if box.capitals else 'normal'}",
            f"letter-spacing: {box.spacing:g}em; color: {box.colour}",
        ]
    )


def fitted_style(fits: Mapping[str, Fit]) -> dict[str, str]:
    """Return the declarations that give every fitted text its size and the width at which its lines are even."""
    return {name: f"font-size: {one.size:g}pt; max-width: {one.width:.1f}pt" for name, one in fits.items()}
