"""Repairs of what was read from one source."""

from collections import Counter
from dataclasses import replace
from datetime import date

from bot.packs.importing.drafts import Harvest, Repair
from bot.packs.repairs.balance import weighed
from bot.packs.repairs.dates import without_past
from bot.packs.repairs.entities import plain
from bot.packs.repairs.garbled import without_garbled
from bot.packs.repairs.keys import keyed
from bot.packs.repairs.letters import named
from bot.packs.repairs.maths import mathematical
from bot.packs.repairs.pictures import pictured
from bot.packs.repairs.tables import without_lost_tables


def repaired(harvest: Harvest, today: date | None = None) -> Harvest:
    """Return *harvest* with its drafts mended, and what a person has to decide reported.

    Without *today* no fact is past its date.
    """
    harvest = pictured(harvest)
    harvest = mathematical(harvest)
    harvest = without_lost_tables(harvest)
    harvest = plain(harvest)
    harvest = weighed(harvest)
    harvest = without_past(harvest, today)
    harvest = keyed(without_garbled(harvest))
    counts: Counter[Repair] = Counter(harvest.repaired)
    problems = list(harvest.problems)
    questions = tuple(named(question, counts, problems) for question in harvest.questions)
    return replace(harvest, questions=questions, repaired=counts, problems=tuple(problems))
