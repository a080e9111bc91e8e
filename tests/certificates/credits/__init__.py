"""Tests of evaluation, credit and its wording."""
