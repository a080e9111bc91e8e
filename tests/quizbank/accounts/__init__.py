"""Tests of people and the audit trail."""
