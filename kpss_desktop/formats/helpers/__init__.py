"""Programs of this computer that read what our own readers cannot."""
