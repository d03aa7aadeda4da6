-- Labs, as their documents describe them.
--
-- Every table below `labs` holds one kind of part, keyed by the lab and, for lists, by the place in
-- the document (`position`, from 0), because answers keep document order. A column is NULL where
-- the document says nothing: the planner then applies the mode's or the hypervisor's habit, and a
-- document that is read back says exactly what its author wrote. Objects that a document may leave
-- out as a whole (hypervisor, host, uplink) have a row only when it has them.
--
-- Addresses, prefixes and MAC addresses are text in their canonical form. Booleans are 0 and 1.
-- Times are milliseconds since 1970-01-01 UTC: datetime(created_at / 1000, 'unixepoch').
--
-- The CHECKs repeat what the service has already verified. They are the net under it, and they
-- hold for whoever else writes to this file.

CREATE TABLE labs (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL UNIQUE CHECK (
                length(name) BETWEEN 1 AND 63 AND name NOT GLOB '*[^a-z0-9-]*'
                AND name NOT GLOB '-*' AND name NOT GLOB '*-'),
  -- Counts the lab's changes; clients hold it as an ETag.
  revision    INTEGER NOT NULL CHECK (revision >= 1),
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL,
  description TEXT
) STRICT;

-- The last revision of each lab that was deleted. A lab created again under the name goes on
-- counting from there: an ETag from before the deletion must not match the new lab.
CREATE TABLE retired_revisions (
  name     TEXT PRIMARY KEY,
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A trigger, so that a lab deleted by hand is remembered too.
CREATE TRIGGER labs_retire_revision AFTER DELETE ON labs BEGIN
  INSERT INTO retired_revisions (name, revision) VALUES (old.name, old.revision)
    ON CONFLICT (name) DO UPDATE SET revision = max(revision, excluded.revision);
END;

CREATE TABLE hypervisors (
  lab_id  INTEGER PRIMARY KEY REFERENCES labs (id) ON DELETE CASCADE,
  product TEXT CHECK (product IN ('virtualbox')),
  version TEXT
) STRICT;

CREATE TABLE hosts (
  lab_id     INTEGER PRIMARY KEY REFERENCES labs (id) ON DELETE CASCADE,
  name       TEXT,
  os         TEXT CHECK (os IN ('linux', 'windows', 'macos')),
  internet   INTEGER CHECK (internet IN (0, 1)),
  forwarding INTEGER CHECK (forwarding IN (0, 1))
) STRICT;

-- The LAN that bridged adapters join.
CREATE TABLE uplinks (
  lab_id     INTEGER PRIMARY KEY REFERENCES hosts (lab_id) ON DELETE CASCADE,
  interface  TEXT,
  kind       TEXT CHECK (kind IN ('wired', 'wireless')),
  -- The host's own addresses there, with their prefix lengths.
  ipv4       TEXT,
  ipv6       TEXT,
  gateway    TEXT,
  gateway6   TEXT,
  dhcp_first TEXT,
  dhcp_last  TEXT,
  CHECK ((dhcp_first IS NULL) = (dhcp_last IS NULL))
) STRICT;

-- Prefixes in use on the host by others, such as VPNs and containers.
CREATE TABLE occupied_prefixes (
  lab_id   INTEGER NOT NULL REFERENCES hosts (lab_id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  prefix   TEXT NOT NULL,
  PRIMARY KEY (lab_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE networks (
  lab_id              INTEGER NOT NULL REFERENCES labs (id) ON DELETE CASCADE,
  position            INTEGER NOT NULL CHECK (position >= 0),
  name                TEXT NOT NULL CHECK (
                        length(name) BETWEEN 1 AND 63 AND name NOT GLOB '*[^a-z0-9-]*'
                        AND name NOT GLOB '-*' AND name NOT GLOB '*-'),
  mode                TEXT NOT NULL CHECK (
                        mode IN ('nat', 'nat-network', 'bridged', 'internal', 'host-only')),
  -- Not unique: internal networks of one name are one switch.
  hypervisor_name     TEXT CHECK (hypervisor_name <> ''),
  ipv4                TEXT,
  ipv6                TEXT,
  gateway             TEXT,
  gateway6            TEXT,
  -- 0 is "no server", 1 is a server with the parts below, where given.
  dhcp                INTEGER CHECK (dhcp IN (0, 1)),
  dhcp_server         TEXT,
  dhcp_first          TEXT,
  dhcp_last           TEXT,
  size                INTEGER CHECK (size >= 1),
  localhost_reachable INTEGER CHECK (localhost_reachable IN (0, 1)),
  PRIMARY KEY (lab_id, position),
  UNIQUE (lab_id, name),
  CHECK (dhcp IS 1 OR coalesce(dhcp_server, dhcp_first, dhcp_last) IS NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE vms (
  lab_id     INTEGER NOT NULL REFERENCES labs (id) ON DELETE CASCADE,
  position   INTEGER NOT NULL CHECK (position >= 0),
  name       TEXT NOT NULL CHECK (
               length(name) BETWEEN 1 AND 63 AND name NOT GLOB '*[^a-z0-9-]*'
               AND name NOT GLOB '-*' AND name NOT GLOB '*-'
               -- Endpoints of the matrix that are no VMs.
               AND name NOT IN ('host', 'lan', 'internet', 'vms')),
  os         TEXT CHECK (os IN ('linux', 'windows', 'android', 'macos', 'bsd', 'other')),
  forwarding INTEGER CHECK (forwarding IN (0, 1)),
  gateway    TEXT,
  gateway6   TEXT,
  PRIMARY KEY (lab_id, position),
  UNIQUE (lab_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE vm_tags (
  lab_id   INTEGER NOT NULL,
  vm       TEXT NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 0),
  tag      TEXT NOT NULL CHECK (
             length(tag) BETWEEN 1 AND 63 AND tag NOT GLOB '*[^a-z0-9-]*'
             AND tag NOT GLOB '-*' AND tag NOT GLOB '*-'),
  PRIMARY KEY (lab_id, vm, position),
  FOREIGN KEY (lab_id, vm) REFERENCES vms (lab_id, name) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE routes (
  lab_id      INTEGER NOT NULL,
  vm          TEXT NOT NULL,
  position    INTEGER NOT NULL CHECK (position >= 0),
  destination TEXT NOT NULL,
  next_hop    TEXT NOT NULL,
  PRIMARY KEY (lab_id, vm, position),
  FOREIGN KEY (lab_id, vm) REFERENCES vms (lab_id, name) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE adapters (
  lab_id          INTEGER NOT NULL,
  vm              TEXT NOT NULL,
  position        INTEGER NOT NULL CHECK (position >= 0),
  -- NULL: one more than the adapter before it.
  slot            INTEGER CHECK (slot >= 1),
  -- NULL: not attached.
  network         TEXT,
  address         TEXT,
  address6        TEXT,
  -- Not unique: two adapters of one address are a finding, not an impossibility.
  mac             TEXT,
  model           TEXT CHECK (
                    model IN ('Am79C970A', 'Am79C973', 'Am79C960', '82540EM', '82543GC', '82545EM',
                      '82583V', 'virtio')),
  promiscuous     TEXT CHECK (promiscuous IN ('deny', 'allow-vms', 'allow-all')),
  cable_connected INTEGER CHECK (cable_connected IN (0, 1)),
  PRIMARY KEY (lab_id, vm, position),
  UNIQUE (lab_id, vm, slot),
  FOREIGN KEY (lab_id, vm) REFERENCES vms (lab_id, name) ON DELETE CASCADE,
  FOREIGN KEY (lab_id, network) REFERENCES networks (lab_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE port_forwards (
  lab_id       INTEGER NOT NULL REFERENCES labs (id) ON DELETE CASCADE,
  position     INTEGER NOT NULL CHECK (position >= 0),
  name         TEXT,
  protocol     TEXT CHECK (protocol IN ('tcp', 'udp')),
  -- NULL: all of the host's addresses.
  host_address TEXT,
  -- Not unique: two forwards of one port are a finding, not an impossibility.
  host_port    INTEGER NOT NULL CHECK (host_port BETWEEN 1 AND 65535),
  vm           TEXT NOT NULL,
  -- NULL: the VM's first adapter behind a NAT.
  slot         INTEGER CHECK (slot >= 1),
  guest_port   INTEGER NOT NULL CHECK (guest_port BETWEEN 1 AND 65535),
  PRIMARY KEY (lab_id, position),
  UNIQUE (lab_id, name),
  FOREIGN KEY (lab_id, vm) REFERENCES vms (lab_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE requirements (
  lab_id   INTEGER NOT NULL REFERENCES labs (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  -- vms, host, lan, internet, tag:NAME or a VM's name.
  source   TEXT NOT NULL,
  target   TEXT NOT NULL,
  protocol TEXT CHECK (protocol IN ('tcp', 'udp', 'icmp')),
  -- The target's own port; NULL asks for every port.
  port     INTEGER CHECK (port BETWEEN 1 AND 65535),
  allow    INTEGER CHECK (allow IN (0, 1)),
  -- The VM where the endpoint is one, so that a foreign key can hold it.
  source_vm TEXT GENERATED ALWAYS AS (
    CASE WHEN source IN ('vms', 'host', 'lan', 'internet') OR source GLOB 'tag:*' THEN NULL
      ELSE source END) VIRTUAL,
  target_vm TEXT GENERATED ALWAYS AS (
    CASE WHEN target IN ('vms', 'host', 'lan', 'internet') OR target GLOB 'tag:*' THEN NULL
      ELSE target END) VIRTUAL,
  PRIMARY KEY (lab_id, position),
  CHECK (protocol IS NOT 'icmp' OR port IS NULL),
  FOREIGN KEY (lab_id, source_vm) REFERENCES vms (lab_id, name),
  FOREIGN KEY (lab_id, target_vm) REFERENCES vms (lab_id, name)
) STRICT, WITHOUT ROWID;
