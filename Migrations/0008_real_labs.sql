-- Gateways that translate, VMs that serve and filter, hosts and LANs of several prefixes.
--
-- What few labs say, and nothing asks for by itself, stands in one column of each part
-- (`other_keys`): the JSON object of the keys that have no column of their own, NULL where the
-- document has none of them.

ALTER TABLE hosts ADD COLUMN other_keys TEXT CHECK (other_keys GLOB '{*}');
ALTER TABLE vms ADD COLUMN other_keys TEXT CHECK (other_keys GLOB '{*}');

-- The host's address there, `none` where it has none; NULL leaves it to the mode.
ALTER TABLE networks ADD COLUMN host_address TEXT CHECK (host_address <> '');

-- Whether a recommendation may add VMs that translate and filter.
ALTER TABLE constraints ADD COLUMN gateways INTEGER CHECK (gateways IN (0, 1));

-- The same as before, with multicast, and with the endpoint `site`.
CREATE TABLE wider_requirements (
  lab_id   INTEGER NOT NULL REFERENCES labs (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  -- vms, host, lan, site, internet, tag:NAME or a VM's name.
  source   TEXT NOT NULL,
  target   TEXT NOT NULL,
  protocol TEXT CHECK (protocol IN ('tcp', 'udp', 'icmp', 'multicast')),
  -- The target's own port; NULL asks for every port.
  port     INTEGER CHECK (port BETWEEN 1 AND 65535),
  allow    INTEGER CHECK (allow IN (0, 1)),
  -- The VM where the endpoint is one, so that a foreign key can hold it. `site` is a VM's name in
  -- some labs and an endpoint in others; no key holds it.
  source_vm TEXT GENERATED ALWAYS AS (
    CASE WHEN source IN ('vms', 'host', 'lan', 'internet', 'site') OR source GLOB 'tag:*' THEN NULL
      ELSE source END) VIRTUAL,
  target_vm TEXT GENERATED ALWAYS AS (
    CASE WHEN target IN ('vms', 'host', 'lan', 'internet', 'site') OR target GLOB 'tag:*' THEN NULL
      ELSE target END) VIRTUAL,
  PRIMARY KEY (lab_id, position),
  CHECK (protocol IS NOT 'icmp' OR port IS NULL),
  FOREIGN KEY (lab_id, source_vm) REFERENCES vms (lab_id, name),
  FOREIGN KEY (lab_id, target_vm) REFERENCES vms (lab_id, name)
) STRICT, WITHOUT ROWID;

INSERT INTO wider_requirements (lab_id, position, source, target, protocol, port, allow)
  SELECT lab_id, position, source, target, protocol, port, allow FROM requirements;
DROP TABLE requirements;
ALTER TABLE wider_requirements RENAME TO requirements;
