"""Tests of certificates/wallet/external."""
