"""Sharing with hospitals: a person picks what to show, to whom, how long and how often; the recipient sees it verified."""
