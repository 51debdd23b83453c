"""What is typed after ``/quiz link``."""

import pytest

from bot.core.commands import Intent, LinkKind, MakeCode, NotUnderstood, RedeemCode, ShowLinks, Unlink
from bot.engine.codes import ALPHABET, LENGTH, code_for, read
from bot.engine.grammar import complete, parse
from tests.engine.halls import LIBRARY


@pytest.mark.parametrize(
    "line, intent",
    [
        ("link", MakeCode()),
        ("link me", MakeCode()),
        ("link my account please", MakeCode()),
        ("link what:me", MakeCode()),
        ("link group", MakeCode(LinkKind.GROUP)),
        ("link this server", MakeCode(LinkKind.GROUP)),
        ("link what:group", MakeCode(LinkKind.GROUP)),
        ("link for:channel", MakeCode(LinkKind.CHANNEL)),
        ("LINK Channel", MakeCode(LinkKind.CHANNEL)),
        ("link show", ShowLinks()),
        ("link what:show", ShowLinks()),
        ("link off", Unlink()),
        ("link off me", Unlink()),
        ("link off group", Unlink(LinkKind.GROUP)),
        ("link off the channel", Unlink(LinkKind.CHANNEL)),
        ("link off:channel", Unlink(LinkKind.CHANNEL)),
        ("link unlink group", Unlink(LinkKind.GROUP)),
        ("link 4K7M-HQ2X", RedeemCode("4K7MHQ2X")),
        ("link 4k7mhq2x", RedeemCode("4K7MHQ2X")),
        ("link code 4K7M HQ2X", RedeemCode("4K7MHQ2X")),
        ('link code:"4K7M HQ2X"', RedeemCode("4K7MHQ2X")),
        ("link code:4K7M-HQ2X", RedeemCode("4K7MHQ2X")),
        ("link with “4K7M–HQ2X”", RedeemCode("4K7MHQ2X")),
        ("link OILS-BZU4", RedeemCode("011582V4")),
    ],
)
def test_a_link_line_is_read_kindly(line: str, intent: Intent) -> None:
    """With fillers, other words for the same, and codes however they are written."""
    assert parse(f"/quiz {line}", LIBRARY) == intent


@pytest.mark.parametrize(
    "line, reason, nearest",
    [
        ("link gruop", "bad_link", "/quiz link group"),
        ("link off chanel", "bad_link", "/quiz link off channel"),
        ("link off group now", "bad_link", ""),
        ("link 4K7M-HQ2", "bad_link", ""),
        ("link what:xyzzy", "bad_link", ""),
        ("link of:me", "unknown_option", "/quiz link off:me"),
        ("link colour:red", "unknown_option", ""),
        ("link code:", "value_missing", ""),
        ("linkk", "unknown_command", "/quiz link"),
    ],
)
def test_a_link_line_that_cannot_be_read_is_answered(line: str, reason: str, nearest: str) -> None:
    """With what was probably meant where something is near."""
    found = parse(f"/quiz {line}", LIBRARY)
    assert isinstance(found, NotUnderstood)
    assert (found.reason, found.nearest) == (reason, nearest)


def test_a_code_has_no_letters_that_are_taken_for_others() -> None:
    """Each event has one of its own, the same at every delivery."""
    drawn = [code_for("seed", str(number)) for number in range(500)]
    assert len(set(drawn)) == len(drawn)
    assert {sign for code in drawn for sign in code} == set(ALPHABET)
    assert all(len(code) == LENGTH and read(code) == code for code in drawn)
    assert code_for("seed", "1") == code_for("seed", "1") != code_for("other", "1")
    assert set("BILOSUZ").isdisjoint(ALPHABET)


def test_what_can_be_linked_is_offered() -> None:
    """As the options of every other command."""
    assert [one.insert for one in complete("/quiz link what:g", LIBRARY)] == ["/quiz link what:group"]
    assert "/quiz link" in [one.insert.strip() for one in complete("/quiz li", LIBRARY)]
