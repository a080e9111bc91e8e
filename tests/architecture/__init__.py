"""Guards of the design: imports, names, sizes, what is loaded and what is documented."""
