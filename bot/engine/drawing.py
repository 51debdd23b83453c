"""Drawing: what a round that begins will ask, and under which title."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from bot.core.commands import DrawRequest, StartRound
from bot.core.draws import draw_items, draw_order, draw_stems
from bot.core.ids import ItemId, RoundId
from bot.core.own_packs import is_own
from bot.core.packs import Library
from bot.core.questions import Question, question_id

LIMITS: Final = {"seconds": (5, 600), "lobby_seconds": (0, 600), "pause_seconds": (0, 600), "teams": (2, 8)}
COUNT_LIMITS: Final = (1, 50)


def drawn(
    library: Library,
    request: DrawRequest,
    round_: RoundId,
    *,
    recent: Sequence[ItemId],
    today: date,
    seed: str,
) -> tuple[Question, ...]:
    """Return the questions of *round_*: items that fit *request*, with their options in a drawn order."""
    items = draw_items(library, request, recent=recent, today=today, seed=seed)
    return tuple(
        Question(
            question_id(round_, position), position, item, draw_order(item, seed), draw_stems(item, seed)
        )
        for position, item in enumerate(items)
    )


def hardest_oldest(recent: Sequence[ItemId], shares: Mapping[str, float]) -> list[ItemId]:
    """Return *recent* with what was answered worst as if it had been asked longest ago.

    *shares* is the mean credit of each item. The newer half stays as it is, so that nothing comes again soon.
    """
    half = len(recent) // 2
    older = sorted(recent[half:], key=lambda item: shares.get(item, 1.0), reverse=True)
    return [*recent[:half], *older]


def beyond_limits(command: StartRound) -> str | None:
    """Return the setting that is out of its range, as ``seconds 5 600``; None when all are in it."""
    values = {name: getattr(command.settings, name) for name in LIMITS} | {"count": command.request.count}
    for name, (least, most) in {**LIMITS, "count": COUNT_LIMITS}.items():
        value = values[name]
        if value is not None and not least <= value <= most:
            return f"{name} {least} {most}"
    return None


def title_of(library: Library, request: DrawRequest) -> str:
    """Return the title of the pack whose decks are all asked for, or of the one deck; "" for a mixture.

    A group's own pack has no title of its own to show, so its only deck stands for it.
    """
    wanted = set(request.decks)
    for pack in library.packs:
        alone = is_own(pack.id) and len(pack.decks) == 1
        if wanted == {deck.id for deck in pack.decks} and not alone:
            return pack.title
    titles = [deck.title for deck in library.decks if deck.id in wanted]
    return titles[0] if len(titles) == 1 else ""
