"""Post: messages to people, written beside what they tell of and handed to the provider's mail server, each once."""
