"""Content: folders that authors write, checked and turned into frozen packs."""
