-- The second factor for sensitive acts: its secret, the codes for when the app is lost, and wrong answers in a row.

CREATE TABLE step_up (
    id                    INTEGER PRIMARY KEY CHECK (id = 1),
    failed                INTEGER NOT NULL DEFAULT 0 CHECK (failed >= 0), -- since the last right answer
    totp_secret_encrypted BLOB, -- sealed as record 00000000-0000-0000-0000-000000000000, field `totp_secret`
    enrolled_at           INTEGER,
    last_step             INTEGER NOT NULL DEFAULT 0, -- of 30 s since 1970; only a later one is accepted
    CHECK ((totp_secret_encrypted IS NULL) = (enrolled_at IS NULL))
) STRICT;

INSERT INTO step_up (id) VALUES (1);

CREATE TABLE recovery_codes (
    hash    BLOB PRIMARY KEY NOT NULL CHECK (length(hash) = 32), -- SHA-256 over the salt and the code
    salt    BLOB    NOT NULL CHECK (length(salt) = 16),
    used_at INTEGER
) STRICT, WITHOUT ROWID;
