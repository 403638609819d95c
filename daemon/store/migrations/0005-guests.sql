-- Events that people made in one calendar and that the others show, too (design section 7). What was
-- seen before this counts as older than first contact.
CREATE TABLE guests (
  uid TEXT NOT NULL PRIMARY KEY,
  origin TEXT,
  item_id TEXT,
  revision TEXT,
  content TEXT,
  digest TEXT,
  title TEXT,
  when_text TEXT,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  state INTEGER NOT NULL,
  absent_since_us INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE mirrors (
  calendar TEXT NOT NULL,
  uid TEXT NOT NULL,
  item_id TEXT,
  revision TEXT,
  content TEXT,
  wished TEXT,
  shown TEXT,
  state INTEGER NOT NULL,
  absent_since_us INTEGER NOT NULL,
  n_put_back INTEGER NOT NULL,
  n_attendees INTEGER NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (calendar, uid)
) STRICT, WITHOUT ROWID;

ALTER TABLE sightings ADD COLUMN is_new INTEGER NOT NULL DEFAULT 0;
