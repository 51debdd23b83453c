"""Measurements: ``.venv/bin/python -m tests.bench`` prints each as a ratio of two things timed in one run."""
