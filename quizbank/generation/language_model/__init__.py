"""A language model as an option: suggestions in, suggestions with its wrong options out, behind the same gate."""
