-- Which posted message a platform means by one of its ids. A message that it has in parts is settled with their
-- ids joined by commas, so each of them has a row here, for as long as the message has one in the outbox.

CREATE TABLE outbox_refs (
    platform TEXT NOT NULL,
    ref TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES outbox (seq) ON DELETE CASCADE,
    PRIMARY KEY (platform, ref, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX outbox_refs_of_message ON outbox_refs (seq);

CREATE TRIGGER outbox_called AFTER UPDATE OF ref ON outbox WHEN new.action = 'post' AND new.ref <> old.ref
BEGIN
    DELETE FROM outbox_refs WHERE seq = new.seq;
    INSERT OR IGNORE INTO outbox_refs (platform, ref, seq)
    SELECT new.platform, part.value, new.seq
    FROM json_each('[' || replace(json_quote(new.ref), ',', '","') || ']') AS part;
END;

INSERT OR IGNORE INTO outbox_refs (platform, ref, seq)
SELECT outbox.platform, part.value, outbox.seq
FROM outbox, json_each('[' || replace(json_quote(outbox.ref), ',', '","') || ']') AS part
WHERE outbox.action = 'post' AND outbox.ref <> '';
