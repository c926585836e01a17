-- Jumps of usage that were told, and since when a task is split as it is.

CREATE TABLE usage_jumps (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    config_id    INTEGER, -- a configuration's number, which may be gone; NULL is the whole account
    measure      TEXT    NOT NULL CHECK (measure IN ('calls', 'cost')),
    began_at     INTEGER NOT NULL,
    told_at      INTEGER NOT NULL,
    last_at      INTEGER NOT NULL CHECK (last_at >= told_at), -- when it was seen last
    is_over      INTEGER NOT NULL DEFAULT 0 CHECK (is_over IN (0, 1)),
    window_s     INTEGER NOT NULL CHECK (window_s > 0),
    usual        INTEGER NOT NULL CHECK (usual >= 1), -- calls or 10⁻¹² USD in so many seconds
    seen         INTEGER NOT NULL CHECK (seen >= 0),
    hour_of_week INTEGER NOT NULL CHECK (hour_of_week BETWEEN 0 AND 167),
    causes       TEXT    NOT NULL CHECK (json_valid(causes)),
    seen_at      INTEGER -- by a person
) STRICT;

CREATE INDEX usage_jumps_by_time ON usage_jumps (last_at);

-- When the shares of a split were last saved; its comparison begins there. NULL is no split.
ALTER TABLE tasks ADD COLUMN split_since INTEGER;
UPDATE tasks SET split_since = unixepoch() * 1000 WHERE mode = 'split';
