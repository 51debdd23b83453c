-- The workspaces that have installed us, with their tokens. body is encrypted: without the keys in the settings
-- nobody can read it, and a row that is moved to another workspace can be read by nobody at all.

CREATE TABLE installations (
    platform TEXT NOT NULL,
    workspace TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    expires_at INTEGER,
    renewing_until INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (platform, workspace)
) STRICT, WITHOUT ROWID;

-- What proves, once, that whoever comes back from a platform set out from here.
CREATE TABLE states (
    digest TEXT PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX states_expiring ON states (expires_at);
