"""How the properties of the core are searched."""

from hypothesis import settings

# A busy machine is no defect; and a failing run says how to repeat it.
settings.register_profile("study", deadline=None, print_blob=True)
settings.load_profile("study")
