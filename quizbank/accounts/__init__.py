"""People, their roles, signing in, and the audit trail of what was done by whom."""
