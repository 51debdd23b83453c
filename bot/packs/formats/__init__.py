"""Formats: one module each, with how it is recognised, read and written."""
