"""The item bank: items, their immutable versions, and the types a question can have."""
