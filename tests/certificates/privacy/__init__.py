"""Tests of what is held about a person, taken along and deleted."""
