-- The tables of the catalogue, version 2: columns for people, records and seals.

PRAGMA user_version = 2;

-- What a row is about: of step its number, of risk its id, of authorisation and permission the role,
-- of requirement the state and the need, of record its topic.
ALTER TABLE event ADD COLUMN subject TEXT;

-- Of step: the form that was filled in; of step 6 'risk-assessment' or 'dpia'.
ALTER TABLE event ADD COLUMN form TEXT;

-- Of authorisation: who is authorised, where, in whose place, from which day until which day.
-- Of a record 'custodian': who.
ALTER TABLE event ADD COLUMN person TEXT;
ALTER TABLE event ADD COLUMN unit TEXT;
ALTER TABLE event ADD COLUMN deputy_of TEXT;
ALTER TABLE event ADD COLUMN from_day TEXT;
ALTER TABLE event ADD COLUMN until_day TEXT;

-- Of step 2 under §15.2.4: how many persons.
ALTER TABLE event ADD COLUMN number INTEGER;

-- The chain: SHA-256 over the chain before and the row of that event (seal.sql).
CREATE TABLE seal (
  event INTEGER PRIMARY KEY,
  chain TEXT NOT NULL
) STRICT;
