"""Slack, as far as a tutor meets it: the Web API, Socket Mode and signed requests, with limits and faults.

A :class:`World` holds people, workspaces and channels; a :class:`SlackServer` serves it on loopback; each
:class:`Person` does what Slack's own client would let them do. The unmodified slack-bolt and slack-sdk
connect to it.
"""

from tests.emulators.bells import Bell
from tests.emulators.clocks import Clock
from tests.emulators.slack.applications import USUAL_SCOPES, Application, Installation, Token
from tests.emulators.slack.blocks import check_blocks
from tests.emulators.slack.checks import Form
from tests.emulators.slack.drafts import MOST_CHARACTERS
from tests.emulators.slack.fates import EventFate, EventOdds, Fates, Odds, Trouble
from tests.emulators.slack.inputs import ImpossibleError
from tests.emulators.slack.interactions import Interaction
from tests.emulators.slack.limits import Limits, Rate
from tests.emulators.slack.parcels import Kind
from tests.emulators.slack.people import Person
from tests.emulators.slack.refusals import Json, RefusedError
from tests.emulators.slack.residents import (
    Channel,
    ChannelKind,
    File,
    Message,
    Pinged,
    Team,
    Ts,
    User,
    Usergroup,
    View,
    elements_of,
)
from tests.emulators.slack.servers import SlackServer
from tests.emulators.slack.texts import text_of
from tests.emulators.slack.traffic import Dispatch, Exchange, Traffic
from tests.emulators.slack.worlds import World

__all__ = [
    "MOST_CHARACTERS",
    "USUAL_SCOPES",
    "Application",
    "Bell",
    "Channel",
    "ChannelKind",
    "Clock",
    "Dispatch",
    "EventFate",
    "EventOdds",
    "Exchange",
    "Fates",
    "File",
    "Form",
    "ImpossibleError",
    "Installation",
    "Interaction",
    "Json",
    "Kind",
    "Limits",
    "Message",
    "Odds",
    "Person",
    "Pinged",
    "Rate",
    "RefusedError",
    "SlackServer",
    "Team",
    "Token",
    "Traffic",
    "Trouble",
    "Ts",
    "User",
    "Usergroup",
    "View",
    "World",
    "check_blocks",
    "elements_of",
    "text_of",
]
