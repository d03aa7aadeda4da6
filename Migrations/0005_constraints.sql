-- What recommendations may not do, and what of a lab they have to leave as it is.
--
-- A lab has a row in `constraints` only where its document says something of the kind; the lists
-- hold what it says in document order. Names of networks and VMs stand as text: the service has
-- verified that they are there, and they are written anew with every change.

CREATE TABLE constraints (
  lab_id        INTEGER PRIMARY KEY REFERENCES labs (id) ON DELETE CASCADE,
  administrator INTEGER CHECK (administrator IN (0, 1)),
  port_security INTEGER CHECK (port_security IN (0, 1)),
  max_adapters  INTEGER CHECK (max_adapters BETWEEN 1 AND 36)
) STRICT;

-- The modes that may be used; no row where all may.
CREATE TABLE allowed_modes (
  lab_id   INTEGER NOT NULL REFERENCES constraints (lab_id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  mode     TEXT NOT NULL CHECK (
             mode IN ('nat', 'nat-network', 'bridged', 'internal', 'host-only')),
  PRIMARY KEY (lab_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE excluded_modes (
  lab_id   INTEGER NOT NULL REFERENCES constraints (lab_id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  mode     TEXT NOT NULL CHECK (
             mode IN ('nat', 'nat-network', 'bridged', 'internal', 'host-only')),
  -- For people.
  reason   TEXT CHECK (reason <> ''),
  PRIMARY KEY (lab_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE kept_networks (
  lab_id   INTEGER NOT NULL REFERENCES constraints (lab_id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  network  TEXT NOT NULL,
  PRIMARY KEY (lab_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE kept_adapters (
  lab_id   INTEGER NOT NULL REFERENCES constraints (lab_id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  vm       TEXT NOT NULL,
  slot     INTEGER NOT NULL CHECK (slot >= 1),
  PRIMARY KEY (lab_id, position)
) STRICT, WITHOUT ROWID;

-- How many adapters the VM may have; NULL for as many as any other.
ALTER TABLE vms ADD COLUMN max_adapters INTEGER CHECK (max_adapters BETWEEN 1 AND 36);
