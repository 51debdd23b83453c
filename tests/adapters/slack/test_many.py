"""One program for many workspaces: each installs us by itself, plays for itself, and may put us out again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from bot.app import running
from bot.config import Config, Slack, Web
from tests.adapters.slack.browsers import Browser
from tests.adapters.slack.halls import By, Hall, does, text_of
from tests.adapters.slack.schools import BACK
from tests.emulators.slack import Channel, Person, SlackServer, Team

KEY = "a passphrase that is long enough"


class Schools(Hall):
    """The hall of School, and a second workspace called College, where Eve is the owner and Finn learns."""

    def __init__(self, server: SlackServer, folder: Path) -> None:
        """Let everybody be there; nobody has installed us yet."""
        super().__init__(server, folder, "http")
        world = server.world
        server.uninstall(self.app.installations[self.team.id])
        self.app.installations.clear()
        self.college: Team = world.team("College")
        self.eve, self.finn = (
            server.person(world.user(name, team=self.college, owner=name == "Eve"))
            for name in ("Eve", "Finn")
        )
        self.yard: Channel = world.channel("yard", team=self.college)
        self.address = ""

    @property
    def config(self) -> Config:
        """Settings that serve every workspace that installs us."""
        slack = Slack(
            client_id=self.app.client_id,
            client_secret=SecretStr(self.app.client_secret),
            signing_secret=SecretStr(self.app.signing_secret),
            keys=(SecretStr(KEY),),
            redirect_url=BACK,
            api_url=self.server.api_url,
        )
        return Config.model_construct(
            database_url=f"sqlite:///{self.folder / 'hall.db'}",
            content=self.folder / "content",
            web=Web(port=0),
            slack=slack,
        )

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Let the program serve while the block runs."""
        async with running(self.config, clock=self.clock) as address:
            parts = urlsplit(address)
            self.address = f"{parts.scheme}://{parts.netloc}"
            self.app.request_url = f"{self.address}/slack/events"
            while not await self.server.verify_url(self.app):
                await self.clock.sleep(0.05)
            yield

    async def install(self, person: Person, channel: Channel) -> None:
        """Let *person* install us in their workspace, and invite us into *channel*."""
        async with ClientSession() as session:
            browser = Browser(self.address, session)
            sent = await browser.open("/slack/install")
            back = await browser.open(self.server.grants.approve(sent.goes_to, person.user))
            assert back.status == 200, back.text
        bot = self.app.bot_in(person.user.team)
        assert bot is not None
        self.server.world.join(channel, bot)


@pytest.fixture
def by() -> By:
    """Say that requests are signed: many workspaces are not served over a socket."""
    return "http"


@pytest.fixture
def schools(slack: SlackServer, tmp_path: Path) -> Schools:
    """Two workspaces, and a program that does not run yet."""
    return Schools(slack, tmp_path)


async def _played(schools: Schools, host: Person, other: Person, channel: Channel) -> str:
    question = await schools.play(host, other, line="deck:single count:1", channel=channel)
    await schools.pick(host, question, "The tide")
    await schools.pick(other, question, "The fish")
    reveal = await schools.shown("1 of 1", channel, after=question)
    await host.press(reveal, does(reveal, "n"))
    return text_of(await schools.shown("Podium", channel, after=question))


async def test_two_workspaces_install_us_and_each_plays_for_itself(schools: Schools) -> None:
    """With tokens of their own, on leaderboards of their own."""
    async with schools.open():
        await schools.install(schools.zoe, schools.channel)
        await schools.install(schools.eve, schools.yard)
        here = await _played(schools, schools.zoe, schools.ann, schools.channel)
        there = await _played(schools, schools.eve, schools.finn, schools.yard)

        assert "Zoe" in here
        assert "Eve" not in here
        assert "Finn" in there
        teams = {one.team for one in schools.server.traffic.exchanges("chat.postMessage")}
        assert teams == {schools.team.id, schools.college.id}


async def test_who_installed_us_organises_and_a_restart_keeps_the_tokens(schools: Schools) -> None:
    """They are in the database, and not as they are."""
    async with schools.open():
        await schools.install(schools.ann, schools.channel)
        token = schools.app.installations[schools.team.id].token
    assert token.encode() not in (schools.folder / "hall.db").read_bytes()
    async with schools.open():
        said = await schools.quiz(schools.ann, "settings zone:berlin")
        refused = await schools.quiz(schools.ben, "settings zone:paris")

        assert "Berlin" in said.text
        assert "organis" in refused.text


async def test_a_workspace_that_puts_us_out_is_not_spoken_to_any_more(schools: Schools) -> None:
    """Its token is deleted, its schedules pause, and the other workspace plays on."""
    async with schools.open():
        await schools.install(schools.zoe, schools.channel)
        await schools.install(schools.eve, schools.yard)
        await schools.quiz(schools.zoe, "daily set 9:00 zone:berlin deck:single")
        schools.server.uninstall(schools.app.installations[schools.team.id])
        await schools.server.delivered()
        podium = await _played(schools, schools.eve, schools.finn, schools.yard)
        assert "Finn" in podium

        await schools.install(schools.zoe, schools.channel)
        said = await schools.quiz(schools.zoe, "daily show")
        assert "paused" in said.text.lower()
