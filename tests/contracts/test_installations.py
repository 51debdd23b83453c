"""What every vault promises of the workspaces that have installed us, asked of each implementation."""

import asyncio

from bot.records import InstallationRow
from tests.contracts.stores import AnyStore, Stores

SCHOOL = InstallationRow("slack", "T0SCHOOL", "School <b>", 100, None, 0, "sealed")
CLUB = InstallationRow("slack", "T0CLUB", "Club", 200, 2**42, 2**41, "sealed as well")


async def test_nobody_has_installed_us_at_first(store: AnyStore) -> None:
    """Nothing is found, and nothing can be replaced or removed."""
    assert await store.installation("slack", "T0SCHOOL") is None
    assert list(await store.installations("slack")) == []
    assert not await store.save_installation(SCHOOL, 99)
    assert not await store.remove_installation("slack", "T0SCHOOL", 0)
    assert not await store.remove_installation("slack", "T0SCHOOL", 100)


async def test_a_workspace_is_kept_as_it_was_saved(stores: Stores) -> None:
    """Every column, also for another process; workspaces come by their ids, those of a platform alone."""
    store, other = await stores.open(), await stores.open()
    elsewhere = SCHOOL._replace(platform="other")

    assert all([await store.save_installation(row, 0) for row in (SCHOOL, CLUB, elsewhere)])

    assert await other.installation("slack", "T0SCHOOL") == SCHOOL
    assert await other.installation("slack", "T0CLUB") == CLUB
    assert list(await other.installations("slack")) == [CLUB, SCHOOL]
    assert list(await other.installations("other")) == [elsewhere]


async def test_only_who_knows_the_version_replaces_a_workspace(store: AnyStore) -> None:
    """A change that was made on something older is told so, and changes nothing."""
    await store.save_installation(SCHOOL, 0)
    newer = SCHOOL._replace(version=101, name="School", expires_at=7, renewing_until=8, body="anew")

    assert not await store.save_installation(newer, 0)
    assert not await store.save_installation(newer, 99)
    assert await store.installation("slack", "T0SCHOOL") == SCHOOL
    assert await store.save_installation(newer, 100)
    assert await store.installation("slack", "T0SCHOOL") == newer
    assert not await store.save_installation(SCHOOL, 100)


async def test_of_many_who_replace_a_version_at_once_one_does(stores: Stores) -> None:
    """Whoever wins has the workspace to himself: this is the lock under which tokens are renewed."""
    one, other = await stores.open(), await stores.open()
    await one.save_installation(SCHOOL, 0)
    rows = [SCHOOL._replace(version=101 + at, name=str(at)) for at in range(8)]

    won = await asyncio.gather(
        *((one, other)[at % 2].save_installation(row, 100) for at, row in enumerate(rows))
    )

    assert sum(won) == 1
    assert await one.installation("slack", "T0SCHOOL") == rows[won.index(True)]


async def test_of_many_who_add_a_workspace_at_once_one_does(stores: Stores) -> None:
    """The others learn that there is one by now."""
    one, other = await stores.open(), await stores.open()
    rows = [SCHOOL._replace(version=1 + at) for at in range(8)]

    won = await asyncio.gather(
        *((one, other)[at % 2].save_installation(row, 0) for at, row in enumerate(rows))
    )

    assert sum(won) == 1
    assert await one.installation("slack", "T0SCHOOL") == rows[won.index(True)]


async def test_a_workspace_is_removed_by_who_knows_its_version(store: AnyStore) -> None:
    """What was installed again meanwhile stays."""
    for row in (SCHOOL, CLUB):
        await store.save_installation(row, 0)

    assert not await store.remove_installation("slack", "T0SCHOOL", 99)
    assert await store.remove_installation("slack", "T0SCHOOL", 100)
    assert not await store.remove_installation("slack", "T0SCHOOL", 100)

    assert await store.installation("slack", "T0SCHOOL") is None
    assert list(await store.installations("slack")) == [CLUB]
    assert await store.save_installation(SCHOOL, 0)


async def test_a_state_is_taken_once(stores: Stores) -> None:
    """Also by another process, and by many at once."""
    one, other = await stores.open(), await stores.open()
    await one.put_state("digest", 0, 2000)

    taken = await asyncio.gather(*(store.take_state("digest", 1000) for store in (one, other) * 4))

    assert sum(taken) == 1
    assert not await one.take_state("another", 1000)


async def test_a_state_is_good_until_its_time_is_over(store: AnyStore) -> None:
    """To the millisecond; and one that was asked for too late is gone."""
    for digest in ("early", "late"):
        await store.put_state(digest, 0, 2000)

    assert await store.take_state("early", 1999)
    assert not await store.take_state("late", 2000)
    assert not await store.take_state("late", 1999)


async def test_states_whose_time_is_over_are_forgotten_with_the_next(store: AnyStore) -> None:
    """However often somebody sets out and never comes back."""
    await store.put_state("old", 0, 2000)
    await store.put_state("new", 2000, 4000)

    assert not await store.take_state("old", 1000)
    assert await store.take_state("new", 2000)
