/**
 * Records stay append-only, with one door: the retention rules. What is to be reduced or dropped is named in `erasing`
 * first, in the same transaction, and `erasing` refuses a scan of which anything is still open. A reduced record keeps its
 * place, number, type and time. `line.reduced` repeats what the scan's record says.
 */
export const sql = `
CREATE TABLE erasing (
  scan_id TEXT PRIMARY KEY,
  how TEXT NOT NULL CHECK (how IN ('reduce', 'drop'))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER erasing_is_refused_while_pending BEFORE INSERT ON erasing
WHEN EXISTS (
  SELECT 1 FROM step JOIN record ON record.seq = step.last_seq
  WHERE record.scan_id = NEW.scan_id
    AND step.state NOT IN ('done', 'confirmed', 'refused', 'not-sent', 'needs-person', 'released'))
BEGIN SELECT RAISE(ABORT, 'a scan that is still open is never erased'); END;

DROP TRIGGER record_is_never_changed;
CREATE TRIGGER record_is_only_reduced BEFORE UPDATE ON record
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE scan_id = OLD.scan_id AND how = 'reduce')
  OR NEW.seq IS NOT OLD.seq OR NEW.id IS NOT OLD.id OR NEW.scan_id IS NOT OLD.scan_id
  OR NEW.type IS NOT OLD.type OR NEW.step_id IS NOT OLD.step_id OR NEW.at IS NOT OLD.at
BEGIN SELECT RAISE(ABORT, 'journal records are never changed'); END;

DROP TRIGGER record_is_never_deleted;
CREATE TRIGGER record_is_only_dropped BEFORE DELETE ON record
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE scan_id = OLD.scan_id AND how = 'drop')
BEGIN SELECT RAISE(ABORT, 'journal records are never deleted'); END;

ALTER TABLE line ADD COLUMN reduced INTEGER NOT NULL DEFAULT 0;
`;
