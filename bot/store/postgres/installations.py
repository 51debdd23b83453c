"""The workspaces that have installed us, on PostgreSQL."""

from collections.abc import Sequence

from bot.records import InstallationRow
from bot.store.postgres.connections import Connections


class PostgresVault:
    """Rows that only the one who knows their version changes, and states that are good once."""

    _connections: Connections

    async def installation(self, platform: str, workspace: str) -> InstallationRow | None:
        """Return what is kept of a workspace; None when it has not installed us."""
        async with self._connections.aside() as session:
            rows = await session.rows("installation_of", platform=platform, workspace=workspace)
        return InstallationRow(*rows[0]) if rows else None

    async def installations(self, platform: str) -> Sequence[InstallationRow]:
        """Return every workspace that has installed us, by its id."""
        async with self._connections.aside() as session:
            rows = await session.rows("installations_of", platform=platform)
        return [InstallationRow(*row) for row in rows]

    async def save_installation(self, row: InstallationRow, before: int) -> bool:
        """Keep *row* if the workspace is at version *before* now, 0 for none; tell whether it was."""
        async with self._connections.aside() as session:
            if before:
                return await session.count("installation_replace", **row._asdict(), before=before) == 1
            return await session.count("installation_add", **row._asdict()) == 1

    async def remove_installation(self, platform: str, workspace: str, before: int) -> bool:
        """Forget a workspace if it is at version *before* now; tell whether it was."""
        async with self._connections.aside() as session:
            gone = await session.count(
                "installation_remove", platform=platform, workspace=workspace, before=before
            )
        return gone == 1

    async def put_state(self, digest: str, now: int, expires_at: int) -> None:
        """Remember *digest* until *expires_at*, and forget those whose time was over by *now*."""
        async with self._connections.aside() as session:
            await session.count("states_forget", now=now)
            await session.count("state_put", digest=digest, expires_at=expires_at)

    async def take_state(self, digest: str, now: int) -> bool:
        """Forget *digest*; tell whether it was remembered and its time is not over. True once at most."""
        async with self._connections.aside() as session:
            rows = await session.rows("state_take", digest=digest)
        return any(expires_at > now for (expires_at,) in rows)
