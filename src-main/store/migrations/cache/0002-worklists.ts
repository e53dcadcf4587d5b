/**
 * What worklists are counted, filtered and sorted by, beside each request: since when it is in its state, its flags with
 * since when they stand, its due date and where its item is. Only requests that are open, or flagged, are in the indexes
 * that worklists use, so that counting never goes through the rest. `state_label` has the words of every state seen, for
 * searches. The next reading of a request writes all of it anew; what is made here from the kept JSON bridges until then.
 */
export const sql = `
ALTER TABLE request ADD COLUMN since TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN created TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN attention INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN overdue INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN trouble_since TEXT;
ALTER TABLE request ADD COLUMN unread_since TEXT;
ALTER TABLE request ADD COLUMN due TEXT;
ALTER TABLE request ADD COLUMN partner TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN location TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN shelf TEXT NOT NULL DEFAULT '';

UPDATE request SET
  since = last_updated,
  created = coalesce(json_extract(v.view, '$.dateCreated'), ''),
  attention = coalesce(json_extract(v.view, '$.state.needsAttention'), 0),
  overdue = coalesce(json_extract(v.view, '$.overdue'), 0),
  trouble_since = CASE WHEN json_extract(v.view, '$.needsAttention') THEN last_updated END,
  unread_since = CASE WHEN json_extract(v.view, '$.unreadMessages') THEN last_updated END,
  due = json_extract(v.view, '$.dueDate'),
  partner = coalesce(json_extract(v.view, '$.partner.name'), json_extract(v.view, '$.partner.symbol'), ''),
  location = coalesce(json_extract(v.view, '$.pickLocation'), ''),
  shelf = lower(coalesce(json_extract(v.view, '$.callNumber'), ''))
FROM request_view AS v WHERE v.n = request.n;

CREATE TABLE state_label (
  state TEXT PRIMARY KEY,
  label TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT OR REPLACE INTO state_label (state, label)
  SELECT state, json_extract(view, '$.state.label') FROM request JOIN request_view USING (n);

CREATE INDEX request_work ON request(state, since) WHERE terminal = 0;
CREATE INDEX request_out ON request(state, due) WHERE terminal = 0;
CREATE INDEX request_attention ON request(since) WHERE terminal = 0 AND attention = 1;
CREATE INDEX request_overdue ON request(due, since) WHERE terminal = 0 AND overdue = 1;
CREATE INDEX request_trouble ON request(trouble_since) WHERE terminal = 0 AND trouble_since IS NOT NULL;
CREATE INDEX request_unread ON request(unread_since) WHERE unread_since IS NOT NULL;
CREATE INDEX request_since ON request(since) WHERE terminal = 0;
CREATE INDEX request_recent ON request(last_updated);
CREATE INDEX request_created ON request(created);
CREATE INDEX request_due ON request(due) WHERE due IS NOT NULL;
CREATE INDEX request_state ON request(state);
`;
