"""Repairs: what can be mended in material as it is found, and what a person has to decide."""
