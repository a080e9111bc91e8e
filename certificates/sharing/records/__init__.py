"""The kinds of records that can be shared: what may be picked, what a recipient sees, which files come with it."""
