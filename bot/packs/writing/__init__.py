"""Writing: a pack as the files that its reader reads."""
