"""The statements of this store, as text."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.store.sql.statements import SHARED, Statement, statements

SAVING = frozenset(
    {
        "event_add",
        "group_add",
        "settings_set",
        "channel_add",
        "place_add",
        "learner_save",
        "account_add",
        "round_save",
        "question_add",
        "participant_save",
        "joined_participant_save",
        "attempt_add",
        "flag_save",
        "amendment_add",
        "suspect_save",
        "attempt_regrade",
        "question_reask",
        "round_recount",
        "total_add",
        "total_save",
        "count_add",
        "outbox_put",
        "schedule_save",
        "day_add",
    }
)
"""What a batch writes, with numbered parameters, so that rows go in as they are."""


@cache
def texts() -> Mapping[str, str]:
    """Return every statement by name; the files are read once, when the first store opens."""
    found = statements("sqlite3", SHARED, Path(__file__).parent / "queries")
    return {
        name: _numbered(statement) if name in SAVING else statement.text for name, statement in found.items()
    }


def _numbered(statement: Statement) -> str:
    """Return the text with ``?1`` for the first parameter that its header names, and so on."""
    places = {name: f"?{place}" for place, name in enumerate(statement.parameters, start=1)}
    return re.sub(r":(\w+)", lambda found: places[found[1]], statement.text)
