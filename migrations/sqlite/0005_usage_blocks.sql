-- Sums lie together in blocks, because most cells are small and a row for each costs more than the call that it counts.
-- A block holds the cells of one piece of time whose dimensions have its number: 4 bytes of dimension and 4 of length,
-- big-endian, before each cell, in the order of dimensions.

ALTER TABLE usage_dimensions ADD COLUMN block INTEGER NOT NULL DEFAULT 0 CHECK (block >= 0);

-- Even numbers are of dimensions without users, odd ones of those with, a user's together.
UPDATE usage_dimensions SET block = placed.block
FROM (
    SELECT id, (row_number() OVER (PARTITION BY whole ORDER BY user_id, id) - 1) / iif(whole, 32, 128) * 2 + 1 - whole AS block
    FROM usage_dimensions
) placed
WHERE placed.id = usage_dimensions.id;

CREATE INDEX usage_dimensions_by_block ON usage_dimensions (whole, block);
CREATE INDEX usage_dimensions_by_user ON usage_dimensions (whole, user_id, block);

CREATE TABLE usage_blocks (
    level INTEGER NOT NULL CHECK (level IN (0, 1, 2)), -- as in usage_cells
    start INTEGER NOT NULL,
    block INTEGER NOT NULL,
    cells BLOB    NOT NULL, -- packed by store::statistics::block
    PRIMARY KEY (level, start, block)
) STRICT;

INSERT INTO usage_blocks (level, start, block, cells)
SELECT c.level, c.start, d.block,
    CAST(group_concat(
        CAST(unhex(printf('%08x%08x', c.dimension, length(c.cell))) AS TEXT) || CAST(c.cell AS TEXT), '' ORDER BY c.dimension
    ) AS BLOB)
FROM usage_cells c JOIN usage_dimensions d ON d.id = c.dimension
GROUP BY c.level, c.start, d.block;

DROP TABLE usage_cells;

-- What a configuration or a user has spent comes from the sums: the indexes are for pages of the log alone, and a new cost
-- changes neither.
DROP INDEX usage_by_config_and_time;
DROP INDEX usage_by_user_and_time;
CREATE INDEX usage_by_config_and_time ON ai_provider_usage_logs (provider_config_id, created_at);
CREATE INDEX usage_by_user_and_time ON ai_provider_usage_logs (user_id, created_at);
