-- Orders in which a journal is read once all reports are there (geo/runs/journal.py).
CREATE INDEX IF NOT EXISTS reports_place ON reports (place);
CREATE INDEX IF NOT EXISTS reports_id ON reports (id);
CREATE INDEX IF NOT EXISTS reports_day ON reports (day, id);
CREATE INDEX IF NOT EXISTS events_row ON events (row);
CREATE INDEX IF NOT EXISTS events_day ON events (day, id);
