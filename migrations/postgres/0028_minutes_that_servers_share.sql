-- What each server may let through of a limit of requests or tokens a minute. All shares of a limit together are never more than the
-- limit, and a server lowers its share only by what it has not used for a minute, so no sixty seconds see more of it.
CREATE TABLE minute_shares (
    scope        TEXT   NOT NULL CHECK (length(scope) BETWEEN 1 AND 400),
    holder       TEXT   NOT NULL CHECK (length(holder) BETWEEN 1 AND 100), -- one run of one server
    share        BIGINT NOT NULL CHECK (share >= 0),
    short        BIGINT NOT NULL CHECK (short >= 0), -- what it asked for in vain
    turn         BIGINT NOT NULL, -- its question's number, so that one that was late changes nothing
    counts_until BIGINT NOT NULL, -- a minute after its holder stops using it by itself
    PRIMARY KEY (scope, holder)
);

CREATE INDEX minute_shares_by_end ON minute_shares (counts_until);
CREATE INDEX minute_shares_by_need ON minute_shares (scope) WHERE short > 0;

-- One question of one server, in one statement: a server that dies or is cut off in the middle of it keeps nobody waiting.
-- Tells how the limits stand that it asked about, and those of its own that another server is short of.
CREATE FUNCTION share_minutes(
    asker TEXT, asked BIGINT, lives BIGINT, scopes TEXT[], keeps BIGINT[], mores BIGINT[], caps BIGINT[]
) RETURNS TABLE (of_scope TEXT, granted BIGINT, others BIGINT, holders BIGINT, missing BIGINT) LANGUAGE plpgsql AS $$
DECLARE
    present BIGINT;
    elsewhere NUMERIC;
    mine BIGINT;
    kept BIGINT;
    grown BIGINT;
BEGIN
    -- One after the other. Statements after this one see what whoever came before has written.
    PERFORM pg_advisory_xact_lock(7236279174);
    present := floor(extract(epoch FROM clock_timestamp()) * 1000);
    DELETE FROM minute_shares WHERE counts_until < present;
    FOR place IN 1 .. coalesce(array_length(scopes, 1), 0) LOOP
        SELECT coalesce(sum(share), 0) INTO elsewhere FROM minute_shares WHERE scope = scopes[place] AND holder <> asker;
        SELECT share INTO mine FROM minute_shares WHERE scope = scopes[place] AND holder = asker;
        -- What was let go for want of a word from its holder is asked for anew.
        kept := least(keeps[place], coalesce(mine, greatest(caps[place] - elsewhere, 0)));
        grown := kept + least(mores[place], greatest(caps[place] - elsewhere - kept, 0));
        INSERT INTO minute_shares AS known (scope, holder, share, short, turn, counts_until)
        VALUES (scopes[place], asker, grown, mores[place] - (grown - kept), asked, present + lives)
        ON CONFLICT (scope, holder) DO UPDATE
        SET share = excluded.share, short = excluded.short, turn = excluded.turn, counts_until = excluded.counts_until
        WHERE known.turn < excluded.turn;
        DELETE FROM minute_shares
        WHERE scope = scopes[place] AND holder = asker AND share = 0 AND short = 0 AND turn = asked;
    END LOOP;
    RETURN QUERY
        SELECT scope,
               coalesce(sum(share) FILTER (WHERE holder = asker), 0)::BIGINT,
               least(coalesce(sum(share) FILTER (WHERE holder <> asker), 0), 9223372036854775807)::BIGINT,
               count(*),
               least(coalesce(sum(short) FILTER (WHERE holder <> asker), 0), 9223372036854775807)::BIGINT
        FROM minute_shares
        WHERE scope = ANY (scopes)
           OR scope IN (SELECT needy.scope FROM minute_shares needy
                        JOIN minute_shares own ON own.scope = needy.scope AND own.holder = asker
                        WHERE needy.short > 0 AND needy.holder <> asker)
        GROUP BY scope;
END $$;
