"""Certificates: frozen facts, rendering, verification, and bundles of many."""
