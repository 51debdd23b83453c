"""Actions: the short text behind a button, and the way back to what was meant.

An action names a kind of command and opaque ids, never an answer, a name or a key. It is read as what anybody
may send: whatever is malformed is nothing, and nothing here raises.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final, assert_never

from bot.core.commands import (
    Begin,
    Close,
    DrawRequest,
    Flag,
    Intent,
    Join,
    Leave,
    Next,
    Pause,
    RankedBy,
    Redo,
    Resume,
    Scope,
    ShowMine,
    ShowMissed,
    ShowTop,
    Since,
    Skip,
    StartRound,
    Stop,
    SubmitAnswer,
)
from bot.core.ids import QuestionId, RoundId, Topic
from bot.core.responses import Picked, Sent, Typed
from bot.wording.deck_actions import decode_deck
from bot.wording.review_actions import decode_review

LONGEST_ACTION: Final = 100
MOST_PICKED: Final = 100
MOST_TYPED: Final = 25
LONGEST_TYPED: Final = 20_000

Pressable = (
    Join | Leave | Begin | Close | Next | Skip | Pause | Resume | Stop | ShowMine | ShowMissed | Redo | Flag
)
"""What a button to a round can mean; an answer has :func:`answer_action`, a leaderboard its own too."""

_ACTION: Final = re.compile(
    r"(?P<verb>[a-z]):(?P<round>[A-Za-z0-9_-]{1,40})(?:\.(?P<position>\d{1,3}))?(?::(?P<picked>\d{1,2}))?",
    re.ASCII,
)

_SCOPES: Final = {"c": Scope.CHANNEL, "g": Scope.GROUP, "e": Scope.EVERYWHERE}
_SINCE: Final = {
    "d": Since.DAY,
    "w": Since.WEEK,
    "m": Since.MONTH,
    "s": Since.SEASON,
    "a": Since.ALL,
}
_ORDERS: Final = {"p": RankedBy.POINTS, "a": RankedBy.ACCURACY, "i": RankedBy.IMPROVEMENT}
_LETTERS: Final = {value: letter for of in (_SCOPES, _SINCE, _ORDERS) for letter, value in of.items()}

_TOP: Final = re.compile(
    r"t:(?P<scope>[cge])(?P<since>[dwmsa])(?P<by>[pai]):(?P<page>[1-9]\d{0,3})"
    r"(?::(?P<about>[A-Za-z0-9._-](?:[A-Za-z0-9._ -]{0,78}[A-Za-z0-9._-])?))?",
    re.ASCII,
)


_PLAY: Final = re.compile(
    r"y:(?P<count>[1-9]\d?):(?P<topics>[A-Za-z0-9._-][A-Za-z0-9._ -]*(?:,[A-Za-z0-9._-][A-Za-z0-9._ -]*)*)",
    re.ASCII,
)
_OF_NO_ROUND: Final = frozenset("ty")


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a press means, and the round that its control belongs to, None where it belongs to none."""

    intent: Intent
    round: RoundId | None


def encode(command: Pressable, round_: RoundId) -> str:  # noqa: C901, PLR0911 - one case a command
    """Return the action of *command* in *round_*: at most 100 characters. A flag's has no reason in it."""
    match command:
        case Join():
            return f"j:{round_}"
        case Leave():
            return f"l:{round_}"
        case Begin():
            return f"b:{round_}"
        case Pause():
            return f"p:{round_}"
        case Resume():
            return f"r:{round_}"
        case Stop():
            return f"s:{round_}"
        case Close(question=question):
            return f"c:{question or round_}"
        case Next(question=question):
            return f"n:{question or round_}"
        case Skip(question=question):
            return f"k:{question or round_}"
        case ShowMine(question=question):
            return f"m:{question}"
        case Flag(question=question):
            return f"f:{question or round_}"
        case ShowMissed(round=missed):
            return f"w:{missed}"
        case Redo(round=missed):
            return f"o:{missed}"
        case _:
            assert_never(command)


def answer_action(question: QuestionId, position: int | None = None) -> str:
    """Return the action that answers *question*; a button for one option adds its *position*."""
    return f"a:{question}" if position is None else f"a:{question}:{position}"


def top_action(command: ShowTop) -> str:
    """Return the action that shows a page of a leaderboard; "" when it cannot be said in an action.

    That is so of a page after the 9,999th, and of a topic that is long or has more than plain characters in
    its id: without its topic the action would show another leaderboard. A season stands where a topic would,
    by its id.
    """
    letters = "".join(_LETTERS[value] for value in (command.scope, command.since, command.by))
    about = command.topic or command.season
    action = f"t:{letters}:{command.page}" + (f":{about}" if about else "")
    return action if _top(action) == command else ""


def play_action(request: DrawRequest) -> str:
    """Return the action that starts a round on some topics; "" when it cannot be said in an action."""
    action = f"y:{request.count}:{','.join(request.topics)}"
    return action if _play(action) == StartRound(request) else ""


def decode(
    action: str, *, picked: tuple[int, ...] | None, typed: tuple[str, ...] | None, at: datetime
) -> Pressed | None:
    """Return what *action* means; None when it means nothing.

    *picked* and *typed* came with the press of a picker or a form. *at* is the platform's time of the press.
    """
    about_decks = decode_deck(action, typed) if picked is None and _is_typed(typed) else None
    about_review = decode_review(action, typed) if picked is None and _is_typed(typed) else None
    about = about_decks or about_review
    if about is not None:
        return Pressed(about, None)
    found = _ACTION.fullmatch(action) if len(action) <= LONGEST_ACTION else None
    if found is None or found["verb"] in _OF_NO_ROUND:
        unbound = _top(action) or _play(action)
        return None if unbound is None else Pressed(unbound, None)
    round_ = RoundId(found["round"])
    question = None if found["position"] is None else QuestionId(f"{round_}.{found['position']}")
    if found["verb"] == "a":
        intent = _answer(question, _sent(found["picked"], picked, typed), at)
    elif found["picked"] is not None:
        return None
    elif question is None:
        intent = _about_round(found["verb"], round_)
    else:
        intent = _about_question(found["verb"], question)
    return None if intent is None else Pressed(intent, round_)


def _top(action: str) -> ShowTop | None:
    """Return the leaderboard that *action* means, if it means one."""
    found = _TOP.fullmatch(action) if len(action) <= LONGEST_ACTION else None
    if found is None:
        return None
    since, about = _SINCE[found["since"]], found["about"] or ""
    season = since is Since.SEASON
    return ShowTop(
        _SCOPES[found["scope"]],
        since,
        _ORDERS[found["by"]],
        Topic("" if season else about),
        int(found["page"]),
        about if season else "",
    )


def _play(action: str) -> StartRound | None:
    """Return the round on some topics that *action* means, if it means one."""
    found = _PLAY.fullmatch(action) if len(action) <= LONGEST_ACTION else None
    if found is None:
        return None
    topics = tuple(Topic(topic) for topic in found["topics"].split(","))
    return StartRound(DrawRequest(int(found["count"]), topics=topics))


def _answer(question: QuestionId | None, sent: Sent | None, at: datetime) -> Intent | None:
    if question is None or sent is None:
        return None
    return SubmitAnswer(question, sent, at)


def _sent(button: str | None, picked: tuple[int, ...] | None, typed: tuple[str, ...] | None) -> Sent | None:
    """Return what was sent: the button's own position first, then positions, then texts."""
    if button is not None:
        return Picked((int(button),))
    if picked is not None:
        return Picked(picked) if len(picked) <= MOST_PICKED else None
    return None if typed is None or not _is_typed(typed) else Typed(typed)


def _is_typed(typed: tuple[str, ...] | None) -> bool:
    """Tell whether *typed* is nothing, or no more than anybody would type."""
    return typed is None or (len(typed) <= MOST_TYPED and all(len(text) <= LONGEST_TYPED for text in typed))


def _about_round(verb: str, round_: RoundId) -> Intent | None:
    intents: dict[str, Intent] = {
        "j": Join(),
        "l": Leave(),
        "b": Begin(),
        "p": Pause(),
        "r": Resume(),
        "s": Stop(),
        "c": Close(),
        "n": Next(),
        "k": Skip(),
        "f": Flag(),
        "w": ShowMissed(round_),
        "o": Redo(round_),
    }
    return intents.get(verb)


def _about_question(verb: str, question: QuestionId) -> Intent | None:
    intents: dict[str, Intent] = {
        "c": Close(question),
        "n": Next(question),
        "k": Skip(question),
        "m": ShowMine(question),
        "f": Flag(question),
    }
    return intents.get(verb)
