-- What a server asked for with Retry-After outlives a restart (hazard 79).
ALTER TABLE calendars ADD COLUMN not_before_us INTEGER NOT NULL DEFAULT 0;
