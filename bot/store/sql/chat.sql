-- Statements on the local web chat's log that read the same in every dialect.

-- name: person_save(id, name, secret_hash, organiser)!
-- The first person ever is an organiser, and an organiser stays one.
INSERT INTO web_people (id, name, secret_hash, organiser)
SELECT :id, :name, :secret_hash, CASE WHEN count(*) = 0 THEN 1 ELSE :organiser END FROM web_people
WHERE true
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name,
    secret_hash = excluded.secret_hash,
    organiser = CASE WHEN web_people.organiser = 1 THEN 1 ELSE excluded.organiser END;

-- name: person_by_id(id)^
SELECT id, name, secret_hash, organiser FROM web_people WHERE id = :id;

-- name: web_channel_add(name)!
INSERT INTO web_channels (name) VALUES (:name) ON CONFLICT DO NOTHING;

-- name: web_channels()
SELECT name FROM web_channels ORDER BY seq;

-- name: message_add(channel, author, recipient, key, at, revision, body)
INSERT INTO web_messages (channel, author, recipient, key, at, revision, body)
VALUES (:channel, :author, :recipient, :key, :at, :revision, :body)
ON CONFLICT DO NOTHING
RETURNING seq, channel, author, recipient, key, at, revision, body;

-- name: message_by_key(key)^
SELECT seq, channel, author, recipient, key, at, revision, body FROM web_messages
WHERE key = :key AND key <> '';

-- name: message_by_seq(seq)^
SELECT seq, channel, author, recipient, key, at, revision, body FROM web_messages WHERE seq = :seq;

-- name: message_edit(seq, body)
UPDATE web_messages SET body = :body, revision = revision + 1 WHERE seq = :seq
RETURNING seq, channel, author, recipient, key, at, revision, body;

-- name: messages_before(channel, reader, before, wanted)
-- Newest first.
SELECT seq, channel, author, recipient, key, at, revision, body FROM web_messages
WHERE channel = :channel AND recipient IN ('', :reader) AND seq < :before
ORDER BY seq DESC
LIMIT :wanted;

-- name: reaction_add(message_seq, person, emoji)!
INSERT INTO web_reactions (message_seq, person, emoji) VALUES (:message_seq, :person, :emoji)
ON CONFLICT DO NOTHING;

-- name: reaction_drop(message_seq, person, emoji)!
DELETE FROM web_reactions WHERE message_seq = :message_seq AND person = :person AND emoji = :emoji;

-- name: reactions_of(message_seq)
SELECT emoji, person FROM web_reactions WHERE message_seq = :message_seq ORDER BY seq;
