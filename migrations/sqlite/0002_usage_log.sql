-- One row for each call. Configurations may go; their calls stay, under the id that is never used twice.

CREATE TABLE ai_provider_usage_logs (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id         TEXT    NOT NULL UNIQUE, -- makes writing a call twice harmless
    provider_config_id INTEGER NOT NULL,
    user_id            TEXT    NOT NULL,
    task_type          TEXT    NOT NULL,
    input_tokens       INTEGER NOT NULL CHECK (input_tokens >= 0),
    output_tokens      INTEGER NOT NULL CHECK (output_tokens >= 0),
    total_tokens       INTEGER NOT NULL CHECK (total_tokens >= 0),
    cost_pico_usd      INTEGER CHECK (cost_pico_usd >= 0), -- 10⁻¹² USD; NULL is an unknown price, never 0
    status             TEXT    NOT NULL CHECK (status IN ('success', 'error', 'timeout')),
    latency_ms         INTEGER NOT NULL CHECK (latency_ms >= 0),
    created_at         INTEGER NOT NULL
) STRICT;

CREATE INDEX usage_by_config_and_time
    ON ai_provider_usage_logs (provider_config_id, created_at, total_tokens, cost_pico_usd);
