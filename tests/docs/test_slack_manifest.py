"""The manifest and the page about Slack say what the adapter needs and takes, no more and no less."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.adapters.slack.inbound import EXPLAIN, FLAG, Asked, doing_of
from bot.adapters.slack.scopes import SCOPES
from bot.app import SystemClock
from bot.wording.menu import ROOT
from bot.wording.slack_notices import SAY

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
MANIFEST: Any = yaml.safe_load((DEPLOY / "slack-manifest.yaml").read_text(encoding="utf-8"))
PAGE = (DEPLOY / "slack.md").read_text(encoding="utf-8")

EVENTS: dict[str, dict[str, Any]] = {
    "app_home_opened": {"tab": "home"},
    "app_mention": {"text": "<@U0US> help"},
    "app_uninstalled": {},
    "message.im": {"type": "message", "channel_type": "im", "text": "help"},
    "reaction_added": {"reaction": "one", "item": {"channel": "C0", "ts": "1.1"}},
    "reaction_removed": {"reaction": "one", "item": {"channel": "C0", "ts": "1.1"}},
    "tokens_revoked": {"tokens": {"bot": ["U0US"]}},
}
"""What Slack sends of each event that we take."""


def test_the_manifest_asks_for_the_scopes_that_are_needed() -> None:
    """One too few is found in the middle of a round, one too many by whoever has to allow it."""
    assert MANIFEST["oauth_config"]["scopes"]["bot"] == sorted(SCOPES)


def test_each_scope_has_its_reason_on_the_page() -> None:
    """Nobody should have to guess what an app does with what it is given."""
    rows = re.findall(r"^\| ((?:`[a-z_:.]+`(?:, )?)+) \| \S", PAGE, flags=re.MULTILINE)
    named = {scope for row in rows for scope in re.findall(r"`([^`]+)`", row)}

    assert named == set(SCOPES)


def test_the_manifest_subscribes_to_what_is_taken() -> None:
    """Other events would be sent for nothing."""
    assert MANIFEST["settings"]["event_subscriptions"]["bot_events"] == sorted(EVENTS)


@pytest.mark.parametrize("name", EVENTS)
def test_each_event_of_the_manifest_means_something(name: str) -> None:
    """What is subscribed to is understood."""
    event = {"type": name, **EVENTS[name]}
    body = {"type": "event_callback", "team_id": "T0", "event_id": "Ev0", "event": event}

    assert doing_of(Asked(body, SystemClock().now())) is not None


def test_the_shortcuts_of_the_manifest_are_those_that_are_known() -> None:
    """By the same names that messages of ours use for them."""
    shortcuts = MANIFEST["features"]["shortcuts"]

    assert {one["callback_id"]: one["name"] for one in shortcuts} == {
        EXPLAIN: SAY.explain_menu(),
        FLAG: SAY.flag_menu(),
    }


def test_the_slash_command_of_the_manifest_is_the_root_command() -> None:
    """And who is named in it arrives as an id."""
    (command,) = MANIFEST["features"]["slash_commands"]

    assert command["command"] == ROOT
    assert command["should_escape"]
    assert (command["description"], command["usage_hint"]) == (SAY.root_description(), SAY.usage_hint())
