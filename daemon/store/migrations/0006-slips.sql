-- What lets somebody decide on a page: one-time links, sessions, forms that were handed in. Only the
-- hash of what people hold is kept.
CREATE TABLE slips (
  token_hash TEXT NOT NULL PRIMARY KEY,
  kind INTEGER NOT NULL,
  council TEXT,
  path TEXT,
  made_us INTEGER NOT NULL,
  ends_us INTEGER NOT NULL,
  used_us INTEGER NOT NULL,
  outcome TEXT,
  hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
