"""Documents of our own on which the generator is tuned and read, and what must hold on every one of them."""
