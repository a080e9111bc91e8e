"""The check of the audit trail: asked for by an administrator, or once a day, and done in the background."""
