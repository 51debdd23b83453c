"""Items, libraries and the errors about them."""

import pytest

from bot.core.errors import (
    ConfigError,
    ContentError,
    DeliveryDelayed,
    DeliveryError,
    DeliveryRefused,
    DeliveryUnknown,
    MigrationError,
    StoreError,
    StudyHallError,
)
from bot.core.ids import OptionId
from bot.core.packs import Library
from tests.core.builders import choice, deck, pack


def test_an_item_finds_its_option_by_id() -> None:
    """An id that it does not have is a defect of ours."""
    assert choice().option(OptionId("c")).text == "option c"
    with pytest.raises(KeyError, match="z"):
        choice().option(OptionId("z"))


def test_a_library_has_the_decks_of_all_its_packs_in_order() -> None:
    """Pack by pack, as they are served."""
    decks = (deck(name="a"), deck(name="b"), deck(name="c"))

    assert Library((pack(*decks[:2]), pack(decks[2], name="other"))).decks == decks


def test_every_error_of_ours_can_be_caught_as_one() -> None:
    """And a delay says how long to wait."""
    errors = (ConfigError, ContentError, StoreError, MigrationError, DeliveryError)
    deliveries = (DeliveryRefused, DeliveryDelayed, DeliveryUnknown)

    assert all(issubclass(error, StudyHallError) for error in errors)
    assert all(issubclass(error, DeliveryError) for error in deliveries)
    assert DeliveryDelayed("busy", 1.5).retry_after == 1.5
