"""Verification: what anybody may ask about a certificate, and the public documents that machines check it with."""
