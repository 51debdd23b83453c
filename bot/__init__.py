"""Study Hall: a tutor that lives in a study group's chat."""
