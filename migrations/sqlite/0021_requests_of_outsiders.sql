-- Whoever comes with a token of another application may also send a request twice without its being done twice. The table is made
-- anew, because its primary key was the user.
CREATE TABLE requests_with_keys (
    user_id  INTEGER REFERENCES users (id) ON DELETE CASCADE,
    outsider BLOB    CHECK (length(outsider) = 32), -- SHA-256 of issuer and subject
    key      TEXT    NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    digest   BLOB    NOT NULL CHECK (length(digest) = 32), -- SHA-256 of method, path and body
    at       INTEGER NOT NULL,
    status   INTEGER CHECK (status BETWEEN 100 AND 599), -- NULL while it is being answered
    etag     TEXT,
    body     TEXT,
    CHECK ((user_id IS NULL) <> (outsider IS NULL))
) STRICT;

INSERT INTO requests_with_keys (user_id, key, digest, at, status, etag, body)
    SELECT user_id, key, digest, at, status, etag, body FROM idempotent_requests;
DROP TABLE idempotent_requests;
ALTER TABLE requests_with_keys RENAME TO idempotent_requests;

CREATE UNIQUE INDEX idempotent_requests_of_users ON idempotent_requests (user_id, key) WHERE user_id IS NOT NULL;
CREATE UNIQUE INDEX idempotent_requests_of_outsiders ON idempotent_requests (outsider, key) WHERE outsider IS NOT NULL;
