"""Tests of what a recipient sees."""
