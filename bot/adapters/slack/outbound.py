"""Outbound: what Slack shows. A view becomes messages, forms or a home tab; nothing here talks to anybody."""

from bot.adapters.slack.controls import options_of, picked_of
from bot.adapters.slack.layouts import Part, parts_of, spare_part
from bot.adapters.slack.letters import emoji_names
from bot.adapters.slack.modals import (
    Read,
    files_modal,
    flag_modal,
    input_block,
    modal_of,
    read_form,
    shown_modal,
)
from bot.adapters.slack.payloads import Block
from bot.adapters.slack.tabs import home_of

__all__ = [
    "Block",
    "Part",
    "Read",
    "emoji_names",
    "files_modal",
    "flag_modal",
    "home_of",
    "input_block",
    "modal_of",
    "options_of",
    "parts_of",
    "picked_of",
    "read_form",
    "shown_modal",
    "spare_part",
]
