"""Follow-ups: when questions come back, what is kept, how much stays known."""
