-- A group's zone is '' until somebody says one. Until now nobody could: what stood there was never asked for.

ALTER TABLE groups DROP COLUMN zone;
ALTER TABLE groups ADD COLUMN zone TEXT NOT NULL DEFAULT '';
