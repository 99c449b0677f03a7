-- The tables of the catalogue, version 3.

PRAGMA user_version = 3;

-- Of intent and of state published or withdrawn: SHA-256 over the list of the published files.
-- (location is then the folder that they are published in, detail what the pages are made from.)
ALTER TABLE event ADD COLUMN bundle TEXT;

-- Of assessed: where the data come from (the unit itself, another office, the statistical office …).
ALTER TABLE event ADD COLUMN source TEXT;

-- Of assessed and rhythm: how often the data are brought up to date (view rhythm_list).
ALTER TABLE event ADD COLUMN rhythm TEXT;

-- The newest event about a subject, of thousands.
CREATE INDEX event_subject ON event (subject, kind);
