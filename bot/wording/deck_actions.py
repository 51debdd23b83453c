"""Deck actions: what stands behind the buttons and forms about a group's own decks."""

import re
from typing import Final

from bot.core.deck_commands import (
    DecideProposal,
    DeckCommand,
    DeckQuery,
    Draft,
    DropUpload,
    OpenMending,
    OpenWriting,
    ProposeQuestion,
    RemoveDeck,
    ShowProposals,
    ShowReport,
    TakeUpload,
    WriteQuestion,
)
from bot.core.ids import DeckId

WRITE: Final = "d:write"
"""The action of the form in which a question is written."""

PROPOSE: Final = "d:propose"
"""The action of the form in which one is proposed."""

FIELDS: Final = 4
"""How many texts such a form has: the question, its options, the explanation, the deck."""

LONGEST_ACTION: Final = 100

_ABOUT: Final = re.compile(r"d:(?P<verb>[a-z]{2,8})(?::(?P<id>[a-z0-9][a-z0-9/-]{0,88}))?", re.ASCII)


def take_action(upload: str) -> str:
    """Return the action that adds an upload."""
    return f"d:take:{upload}"


def drop_action(upload: str) -> str:
    """Return the action that forgets an upload."""
    return f"d:drop:{upload}"


def report_action(upload: str) -> str:
    """Return the action that gives the whole report of an upload."""
    return f"d:report:{upload}"


def remove_action(deck: DeckId) -> str:
    """Return the action that takes a deck away; "" when its id is too long to be said in an action."""
    action = f"d:remove:{deck}"
    return action if _ABOUT.fullmatch(action) else ""


def mend_action(proposal: str) -> str:
    """Return the action of the form in which a proposal is mended, and of the button that opens it."""
    return f"d:mend:{proposal}"


def decide_action(proposal: str, *, accepted: bool) -> str:
    """Return the action that accepts or declines a proposal."""
    return f"d:{'accept' if accepted else 'decline'}:{proposal}"


def next_action(proposal: str) -> str:
    """Return the action that shows the next proposal after this one."""
    return f"d:next:{proposal}"


def decode_deck(action: str, typed: tuple[str, ...] | None) -> DeckCommand | DeckQuery | None:
    """Return what *action* means, None when it means nothing; *typed* came with the press of a form."""
    found = _ABOUT.fullmatch(action) if len(action) <= LONGEST_ACTION else None
    if found is None:
        return None
    verb, id_ = found["verb"], found["id"] or ""
    if typed is not None:
        return _filled(verb, id_, typed)
    return _of_nothing(verb) if not id_ else _about(verb, id_)


def _filled(verb: str, id_: str, typed: tuple[str, ...]) -> DeckCommand | None:
    if len(typed) != FIELDS:
        return None
    draft = Draft(*typed)
    match verb, bool(id_):
        case "write", False:
            return WriteQuestion(draft)
        case "propose", False:
            return ProposeQuestion(draft)
        case "mend", True:
            return DecideProposal(id_, accepted=True, draft=draft)
        case _:
            return None


def _of_nothing(verb: str) -> DeckQuery | None:
    openings: dict[str, DeckQuery] = {
        "write": OpenWriting(),
        "propose": OpenWriting(proposal=True),
        "next": ShowProposals(),
    }
    return openings.get(verb)


def _about(verb: str, id_: str) -> DeckCommand | DeckQuery | None:
    intents: dict[str, DeckCommand | DeckQuery] = {
        "take": TakeUpload(id_),
        "drop": DropUpload(id_),
        "report": ShowReport(id_),
        "remove": RemoveDeck(DeckId(id_), sure=True),
        "mend": OpenMending(id_),
        "accept": DecideProposal(id_, accepted=True),
        "decline": DecideProposal(id_, accepted=False),
        "next": ShowProposals(id_),
    }
    return intents.get(verb)
