"""Charts as values: what is to be drawn, its text alternative and its numbers."""
