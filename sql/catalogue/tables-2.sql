-- The tables of the catalogue, version 2: columns for people, records and requests; seals.

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

-- Of request: access (to public information) or reuse (of public sector information).
ALTER TABLE event ADD COLUMN procedure TEXT;

-- Of request and day-off: the day that the event is about.
ALTER TABLE event ADD COLUMN day TEXT;

-- The chain: SHA-256 over the chain before and the row of that event (seal.sql).
CREATE TABLE seal (
  event INTEGER PRIMARY KEY,
  chain TEXT NOT NULL
) STRICT;

-- What is personal about a request (requests.sql R6): the one table whose rows may be changed and
-- erased.
CREATE TABLE requester (
  request       TEXT NOT NULL,   -- the number of the request
  name          TEXT,
  contact       TEXT,
  matter        TEXT,            -- the request in the requester's words
  informed_day  TEXT,            -- the notice of art. 13 GDPR, at the first contact
  erase_day     TEXT             -- when this row is to be erased
) STRICT;
