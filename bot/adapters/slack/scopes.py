"""Scopes: what a workspace is asked to allow, each with its reason. The manifest asks for the same."""

from types import MappingProxyType
from typing import Final

SCOPES: Final = MappingProxyType(
    {
        "app_mentions:read": "commands in threads, where Slack has no slash commands",
        "channels:history": "after a lost connection, whether our own message has arrived",
        "channels:read": "whether we are in a channel, and who made it",
        "chat:write": "questions, reveals, standings, and what one person alone sees",
        "commands": "the command /quiz, and the shortcuts in the menu of a message",
        "files:read": "whether a picture of ours is ready, and the files that people add to their decks",
        "files:write": "the pictures, and decks that are taken away as files",
        "groups:history": "as channels:history, in private channels that we were invited to",
        "groups:read": "as channels:read, in private channels that we were invited to",
        "im:history": "commands that are typed in direct messages with us",
        "im:write": "direct messages to whoever plays alone",
        "reactions:read": "channels that answer with reactions, and flags",
        "reactions:write": "the numbers that people react with",
        "usergroups:read": "the name of the group that a question of the day calls",
        "users:read": "the names on leaderboards, and who may organise",
    }
)
"""The scopes of our bot, in the order of their names; nobody's own token is asked for."""
