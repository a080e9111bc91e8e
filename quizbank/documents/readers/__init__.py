"""The document formats that can be read: one row per format, the first that recognises a file reads it."""

from quizbank.documents.readers import docx, html, markdown, pdf, plain_text

READERS = (pdf, docx, html, markdown, plain_text)
