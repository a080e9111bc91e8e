"""Tests of completions in, certificates out."""
