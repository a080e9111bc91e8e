"""Tests of the check of the audit trail."""
