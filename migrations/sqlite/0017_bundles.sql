-- Bundles: what the desktop signs and for whom, and what a server trusts and has accepted.

-- The desktop's.
CREATE TABLE signing_keys (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid           TEXT    NOT NULL UNIQUE CHECK (length(uuid) = 36),
    kid            TEXT    NOT NULL UNIQUE,
    public         BLOB    NOT NULL CHECK (length(public) = 32),
    seed_encrypted BLOB, -- sealed as this record, field `bundle_signing_seed`; gone once the key was replaced
    made_at        INTEGER NOT NULL,
    replaced_at    INTEGER,
    CHECK ((seed_encrypted IS NULL) = (replaced_at IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX at_most_one_signing_key ON signing_keys (replaced_at IS NULL) WHERE replaced_at IS NULL;

CREATE TABLE bundle_servers (
    id          TEXT    PRIMARY KEY NOT NULL CHECK (length(id) = 32),
    name        TEXT    NOT NULL,
    name_folded TEXT    NOT NULL UNIQUE,
    recipient   TEXT    NOT NULL,
    added_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE bundles (
    serial      INTEGER PRIMARY KEY CHECK (serial >= 1),
    server_id   TEXT    NOT NULL, -- the server may be forgotten, its bundles are not
    server_name TEXT    NOT NULL,
    kid         TEXT    NOT NULL,
    previous    INTEGER NOT NULL CHECK (previous < serial),
    made_at     INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL CHECK (expires_at > made_at),
    fingerprint TEXT    NOT NULL,
    scope       TEXT    NOT NULL CHECK (json_valid(scope)), -- what is in it, without keys
    body        TEXT -- the bundle itself; gone once a newer one took its place
) STRICT;

CREATE INDEX bundles_by_server ON bundles (server_id, serial);

-- One row: the highest serial that was given away, or that a server said it had accepted.
CREATE TABLE bundle_serial (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    serial   INTEGER NOT NULL CHECK (serial >= 0)
) STRICT;

INSERT INTO bundle_serial (only_row, serial) VALUES (1, 0);

CREATE TRIGGER bundle_serial_rises BEFORE UPDATE ON bundle_serial WHEN NEW.serial < OLD.serial
BEGIN
    SELECT RAISE(ABORT, 'the serial of bundles only rises');
END;

-- The server's.
CREATE TABLE bundle_issuers (
    issuer      TEXT    NOT NULL,
    kid         TEXT    NOT NULL,
    public      BLOB    NOT NULL CHECK (length(public) = 32),
    trusted_at  INTEGER NOT NULL,
    replaced_at INTEGER,
    PRIMARY KEY (issuer, kid)
) STRICT, WITHOUT ROWID;

CREATE TABLE accepted_bundles (
    issuer      TEXT    NOT NULL,
    serial      INTEGER NOT NULL CHECK (serial >= 1),
    kid         TEXT    NOT NULL,
    fingerprint TEXT    NOT NULL,
    issued_at   INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    accepted_at INTEGER NOT NULL,
    again       INTEGER, -- the one of before that it put in force again
    body        TEXT, -- of the newest two that have contents of their own
    PRIMARY KEY (issuer, serial)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER accepted_serials_rise BEFORE INSERT ON accepted_bundles
WHEN NEW.serial <= (SELECT max(serial) FROM accepted_bundles WHERE issuer = NEW.issuer)
BEGIN
    SELECT RAISE(ABORT, 'a bundle is accepted once, and no older one after it');
END;

CREATE TRIGGER accepted_bundles_are_never_deleted BEFORE DELETE ON accepted_bundles
BEGIN
    SELECT RAISE(ABORT, 'what was accepted is not forgotten');
END;

-- Which configurations a bundle brought: the next one may change and remove them, and no other.
CREATE TABLE bundled_configs (
    config_id INTEGER PRIMARY KEY REFERENCES ai_provider_configs (id) ON DELETE CASCADE,
    issuer    TEXT    NOT NULL
) STRICT;
