-- Letters that wait or went, and what each mailbox was told. The text of a letter goes when it is
-- settled; what remains says that it went.
CREATE TABLE letters (
  id TEXT NOT NULL PRIMARY KEY,
  address TEXT,
  kind INTEGER NOT NULL,
  state INTEGER NOT NULL,
  is_unsure INTEGER NOT NULL,
  subject TEXT,
  message TEXT,
  written_us INTEGER NOT NULL,
  next_us INTEGER NOT NULL,
  settled_us INTEGER NOT NULL,
  n_tries INTEGER NOT NULL,
  problem TEXT,
  hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE told (
  address TEXT NOT NULL,
  "key" TEXT NOT NULL,
  value TEXT,
  at_us INTEGER NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (address, "key")
) STRICT, WITHOUT ROWID;
