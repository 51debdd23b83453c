"""Writing: a pack's value turned into the files that the strict reader reads back equal."""
