"""Contracts: every entry of a registry is run the same way."""
