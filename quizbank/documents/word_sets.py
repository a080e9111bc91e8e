"""Words written down between bars in; a set of them out."""


def word_set(listing: str) -> frozenset[str]:
    """Return the words of "one|two words|three": word lists stay readable as running text."""
    return frozenset(listing.split("|"))
