"""The shell around the core: load, decide, save, acknowledge, deliver, wake."""
