"""Tests of certificates/wallet/requirements."""
