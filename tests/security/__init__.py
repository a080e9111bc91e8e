"""Attacks, each written down as a test: what an outsider, a learner, an author or an administrator might try."""
