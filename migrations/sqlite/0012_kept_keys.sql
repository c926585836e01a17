-- The key that a replacement put out of force, for as long as one may go back to it. One for each configuration.

CREATE TABLE kept_keys (
    config_id        INTEGER PRIMARY KEY REFERENCES ai_provider_configs (id) ON DELETE CASCADE,
    key_encrypted    BLOB    NOT NULL, -- sealed as the configuration's record, field `kept_api_key`
    last_four        TEXT    CHECK (length(last_four) = 4),
    entered_at       INTEGER NOT NULL, -- all instants: milliseconds since 1970, UTC
    base_url         TEXT    NOT NULL CHECK (length(base_url) BETWEEN 8 AND 2048), -- for people; the seal holds it, too
    kept_at          INTEGER NOT NULL,
    until            INTEGER NOT NULL CHECK (until > kept_at)
) STRICT;

CREATE INDEX kept_keys_by_end ON kept_keys (until);
