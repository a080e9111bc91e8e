"""Tests of what holders are told about their certificates."""
