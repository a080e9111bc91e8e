"""Sending: certificates to many people at once, one message each, however many certificates they have."""
