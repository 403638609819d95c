-- Addresses of pages and subscriptions that nobody can guess. Only the hash of what people hold is
-- kept: who reads this file cannot read the pages.
CREATE TABLE peepholes (
  token_hash TEXT NOT NULL PRIMARY KEY,
  target TEXT,
  made_us INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
