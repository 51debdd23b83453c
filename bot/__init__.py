"""Study Hall: a tutor that lives in a study group's chat."""

__version__ = "0.1.0"
