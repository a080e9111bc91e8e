"""Telling holders what happened to their certificates, in messages written beside it."""
