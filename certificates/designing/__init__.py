"""Designs: which one certificates of an activity get, with whose logo and signatures, and how that looks."""
