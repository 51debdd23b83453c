"""Many workspaces: installed, spoken to, renewed by one of many processes, and forgotten."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError
from structlog.testing import capture_logs

from bot.adapters.slack.failures import FAULTS, NotInstalledError
from bot.adapters.slack.installations import LEASE_MS, Installations
from bot.adapters.slack.keys import Keys
from bot.core.errors import StoreError
from bot.records import InstallationRow
from bot.store.memory import MemoryStore
from bot.store.sqlite import SqliteStore
from tests.adapters.slack.schools import HOUR, NEW, OLD, Schools
from tests.emulators.slack import SlackServer, Trouble


@pytest.fixture(scope="module")
def keys() -> Keys:
    """The keys in the settings."""
    return Keys([OLD])


@pytest.fixture
def schools(slack: SlackServer, keys: Keys) -> Schools:
    """An app whose tokens do not expire, installed nowhere."""
    return Schools(slack, MemoryStore(), keys)


@pytest.fixture
async def ours(schools: Schools) -> AsyncIterator[Installations]:
    """The installations of one process."""
    async with schools.process() as installations:
        yield installations


@pytest.fixture
async def rotating(schools: Schools, ours: Installations) -> Schools:
    """An app whose tokens expire, installed in the workspace."""
    schools.app.rotates = True
    await ours.install(schools.code())
    return schools


async def speaks(installations: Installations, schools: Schools) -> str:
    """Return which bot Slack takes us for in the workspace."""
    answer = await (await installations.client(schools.team.id)).auth_test()
    return str(answer["bot_id"])


# ------------------------------------------------------------------------------------------------- who we are


async def test_who_installed_us_can_be_spoken_to(schools: Schools, ours: Installations) -> None:
    """With a token, and all that an event's handling asks about who we are there."""
    installed = await ours.install(schools.code())

    known = await ours.authorized(schools.team.id)

    assert known is not None
    assert (installed.team, installed.name, installed.app_id) == (schools.team.id, "School", schools.app.id)
    assert (known.team_id, known.team, known.bot_token) == (schools.team.id, "School", schools.there.token)
    assert (known.bot_id, known.bot_user_id) == (schools.there.bot.bot_id, schools.there.bot.id)
    assert known.bot_scopes == ("chat:write", "commands")
    assert await ours.installer(schools.team.id) == schools.zoe.id
    assert await speaks(ours, schools) == schools.there.bot.bot_id


async def test_a_workspace_that_has_not_installed_us_is_a_stranger(
    schools: Schools, ours: Installations
) -> None:
    """Its events are nobody's, and nothing is sent to it."""
    assert await ours.authorized(schools.team.id) is None
    assert await ours.installer(schools.team.id) == ""
    with pytest.raises(NotInstalledError):
        await ours.client(schools.team.id)


async def test_a_token_is_kept_encrypted_and_printed_nowhere(rotating: Schools, ours: Installations) -> None:
    """Neither the row, nor what an error or a log may show of an object, holds a secret."""
    row, installed = await rotating.row(), await ours.install(rotating.code())

    shown = f"{row} {installed} {rotating.ours}"

    assert (row.name, row.renewing_until) == ("School", 0)
    assert "xox" not in shown
    assert rotating.app.client_secret not in shown


async def test_each_workspace_has_its_own_token(schools: Schools, ours: Installations) -> None:
    """However many there are."""
    club = schools.server.world.team("Club")
    for code in (schools.code(), schools.code(club)):
        await ours.install(code)

    answers = [await (await ours.client(team.id)).auth_test() for team in (schools.team, club)]

    assert [answer["team"] for answer in answers] == ["School", "Club"]
    assert [row.workspace for row in await schools.vault.installations("slack")] == sorted(
        [schools.team.id, club.id]
    )


async def test_what_is_known_is_not_read_for_every_event(schools: Schools, ours: Installations) -> None:
    """An event costs no question to Slack, and the database is asked every two seconds at most."""
    await ours.install(schools.code())
    asked = len(schools.server.traffic.exchanges())

    first = [await ours.client(schools.team.id) for _ in range(3)]
    schools.server.clock.advance(3.0)
    later = await ours.client(schools.team.id)

    assert len({id(client) for client in (*first, later)}) == 1
    assert len(schools.server.traffic.exchanges()) == asked


async def test_a_workspace_that_installs_us_again_has_the_new_token_everywhere(
    schools: Schools, ours: Installations
) -> None:
    """Also in the process that did not see it, some two seconds later."""
    await ours.install(schools.code())
    async with schools.process() as other:
        before = await speaks(other, schools)

        schools.server.uninstall(schools.there)
        await ours.install(schools.code())
        schools.server.clock.advance(2.1)

        assert await speaks(other, schools) == await speaks(ours, schools) == before
        assert await other.authorized(schools.team.id) == await ours.authorized(schools.team.id)


# --------------------------------------------------------------------------------------------------- the keys


async def test_a_row_that_was_moved_to_another_workspace_opens_for_nobody(
    schools: Schools, ours: Installations
) -> None:
    """Whoever writes to the database cannot let us speak in one workspace with another's token."""
    await ours.install(schools.code())
    row = await schools.row()
    await schools.vault.save_installation(row._replace(workspace="T0STRANGER"), 0)

    with capture_logs() as logs:
        assert await ours.authorized("T0STRANGER") is None

    assert [entry["event"] for entry in logs] == ["slack_token_unreadable"]


async def test_a_start_with_a_new_key_encrypts_everything_anew(schools: Schools, ours: Installations) -> None:
    """After it the old key can be removed from the settings."""
    await ours.install(schools.code())
    before = await schools.row()

    async with schools.process(keys=Keys([NEW, OLD])) as changed:
        await changed.tend()
    after = await schools.row()

    assert after.version > before.version
    assert after._replace(version=0, body="") == before._replace(version=0, body="")
    async with schools.process(keys=Keys([NEW])) as later:
        assert await speaks(later, schools) == schools.there.bot.bot_id
        await later.tend()
    assert await schools.row() == after


async def test_a_key_that_is_gone_leaves_the_row_to_who_has_it(schools: Schools, ours: Installations) -> None:
    """Nothing is deleted: the key may have been left out by mistake. The log says what to do."""
    await ours.install(schools.code())

    async with schools.process(keys=Keys([NEW])) as wrong:
        with capture_logs() as logs:
            await wrong.tend()
            assert await wrong.authorized(schools.team.id) is None

    assert "Put back the key" in str(logs)
    schools.server.clock.advance(2.1)
    assert await speaks(ours, schools) == schools.there.bot.bot_id


# --------------------------------------------------------------------------------------------------- renewing


async def test_a_token_is_used_as_it_is_while_it_has_long_to_live(
    rotating: Schools, ours: Installations
) -> None:
    """Until two hours before its end nothing is renewed."""
    rotating.server.clock.advance(9.9 * HOUR)

    assert await speaks(ours, rotating) == rotating.there.bot.bot_id

    await ours.idle()
    assert rotating.renewals() == []


async def test_a_token_that_soon_ends_is_renewed_while_it_is_used(
    rotating: Schools, ours: Installations
) -> None:
    """Nobody waits for it: an event must be answered within three seconds."""
    before = rotating.there.token
    rotating.server.clock.advance(10.1 * HOUR)

    during = await ours.authorized(rotating.team.id)
    await ours.idle()
    after = await ours.authorized(rotating.team.id)

    assert during is not None
    assert after is not None
    assert (during.bot_token, after.bot_token) == (before, rotating.there.token)
    assert before != rotating.there.token
    rotating.server.clock.advance(9.0 * HOUR)
    assert await speaks(ours, rotating) == rotating.there.bot.bot_id
    assert len(rotating.renewals()) == 1


async def test_a_token_that_has_ended_is_renewed_before_it_is_used(
    rotating: Schools, ours: Installations
) -> None:
    """A workspace may be silent for a week: its refresh token is as good as before."""
    rotating.server.clock.advance(7 * 24 * HOUR)

    spoken = await asyncio.gather(*(speaks(ours, rotating) for _ in range(5)))

    assert set(spoken) == {rotating.there.bot.bot_id}
    assert len(rotating.renewals()) == 1


async def test_tending_renews_what_nobody_uses_just_now(rotating: Schools, ours: Installations) -> None:
    """So that an event seldom has to wait."""
    rotating.server.clock.advance(10.1 * HOUR)

    await ours.tend()
    await ours.idle()
    await ours.tend()

    assert len(rotating.renewals()) == 1
    row = await rotating.row()
    assert row.expires_at is not None
    assert row.expires_at / 1000 - rotating.server.clock.seconds() > 11.9 * HOUR


async def test_before_we_are_connected_nothing_is_tended(rotating: Schools) -> None:
    """It may be called at any time, and there is nothing to wait for."""
    rotating.server.clock.advance(10.1 * HOUR)
    installations = Installations(rotating.vault, rotating.keys, rotating.clock, rotating.ours)

    await installations.tend()
    await installations.idle()

    assert rotating.renewals() == []


@pytest.mark.parametrize("hours", [10.5, 100.0])
async def test_of_two_processes_one_renews_and_both_go_on(
    slack: SlackServer, keys: Keys, tmp_path: Path, hours: float
) -> None:
    """A refresh token is good once: were it used twice, one of them would keep a token that is none."""
    stores = [await SqliteStore.open(tmp_path / "hall.db") for _ in range(2)]
    schools = Schools(slack, stores[0], keys)
    schools.app.rotates = True
    async with schools.process(stores[0]) as one, schools.process(stores[1]) as other:
        await one.install(schools.code())
        await speaks(other, schools)
        slack.clock.advance(hours * HOUR)

        spoken = await asyncio.gather(*(speaks((one, other)[at % 2], schools) for at in range(10)))
        await asyncio.gather(one.idle(), other.idle())
        slack.clock.advance(2.1)

        assert set(spoken) == {schools.there.bot.bot_id}
        assert [one.ok for one in schools.renewals()] == [True]
        known = [await process.authorized(schools.team.id) for process in (one, other)]
        assert [seen and seen.bot_token for seen in known] == [schools.there.token] * 2
    for store in stores:
        await store.close()


async def test_a_process_that_dies_while_it_renews_is_followed_by_another(
    rotating: Schools, ours: Installations
) -> None:
    """It has written that it renews; when its time is over somebody else does, in Slack's grace period."""
    row = await rotating.row()
    rotating.server.clock.advance(100 * HOUR)
    until = int(rotating.server.clock.seconds() * 1000) + LEASE_MS
    await rotating.vault.save_installation(
        row._replace(version=row.version + 1, renewing_until=until), row.version
    )

    waiting = asyncio.create_task(speaks(ours, rotating))
    await asyncio.sleep(0.15)
    assert not waiting.done()
    rotating.server.clock.advance(LEASE_MS / 1000)

    assert await waiting == rotating.there.bot.bot_id
    assert len(rotating.renewals()) == 1


async def test_who_is_overtaken_while_renewing_takes_what_the_other_has_kept(
    rotating: Schools, ours: Installations
) -> None:
    """The workspace installed us again in the middle of it: that token is newer than ours."""
    rotating.server.clock.advance(100 * HOUR)
    rotating.server.fates.next("oauth.v2.access", after=0.15)
    renewing = asyncio.create_task(ours.authorized(rotating.team.id))
    await rotating.server.until(rotating.renewals)
    async with rotating.process() as other:
        await other.install(rotating.code())
    newest = rotating.there.token

    known = await renewing

    assert known is not None
    assert known.bot_token == newest


async def test_a_renewal_goes_on_when_whoever_waits_for_it_is_gone(
    rotating: Schools, ours: Installations
) -> None:
    """What Slack gives is kept, whatever becomes of the request that it was asked for."""
    rotating.server.clock.advance(100 * HOUR)
    rotating.server.fates.next("oauth.v2.access", after=0.1)
    asking = asyncio.create_task(ours.client(rotating.team.id))
    await rotating.server.until(rotating.renewals)

    asking.cancel()
    await ours.idle()

    assert asking.cancelled()
    assert await speaks(ours, rotating) == rotating.there.bot.bot_id
    assert len(rotating.renewals()) == 1


@pytest.mark.parametrize("trouble", [Trouble.DROPPED, Trouble.BROKEN])
async def test_a_renewal_that_met_a_fault_is_tried_again_at_once(
    rotating: Schools, ours: Installations, trouble: Trouble
) -> None:
    """If it had happened after all, this is when the old refresh token is still good."""
    rotating.server.clock.advance(100 * HOUR)
    rotating.server.fates.next("oauth.v2.access", trouble)

    assert await speaks(ours, rotating) == rotating.there.bot.bot_id


async def test_while_slack_is_out_of_order_the_token_that_is_good_is_used(
    rotating: Schools, ours: Installations
) -> None:
    """A minute later it is tried again, and not before."""
    rotating.server.clock.advance(10.5 * HOUR)
    rotating.server.fates.next("oauth.v2.access", Trouble.BROKEN, times=2)

    for _ in range(3):
        assert await speaks(ours, rotating) == rotating.there.bot.bot_id
        await ours.idle()
    failed = len(rotating.renewals())
    rotating.server.clock.advance(61)
    await speaks(ours, rotating)
    await ours.idle()

    assert (failed, len(rotating.renewals())) == (2, 3)
    assert rotating.renewals()[-1].ok


async def test_a_token_that_has_ended_while_slack_is_out_of_order_is_renewed_afterwards(
    rotating: Schools, ours: Installations
) -> None:
    """Whoever asks meanwhile is told what the matter is, and nothing is given up."""
    rotating.server.clock.advance(100 * HOUR)
    rotating.server.fates.next("oauth.v2.access", Trouble.BUSY, wait=1)

    with pytest.raises(FAULTS):
        await ours.client(rotating.team.id)
    await ours.idle()
    rotating.server.clock.advance(3.1)

    assert await speaks(ours, rotating) == rotating.there.bot.bot_id


async def test_a_refresh_token_that_is_spent_is_told_while_there_is_time(
    rotating: Schools, ours: Installations
) -> None:
    """The token serves to its end, Slack is not asked again, and then we are not installed any more."""
    rotating.there.refresh_tokens = dict.fromkeys(rotating.there.refresh_tokens, False)
    rotating.server.clock.advance(10.5 * HOUR)

    with capture_logs() as logs:
        for _ in range(3):
            assert await speaks(ours, rotating) == rotating.there.bot.bot_id
            await ours.idle()
            rotating.server.clock.advance(120)
    rotating.server.clock.advance(2 * HOUR)

    assert len(rotating.renewals()) == 1
    assert "install us again" in str(logs)
    assert await ours.authorized(rotating.team.id) is None
    await ours.install(rotating.code())
    assert await speaks(ours, rotating) == rotating.there.bot.bot_id


async def test_a_spent_refresh_token_of_a_token_that_has_ended_is_as_if_not_installed(
    rotating: Schools, ours: Installations
) -> None:
    """Messages to that workspace are refused for good instead of waiting for ever."""
    rotating.there.refresh_tokens = dict.fromkeys(rotating.there.refresh_tokens, False)
    rotating.server.clock.advance(100 * HOUR)

    with pytest.raises(NotInstalledError):
        await ours.client(rotating.team.id)
    with pytest.raises(NotInstalledError):
        await ours.client(rotating.team.id)

    assert len(rotating.renewals()) == 1


class TiredStore(MemoryStore):
    """A store that refuses to save so many times."""

    refusals = 0

    async def save_installation(self, row: InstallationRow, before: int) -> bool:
        """Save, unless it is too tired; whoever has claimed a renewal meets this first."""
        if row.renewing_until == 0 and self.refusals:
            self.refusals -= 1
            raise StoreError("The disk is full.")
        return await super().save_installation(row, before)


async def test_what_slack_gave_is_saved_with_patience(slack: SlackServer, keys: Keys) -> None:
    """A database that is away for a moment does not cost a workspace its installation."""
    store = TiredStore()
    schools = Schools(slack, store, keys)
    schools.app.rotates = True
    async with schools.process() as ours:
        await ours.install(schools.code())
        slack.clock.advance(100 * HOUR)
        store.refusals = 1

        speaking = asyncio.create_task(speaks(ours, schools))
        await slack.until(lambda: store.refusals == 0)
        slack.clock.advance(0.5)

        assert await speaking == schools.there.bot.bot_id
        assert (await schools.row()).renewing_until == 0


# --------------------------------------------------------------------------------------------------- removing


async def test_a_workspace_that_has_put_us_out_is_forgotten(schools: Schools, ours: Installations) -> None:
    """Its token is deleted; the second time there is nothing to do."""
    await ours.install(schools.code())
    schools.server.uninstall(schools.there)

    for _ in range(2):
        await ours.removed(schools.team.id)

    assert list(await schools.vault.installations("slack")) == []
    with pytest.raises(NotInstalledError):
        await ours.client(schools.team.id)


async def test_an_event_that_comes_after_a_new_installation_removes_nothing(
    schools: Schools, ours: Installations
) -> None:
    """Slack tells it again for minutes; by then the workspace may have installed us once more."""
    await ours.install(schools.code())
    schools.server.uninstall(schools.there)
    async with schools.process() as other:
        await other.install(schools.code())

    await ours.removed(schools.team.id)

    assert await speaks(ours, schools) == schools.there.bot.bot_id


async def test_what_no_key_opens_is_removed_as_well(schools: Schools, ours: Installations) -> None:
    """Nobody will ever need it again."""
    await ours.install(schools.code())
    schools.server.uninstall(schools.there)

    async with schools.process(keys=Keys([NEW])) as wrong:
        await wrong.removed(schools.team.id)

    assert await schools.vault.installation("slack", schools.team.id) is None


async def test_a_code_that_slack_refuses_keeps_nothing(schools: Schools, ours: Installations) -> None:
    """A second use of the same one, for example; the first installation stays."""
    code = schools.code()
    await ours.install(code)
    before = await schools.row()

    with pytest.raises(SlackApiError):
        await ours.install(code)

    assert await schools.row() == before
