"""Tests of certificates/wallet/licenses."""
