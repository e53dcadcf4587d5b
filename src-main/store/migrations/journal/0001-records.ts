/**
 * `record` is the truth: append-only, in order of `seq`. `context` and `body` are JSON as `JSON.stringify` writes it,
 * which escapes NUL and lone surrogates, so any string a scanner sends comes back as it was.
 * `line` and `step` only repeat what the records say, for speed, and can be made anew from them. Every index is one more
 * page in every commit, so there are no more of them than look-ups need.
 */
export const sql = `
CREATE TABLE record (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  scan_id TEXT NOT NULL,
  type TEXT NOT NULL,
  step_id TEXT,
  at TEXT NOT NULL,
  context TEXT NOT NULL CHECK (json_valid(context)),
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX record_scan ON record(scan_id, seq);

CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'journal records are never changed'); END;
CREATE TRIGGER record_is_never_deleted BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'journal records are never deleted'); END;
-- REPLACE deletes without asking the trigger above, so it is caught on its way in.
CREATE TRIGGER record_is_never_replaced BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'journal records are never replaced'); END;

CREATE TABLE line (
  seq INTEGER PRIMARY KEY,
  scan_id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  scan TEXT NOT NULL,
  prompt TEXT,
  cancelled INTEGER NOT NULL DEFAULT 0,
  barcode_folded TEXT NOT NULL,
  search_text TEXT NOT NULL
) STRICT;
CREATE INDEX line_at ON line(at);
CREATE INDEX line_barcode ON line(barcode_folded, seq);

CREATE TABLE step (
  step_id TEXT PRIMARY KEY,
  lane TEXT NOT NULL,
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL REFERENCES record(seq),
  state TEXT NOT NULL
) STRICT;
CREATE INDEX step_open ON step(first_seq) WHERE state IN ('recorded', 'sending', 'unknown');
`;
