/**
 * Scans of which something is open: a step that may still happen, a thing that waits for a system, or a step that was sent
 * and waits for a person's word. A hold without an answer (NCIP RequestItem, CancelRequestItem) waits for that word as well,
 * although it keeps its lane by other means.
 */
export const OPEN_STEPS = `
  SELECT open.scan_id, open.body FROM step JOIN record AS open ON open.seq = step.last_seq
  WHERE step.state NOT IN ('done', 'confirmed', 'refused', 'not-sent', 'not-done', 'needs-person', 'released')
    OR (step.state = 'needs-person' AND (json_extract(open.body, '$.held') = 1
      OR json_extract(open.body, '$.action') IN ('RequestItem', 'CancelRequestItem')))`;
