"""How tokens are encrypted: by workspace, with keys that are changed one after the other."""

import pytest
from cryptography.fernet import Fernet

from bot.adapters.slack.keys import Keys
from tests.adapters.slack.schools import NEW, OLD


@pytest.fixture(scope="module")
def old() -> Keys:
    """The keys before they were changed."""
    return Keys([OLD])


@pytest.fixture(scope="module")
def both() -> Keys:
    """The new key and, behind it, the old one."""
    return Keys([NEW, OLD])


def test_what_was_encrypted_is_opened_and_shows_nothing(old: Keys) -> None:
    """Twice the same is not the same twice: nobody sees from the outside that a token has not changed."""
    sealed = old.sealed("T1", "xoxb-1-ä")

    assert old.opened("T1", sealed) == "xoxb-1-ä"
    assert "xoxb" not in sealed
    assert old.sealed("T1", "xoxb-1-ä") != sealed


def test_what_belongs_to_one_workspace_is_not_opened_as_anothers(old: Keys) -> None:
    """Whoever can write to the database could otherwise let us speak with a token of their choice."""
    sealed = old.sealed("T1", "xoxb-1")

    assert old.opened("T2", sealed) is None
    assert old.opened("", sealed) is None


@pytest.mark.parametrize("sealed", ["", "x", "gAAAAA==", "ä", "xoxb-1"])
def test_what_nobody_encrypted_is_not_opened(old: Keys, sealed: str) -> None:
    """It is no error: a row may have been written by another program's keys."""
    assert old.opened("T1", sealed) is None
    assert not old.is_newest("T1", sealed)


def test_a_changed_character_is_noticed(old: Keys) -> None:
    """Nothing half right comes out."""
    sealed = old.sealed("T1", "xoxb-1")
    middle = len(sealed) // 2
    changed = "A" if sealed[middle] != "A" else "B"

    assert old.opened("T1", sealed[:middle] + changed + sealed[middle + 1 :]) is None


def test_an_older_key_still_opens_and_the_first_one_encrypts(old: Keys, both: Keys) -> None:
    """A key is changed by putting a new one before it; what was encrypted anew the old one opens no more."""
    sealed = old.sealed("T1", "xoxb-1")

    assert both.opened("T1", sealed) == "xoxb-1"
    assert (both.is_newest("T1", sealed), old.is_newest("T1", sealed)) == (False, True)

    anew = both.sealed("T1", "xoxb-1")

    assert both.is_newest("T1", anew)
    assert old.opened("T1", anew) is None


def test_a_key_that_a_machine_made_will_do() -> None:
    """Whatever it is made by; the same one opens it again in another process."""
    made = Fernet.generate_key().decode()

    assert Keys([made]).opened("T1", Keys([made]).sealed("T1", "xoxb-1")) == "xoxb-1"
