"""What the program can do, without a screen: verbs as functions that take an open Archive, one verb a room."""
