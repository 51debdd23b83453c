"""The workspaces that have installed us, on SQLite."""

from collections.abc import Mapping, Sequence

from bot.records import InstallationRow
from bot.store.sqlite.connections import Connection

_Scalar = str | int | None


class SqliteVault:
    """Rows that only the one who knows their version changes, and states that are good once."""

    _writer: Connection
    _reader: Connection
    _sql: Mapping[str, str]

    async def installation(self, platform: str, workspace: str) -> InstallationRow | None:
        """Return what is kept of a workspace; None when it has not installed us."""
        text, asked = self._sql["installation_of"], {"platform": platform, "workspace": workspace}
        row = await self._reader.run(lambda connection: connection.execute(text, asked).fetchone())
        return None if row is None else InstallationRow(*row)

    async def installations(self, platform: str) -> Sequence[InstallationRow]:
        """Return every workspace that has installed us, by its id."""
        text, asked = self._sql["installations_of"], {"platform": platform}
        rows = await self._reader.run(lambda connection: connection.execute(text, asked).fetchall())
        return [InstallationRow(*row) for row in rows]

    async def save_installation(self, row: InstallationRow, before: int) -> bool:
        """Keep *row* if the workspace is at version *before* now, 0 for none; tell whether it was."""
        if before:
            return await self._wrote("installation_replace", {**row._asdict(), "before": before}) == 1
        return await self._wrote("installation_add", row._asdict()) == 1

    async def remove_installation(self, platform: str, workspace: str, before: int) -> bool:
        """Forget a workspace if it is at version *before* now; tell whether it was."""
        asked: dict[str, _Scalar] = {"platform": platform, "workspace": workspace, "before": before}
        return await self._wrote("installation_remove", asked) == 1

    async def put_state(self, digest: str, now: int, expires_at: int) -> None:
        """Remember *digest* until *expires_at*, and forget those whose time was over by *now*."""
        await self._wrote("states_forget", {"now": now})
        await self._wrote("state_put", {"digest": digest, "expires_at": expires_at})

    async def take_state(self, digest: str, now: int) -> bool:
        """Forget *digest*; tell whether it was remembered and its time is not over. True once at most."""
        text, asked = self._sql["state_take"], {"digest": digest}
        rows = await self._writer.run(lambda connection: connection.execute(text, asked).fetchall())
        return any(expires_at > now for (expires_at,) in rows)

    async def _wrote(self, name: str, wanted: Mapping[str, _Scalar]) -> int:
        """Run one statement that writes, and commit; return how many rows it wrote."""
        text = self._sql[name]
        return await self._writer.run(lambda connection: connection.execute(text, wanted).rowcount)
