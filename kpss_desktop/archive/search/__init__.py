"""Finding: what is typed, understood in one archive, and what the clerk teaches the search."""
