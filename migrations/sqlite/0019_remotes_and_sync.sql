-- Servers whose admin API the desktop synchronises with, and what is remembered of each between two meetings.

CREATE TABLE remotes (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid             TEXT    NOT NULL UNIQUE CHECK (length(uuid) = 36),
    name             TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    name_folded      TEXT    NOT NULL UNIQUE,
    address          TEXT    NOT NULL CHECK (length(address) BETWEEN 8 AND 2048),
    pin              TEXT    CHECK (length(pin) = 64), -- SHA-256 of its certificate, in hex
    way              TEXT    NOT NULL CHECK (way IN ('password', 'token')),
    user_name        TEXT    NOT NULL CHECK (length(user_name) <= 200),
    secret_encrypted BLOB, -- password or token, sealed as this record, field `remote_secret`, for this address
    added_at         INTEGER NOT NULL,
    completed_at     INTEGER -- when both sides were last the same
) STRICT;

-- One row for each thing that is remembered; what is in it is the sync room's to say.
CREATE TABLE sync_memory (
    remote_id INTEGER NOT NULL REFERENCES remotes (id) ON DELETE CASCADE,
    kind      TEXT    NOT NULL CHECK (kind IN ('link', 'place', 'intent', 'place_intent', 'choice', 'key', 'tombstone')),
    key       TEXT    NOT NULL CHECK (json_valid(key)),
    body      TEXT    NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (remote_id, kind, key)
) STRICT, WITHOUT ROWID;
