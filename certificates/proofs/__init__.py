"""Proofs: the public documents with which machines check certificates: keys, status lists and the log."""
