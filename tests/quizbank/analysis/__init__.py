"""Item statistics, flags, charts and their pages."""
