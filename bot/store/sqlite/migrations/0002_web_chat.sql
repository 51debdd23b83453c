-- The local web chat is its own platform: these are what its server remembers.

CREATE TABLE web_people (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    organiser INTEGER NOT NULL CHECK (organiser IN (0, 1))
) STRICT;

CREATE TABLE web_channels (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- recipient is who alone may see a message, '' for everyone.
CREATE TABLE web_messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL,
    author TEXT NOT NULL,
    recipient TEXT NOT NULL,
    key TEXT NOT NULL,
    at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE INDEX web_messages_of_channel ON web_messages (channel, seq);
CREATE UNIQUE INDEX web_messages_key ON web_messages (key) WHERE key <> '';

CREATE TABLE web_reactions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    message_seq INTEGER NOT NULL REFERENCES web_messages (seq),
    person TEXT NOT NULL,
    emoji TEXT NOT NULL,
    UNIQUE (message_seq, emoji, person)
) STRICT;
