"""Tests of certificates.reporting."""
