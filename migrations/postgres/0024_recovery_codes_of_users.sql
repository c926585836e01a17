-- The codes for when the app that makes the second factor is lost. Whoever was enrolled before has none until the next invitation is
-- taken up.
CREATE TABLE user_recovery_codes (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash    BYTEA  NOT NULL CHECK (length(hash) = 32), -- SHA-256 over the salt and the code
    salt    BYTEA  NOT NULL CHECK (length(salt) = 16),
    used_at BIGINT,
    PRIMARY KEY (user_id, hash)
);
