-- Calls lie together in segments, column by column: a row for each, with its five indexes, cost more to write than all
-- else that is done with a call. One row is a segment of up to 1,024 calls; `store::log` reads and writes them.

-- Numbers are never used twice, also when the newest calls were deleted.
ALTER TABLE usage_rollup ADD COLUMN last_call INTEGER NOT NULL DEFAULT 0 CHECK (last_call >= 0);
UPDATE usage_rollup
SET last_call = coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'ai_provider_usage_logs'), 0);

-- `store::log::convert` moves its rows and drops it when the database is opened.
ALTER TABLE ai_provider_usage_logs RENAME TO usage_rows_of_before;
DROP INDEX usage_by_config_and_time;
DROP INDEX usage_by_user_and_time;
DROP INDEX usage_by_time;
DROP INDEX usage_failures_by_time;

CREATE TABLE ai_provider_usage_logs (
    first        INTEGER PRIMARY KEY, -- number of the first call; numbers rise within a segment, and from one to the next
    last         INTEGER NOT NULL CHECK (last >= first),
    calls        INTEGER NOT NULL CHECK (calls BETWEEN 1 AND last - first + 1),
    first_at     INTEGER NOT NULL, -- the earliest and the latest end of a call
    last_at      INTEGER NOT NULL CHECK (last_at >= first_at),
    most_latency INTEGER NOT NULL CHECK (most_latency >= 0), -- of a call, in milliseconds
    most_cost    INTEGER CHECK (most_cost >= 0), -- of a call, in 10⁻¹² USD; NULL when no price is known
    -- In the order in which they are needed: a page that is not read costs nothing.
    kinds        BLOB    NOT NULL, -- when, by whom, for what, and how it ended
    figures      BLOB    NOT NULL, -- what it took and cost
    names        BLOB    NOT NULL  -- its ids
) STRICT;

-- All that is known without reading a part.
CREATE INDEX usage_segments_by_time ON ai_provider_usage_logs (last_at, first, first_at, calls, most_latency, most_cost);

-- Makes writing a call twice harmless. Ids of ours rise with time, so that new ones lie beside each other.
CREATE TABLE usage_requests (
    request BLOB    PRIMARY KEY NOT NULL, -- packed by store::log::request
    call    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
