-- Who may use a server, and what it remembers of them. A desktop's vault leaves these tables empty.

CREATE TABLE users (
    id                    INTEGER PRIMARY KEY AUTOINCREMENT, -- the specification's created_by_id; never used twice
    uuid                  TEXT    NOT NULL UNIQUE CHECK (length(uuid) = 36),
    name                  TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    name_folded           TEXT    NOT NULL UNIQUE, -- lower case as Unicode has it
    role                  TEXT    NOT NULL CHECK (role IN ('super_admin', 'user')),
    password_hash         TEXT, -- a PHC string; NULL until the invitation was taken up
    totp_secret_encrypted BLOB, -- sealed as the record of this user's uuid, field `totp_secret`
    last_step             INTEGER NOT NULL DEFAULT 0, -- of 30 s since 1970; only a later one is accepted
    created_at            INTEGER NOT NULL,
    updated_at            INTEGER NOT NULL,
    CHECK ((password_hash IS NULL) = (totp_secret_encrypted IS NULL))
) STRICT;

-- One-time tokens by which a user chooses a password: 256 random bits need neither salt nor stretching.
CREATE TABLE invitations (
    user_id    INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    digest     BLOB    NOT NULL UNIQUE CHECK (length(digest) = 32), -- SHA-256
    expires_at INTEGER NOT NULL
) STRICT;

-- A session is the family of all refresh tokens that came from one login.
CREATE TABLE sessions (
    uuid       TEXT    PRIMARY KEY NOT NULL CHECK (length(uuid) = 36),
    user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    refresh    BLOB    NOT NULL UNIQUE CHECK (length(refresh) = 32), -- SHA-256 of the token that is good now
    created_at INTEGER NOT NULL,
    used_at    INTEGER NOT NULL, -- when it was last renewed
    proven_at  INTEGER NOT NULL  -- when the second factor was last shown
) STRICT;

CREATE INDEX sessions_by_user ON sessions (user_id);

-- A token that was used before: whoever shows one has stolen it, or was stolen from.
CREATE TABLE spent_refresh_tokens (
    digest  BLOB PRIMARY KEY NOT NULL CHECK (length(digest) = 32),
    session TEXT NOT NULL REFERENCES sessions (uuid) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX spent_refresh_tokens_by_session ON spent_refresh_tokens (session);

CREATE TABLE login_attempts (
    scope  TEXT    PRIMARY KEY NOT NULL CHECK (length(scope) BETWEEN 1 AND 200), -- `user:` a folded name, or `peer:` an address
    count  INTEGER NOT NULL CHECK (count >= 0), -- of a user: wrong in a row; of a peer: in this minute
    since  INTEGER NOT NULL, -- of a user: the last one; of a peer: the minute's first
    until  INTEGER NOT NULL  -- nothing is looked at before
) STRICT, WITHOUT ROWID;

-- Answers to requests that were sent with a key, so that sending one again does nothing again.
CREATE TABLE idempotent_requests (
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    key     TEXT    NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    digest  BLOB    NOT NULL CHECK (length(digest) = 32), -- SHA-256 of method, path and body
    at      INTEGER NOT NULL,
    status  INTEGER CHECK (status BETWEEN 100 AND 599), -- NULL while it is being answered
    etag    TEXT,
    body    TEXT,
    PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;
