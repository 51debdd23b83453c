"""Codes and links as they are read."""

from datetime import timedelta

import pytest

from bot.core import effects as fx
from bot.core.commands import LinkKind
from bot.core.effects import Refusal
from bot.wording.plain import plain
from bot.wording.render import view_of
from bot.wording.views import ChannelName, Moment, Strong, Tone
from tests.wording.runs import runs
from tests.wording.samples import NOON

UNTIL = NOON + timedelta(minutes=10)


def said(effect: fx.Effect) -> str:
    """Return the message as a transcript has it."""
    return plain(view_of(effect).blocks)


@pytest.mark.parametrize(
    "kind, where, warning",
    [
        (LinkKind.ME, "In your other account, wherever I am, type", "only in an account of your own"),
        (LinkKind.GROUP, "In the other group an organiser types", "an organiser of the group that you mean"),
        (
            LinkKind.CHANNEL,
            "In the other channel an organiser types",
            "organiser of the channel that you mean",
        ),
    ],
)
def test_a_code_says_where_to_type_it_and_warns(kind: LinkKind, where: str, warning: str) -> None:
    """The command stands there as it is typed, and the warning stands out."""
    effect = fx.CodeMade("4K7M-HQ2X", kind, UNTIL)
    text = said(effect)

    assert text.startswith(f"{where} /quiz link 4K7M-HQ2X")
    assert "It works once, within ten minutes" in text
    assert warning in text
    assert [run.at for run in runs(view_of(effect)) if isinstance(run, Moment)] == [UNTIL]
    assert any(isinstance(run, Strong) for run in runs(view_of(effect)))


@pytest.mark.parametrize(
    "kind, undo", [(LinkKind.ME, "off"), (LinkKind.GROUP, "off group"), (LinkKind.CHANNEL, "off channel")]
)
def test_what_is_linked_says_with_whom_and_how_it_is_undone(kind: LinkKind, undo: str) -> None:
    """By the name and the platform of who made the code."""
    text = said(fx.Linked(kind, "Άδα", "slack"))

    assert "Άδα on Slack" in text
    assert text.endswith(f"To undo it: /quiz link {undo}")
    assert "groups are one now as well" not in text


def test_a_channel_that_linked_the_groups_too_says_so() -> None:
    """Because the leaderboard is another one now."""
    text = said(fx.Linked(LinkKind.CHANNEL, "Άδα", "discord", group=True))
    assert "The groups are one now as well, with one leaderboard." in text


@pytest.mark.parametrize("kind", LinkKind)
def test_what_is_unlinked_says_what_that_leaves(kind: LinkKind) -> None:
    """In one sentence of each kind's own."""
    view = view_of(fx.Unlinked(kind))
    assert (view.tone, view.title) == (Tone.GOOD, "Link undone")
    assert "own again" in plain(view.blocks)


def test_nothing_linked_is_shown_with_the_commands_that_link() -> None:
    """Each for what it is about."""
    text = said(fx.LinksShown((fx.LinkedAccount("web", "Άδα", mine=True),), (), ()))
    for command in ("/quiz link makes a code", "code: /quiz link group", "code: /quiz link channel"):
        assert command in text


def test_all_that_is_linked_is_named() -> None:
    """Channels by their name where the reader's platform knows it."""
    effect = fx.LinksShown(
        (fx.LinkedAccount("web", "Άδα", mine=True), fx.LinkedAccount("slack", "Βίκη")),
        ("slack",),
        (fx.Spot("γενικά"), fx.Spot(platform="slack")),
    )
    text = said(effect)

    for line in ("Άδα in the web chat, where you are now", "Βίκη on Slack", "One with a group on Slack"):
        assert line in text
    assert "One with a channel on Slack" in text
    assert [run.id for run in runs(view_of(effect)) if isinstance(run, ChannelName)] == ["γενικά"]


@pytest.mark.parametrize(
    "reason",
    [
        Refusal.NO_SUCH_CODE,
        Refusal.CODE_USED,
        Refusal.CODE_EXPIRED,
        Refusal.TOO_MANY_TRIES,
        Refusal.OWN_CODE,
        Refusal.SAME_PERSON,
        Refusal.SAME_ROUND,
        Refusal.TOO_MANY_ACCOUNTS,
        Refusal.SAME_GROUP,
        Refusal.TWO_UNIONS,
        Refusal.SAME_CHANNEL,
        Refusal.CHANNEL_LINKED,
        Refusal.CHANNEL_PLAYS,
        Refusal.TOO_MANY_PLACES,
        Refusal.NO_CHANNEL_HERE,
        Refusal.NOT_LINKED_ME,
        Refusal.NOT_LINKED_GROUP,
        Refusal.NOT_LINKED_CHANNEL,
    ],
)
def test_a_link_that_cannot_be_says_why_and_what_to_do(reason: Refusal) -> None:
    """In two sentences at most of their own each."""
    view = view_of(fx.CommandRefused(reason))
    assert view.tone is Tone.REFUSED
    assert 1 <= plain(view.blocks).count(". ") + 1 <= 2
