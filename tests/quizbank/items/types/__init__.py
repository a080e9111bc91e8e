"""Tests of the item types, each at its own path; contracts/ runs them all the same way."""
