"""Paces: how tests run that are about neither the connection nor the speed of time."""

from typing import Final

import pytest

PACE: Final = 10.0
"""How much quicker time goes: Slack takes one message a second in a channel, and a round has four."""

QUICKLY: Final = pytest.mark.parametrize("pace", [PACE], indirect=True, ids=["quickly"])
BY_SOCKET: Final = pytest.mark.parametrize("by", ["socket"], indirect=True)
