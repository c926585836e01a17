-- What writing a call costs, beside its row.

-- Ids are compared byte by byte and never by a language's rules, which cost more where the database has some. Equal are the same
-- ones as before. Its index is made anew; servers that run meanwhile write to their own disks until it is there.
ALTER TABLE usage_requests ALTER COLUMN request_id TYPE TEXT COLLATE "C";

-- Sums are added to again and again. With room on its page a new version of a row needs no entries in the indexes.
ALTER TABLE usage_quarters SET (fillfactor = 50);
ALTER TABLE usage_days SET (fillfactor = 50);
