"""A page in, the fields its form would send out, as a browser without scripts collects them."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """Collects what the controls of the last form with a stem or an attempt hold."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.open = ""
        self.name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name, value = told.get("name") or "", told.get("value")
        if tag == "form":
            self.open = told.get("method") or ""
        if self.open != "post":
            return
        if tag == "input" and name and (told.get("type") not in ("radio", "checkbox") or "checked" in told):
            self.fields.setdefault(name, []).append(value or "")
        if tag in ("textarea", "select"):
            self.name = name
            self.fields.setdefault(name, []).append("")
        if tag == "option" and "selected" in told:
            self.fields[self.name][-1] = value or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = ""
        if tag in ("textarea", "select"):
            self.name = ""

    def handle_data(self, data: str) -> None:
        if self.lasttag == "textarea" and self.name:
            self.fields[self.name][-1] += data.removeprefix("\n").removeprefix("\r\n")


def fields_of(page: str) -> dict[str, list[str]]:
    """Return the fields of the forms of a page that post."""
    reader = _Fields()
    reader.feed(page)
    return reader.fields
