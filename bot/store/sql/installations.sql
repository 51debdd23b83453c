-- Statements on the workspaces that have installed us. They read the same in every dialect.

-- name: installation_of(platform, workspace)^
SELECT platform, workspace, name, version, expires_at, renewing_until, body FROM installations
WHERE platform = :platform AND workspace = :workspace;

-- name: installations_of(platform)
SELECT platform, workspace, name, version, expires_at, renewing_until, body FROM installations
WHERE platform = :platform
ORDER BY workspace;

-- name: installation_add(platform, workspace, name, version, expires_at, renewing_until, body)!
INSERT INTO installations (platform, workspace, name, version, expires_at, renewing_until, body)
VALUES (:platform, :workspace, :name, :version, :expires_at, :renewing_until, :body)
ON CONFLICT DO NOTHING;

-- name: installation_replace(platform, workspace, name, version, expires_at, renewing_until, body, before)!
UPDATE installations
SET name = :name, version = :version, expires_at = :expires_at, renewing_until = :renewing_until, body = :body
WHERE platform = :platform AND workspace = :workspace AND version = :before;

-- name: installation_remove(platform, workspace, before)!
DELETE FROM installations WHERE platform = :platform AND workspace = :workspace AND version = :before;

-- name: states_forget(now)!
DELETE FROM states WHERE expires_at <= :now;

-- name: state_put(digest, expires_at)!
INSERT INTO states (digest, expires_at) VALUES (:digest, :expires_at)
ON CONFLICT (digest) DO UPDATE SET expires_at = excluded.expires_at;

-- name: state_take(digest)
DELETE FROM states WHERE digest = :digest RETURNING expires_at;
