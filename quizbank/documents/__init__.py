"""Files and pasted text in, document trees with exact character offsets out."""
