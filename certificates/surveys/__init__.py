"""Surveys that evaluate an activity: built by administrators, answered before credit, read as results."""
