"""Tests of certificates/wallet."""
