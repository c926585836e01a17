-- Where a server's admin API was reached last, and what it said of this vault's bundles. No name, password or token of anybody.
ALTER TABLE bundle_servers ADD COLUMN url TEXT CHECK (length(url) <= 2048);
ALTER TABLE bundle_servers ADD COLUMN pin TEXT CHECK (pin IS NULL OR length(pin) = 64);
ALTER TABLE bundle_servers ADD COLUMN told_at INTEGER;
ALTER TABLE bundle_servers ADD COLUMN told_serial INTEGER CHECK ((told_serial IS NULL) = (told_at IS NULL) AND told_serial >= 0);
ALTER TABLE bundle_servers ADD COLUMN trusts_kid TEXT; -- the key in force then, if it was trusted
