"""Background work: one table in the application's own database, worker loop, progress."""
