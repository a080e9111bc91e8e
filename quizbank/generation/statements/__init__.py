"""A document tree in; typed statements with their spans and what each proves exclusive out."""
