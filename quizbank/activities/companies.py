"""Companies as learners may read of them: names and lines of commercial support go in, what is wrong with them comes out.

Source: the ACCME's Standards for Integrity and Independence: the company is named, its logos, trade names and products are not.
"""

import re

_PROMOTES = re.compile(r"[™®©℠]|\((?:TM|R)\)|https?://|www\.|\b[\w-]+\.(?:com|net|org|io|health|biz)\b", re.IGNORECASE)
_NOTHING = re.compile(r"^(?:none|nil|no)\b[^\n:]*$", re.IGNORECASE)
_KIND = re.compile(r"^(?P<company>[^:]*[^\W\d_][^:]*):\s*(?:money\b|in[- ]kind\b[\s,:]*(?P<what>.*))", re.IGNORECASE)


def why_promotes(name: str) -> str | None:
    """Return what makes a company's name more than a name, None when it is just that."""
    if _PROMOTES.search(name):
        return "give the company's name only, without ™, ® or a web address"
    return None


def supporters(support: str) -> list[str]:
    """Return the lines of commercial support, [] when it says that there is none."""
    lines = [line.strip() for line in support.splitlines() if line.strip()]
    return [] if len(lines) == 1 and _NOTHING.match(lines[0]) else lines


def why_unclear(line: str) -> str | None:
    """Return what a line of support lacks: just a name, and whether money or what in kind was given."""
    told = _KIND.match(line)
    if told is None:
        return "write the company, a colon, and “money” or “in kind” with what was given"
    if told["what"] is not None and not re.search(r"[^\W\d_]{2}", told["what"]):
        return "say what was given in kind"
    return why_promotes(line)
