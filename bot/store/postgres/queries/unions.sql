-- Statements on unions of groups and on mirrors of channels in PostgreSQL's dialect.

-- name: unions_add(ids, settings)!
INSERT INTO groups (id, settings) SELECT * FROM unnest(:ids::bigint[], :settings::text[]) ON CONFLICT DO NOTHING;

-- name: unions_lock(ids)
-- Which union each group is in, 0 for none: nobody else counts on it, or changes it, until this is over.
SELECT groups.id, coalesce(groups.union_id, 0) AS of_union FROM groups
WHERE groups.id = ANY (:ids::bigint[])
ORDER BY groups.id
FOR UPDATE;

-- name: members_lock(unions)!
SELECT groups.id FROM groups
WHERE groups.union_id = ANY (:unions::bigint[])
ORDER BY groups.id
FOR UPDATE;

-- name: unions_hold(ids, unions)
-- Those of the groups that still are in the unions that they were loaded in, and stay there until this is over.
SELECT groups.id
FROM unnest(:ids::bigint[], :unions::bigint[]) AS loaded (id, of_union)
JOIN groups ON groups.id = loaded.id AND coalesce(groups.union_id, 0) = loaded.of_union
ORDER BY groups.id
FOR SHARE OF groups;

-- name: unions_set(unions, ids)!
UPDATE groups SET union_id = nullif(given.of_union, 0)
FROM unnest(:unions::bigint[], :ids::bigint[]) AS given (of_union, id)
WHERE groups.id = given.id;

-- name: places_of_channels(channel_ids)
SELECT places.channel_id, places.platform, places.external_id, own.group_id
FROM places
JOIN channels AS own ON own.id = coalesce(places.own_id, places.channel_id)
WHERE places.channel_id = ANY (:channel_ids::bigint[])
ORDER BY places.channel_id, places.platform, places.external_id;

-- name: mirrors_lock(platforms, external_ids, channel_ids)!
-- Nobody begins a round where the places lead to, or will, until this is over.
SELECT places.channel_id FROM places
WHERE places.channel_id = ANY (:channel_ids::bigint[])
    OR places.channel_id IN (
        SELECT led.channel_id
        FROM unnest(:platforms::text[], :external_ids::text[]) AS asked (platform, external_id)
        JOIN places AS led ON led.platform = asked.platform AND led.external_id = asked.external_id
    )
ORDER BY places.platform, places.external_id
FOR UPDATE;
