-- Statements on unions of groups in SQLite's dialect.

-- name: unions_now(ids)
-- Which union each of some groups is in, 0 for none.
SELECT id, coalesce(union_id, 0) FROM groups WHERE id IN (SELECT value FROM json_each(:ids));
