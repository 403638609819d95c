-- How a calendar is outlives a restart: one notice for each change of it, and no faster retries
-- (hazards 12, 14, 79).
ALTER TABLE calendars ADD COLUMN health INTEGER NOT NULL DEFAULT 0;
ALTER TABLE calendars ADD COLUMN n_failures INTEGER NOT NULL DEFAULT 0;
