-- Texts are compared byte by byte, SQLite's BINARY, which is its default: ids may differ in the case
-- of one letter (hazard 35). Tables WITHOUT ROWID have no second index that could disagree with them.
-- Each row carries a hash of its content (hazard 88). Columns added later allow NULL or are 0.

CREATE TABLE links (
  calendar TEXT NOT NULL,
  uid TEXT NOT NULL,
  "key" TEXT,
  item_id TEXT,
  revision TEXT,
  wished_when TEXT,
  wished_where TEXT,
  wished_title TEXT,
  wished_status TEXT,
  wished_text TEXT,
  wished_note TEXT,
  shown_when TEXT,
  shown_where TEXT,
  shown_title TEXT,
  shown_status TEXT,
  shown_text TEXT,
  shown_note TEXT,
  state INTEGER NOT NULL,
  absent_since_us INTEGER NOT NULL,
  n_absent INTEGER NOT NULL,
  n_put_back INTEGER NOT NULL,
  n_revived INTEGER NOT NULL,
  is_left INTEGER NOT NULL,
  is_claimed INTEGER NOT NULL,
  n_attendees INTEGER NOT NULL,
  entry TEXT,
  hash TEXT NOT NULL,
  PRIMARY KEY (calendar, uid)
) STRICT, WITHOUT ROWID;

CREATE TABLE intents (
  calendar TEXT NOT NULL,
  uid TEXT NOT NULL,
  kind INTEGER NOT NULL,
  "key" TEXT,
  item_id TEXT,
  revision TEXT,
  wished_when TEXT,
  wished_where TEXT,
  wished_title TEXT,
  wished_status TEXT,
  wished_text TEXT,
  wished_note TEXT,
  at_us INTEGER NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (calendar, uid)
) STRICT, WITHOUT ROWID;

CREATE TABLE sightings (
  calendar TEXT NOT NULL,
  item_id TEXT NOT NULL,
  revision TEXT,
  problem TEXT,
  twin_of TEXT,
  not_twin INTEGER NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (calendar, item_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE proposals (
  id TEXT NOT NULL PRIMARY KEY,
  kind INTEGER NOT NULL,
  state INTEGER NOT NULL,
  uid TEXT,
  "key" TEXT,
  field INTEGER NOT NULL,
  value TEXT,
  instead_of TEXT,
  calendar TEXT,
  council TEXT,
  on_day INTEGER NOT NULL,
  at_us INTEGER NOT NULL,
  answered_by TEXT,
  hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger (
  id TEXT NOT NULL PRIMARY KEY,
  line TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE history (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at_us INTEGER NOT NULL,
  calendar TEXT,
  uid TEXT,
  "key" TEXT,
  what TEXT,
  field TEXT,
  "before" TEXT,
  "after" TEXT,
  source TEXT,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE calendars (
  calendar TEXT NOT NULL PRIMARY KEY,
  binding TEXT,
  token TEXT,
  contact INTEGER NOT NULL,
  hold INTEGER NOT NULL,
  hold_text TEXT,
  is_approved INTEGER NOT NULL,
  rulebook_digest TEXT,
  last_good_us INTEGER NOT NULL,
  last_try_us INTEGER NOT NULL,
  problem TEXT,
  hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE rulebook (
  place INTEGER NOT NULL PRIMARY KEY,
  path TEXT,
  "text" TEXT,
  digest TEXT,
  hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
