"""What a board asks for, as data, and how a person's credit stands against it."""
