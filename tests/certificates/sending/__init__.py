"""Tests of sending certificates to many."""
