"""Licenses with their documents, and reminders before they expire."""
