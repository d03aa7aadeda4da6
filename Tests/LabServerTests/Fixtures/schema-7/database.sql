PRAGMA application_id = 1818321520;
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
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
INSERT INTO "adapters" VALUES(1,'db',0,NULL,'inner','10.20.0.9',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "adapters" VALUES(1,'desk',0,NULL,'out',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "adapters" VALUES(1,'desk',1,NULL,'shared',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "adapters" VALUES(1,'phone',0,NULL,'shared',NULL,NULL,NULL,NULL,'allow-vms',NULL);
INSERT INTO "adapters" VALUES(1,'router',0,NULL,'office',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "adapters" VALUES(1,'router',1,NULL,'inner','10.20.0.1',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "adapters" VALUES(1,'web',0,NULL,'inner',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "adapters" VALUES(1,'web',1,NULL,'admin',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "adapters" VALUES(2,'student1',0,NULL,'net',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "adapters" VALUES(2,'student1',1,NULL,'lab',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "adapters" VALUES(2,'student2',0,NULL,'net',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "adapters" VALUES(2,'student2',1,NULL,'lab',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "adapters" VALUES(2,'student3',0,NULL,'net',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "adapters" VALUES(2,'student3',1,NULL,'lab',NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE addressed_labs (
  lab_id              INTEGER PRIMARY KEY REFERENCES labs (id) ON DELETE CASCADE,
  host                TEXT NOT NULL,
  -- shared_hosts.changes as of the lab's revision: more by now means that another lab changed.
  host_changes        INTEGER NOT NULL,
  -- How many times what is reserved on the lab's networks changed since its revision was written.
  reservation_changes INTEGER NOT NULL DEFAULT 0 CHECK (reservation_changes >= 0)
) STRICT;
INSERT INTO "addressed_labs" VALUES(1,'laptop',1,0);
INSERT INTO "addressed_labs" VALUES(2,'host',1,0);
CREATE TABLE allowed_modes (
  lab_id   INTEGER NOT NULL REFERENCES constraints (lab_id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  mode     TEXT NOT NULL CHECK (
             mode IN ('nat', 'nat-network', 'bridged', 'internal', 'host-only')),
  PRIMARY KEY (lab_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE "answered_requests" (
  -- The method and path, and the name of the token; a key counts for one of them.
  operation    TEXT NOT NULL,
  key          TEXT NOT NULL,
  -- SHA-256 of what was asked for.
  content_hash TEXT NOT NULL,
  answered_at  INTEGER NOT NULL,
  answer_id    INTEGER NOT NULL REFERENCES recorded_answers (id),
  -- The name of the token that the request came with; empty where there was none.
  caller       TEXT NOT NULL,
  -- How many bytes all requests of the caller took up to this one.
  bytes_so_far INTEGER NOT NULL,
  PRIMARY KEY (operation, key)
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
INSERT INTO "assigned_addresses" VALUES(1,'admin','c0a83865','web',2,'192.168.56.101',0,NULL);
INSERT INTO "assigned_addresses" VALUES(1,'inner','0a140001','router',2,'10.20.0.1',1,NULL);
INSERT INTO "assigned_addresses" VALUES(1,'inner','0a140002','web',1,'10.20.0.2',0,NULL);
INSERT INTO "assigned_addresses" VALUES(1,'inner','0a140009','db',1,'10.20.0.9',1,NULL);
INSERT INTO "assigned_addresses" VALUES(1,'shared','0a1e0004','phone',1,'10.30.0.4',0,NULL);
INSERT INTO "assigned_addresses" VALUES(1,'shared','0a1e0005','desk',2,'10.30.0.5',0,NULL);
INSERT INTO "assigned_addresses" VALUES(2,'lab','0a0a0001','student1',2,'10.10.0.1',0,NULL);
INSERT INTO "assigned_addresses" VALUES(2,'lab','0a0a0002','student2',2,'10.10.0.2',0,NULL);
INSERT INTO "assigned_addresses" VALUES(2,'lab','0a0a0003','student3',2,'10.10.0.3',0,NULL);
INSERT INTO "assigned_addresses" VALUES(2,'net','0a000204','student1',1,'10.0.2.4',0,NULL);
INSERT INTO "assigned_addresses" VALUES(2,'net','0a000205','student2',1,'10.0.2.5',0,NULL);
INSERT INTO "assigned_addresses" VALUES(2,'net','0a000206','student3',1,'10.0.2.6',0,NULL);
CREATE TABLE assigned_hardware_addresses (
  lab_id  INTEGER NOT NULL REFERENCES labs (id) ON DELETE CASCADE,
  vm      TEXT NOT NULL,
  slot    INTEGER NOT NULL CHECK (slot >= 1),
  address TEXT NOT NULL,
  PRIMARY KEY (lab_id, vm, slot)
) STRICT, WITHOUT ROWID;
INSERT INTO "assigned_hardware_addresses" VALUES(2,'student3',1,'08:00:27:00:30:dd');
INSERT INTO "assigned_hardware_addresses" VALUES(2,'student3',2,'08:00:27:05:3f:c4');
INSERT INTO "assigned_hardware_addresses" VALUES(1,'web',1,'08:00:27:09:bb:60');
INSERT INTO "assigned_hardware_addresses" VALUES(1,'web',2,'08:00:27:0a:be:49');
INSERT INTO "assigned_hardware_addresses" VALUES(1,'phone',1,'08:00:27:12:ba:47');
INSERT INTO "assigned_hardware_addresses" VALUES(2,'student2',2,'08:00:27:1e:bb:42');
INSERT INTO "assigned_hardware_addresses" VALUES(2,'student2',1,'08:00:27:1f:c5:0f');
INSERT INTO "assigned_hardware_addresses" VALUES(1,'desk',1,'08:00:27:22:11:50');
INSERT INTO "assigned_hardware_addresses" VALUES(1,'desk',2,'08:00:27:3d:1e:79');
INSERT INTO "assigned_hardware_addresses" VALUES(1,'db',1,'08:00:27:58:35:89');
INSERT INTO "assigned_hardware_addresses" VALUES(2,'student1',2,'08:00:27:aa:d8:9b');
INSERT INTO "assigned_hardware_addresses" VALUES(2,'student1',1,'08:00:27:ab:de:ce');
INSERT INTO "assigned_hardware_addresses" VALUES(1,'router',1,'08:00:27:f3:df:fa');
INSERT INTO "assigned_hardware_addresses" VALUES(1,'router',2,'08:00:27:f6:d0:c3');
CREATE TABLE assigned_prefixes (
  lab_id   INTEGER NOT NULL REFERENCES labs (id) ON DELETE CASCADE,
  network  TEXT NOT NULL,
  mode     TEXT NOT NULL CHECK (mode IN ('nat-network', 'internal', 'host-only')),
  prefix   TEXT NOT NULL,
  freed_at INTEGER,
  PRIMARY KEY (lab_id, network, mode, prefix)
) STRICT, WITHOUT ROWID;
INSERT INTO "assigned_prefixes" VALUES(1,'admin','host-only','192.168.56.0/24',NULL);
INSERT INTO "assigned_prefixes" VALUES(1,'inner','internal','10.20.0.0/24',NULL);
INSERT INTO "assigned_prefixes" VALUES(1,'shared','nat-network','10.30.0.0/24',NULL);
INSERT INTO "assigned_prefixes" VALUES(2,'lab','internal','10.10.0.0/24',NULL);
INSERT INTO "assigned_prefixes" VALUES(2,'net','nat-network','10.0.2.0/24',NULL);
CREATE TABLE constraints (
  lab_id        INTEGER PRIMARY KEY REFERENCES labs (id) ON DELETE CASCADE,
  administrator INTEGER CHECK (administrator IN (0, 1)),
  port_security INTEGER CHECK (port_security IN (0, 1)),
  max_adapters  INTEGER CHECK (max_adapters BETWEEN 1 AND 36)
) STRICT;
CREATE TABLE excluded_modes (
  lab_id   INTEGER NOT NULL REFERENCES constraints (lab_id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  mode     TEXT NOT NULL CHECK (
             mode IN ('nat', 'nat-network', 'bridged', 'internal', 'host-only')),
  -- For people.
  reason   TEXT CHECK (reason <> ''),
  PRIMARY KEY (lab_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE hosts (
  lab_id     INTEGER PRIMARY KEY REFERENCES labs (id) ON DELETE CASCADE,
  name       TEXT,
  os         TEXT CHECK (os IN ('linux', 'windows', 'macos')),
  internet   INTEGER CHECK (internet IN (0, 1)),
  forwarding INTEGER CHECK (forwarding IN (0, 1))
) STRICT;
INSERT INTO "hosts" VALUES(1,'laptop','linux',NULL,1);
CREATE TABLE hypervisors (
  lab_id  INTEGER PRIMARY KEY REFERENCES labs (id) ON DELETE CASCADE,
  product TEXT CHECK (product IN ('virtualbox')),
  version TEXT
) STRICT;
INSERT INTO "hypervisors" VALUES(1,NULL,'7.1');
CREATE TABLE kept_adapters (
  lab_id   INTEGER NOT NULL REFERENCES constraints (lab_id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  vm       TEXT NOT NULL,
  slot     INTEGER NOT NULL CHECK (slot >= 1),
  PRIMARY KEY (lab_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE kept_networks (
  lab_id   INTEGER NOT NULL REFERENCES constraints (lab_id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  network  TEXT NOT NULL,
  PRIMARY KEY (lab_id, position)
) STRICT, WITHOUT ROWID;
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
INSERT INTO "labs" VALUES(1,'mixed',1,1796126805928,1796126805928,NULL);
INSERT INTO "labs" VALUES(2,'class',1,1796126806270,1796126806270,NULL);
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
INSERT INTO "networks" VALUES(1,0,'out','nat',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "networks" VALUES(1,1,'shared','nat-network',NULL,'10.30.0.0/24','fd00:30::/64',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "networks" VALUES(1,2,'office','bridged',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "networks" VALUES(1,3,'admin','host-only',NULL,'192.168.56.0/24',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "networks" VALUES(1,4,'inner','internal',NULL,'10.20.0.0/24',NULL,'10.20.0.1',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "networks" VALUES(2,0,'net','nat-network',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "networks" VALUES(2,1,'lab','internal',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE occupied_prefixes (
  lab_id   INTEGER NOT NULL REFERENCES hosts (lab_id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  prefix   TEXT NOT NULL,
  PRIMARY KEY (lab_id, position)
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
INSERT INTO "port_forwards" VALUES(1,0,'ssh',NULL,'127.0.0.1',2222,'desk',NULL,22);
INSERT INTO "port_forwards" VALUES(1,1,NULL,NULL,NULL,8080,'phone',NULL,80);
CREATE TABLE recorded_answers (
  id      INTEGER PRIMARY KEY,
  status  INTEGER NOT NULL CHECK (status BETWEEN 200 AND 299),
  -- `name: value` lines.
  headers TEXT NOT NULL,
  body    TEXT NOT NULL
) STRICT;
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
INSERT INTO "requirements" VALUES(1,0,'host','web',NULL,80,NULL);
INSERT INTO "requirements" VALUES(1,1,'tag:server','tag:server',NULL,NULL,NULL);
INSERT INTO "requirements" VALUES(1,2,'lan','db',NULL,NULL,0);
CREATE TABLE reservation_starts (
  lab_id   INTEGER NOT NULL REFERENCES labs (id) ON DELETE CASCADE,
  network  TEXT NOT NULL,
  sort_key TEXT NOT NULL CHECK (length(sort_key) IN (8, 32)), row_count INTEGER CHECK (row_count >= 0),
  PRIMARY KEY (lab_id, network)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE retired_revisions (
  name     TEXT PRIMARY KEY,
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE revisions (
  -- Counts the changes of all labs; never used twice, not even after rows were deleted.
  sequence      INTEGER PRIMARY KEY AUTOINCREMENT,
  -- No foreign key: a deleted lab keeps its history.
  lab           TEXT NOT NULL,
  -- Which of the lab's changes it is; the lab's own revision since then.
  revision      INTEGER NOT NULL CHECK (revision >= 1),
  kind          TEXT NOT NULL CHECK (kind IN ('created', 'changed', 'deleted', 'restored')),
  changed_at    INTEGER NOT NULL,
  -- The name of the token that was used, and the client's address; NULL where there was none.
  token         TEXT,
  client        TEXT,
  -- The revision whose document was stored again.
  restored_from INTEGER CHECK ((kind = 'restored') = (restored_from IS NOT NULL)),
  -- From the document before to the one after. NULL where there is no document before or after.
  patch         TEXT,
  -- From the document after to the one before.
  undo          TEXT,
  -- The document before as a whole, in the place of `undo`: at deletions, and now and then, so that
  -- the way back is never long.
  former        TEXT CHECK (former IS NULL OR undo IS NULL),
  UNIQUE (lab, revision)
) STRICT;
INSERT INTO "revisions" VALUES(1,'mixed',1,'created',1796126805928,NULL,'127.0.0.1',NULL,NULL,NULL,NULL);
INSERT INTO "revisions" VALUES(2,'class',1,'created',1796126806270,NULL,'127.0.0.1',NULL,NULL,NULL,NULL);
CREATE TABLE routes (
  lab_id      INTEGER NOT NULL,
  vm          TEXT NOT NULL,
  position    INTEGER NOT NULL CHECK (position >= 0),
  destination TEXT NOT NULL,
  next_hop    TEXT NOT NULL,
  PRIMARY KEY (lab_id, vm, position),
  FOREIGN KEY (lab_id, vm) REFERENCES vms (lab_id, name) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE schema_migrations (
  number INTEGER PRIMARY KEY,
  name   TEXT NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;
INSERT INTO "schema_migrations" VALUES(1,'0001_labs','a55bb36bb48317d8bcf38c4c1aadc6a5696ffcf8e2fc59bbb76ca4a88affffbf');
INSERT INTO "schema_migrations" VALUES(2,'0002_history','e8a4d751632f55ac606ed249dbb54cf0418225b9fa2fc4f3f758229195776b74');
INSERT INTO "schema_migrations" VALUES(3,'0003_assigned_addresses','6026bc60b4571c2b3babe7fdeeb47459d64dc7541cb9d218e16d321d1cce6fcf');
INSERT INTO "schema_migrations" VALUES(4,'0004_reservations','22ddb21f4d3e778e07517b2dfca49d1a0d67ea3a27595bf3b8ca46e3a0442821');
INSERT INTO "schema_migrations" VALUES(5,'0005_constraints','8d491b88b121b02239e1c68d0b15de7f87e35efec367d0edb80077c3b0c64a1e');
INSERT INTO "schema_migrations" VALUES(6,'0006_tokens','a8b1851959ee2c358b58976bc61d462c57f2c26561cc535c0a76580fe6339036');
INSERT INTO "schema_migrations" VALUES(7,'0007_limits','47097ae1c38a205210f5858fad58b33af0c0eb65e8d8e26b50f66c8f66d16d38');
CREATE TABLE shared_hosts (
  name    TEXT PRIMARY KEY,
  changes INTEGER NOT NULL CHECK (changes >= 0)
) STRICT, WITHOUT ROWID;
INSERT INTO "shared_hosts" VALUES('host',1);
INSERT INTO "shared_hosts" VALUES('laptop',1);
CREATE TABLE token_labs (
  token_id INTEGER NOT NULL REFERENCES tokens (id) ON DELETE CASCADE,
  lab      TEXT NOT NULL CHECK (
             length(lab) BETWEEN 1 AND 63 AND lab NOT GLOB '*[^a-z0-9-]*'
             AND lab NOT GLOB '-*' AND lab NOT GLOB '*-'),
  PRIMARY KEY (token_id, lab)
) STRICT, WITHOUT ROWID;
CREATE TABLE tokens (
  id            INTEGER PRIMARY KEY,
  -- A revoked token keeps its row: its name stands in histories and is never anybody else's.
  name          TEXT NOT NULL UNIQUE CHECK (
                  length(name) BETWEEN 1 AND 63 AND name NOT GLOB '*[^a-z0-9-]*'
                  AND name NOT GLOB '-*' AND name NOT GLOB '*-'),
  -- SHA-256 of the secret, which itself is kept nowhere.
  secret_sha256 TEXT NOT NULL UNIQUE CHECK (
                  length(secret_sha256) = 64 AND secret_sha256 NOT GLOB '*[^0-9a-f]*'),
  role          TEXT NOT NULL CHECK (role IN ('read', 'edit', 'admin')),
  -- 1: every lab; 0: those of token_labs.
  all_labs      INTEGER NOT NULL CHECK (all_labs IN (0, 1)),
  -- Milliseconds since 1970-01-01 00:00 UTC.
  created_at    INTEGER NOT NULL,
  expires_at    INTEGER,
  revoked_at    INTEGER,
  last_used_at  INTEGER,
  CHECK (role <> 'admin' OR all_labs = 1)
) STRICT;
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
INSERT INTO "uplinks" VALUES(1,'eth0','wired','192.168.1.20/24',NULL,'192.168.1.1',NULL,'192.168.1.100','192.168.1.199');
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
INSERT INTO "vm_tags" VALUES(1,'db',0,'server');
INSERT INTO "vm_tags" VALUES(1,'web',0,'server');
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
  gateway6   TEXT, max_adapters INTEGER CHECK (max_adapters BETWEEN 1 AND 36),
  PRIMARY KEY (lab_id, position),
  UNIQUE (lab_id, name)
) STRICT, WITHOUT ROWID;
INSERT INTO "vms" VALUES(1,0,'router','linux',1,NULL,NULL,NULL);
INSERT INTO "vms" VALUES(1,1,'web','linux',NULL,NULL,NULL,NULL);
INSERT INTO "vms" VALUES(1,2,'db','windows',NULL,NULL,NULL,NULL);
INSERT INTO "vms" VALUES(1,3,'desk','macos',NULL,NULL,NULL,NULL);
INSERT INTO "vms" VALUES(1,4,'phone','android',NULL,NULL,NULL,NULL);
INSERT INTO "vms" VALUES(2,0,'student1',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "vms" VALUES(2,1,'student2',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "vms" VALUES(2,2,'student3',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "vms" VALUES(2,3,'alone',NULL,NULL,NULL,NULL,NULL);
CREATE TRIGGER labs_retire_revision AFTER DELETE ON labs BEGIN
  INSERT INTO retired_revisions (name, revision) VALUES (old.name, old.revision)
    ON CONFLICT (name) DO UPDATE SET revision = max(revision, excluded.revision);
END;
CREATE INDEX addressed_labs_by_host ON addressed_labs (host);
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
CREATE UNIQUE INDEX assigned_addresses_once ON assigned_addresses (lab_id, network, sort_key)
  WHERE freed_at IS NULL AND is_static = 0;
CREATE INDEX assigned_hardware_addresses_by_address ON assigned_hardware_addresses (address);
CREATE INDEX assigned_addresses_resting ON assigned_addresses (lab_id, network, freed_at)
  WHERE freed_at IS NOT NULL;
CREATE INDEX reserved_addresses_resting ON reserved_addresses (lab_id, network, freed_at)
  WHERE freed_at IS NOT NULL;
CREATE INDEX answered_requests_by_age ON answered_requests (answered_at);
CREATE INDEX answered_requests_by_answer ON answered_requests (answer_id);
CREATE UNIQUE INDEX answered_requests_by_size ON answered_requests (caller, bytes_so_far);
CREATE TRIGGER answered_requests_forgotten AFTER DELETE ON answered_requests
WHEN NOT EXISTS (SELECT 1 FROM answered_requests WHERE answer_id = old.answer_id) BEGIN
  DELETE FROM recorded_answers WHERE id = old.answer_id;
END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('revisions',2);
COMMIT;