"""What leaves the archive: one verb, one room."""
