"""Reading in processes that may die of a stranger's file."""
