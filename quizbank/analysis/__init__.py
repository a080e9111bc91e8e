"""Analysis: what responses say about the items that were asked and about the score, with the flags that ask for a hand."""
