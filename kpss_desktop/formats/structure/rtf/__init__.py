"""Rich Text Format with its structure, after the specification 1.9.1."""
