"""Tests of the records that can be shared."""
