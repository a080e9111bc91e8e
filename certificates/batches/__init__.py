"""Batches: issuing, replacing or revoking many certificates at once, in the background, each exactly once."""
