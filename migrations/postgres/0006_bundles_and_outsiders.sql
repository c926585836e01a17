-- A bundle that brings what is there already changes its expiry alone, which every server's figures tell.
CREATE TRIGGER tell AFTER INSERT ON accepted_bundles FOR EACH STATEMENT EXECUTE FUNCTION tell_servers();

-- Whoever comes with a token of another application may also send a request twice without its being done twice. Servers of before
-- go on beside those of now, so what they write by is left as it is.
ALTER TABLE idempotent_requests DROP CONSTRAINT idempotent_requests_pkey;
ALTER TABLE idempotent_requests ALTER COLUMN user_id DROP NOT NULL;
ALTER TABLE idempotent_requests ADD COLUMN outsider BYTEA CHECK (length(outsider) = 32); -- SHA-256 of issuer and subject
ALTER TABLE idempotent_requests ADD CHECK ((user_id IS NULL) <> (outsider IS NULL));
CREATE UNIQUE INDEX idempotent_requests_of_users ON idempotent_requests (user_id, key);
CREATE UNIQUE INDEX idempotent_requests_of_outsiders ON idempotent_requests (outsider, key);
