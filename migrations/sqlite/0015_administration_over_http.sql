-- What the administration over HTTP needs of users, sessions and quotas: revisions to change by, users who are locked out and
-- may come back, and from where a session was begun.

ALTER TABLE users ADD COLUMN revision INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 1);
ALTER TABLE users ADD COLUMN disabled_at INTEGER; -- NULL while the user may log in

CREATE TRIGGER user_changed AFTER UPDATE OF role, password_hash, disabled_at ON users
BEGIN
    UPDATE users SET revision = revision + 1 WHERE id = NEW.id;
END;

ALTER TABLE sessions ADD COLUMN ip_address TEXT; -- of the login; NULL for those of before

-- Drawn from one counter, so that a quota that was deleted and made again has no revision of before.
CREATE TABLE quota_revision (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    revision INTEGER NOT NULL
) STRICT;

INSERT INTO quota_revision (only_row, revision) VALUES (1, 1);

ALTER TABLE user_quotas ADD COLUMN revision INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 1);

CREATE TRIGGER quota_added AFTER INSERT ON user_quotas
BEGIN
    UPDATE quota_revision SET revision = revision + 1;
    UPDATE user_quotas SET revision = (SELECT revision FROM quota_revision) WHERE user_id = NEW.user_id;
END;

CREATE TRIGGER quota_changed AFTER UPDATE OF daily_tokens, monthly_tokens, requests_per_minute ON user_quotas
BEGIN
    UPDATE quota_revision SET revision = revision + 1;
    UPDATE user_quotas SET revision = (SELECT revision FROM quota_revision) WHERE user_id = NEW.user_id;
END;
