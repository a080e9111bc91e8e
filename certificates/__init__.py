"""Completed attempts go in; evaluations, claimed credit and verifiable certificates come out."""
