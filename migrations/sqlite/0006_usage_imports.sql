-- Usage that came from files: which calls of the log did, and what vendors report as sums, which are no calls.

-- Between the first and the last number of an import there are its calls and no others: one transaction wrote them, and
-- nobody else wrote meanwhile.
CREATE TABLE usage_imports (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    source   TEXT    NOT NULL CHECK (length(source) BETWEEN 1 AND 40), -- the form of the file
    digest   BLOB    NOT NULL CHECK (length(digest) = 32), -- SHA-256 of the file
    first_id INTEGER, -- of ai_provider_usage_logs
    last_id  INTEGER CHECK (last_id >= first_id),
    CHECK ((first_id IS NULL) = (last_id IS NULL))
) STRICT;

-- NULL in any number is "not reported".
CREATE TABLE reported_usage (
    key                   BLOB    PRIMARY KEY NOT NULL CHECK (length(key) = 32), -- of span, model, account and item
    import_id             INTEGER NOT NULL REFERENCES usage_imports (id), -- the last one that changed it
    source                TEXT    NOT NULL CHECK (length(source) BETWEEN 1 AND 40),
    provider_type         TEXT    NOT NULL CHECK (provider_type IN ('gemini', 'openai', 'claude', 'openai_compatible')),
    starts_at             INTEGER NOT NULL,
    ends_at               INTEGER NOT NULL CHECK (ends_at > starts_at),
    model                 TEXT    NOT NULL,
    account               TEXT    NOT NULL,
    item                  TEXT    NOT NULL,
    requests              INTEGER CHECK (requests >= 0),
    uncached_tokens       INTEGER CHECK (uncached_tokens >= 0),
    cache_read_tokens     INTEGER CHECK (cache_read_tokens >= 0),
    cache_write_tokens    INTEGER CHECK (cache_write_tokens >= 0),
    cache_write_1h_tokens INTEGER CHECK (cache_write_1h_tokens >= 0),
    output_tokens         INTEGER CHECK (output_tokens >= 0),
    cost_pico_usd         INTEGER -- a correction is below zero
) STRICT, WITHOUT ROWID;

CREATE INDEX reported_usage_by_time ON reported_usage (provider_type, starts_at);
