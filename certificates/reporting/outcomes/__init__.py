"""What activities came to: one activity's results, and the provider's year in figures."""
