-- What a group has chosen, with its zone among it: JSON that carries its own version, '' while that is nothing.

ALTER TABLE groups ADD COLUMN settings text NOT NULL DEFAULT '';
UPDATE groups SET settings = '{"v":1,"d":{"zone":' || to_json(zone)::text || '}}' WHERE zone <> '';
ALTER TABLE groups DROP COLUMN zone;
