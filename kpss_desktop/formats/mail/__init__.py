"""Letters and what is attached to them."""
