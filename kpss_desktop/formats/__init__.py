"""What a file is and what it says: a table of formats, one module a family, and a process that may die for them."""
