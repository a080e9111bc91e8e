"""Attempts: an insert-only log of steps whose replay is the state, graded once, shown as far as visibility allows."""
