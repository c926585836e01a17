-- Provider configurations, the tasks that they serve, and the log of what administrators did.
-- Forward only: a later change is a later file.

CREATE TABLE vault_meta (
    name  TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ai_provider_configs (
    id                  INTEGER PRIMARY KEY AUTOINCREMENT, -- the specification's id; never used twice
    uuid                TEXT    NOT NULL UNIQUE CHECK (length(uuid) = 36),
    revision            INTEGER NOT NULL CHECK (revision >= 1),
    provider_type       TEXT    NOT NULL CHECK (provider_type IN ('gemini', 'openai', 'claude', 'openai_compatible')),
    base_url            TEXT    NOT NULL CHECK (length(base_url) BETWEEN 8 AND 2048),
    allow_insecure_http INTEGER NOT NULL CHECK (allow_insecure_http IN (0, 1)),
    api_key_encrypted   BLOB,
    api_key_last_four   TEXT    CHECK (length(api_key_last_four) = 4),
    api_key_changed_at  INTEGER,
    model_name          TEXT    NOT NULL CHECK (length(model_name) BETWEEN 1 AND 200),
    display_name        TEXT    NOT NULL CHECK (length(display_name) BETWEEN 1 AND 80),
    display_name_folded TEXT    NOT NULL UNIQUE, -- lower case as Unicode has it, which SQLite's NOCASE has not
    description         TEXT    NOT NULL CHECK (length(description) <= 2000),
    is_active           INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    is_default          INTEGER NOT NULL CHECK (is_default IN (0, 1)),
    daily_token_limit   INTEGER CHECK (daily_token_limit > 0),
    monthly_token_limit INTEGER CHECK (monthly_token_limit > 0),
    last_tested_at      INTEGER,
    last_test_success   INTEGER CHECK (last_test_success IN (0, 1)),
    last_test_report    TEXT    CHECK (json_valid(last_test_report)),
    created_by          TEXT    NOT NULL,
    created_at          INTEGER NOT NULL, -- all instants: milliseconds since 1970, UTC
    updated_at          INTEGER NOT NULL,
    CHECK (is_default = 0 OR is_active = 1),
    CHECK ((last_tested_at IS NULL) = (last_test_report IS NULL)),
    CHECK ((api_key_encrypted IS NULL) = (api_key_changed_at IS NULL))
) STRICT;

CREATE UNIQUE INDEX at_most_one_default ON ai_provider_configs (is_default) WHERE is_default = 1;

CREATE TABLE tasks (
    name       TEXT    PRIMARY KEY NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
    position   INTEGER NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO tasks (name, position, created_at)
VALUES ('extraction', 1, 0), ('cv_draft', 2, 0), ('cover_letter', 3, 0), ('validation', 4, 0);

-- The specification's default_for_* is place 1. The primary key is what forbids two holders of one place.
CREATE TABLE task_routes (
    task      TEXT    NOT NULL REFERENCES tasks (name),
    place     INTEGER NOT NULL CHECK (place >= 1),
    config_id INTEGER NOT NULL REFERENCES ai_provider_configs (id) ON DELETE CASCADE,
    PRIMARY KEY (task, place),
    UNIQUE (task, config_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX task_routes_by_config ON task_routes (config_id);

CREATE TABLE admin_action_log (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    at          INTEGER NOT NULL,
    actor       TEXT    NOT NULL,
    machine     TEXT    NOT NULL,
    ip_address  TEXT, -- of the caller, for acts that came over a network
    action      TEXT    NOT NULL,
    target      TEXT, -- uuid of a configuration, or a task's name
    target_name TEXT,
    before      TEXT CHECK (json_valid(before)),
    after       TEXT CHECK (json_valid(after))
) STRICT;

CREATE TRIGGER admin_action_log_is_never_updated BEFORE UPDATE ON admin_action_log
BEGIN
    SELECT RAISE(ABORT, 'the admin action log is append-only');
END;

CREATE TRIGGER admin_action_log_is_never_deleted BEFORE DELETE ON admin_action_log
BEGIN
    SELECT RAISE(ABORT, 'the admin action log is append-only');
END;
