-- What is kept of answered requests and of reservations has limits.

-- Answers that are given again. One that is the same as its caller's last is kept once.
CREATE TABLE recorded_answers (
  id      INTEGER PRIMARY KEY,
  status  INTEGER NOT NULL CHECK (status BETWEEN 200 AND 299),
  -- `name: value` lines.
  headers TEXT NOT NULL,
  body    TEXT NOT NULL
) STRICT;

INSERT INTO recorded_answers (id, status, headers, body)
  SELECT row_number() OVER (ORDER BY answered_at, operation, key), status, headers, body
  FROM answered_requests;

-- Requests that carried an Idempotency-Key, written with what they did.
CREATE TABLE keyed_requests (
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

INSERT INTO keyed_requests
  SELECT operation, key, content_hash, answered_at,
    row_number() OVER (ORDER BY answered_at, operation, key), '',
    sum(length(headers) + length(body) + 512) OVER (ORDER BY answered_at, operation, key)
  FROM answered_requests;

DROP TABLE answered_requests;
ALTER TABLE keyed_requests RENAME TO answered_requests;

CREATE INDEX answered_requests_by_age ON answered_requests (answered_at);
CREATE INDEX answered_requests_by_answer ON answered_requests (answer_id);
-- The oldest of a caller go first.
CREATE UNIQUE INDEX answered_requests_by_size ON answered_requests (caller, bytes_so_far);

CREATE TRIGGER answered_requests_forgotten AFTER DELETE ON answered_requests
WHEN NOT EXISTS (SELECT 1 FROM answered_requests WHERE answer_id = old.answer_id) BEGIN
  DELETE FROM recorded_answers WHERE id = old.answer_id;
END;

-- How many rows of reserved_addresses the network has, resting ones too; NULL where they have to be
-- counted.
ALTER TABLE reservation_starts ADD COLUMN row_count INTEGER CHECK (row_count >= 0);
