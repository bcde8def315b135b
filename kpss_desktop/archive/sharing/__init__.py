"""Several computers, one folder: who writes, what the others wrote, and what the disk can do."""
