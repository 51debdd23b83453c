"""Catalogues: the words of each language, one class a language.

English is the first and holds every sentence. Another language is a subclass of :class:`English` that
overrides what it has; what it lacks is said in English rather than not at all.
"""

from collections.abc import Mapping
from typing import Final

from bot.wording.catalogues.en import English

Catalogue = English
"""What wording asks of a language: English is the measure, and others stand in for it."""

CATALOGUES: Final[Mapping[str, Catalogue]] = {"en": English()}


def catalogue_for(locale: str) -> Catalogue:
    """Return the catalogue of *locale* (``en-GB``, ``en_GB``), else of its language, else English."""
    wanted = locale.replace("_", "-").lower()
    language = wanted.partition("-")[0]
    return CATALOGUES.get(wanted) or CATALOGUES.get(language) or CATALOGUES["en"]
