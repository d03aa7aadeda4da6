-- Giving addresses away one by one, and carrying a request out once however often it is sent.

-- What rests is looked for by when it was given up.
CREATE INDEX assigned_addresses_resting ON assigned_addresses (lab_id, network, freed_at)
  WHERE freed_at IS NOT NULL;
CREATE INDEX reserved_addresses_resting ON reserved_addresses (lab_id, network, freed_at)
  WHERE freed_at IS NOT NULL;

-- Answers to requests that carried an Idempotency-Key, written with what they did.
CREATE TABLE answered_requests (
  -- The method and path; a key counts for one of them.
  operation    TEXT NOT NULL,
  key          TEXT NOT NULL,
  -- SHA-256 of what was asked for.
  content_hash TEXT NOT NULL,
  answered_at  INTEGER NOT NULL,
  status       INTEGER NOT NULL CHECK (status BETWEEN 200 AND 299),
  -- `name: value` lines.
  headers      TEXT NOT NULL,
  body         TEXT NOT NULL,
  PRIMARY KEY (operation, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX answered_requests_by_age ON answered_requests (answered_at);
