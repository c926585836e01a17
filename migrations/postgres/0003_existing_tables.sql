-- What came from the specification's existing tables: how far an import is, and which of a source's rows is which of ours. With it an
-- import that was cut off goes on where it was, and one that is made again doubles nothing.

CREATE TABLE import_sources (
    name     TEXT   PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 40),
    progress TEXT   NOT NULL CHECK (json_typeof(progress::json) = 'object'),
    calls    BIGINT NOT NULL DEFAULT 0 CHECK (calls >= 0), -- written since the import was begun
    acts     BIGINT NOT NULL DEFAULT 0 CHECK (acts >= 0)
);

CREATE TABLE imported_configs (
    source  TEXT   NOT NULL,
    row     BIGINT NOT NULL, -- its id there
    made_at BIGINT NOT NULL, -- there; another row of the same id is of another source
    uuid    TEXT   NOT NULL CHECK (length(uuid) = 36),
    number  BIGINT NOT NULL, -- stays, also when the configuration goes: its usage is kept under it
    PRIMARY KEY (source, row)
);

-- Calls are known by their request's id, `import:SOURCE:ROW`.
CREATE TABLE imported_acts (
    source TEXT   NOT NULL,
    row    BIGINT NOT NULL,
    PRIMARY KEY (source, row)
);
