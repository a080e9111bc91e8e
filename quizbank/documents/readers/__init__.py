"""The document formats that can be read: one row per format, the first that recognises a file reads it."""

from quizbank.documents.readers import plain_text

READERS = (plain_text,)
