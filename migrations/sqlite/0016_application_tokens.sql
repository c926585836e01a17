-- Tokens of applications: what each may ask a server's gateway for, how much of it, and until when. A desktop's vault leaves the
-- table empty. What a token is for never changes: a wider one is another one.

CREATE TABLE application_tokens (
    id                  INTEGER PRIMARY KEY AUTOINCREMENT, -- in the ledger; never used twice
    name                TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    digest              BLOB    NOT NULL UNIQUE CHECK (length(digest) = 32), -- SHA-256 of 256 random bits: neither salt nor stretching
    last_four           TEXT    NOT NULL CHECK (length(last_four) = 4),
    tasks               TEXT    CHECK (json_valid(tasks)),  -- an array of names; NULL is every one
    models              TEXT    CHECK (json_valid(models)), -- the same
    daily_tokens        INTEGER CHECK (daily_tokens > 0),
    monthly_tokens      INTEGER CHECK (monthly_tokens > 0),
    requests_per_minute INTEGER CHECK (requests_per_minute > 0),
    created_by          TEXT    NOT NULL,
    created_at          INTEGER NOT NULL,
    expires_at          INTEGER NOT NULL CHECK (expires_at > created_at),
    revoked_at          INTEGER
) STRICT;
