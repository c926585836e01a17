-- What real calls need: routes with chains and weights, the cost ledger, limits that hold across a crash, health, and
-- the gateway's tokens and settings. Everything is added; no row that is there is changed.

ALTER TABLE ai_provider_configs
    ADD COLUMN call_settings TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(call_settings) AND json_type(call_settings) = 'object');

ALTER TABLE tasks ADD COLUMN mode TEXT NOT NULL DEFAULT 'chain' CHECK (mode IN ('chain', 'split', 'auto'));
ALTER TABLE tasks ADD COLUMN needs TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(needs) AND json_type(needs) = 'object');
ALTER TABLE tasks ADD COLUMN bounds TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(bounds) AND json_type(bounds) = 'object');
-- Instructions of the task's endpoint, in place of the built-in ones.
ALTER TABLE tasks ADD COLUMN prompt TEXT CHECK (length(prompt) BETWEEN 1 AND 50000);

ALTER TABLE task_routes ADD COLUMN weight INTEGER NOT NULL DEFAULT 0 CHECK (weight BETWEEN 0 AND 1000);

-- One row. Triggers count, so that no way of changing a route, not even a cascade, goes past it.
CREATE TABLE routing (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    revision INTEGER NOT NULL CHECK (revision >= 1)
) STRICT;

INSERT INTO routing (only_row, revision) VALUES (1, 1);

CREATE TRIGGER routing_grows BEFORE UPDATE ON routing WHEN NEW.revision <= OLD.revision
BEGIN
    SELECT RAISE(ABORT, 'the revision of the routes only rises');
END;

CREATE TRIGGER route_added AFTER INSERT ON task_routes
BEGIN
    UPDATE routing SET revision = revision + 1;
END;

CREATE TRIGGER route_changed AFTER UPDATE ON task_routes
BEGIN
    UPDATE routing SET revision = revision + 1;
END;

CREATE TRIGGER route_removed AFTER DELETE ON task_routes
BEGIN
    UPDATE routing SET revision = revision + 1;
END;

CREATE TRIGGER task_changed AFTER UPDATE OF mode, needs, bounds ON tasks
BEGIN
    UPDATE routing SET revision = revision + 1;
END;

-- Every price that ever priced a call, so that each row of the log can be checked again. Kept once, not in each row.
CREATE TABLE prices (
    id        INTEGER PRIMARY KEY,
    version   TEXT NOT NULL CHECK (length(version) BETWEEN 1 AND 100), -- of the catalogue, or 'own'
    effective TEXT NOT NULL, -- the day on which it was true, YYYY-MM-DD
    unit      TEXT NOT NULL CHECK (json_valid(unit)), -- 10⁻¹² USD per token of each kind
    UNIQUE (version, effective, unit)
) STRICT;

CREATE TRIGGER prices_are_never_updated BEFORE UPDATE ON prices
BEGIN
    SELECT RAISE(ABORT, 'a price that priced calls is not changed');
END;

-- NULL in any of these is "not known": rows from before this version have none of them.
ALTER TABLE ai_provider_usage_logs ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1 CHECK (attempt >= 1);
ALTER TABLE ai_provider_usage_logs ADD COLUMN client TEXT;
ALTER TABLE ai_provider_usage_logs
    ADD COLUMN provider_type TEXT CHECK (provider_type IN ('gemini', 'openai', 'claude', 'openai_compatible'));
ALTER TABLE ai_provider_usage_logs ADD COLUMN model_requested TEXT;
ALTER TABLE ai_provider_usage_logs ADD COLUMN model_returned TEXT;
-- 0: the vendor did not say what the call took. The token columns, which may not be NULL, then hold 0.
ALTER TABLE ai_provider_usage_logs
    ADD COLUMN usage_known INTEGER NOT NULL DEFAULT 1 CHECK (usage_known = 1 OR (usage_known = 0 AND total_tokens = 0));
ALTER TABLE ai_provider_usage_logs ADD COLUMN uncached_tokens INTEGER CHECK (uncached_tokens >= 0);
ALTER TABLE ai_provider_usage_logs ADD COLUMN audio_tokens INTEGER CHECK (audio_tokens >= 0);
ALTER TABLE ai_provider_usage_logs ADD COLUMN cache_read_tokens INTEGER CHECK (cache_read_tokens >= 0);
ALTER TABLE ai_provider_usage_logs ADD COLUMN cache_write_tokens INTEGER CHECK (cache_write_tokens >= 0);
ALTER TABLE ai_provider_usage_logs ADD COLUMN cache_write_1h_tokens INTEGER CHECK (cache_write_1h_tokens >= 0);
ALTER TABLE ai_provider_usage_logs ADD COLUMN reasoning_tokens INTEGER CHECK (reasoning_tokens >= 0); -- of the output
ALTER TABLE ai_provider_usage_logs ADD COLUMN service_tier TEXT;
ALTER TABLE ai_provider_usage_logs ADD COLUMN price_id INTEGER REFERENCES prices (id);
ALTER TABLE ai_provider_usage_logs
    ADD COLUMN cost_is_estimate INTEGER NOT NULL DEFAULT 0 CHECK (cost_is_estimate IN (0, 1));
ALTER TABLE ai_provider_usage_logs ADD COLUMN error_class TEXT CHECK (error_class IS NULL OR status <> 'success');
ALTER TABLE ai_provider_usage_logs ADD COLUMN http_status INTEGER CHECK (http_status BETWEEN 100 AND 999);
ALTER TABLE ai_provider_usage_logs ADD COLUMN first_token_ms INTEGER CHECK (first_token_ms >= 0);
ALTER TABLE ai_provider_usage_logs ADD COLUMN vendor_request_id TEXT;
ALTER TABLE ai_provider_usage_logs
    ADD COLUMN route_rule TEXT CHECK (route_rule IN ('chain', 'split', 'auto', 'default', 'named'));
ALTER TABLE ai_provider_usage_logs ADD COLUMN fallback_from INTEGER; -- the configuration that failed before

-- For what a configuration or a user has used since a moment, without a look at the rows themselves.
DROP INDEX usage_by_config_and_time;
CREATE INDEX usage_by_config_and_time
    ON ai_provider_usage_logs (provider_config_id, created_at, total_tokens, cost_pico_usd, usage_known);
CREATE INDEX usage_by_user_and_time
    ON ai_provider_usage_logs (user_id, created_at, total_tokens, cost_pico_usd, usage_known);

-- How much of a limit may have been used, written before it is: after a crash the whole block counts as used.
CREATE TABLE usage_leases (
    scope        TEXT    NOT NULL CHECK (length(scope) BETWEEN 1 AND 400),
    window_start INTEGER NOT NULL,
    granted      INTEGER NOT NULL CHECK (granted >= 0),
    PRIMARY KEY (scope, window_start)
) STRICT, WITHOUT ROWID;

CREATE TABLE user_quotas (
    user_id             TEXT PRIMARY KEY NOT NULL CHECK (length(user_id) BETWEEN 1 AND 200),
    daily_tokens        INTEGER CHECK (daily_tokens > 0),
    monthly_tokens      INTEGER CHECK (monthly_tokens > 0),
    requests_per_minute INTEGER CHECK (requests_per_minute > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE health_slots (
    config_id  INTEGER NOT NULL REFERENCES ai_provider_configs (id) ON DELETE CASCADE,
    slot_start INTEGER NOT NULL,
    good       INTEGER NOT NULL CHECK (good >= 0),
    bad        INTEGER NOT NULL CHECK (bad >= 0),
    latencies  TEXT    NOT NULL CHECK (json_valid(latencies) AND json_type(latencies) = 'array'), -- counts
    PRIMARY KEY (config_id, slot_start)
) STRICT, WITHOUT ROWID;

CREATE TABLE incidents (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    config_uuid  TEXT    NOT NULL CHECK (length(config_uuid) = 36), -- an incident outlives its configuration
    display_name TEXT    NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('degraded', 'down')),
    started_at   INTEGER NOT NULL,
    ended_at     INTEGER,
    cause        TEXT    NOT NULL,
    calls_moved  INTEGER NOT NULL DEFAULT 0 CHECK (calls_moved >= 0)
) STRICT;

CREATE UNIQUE INDEX at_most_one_open_incident ON incidents (config_uuid) WHERE ended_at IS NULL;

-- A token is 256 random bits: its digest needs neither salt nor stretching.
CREATE TABLE gateway_tokens (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    digest     BLOB    NOT NULL UNIQUE CHECK (length(digest) = 32), -- SHA-256
    last_four  TEXT    NOT NULL CHECK (length(last_four) = 4),
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

CREATE TABLE settings (
    name  TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE playground_prompts (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    name_folded TEXT    NOT NULL UNIQUE,
    task        TEXT    REFERENCES tasks (name),
    request     TEXT    NOT NULL CHECK (json_valid(request)),
    updated_at  INTEGER NOT NULL
) STRICT;

-- The one with the highest number is in force.
CREATE TABLE catalogues (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    version     TEXT    NOT NULL UNIQUE CHECK (length(version) BETWEEN 1 AND 100 AND version <> 'own'),
    as_of       TEXT    NOT NULL CHECK (length(as_of) = 10),
    body        TEXT    NOT NULL CHECK (json_valid(body)),
    imported_at INTEGER NOT NULL
) STRICT;
