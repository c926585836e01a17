-- What opens files that others made for this vault: an X25519 identity of age, and the recipient that they seal for.

CREATE TABLE sharing (
    id                 INTEGER PRIMARY KEY CHECK (id = 1),
    recipient          TEXT    NOT NULL,
    identity_encrypted BLOB    NOT NULL, -- sealed as record 00000000-0000-0000-0000-000000000000, field `share_identity`
    made_at            INTEGER NOT NULL
) STRICT;
