-- The admin action log becomes a chain: each entry is authenticated together with the one before it.

DROP TRIGGER admin_action_log_is_never_updated;
DROP TRIGGER admin_action_log_is_never_deleted;

-- `store::audit::convert` chains its entries and drops it when the database is opened: only then is the key there.
ALTER TABLE admin_action_log RENAME TO admin_action_log_of_before;

CREATE TABLE admin_action_log (
    id          INTEGER PRIMARY KEY CHECK (id >= 1), -- 1, 2, 3, … without a gap
    at          INTEGER NOT NULL, -- milliseconds since 1970, UTC
    actor       TEXT    NOT NULL,
    machine     TEXT    NOT NULL,
    ip_address  TEXT, -- of the caller, for acts that came over a network
    action      TEXT    NOT NULL,
    target      TEXT, -- uuid of a configuration, or a task's name
    target_name TEXT,
    before      TEXT CHECK (json_valid(before)),
    after       TEXT CHECK (json_valid(after)),
    mac         BLOB    NOT NULL CHECK (length(mac) = 32) -- HMAC-SHA256 over the entry and the MAC before it
) STRICT;

CREATE INDEX admin_acts_by_action ON admin_action_log (action);
CREATE INDEX admin_acts_by_actor ON admin_action_log (actor);
CREATE INDEX admin_acts_by_target ON admin_action_log (target) WHERE target IS NOT NULL;

-- Every hundredth entry's MAC, signed. The log's end is in vault_meta as `audit_head`.
CREATE TABLE audit_checkpoints (
    entries   INTEGER PRIMARY KEY CHECK (entries >= 1),
    signature BLOB    NOT NULL CHECK (length(signature) = 64) -- Ed25519
) STRICT;

CREATE TRIGGER admin_action_log_is_never_updated BEFORE UPDATE ON admin_action_log
BEGIN
    SELECT RAISE(ABORT, 'the admin action log is append-only');
END;

CREATE TRIGGER admin_action_log_is_never_deleted BEFORE DELETE ON admin_action_log
BEGIN
    SELECT RAISE(ABORT, 'the admin action log is append-only');
END;

CREATE TRIGGER audit_checkpoints_are_never_updated BEFORE UPDATE ON audit_checkpoints
BEGIN
    SELECT RAISE(ABORT, 'checkpoints of the admin action log stay');
END;

CREATE TRIGGER audit_checkpoints_are_never_deleted BEFORE DELETE ON audit_checkpoints
BEGIN
    SELECT RAISE(ABORT, 'checkpoints of the admin action log stay');
END;
