-- Sums of the usage log that answer at once at ten million rows. They are kept in the transaction that writes the rows.
-- Nothing here is filled by this migration, which would make the first unlock after it wait: see `usage_rollup.filled`.

-- One row. Rows of the log with `filled < id <= fill_to` are from before this version and not in the sums yet.
CREATE TABLE usage_rollup (
    only_row       INTEGER PRIMARY KEY CHECK (only_row = 1),
    zone           TEXT    NOT NULL CHECK (length(zone) BETWEEN 1 AND 100), -- whose days the day sums are
    filled         INTEGER NOT NULL CHECK (filled >= 0),
    fill_to        INTEGER NOT NULL CHECK (fill_to >= filled),
    retention_days INTEGER CHECK (retention_days > 0), -- NULL keeps every row
    raw_from       INTEGER NOT NULL -- rows of before were deleted, and are not taken again
) STRICT;

INSERT INTO usage_rollup (only_row, zone, filled, fill_to, retention_days, raw_from)
SELECT 1, 'UTC', 0, coalesce(max(id), 0), NULL, -9000000000000000000 FROM ai_provider_usage_logs;

-- What the sums are cut by. Empty text is "none" or "not known". `whole` rows leave the user out.
CREATE TABLE usage_dimensions (
    id                 INTEGER PRIMARY KEY,
    provider_config_id INTEGER NOT NULL,
    provider_type      TEXT    NOT NULL,
    model              TEXT    NOT NULL,
    task_type          TEXT    NOT NULL,
    user_id            TEXT    NOT NULL CHECK (whole = 0 OR user_id = ''),
    whole              INTEGER NOT NULL CHECK (whole IN (0, 1)),
    status             TEXT    NOT NULL,
    error_class        TEXT    NOT NULL,
    UNIQUE (provider_config_id, provider_type, model, task_type, user_id, whole, status, error_class)
) STRICT;

-- Level 0: quarters of an hour, because every zone's days begin at one; 1: days of the zone; 2: days without users.
CREATE TABLE usage_cells (
    level     INTEGER NOT NULL CHECK (level IN (0, 1, 2)),
    start     INTEGER NOT NULL,
    dimension INTEGER NOT NULL REFERENCES usage_dimensions (id),
    cell      BLOB    NOT NULL, -- packed by store::statistics::cell, its version in front
    PRIMARY KEY (level, start, dimension)
) STRICT, WITHOUT ROWID;

-- For the log's pages; failures are few and looked for most.
CREATE INDEX usage_by_time ON ai_provider_usage_logs (created_at);
CREATE INDEX usage_failures_by_time ON ai_provider_usage_logs (created_at) WHERE status <> 'success';
