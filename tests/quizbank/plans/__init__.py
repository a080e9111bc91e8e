"""Tests of plans, entitlements, subscriptions and the ledger."""
