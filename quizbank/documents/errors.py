"""The ways a file can fail to become a document: each error's text is a sentence that tells the author what to do."""


class UnreadableDocument(ValueError):
    """The file cannot be made into a document; ``str(error)`` is fit to be shown to its author."""


class EmptyDocument(UnreadableDocument):
    """The file holds no text."""


class TooLarge(UnreadableDocument):
    """The file, or what it unpacks to, is over a limit."""


class UnknownFormat(UnreadableDocument):
    """The bytes are none of the formats that can be read, or contradict the file's name."""


class DamagedFile(UnreadableDocument):
    """The file says it is of a known format but cannot be read as such."""


class ProtectedFile(UnreadableDocument):
    """The file is encrypted."""


class NoTextInFile(UnreadableDocument):
    """The file has pages but no text on them: a scan."""


class ReadingStopped(UnreadableDocument):
    """Reading took more time or memory than allowed, or the reading process died."""
