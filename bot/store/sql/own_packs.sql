-- Statements on groups' own packs and on what waits to be added to them, that read the same in every dialect.

-- name: packs_at(platform, external_id, group_id)
-- Of the group that a place belongs to, or else of the one that is given.
SELECT own_packs.group_id, own_packs.version
FROM own_packs
WHERE own_packs.group_id IN (
    SELECT kin.group_id FROM kin
    WHERE kin.of_group = coalesce(
        (
            SELECT own.group_id FROM places
            JOIN channels AS own ON own.id = coalesce(places.own_id, places.channel_id)
            WHERE places.platform = :platform AND places.external_id = :external_id
        ),
        :group_id
    )
)
ORDER BY own_packs.group_id;

-- name: packs_of_group(group_id)
SELECT own_packs.group_id, own_packs.version
FROM own_packs
WHERE own_packs.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
ORDER BY own_packs.group_id;

-- name: pack_of(group_id)
SELECT group_id, version, body FROM own_packs WHERE group_id = :group_id;

-- name: pack_add(group_id, version, body)
INSERT INTO own_packs (group_id, version, body) VALUES (:group_id, :version, :body)
ON CONFLICT DO NOTHING
RETURNING version;

-- name: pack_set(body, version, group_id, before)
UPDATE own_packs SET body = :body, version = :version
WHERE group_id = :group_id AND version = :before
RETURNING version;

-- name: upload_by_id(id)
SELECT id, group_id, at, before_version, pack, report FROM uploads WHERE id = :id;

-- name: upload_save(id, group_id, at, before_version, pack, report)
-- What has been decided on stays so.
INSERT INTO uploads (id, group_id, at, before_version, pack, report)
VALUES (:id, :group_id, :at, :before_version, :pack, :report)
ON CONFLICT (id) DO UPDATE SET pack = excluded.pack
WHERE uploads.pack <> '' AND excluded.pack = ''
RETURNING id;

-- name: proposal_by_id(id)
SELECT id, group_id, platform, account_id, name, place_id, at, state, body FROM proposals WHERE id = :id;

-- name: proposals_open(group_id)
SELECT id, group_id, platform, account_id, name, place_id, at, state, body
FROM proposals
WHERE group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id) AND state = 'open'
ORDER BY at, id;

-- name: proposal_save(id, group_id, platform, account_id, name, place_id, at, state, body)
INSERT INTO proposals (id, group_id, platform, account_id, name, place_id, at, state, body)
VALUES (:id, :group_id, :platform, :account_id, :name, :place_id, :at, :state, :body)
ON CONFLICT (id) DO UPDATE SET state = excluded.state, body = excluded.body
WHERE proposals.state = 'open' AND excluded.state <> 'open'
RETURNING id;

-- name: uploads_forget(before, wanted)!
-- Some at a time, as a pack may be large.
DELETE FROM uploads
WHERE id IN (SELECT old.id FROM uploads AS old WHERE old.at < :before ORDER BY old.at LIMIT :wanted);
