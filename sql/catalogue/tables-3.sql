-- The tables of the catalogue, version 3.

PRAGMA user_version = 3;

-- Of intent and of state published or withdrawn: SHA-256 over the list of the published files.
-- (location is then the folder that they are published in, detail what the pages are made from.)
ALTER TABLE event ADD COLUMN bundle TEXT;
