-- What became of every lab: a row for each change, and the way back from it.
--
-- A lab as it is stands in the tables of its parts. Its row here says how the document before it
-- differed (`undo`), that row how the one before differed, and so on: reading an old revision
-- follows the way back from the nearest document that is written out. A row therefore costs as much
-- as its change, not as much as its lab, and the oldest rows may be deleted at any time.
--
-- Texts are JSON: documents as the service answers them, patches as in RFC 6902.

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

-- Labs that are there already begin with their current revision; what was before it is not known.
INSERT INTO revisions (lab, revision, kind, changed_at)
  SELECT name, revision, iif(revision = 1, 'created', 'changed'), updated_at
  FROM labs ORDER BY updated_at, id;
