-- The journal of a run (geo/runs/journal.py): reports and events as they were coded, packed, and incidents.
-- place: where a report stands in the input of this run; NULL: it has not come yet.
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS reports (
    row INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, place INTEGER, id TEXT NOT NULL, day TEXT NOT NULL,
    source TEXT, copy_of TEXT, report BLOB NOT NULL, mentions BLOB NOT NULL, traits BLOB NOT NULL,
    passages BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS events (
    id TEXT PRIMARY KEY, row INTEGER NOT NULL, day TEXT NOT NULL, incident TEXT, event BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS incidents (
    id TEXT PRIMARY KEY, day TEXT NOT NULL, contested INTEGER NOT NULL, incident BLOB NOT NULL
);
