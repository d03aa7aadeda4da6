-- The addresses that stored labs have, so that they stay what they are from one version of a lab to
-- the next.
--
-- Networks and VMs are known by name here, without references to their rows: what a part of the lab
-- gives up rests for a while after the part is gone (`freed_at`, NULL while it is in use).
--
-- `sort_key` is an address in hexadecimal digits, 8 or 32: in its order the lowest address comes
-- first.

-- How many times the labs of each host have changed. Labs that give their host no name are on
-- "host" together.
CREATE TABLE shared_hosts (
  name    TEXT PRIMARY KEY,
  changes INTEGER NOT NULL CHECK (changes >= 0)
) STRICT, WITHOUT ROWID;

-- A row for each lab whose addresses are assigned.
CREATE TABLE addressed_labs (
  lab_id              INTEGER PRIMARY KEY REFERENCES labs (id) ON DELETE CASCADE,
  host                TEXT NOT NULL,
  -- shared_hosts.changes as of the lab's revision: more by now means that another lab changed.
  host_changes        INTEGER NOT NULL,
  -- How many times what is reserved on the lab's networks changed since its revision was written.
  reservation_changes INTEGER NOT NULL DEFAULT 0 CHECK (reservation_changes >= 0)
) STRICT;

CREATE INDEX addressed_labs_by_host ON addressed_labs (host);

-- Triggers, so that labs deleted by hand are noticed too. A host on which no lab is left is
-- forgotten.
CREATE TRIGGER addressed_labs_removed AFTER DELETE ON addressed_labs BEGIN
  UPDATE shared_hosts SET changes = changes + 1 WHERE name = old.host;
  DELETE FROM shared_hosts WHERE name = old.host
    AND NOT EXISTS (SELECT 1 FROM addressed_labs WHERE host = old.host);
END;

CREATE TRIGGER addressed_labs_moved AFTER UPDATE OF host ON addressed_labs
WHEN old.host <> new.host BEGIN
  UPDATE shared_hosts SET changes = changes + 1 WHERE name = old.host;
  DELETE FROM shared_hosts WHERE name = old.host
    AND NOT EXISTS (SELECT 1 FROM addressed_labs WHERE host = old.host);
END;

CREATE TABLE assigned_prefixes (
  lab_id   INTEGER NOT NULL REFERENCES labs (id) ON DELETE CASCADE,
  network  TEXT NOT NULL,
  mode     TEXT NOT NULL CHECK (mode IN ('nat-network', 'internal', 'host-only')),
  prefix   TEXT NOT NULL,
  freed_at INTEGER,
  PRIMARY KEY (lab_id, network, mode, prefix)
) STRICT, WITHOUT ROWID;

CREATE TABLE assigned_addresses (
  lab_id    INTEGER NOT NULL REFERENCES labs (id) ON DELETE CASCADE,
  network   TEXT NOT NULL,
  sort_key  TEXT NOT NULL CHECK (length(sort_key) IN (8, 32)),
  vm        TEXT NOT NULL,
  slot      INTEGER NOT NULL CHECK (slot >= 1),
  address   TEXT NOT NULL,
  -- Whether the document gives it.
  is_static INTEGER NOT NULL CHECK (is_static IN (0, 1)),
  freed_at  INTEGER,
  PRIMARY KEY (lab_id, network, sort_key, vm, slot)
) STRICT, WITHOUT ROWID;

-- The planner gives no address twice. Two static ones that are equal are a finding.
CREATE UNIQUE INDEX assigned_addresses_once ON assigned_addresses (lab_id, network, sort_key)
  WHERE freed_at IS NULL AND is_static = 0;

-- What is reserved on a network for something outside the lab.
CREATE TABLE reserved_addresses (
  id          INTEGER PRIMARY KEY,
  lab_id      INTEGER NOT NULL REFERENCES labs (id) ON DELETE CASCADE,
  network     TEXT NOT NULL,
  sort_key    TEXT NOT NULL CHECK (length(sort_key) IN (8, 32)),
  address     TEXT NOT NULL,
  note        TEXT,
  reserved_at INTEGER NOT NULL,
  freed_at    INTEGER,
  UNIQUE (lab_id, network, sort_key)
) STRICT;

-- Where to look for the next free address: none below is free.
CREATE TABLE reservation_starts (
  lab_id   INTEGER NOT NULL REFERENCES labs (id) ON DELETE CASCADE,
  network  TEXT NOT NULL,
  sort_key TEXT NOT NULL CHECK (length(sort_key) IN (8, 32)),
  PRIMARY KEY (lab_id, network)
) STRICT, WITHOUT ROWID;

CREATE TABLE assigned_hardware_addresses (
  lab_id  INTEGER NOT NULL REFERENCES labs (id) ON DELETE CASCADE,
  vm      TEXT NOT NULL,
  slot    INTEGER NOT NULL CHECK (slot >= 1),
  address TEXT NOT NULL,
  PRIMARY KEY (lab_id, vm, slot)
) STRICT, WITHOUT ROWID;

-- Not unique: a document may give an address that another lab has.
CREATE INDEX assigned_hardware_addresses_by_address ON assigned_hardware_addresses (address);
