"""Tests of certificates.reporting.outcomes."""
