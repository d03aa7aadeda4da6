-- Products besides VirtualBox: their words, their hosts, networks that the host routes for.
--
-- A CHECK cannot be widened where it stands, so each column is made anew beside the old one.

ALTER TABLE hypervisors RENAME COLUMN product TO old_product;
ALTER TABLE hypervisors ADD COLUMN product TEXT CHECK (
  product IN ('virtualbox', 'libvirt', 'qemu', 'proxmox', 'esxi', 'vmware-workstation', 'hyper-v',
              'parallels', 'utm', 'xcp-ng'));
UPDATE hypervisors SET product = old_product;
ALTER TABLE hypervisors DROP COLUMN old_product;

ALTER TABLE hosts RENAME COLUMN os TO old_os;
ALTER TABLE hosts ADD COLUMN os TEXT CHECK (os IN ('linux', 'windows', 'macos', 'esxi', 'xcp-ng'));
UPDATE hosts SET os = old_os;
ALTER TABLE hosts DROP COLUMN old_os;

-- The default only serves the rows that are there already.
ALTER TABLE networks RENAME COLUMN mode TO old_mode;
ALTER TABLE networks ADD COLUMN mode TEXT NOT NULL DEFAULT 'internal' CHECK (
  mode IN ('nat', 'nat-network', 'bridged', 'internal', 'host-only', 'routed'));
UPDATE networks SET mode = old_mode;
ALTER TABLE networks DROP COLUMN old_mode;

-- The product's word for a form of the mode.
ALTER TABLE networks ADD COLUMN variant TEXT CHECK (variant <> '');
ALTER TABLE networks ADD COLUMN vlan INTEGER CHECK (vlan BETWEEN 1 AND 4094);
-- Whether the LAN's router has a route to the network.
ALTER TABLE networks ADD COLUMN announced INTEGER CHECK (announced IN (0, 1));

ALTER TABLE allowed_modes RENAME COLUMN mode TO old_mode;
ALTER TABLE allowed_modes ADD COLUMN mode TEXT NOT NULL DEFAULT 'internal' CHECK (
  mode IN ('nat', 'nat-network', 'bridged', 'internal', 'host-only', 'routed'));
UPDATE allowed_modes SET mode = old_mode;
ALTER TABLE allowed_modes DROP COLUMN old_mode;

ALTER TABLE excluded_modes RENAME COLUMN mode TO old_mode;
ALTER TABLE excluded_modes ADD COLUMN mode TEXT NOT NULL DEFAULT 'internal' CHECK (
  mode IN ('nat', 'nat-network', 'bridged', 'internal', 'host-only', 'routed'));
UPDATE excluded_modes SET mode = old_mode;
ALTER TABLE excluded_modes DROP COLUMN old_mode;

-- The mode is part of the key.
CREATE TABLE wider_prefixes (
  lab_id   INTEGER NOT NULL REFERENCES labs (id) ON DELETE CASCADE,
  network  TEXT NOT NULL,
  mode     TEXT NOT NULL CHECK (mode IN ('nat-network', 'internal', 'host-only', 'routed')),
  prefix   TEXT NOT NULL,
  freed_at INTEGER,
  PRIMARY KEY (lab_id, network, mode, prefix)
) STRICT, WITHOUT ROWID;

INSERT INTO wider_prefixes (lab_id, network, mode, prefix, freed_at)
  SELECT lab_id, network, mode, prefix, freed_at FROM assigned_prefixes;
DROP TABLE assigned_prefixes;
ALTER TABLE wider_prefixes RENAME TO assigned_prefixes;
