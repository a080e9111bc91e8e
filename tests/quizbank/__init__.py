"""Tests of documents in, scored attempts out."""
