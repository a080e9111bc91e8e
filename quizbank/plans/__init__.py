"""What people may use: plans, their entitlements, subscriptions to them, and the ledger of what was used."""
