/**
 * `line.archived` and `line.imported` repeat what the records say: such scans are in no list of the desk. A step that a
 * look or a person said did not happen (`not-done`) is as settled as the others, and no longer keeps its scan for ever.
 */
export const sql = `
ALTER TABLE line ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE line ADD COLUMN imported INTEGER NOT NULL DEFAULT 0;

DROP TRIGGER erasing_is_refused_while_pending;
CREATE TRIGGER erasing_is_refused_while_pending BEFORE INSERT ON erasing
WHEN EXISTS (
  SELECT 1 FROM step JOIN record ON record.seq = step.last_seq
  WHERE record.scan_id = NEW.scan_id
    AND step.state NOT IN ('done', 'confirmed', 'refused', 'not-sent', 'not-done', 'needs-person', 'released'))
BEGIN SELECT RAISE(ABORT, 'a scan that is still open is never erased'); END;
`;
