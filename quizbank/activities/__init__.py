"""Activities: what a learner takes, what it teaches, how it is put together, and whether it may be published."""
