"""Our own clinical kinds, list names and measures as reviewed data, and the one file that reads them."""
