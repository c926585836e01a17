-- What the embedded database offers and this one did not: quotas by revision, bundles, and finding a call by its id.

-- Drawn from one counter, so that a quota that was deleted and made again has no revision of before.
CREATE SEQUENCE quota_revision START 2;

ALTER TABLE user_quotas ADD COLUMN revision BIGINT NOT NULL DEFAULT 1 CHECK (revision >= 1);

CREATE FUNCTION quota_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.revision = nextval('quota_revision');
    RETURN NEW;
END $$;

CREATE TRIGGER quota_changed BEFORE INSERT OR UPDATE OF daily_tokens, monthly_tokens, requests_per_minute ON user_quotas
    FOR EACH ROW EXECUTE FUNCTION quota_changed();

-- When the call was: its partition and place are found by it. NULL for those of before, which are looked for everywhere.
ALTER TABLE usage_requests ADD COLUMN created_at BIGINT;

-- Whom a server trusts, and what it accepted.
CREATE TABLE bundle_issuers (
    issuer      TEXT   NOT NULL,
    kid         TEXT   NOT NULL,
    public      BYTEA  NOT NULL CHECK (length(public) = 32),
    trusted_at  BIGINT NOT NULL,
    replaced_at BIGINT,
    PRIMARY KEY (issuer, kid)
);

CREATE TABLE accepted_bundles (
    issuer      TEXT   NOT NULL,
    serial      BIGINT NOT NULL CHECK (serial >= 1),
    kid         TEXT   NOT NULL,
    fingerprint TEXT   NOT NULL,
    issued_at   BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    accepted_at BIGINT NOT NULL,
    again       BIGINT, -- the one of before that it put in force again
    body        TEXT,   -- of the newest two that have contents of their own
    PRIMARY KEY (issuer, serial)
);

CREATE FUNCTION accepted_serials_rise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.serial <= (SELECT max(serial) FROM accepted_bundles WHERE issuer = NEW.issuer) THEN
        RAISE EXCEPTION 'a bundle is accepted once, and no older one after it' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER accepted_serials_rise BEFORE INSERT ON accepted_bundles
    FOR EACH ROW EXECUTE FUNCTION accepted_serials_rise();
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON accepted_bundles FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- Which configurations a bundle brought: the next one may change and remove them, and no other.
CREATE TABLE bundled_configs (
    config_id BIGINT PRIMARY KEY REFERENCES ai_provider_configs (id) ON DELETE CASCADE,
    issuer    TEXT   NOT NULL
);
