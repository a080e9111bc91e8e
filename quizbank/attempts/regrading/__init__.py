"""Regrading: submitted attempts scored again by replay after the key of an item was corrected."""
