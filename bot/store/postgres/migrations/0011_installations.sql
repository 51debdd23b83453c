-- The workspaces that have installed us, with their tokens. body is encrypted: without the keys in the settings
-- nobody can read it, and a row that is moved to another workspace can be read by nobody at all.

CREATE TABLE installations (
    platform text COLLATE "C" NOT NULL,
    workspace text COLLATE "C" NOT NULL,
    name text NOT NULL,
    version bigint NOT NULL,
    expires_at bigint,
    renewing_until bigint NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (platform, workspace)
);

-- What proves, once, that whoever comes back from a platform set out from here.
CREATE TABLE states (
    digest text COLLATE "C" PRIMARY KEY,
    expires_at bigint NOT NULL
);

CREATE INDEX states_expiring ON states (expires_at);
