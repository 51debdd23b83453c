"""The workspaces that have installed us, in memory."""

from collections.abc import Sequence

from bot.records import InstallationRow


class MemoryVault:
    """Rows that only the one who knows their version changes, and states that are good once."""

    def __init__(self) -> None:
        super().__init__()
        self._installations: dict[tuple[str, str], InstallationRow] = {}
        self._states: dict[str, int] = {}

    async def installation(self, platform: str, workspace: str) -> InstallationRow | None:
        """Return what is kept of a workspace; None when it has not installed us."""
        return self._installations.get((platform, workspace))

    async def installations(self, platform: str) -> Sequence[InstallationRow]:
        """Return every workspace that has installed us, by its id."""
        rows = (row for row in self._installations.values() if row.platform == platform)
        return sorted(rows, key=lambda row: row.workspace)

    async def save_installation(self, row: InstallationRow, before: int) -> bool:
        """Keep *row* if the workspace is at version *before* now, 0 for none; tell whether it was."""
        if not self._at(row.platform, row.workspace, before):
            return False
        self._installations[row.platform, row.workspace] = row
        return True

    async def remove_installation(self, platform: str, workspace: str, before: int) -> bool:
        """Forget a workspace if it is at version *before* now; tell whether it was."""
        known = self._at(platform, workspace, before)
        return known and self._installations.pop((platform, workspace), None) is not None

    async def put_state(self, digest: str, now: int, expires_at: int) -> None:
        """Remember *digest* until *expires_at*, and forget those whose time was over by *now*."""
        self._states = {known: until for known, until in self._states.items() if until > now}
        self._states[digest] = expires_at

    async def take_state(self, digest: str, now: int) -> bool:
        """Forget *digest*; tell whether it was remembered and its time is not over. True once at most."""
        return self._states.pop(digest, now) > now

    def _at(self, platform: str, workspace: str, before: int) -> bool:
        """Tell whether a workspace is at version *before*."""
        row = self._installations.get((platform, workspace))
        return before == (0 if row is None else row.version)
