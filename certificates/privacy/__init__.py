"""What is held about a person: shown to them, exported for them, and taken away when they ask for it."""
