-- The local web chat is its own platform: these are what its server remembers.

CREATE TABLE web_people (
    id text COLLATE "C" PRIMARY KEY,
    name text NOT NULL,
    secret_hash text NOT NULL,
    organiser integer NOT NULL CHECK (organiser IN (0, 1))
);

CREATE TABLE web_channels (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE "C" NOT NULL UNIQUE
);

-- recipient is who alone may see a message, '' for everyone.
CREATE TABLE web_messages (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel text COLLATE "C" NOT NULL,
    author text COLLATE "C" NOT NULL,
    recipient text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    at bigint NOT NULL,
    revision bigint NOT NULL,
    body text NOT NULL
);

CREATE INDEX web_messages_of_channel ON web_messages (channel, seq);
CREATE UNIQUE INDEX web_messages_key ON web_messages (key) WHERE key <> '';

CREATE TABLE web_reactions (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_seq bigint NOT NULL REFERENCES web_messages (seq),
    person text COLLATE "C" NOT NULL,
    emoji text COLLATE "C" NOT NULL,
    UNIQUE (message_seq, emoji, person)
);
