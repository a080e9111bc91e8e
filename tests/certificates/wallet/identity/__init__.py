"""Tests of certificates/wallet/identity."""
