"""What a file is and what it says: a table of formats, a module or a room for each family of them."""
