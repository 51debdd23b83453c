-- The schema's own records, and whether the database can be used.

-- name: migrations_lock(number)
SELECT pg_advisory_xact_lock(:number);

-- name: migrations_table()!
CREATE TABLE IF NOT EXISTS schema_migrations (
    number integer PRIMARY KEY,
    name text NOT NULL,
    checksum text NOT NULL,
    at bigint NOT NULL
);

-- name: migrations_there()
-- Read from the catalogue as from any table: by name alone one may be told what was so before a lock was ours.
SELECT EXISTS (
    SELECT 1 FROM pg_tables WHERE tablename = 'schema_migrations' AND schemaname = ANY (current_schemas(false))
);

-- name: migrations_applied()
SELECT number, name, checksum FROM schema_migrations ORDER BY number;

-- name: migration_record(number, name, checksum)!
INSERT INTO schema_migrations (number, name, checksum, at)
VALUES (:number, :name, :checksum, CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint));

-- name: write_nothing()!
DELETE FROM schema_migrations WHERE number = 0;

-- name: people_lock()!
-- Who is the first person ever is decided by one process at a time.
LOCK TABLE web_people IN SHARE ROW EXCLUSIVE MODE;
