"""Slack: an app, its commands and its messages, on slack-bolt."""

from bot.adapters.slack.chat import SlackChat
from bot.adapters.slack.examinations import examined
from bot.adapters.slack.exchanges import App
from bot.adapters.slack.installations import Installations
from bot.adapters.slack.keys import Keys
from bot.adapters.slack.oauth import OAuth
from bot.adapters.slack.settings import Handler, Settings

__all__ = ["App", "Handler", "Installations", "Keys", "OAuth", "Settings", "SlackChat", "examined"]
