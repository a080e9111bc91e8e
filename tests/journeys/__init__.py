"""Whole stories told through HTTP, on both databases."""
