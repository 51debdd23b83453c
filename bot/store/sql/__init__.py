"""SQL as files: the statements that both dialects share, and how statements and migrations are read."""
