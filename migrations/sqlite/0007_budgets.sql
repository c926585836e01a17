-- What may be spent in a day or a month, and what was told of it.

CREATE TABLE budgets (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    revision        INTEGER NOT NULL CHECK (revision >= 1),
    scope           TEXT    NOT NULL CHECK (scope IN ('whole', 'config', 'task', 'user')),
    -- A configuration's number, a task, a user. Configurations may go; their calls and budgets stay.
    scope_key       TEXT    NOT NULL CHECK (length(scope_key) <= 200 AND (scope = 'whole') = (scope_key = '')),
    period          TEXT    NOT NULL CHECK (period IN ('day', 'month')),
    amount_pico_usd INTEGER NOT NULL CHECK (amount_pico_usd > 0), -- 10⁻¹² USD
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    UNIQUE (scope, scope_key, period)
) STRICT;

-- The period is named by its first day, not by an instant: it is the same one after another zone is chosen. With the
-- amount in the key, a budget that was changed tells again what holds for the new amount.
CREATE TABLE budget_alerts (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    budget_id       INTEGER NOT NULL REFERENCES budgets (id) ON DELETE CASCADE,
    period_start    TEXT    NOT NULL CHECK (length(period_start) = 10), -- YYYY-MM-DD
    level           TEXT    NOT NULL CHECK (level IN ('half', 'most_of_it', 'forecast', 'nearly_all', 'all')),
    amount_pico_usd INTEGER NOT NULL CHECK (amount_pico_usd > 0),
    spent_pico_usd  TEXT    NOT NULL CHECK (spent_pico_usd GLOB '[0-9]*'), -- a sum may be more than 64 bits hold
    unpriced        INTEGER NOT NULL CHECK (unpriced >= 0),
    at              INTEGER NOT NULL,
    seen_at         INTEGER,
    UNIQUE (budget_id, period_start, level, amount_pico_usd)
) STRICT;

CREATE INDEX budget_alerts_unseen ON budget_alerts (id) WHERE seen_at IS NULL;
