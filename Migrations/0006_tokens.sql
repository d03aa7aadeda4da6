-- Bearer tokens: who may use the service, and for what.

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

-- No foreign key to labs: a token may be for a lab that is yet to be created.
CREATE TABLE token_labs (
  token_id INTEGER NOT NULL REFERENCES tokens (id) ON DELETE CASCADE,
  lab      TEXT NOT NULL CHECK (
             length(lab) BETWEEN 1 AND 63 AND lab NOT GLOB '*[^a-z0-9-]*'
             AND lab NOT GLOB '-*' AND lab NOT GLOB '*-'),
  PRIMARY KEY (token_id, lab)
) STRICT, WITHOUT ROWID;
