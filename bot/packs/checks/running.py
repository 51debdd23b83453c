"""The whole check of a pack: everything that reading it does not already find."""

from datetime import date

from bot.core.cards import Card
from bot.core.items import Item
from bot.core.packs import Pack
from bot.packs.checks.completeness import check_completeness
from bot.packs.checks.coverage import check_coverage
from bot.packs.checks.duplicates import check_duplicates
from bot.packs.checks.giveaways import check_giveaways
from bot.packs.checks.markup import check_markup
from bot.packs.checks.places import Ledger
from bot.packs.folders import MANIFEST, shown
from bot.packs.loading import Checked
from bot.packs.problems import Problem, in_order


def check_whole(checked: Checked, today: date) -> tuple[Problem, ...]:
    """Return all problems of a pack: those of its reading, and when it is whole those of its making.

    What is switched off is only counted as such: nobody is asked it.
    """
    pack = checked.pack
    if pack is None:
        return checked.problems
    ledger, origins = Ledger(), checked.origins
    items = asked_items(pack, today)
    check_markup(origins, ledger)
    check_completeness(pack, origins, ledger)
    check_duplicates(items, shown_cards(pack), origins.entries, ledger)
    check_giveaways(items, origins.entries, ledger)
    blueprint = next((one for one in checked.blueprints if one.id == pack.blueprint), None)
    if blueprint is not None:
        spot = ledger.spot(shown(checked.folder / MANIFEST))
        check_coverage(items, blueprint, checked.blueprint_line, spot)
    return in_order([*checked.problems, *ledger.problems])


def asked_items(pack: Pack, today: date) -> tuple[Item, ...]:
    """Return the items of *pack* that are asked on *today*: not switched off and not out of date."""
    return tuple(
        item
        for deck in pack.decks
        for item in deck.items
        if not item.off and (item.valid_until is None or item.valid_until >= today)
    )


def shown_cards(pack: Pack) -> tuple[Card, ...]:
    """Return the cards of *pack* that are not switched off."""
    return tuple(card for deck in pack.cards for card in deck.cards if not card.off)
