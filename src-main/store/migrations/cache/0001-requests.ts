/**
 * What is known of requests. `request` is what they are ranked and listed by, kept small so that ranking a thousand reads
 * few pages; `request_view` is the JSON of the whole RequestView without its history. `identifier` finds the request for a
 * scan exactly; `request_words` finds it for a person typing. It keeps no copy of the text and no positions
 * (contentless, detail=none): a third of the size, and prefix searches of one to three letters have an index of their own.
 * The text is split into words before it gets there (see fold.ts), so the tokenizer only has to leave them alone.
 * No column holds the name or number of a patron.
 */
export const sql = `
CREATE TABLE request (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  hrid TEXT,
  side TEXT NOT NULL,
  state TEXT NOT NULL,
  terminal INTEGER NOT NULL,
  last_updated TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  title_folded TEXT NOT NULL
) STRICT;
CREATE INDEX request_open ON request(id) WHERE terminal = 0;

CREATE TABLE request_view (
  n INTEGER PRIMARY KEY REFERENCES request(n) ON DELETE CASCADE,
  view TEXT NOT NULL CHECK (json_valid(view))
) STRICT;

CREATE TABLE identifier (
  folded TEXT NOT NULL,
  request INTEGER NOT NULL REFERENCES request(n) ON DELETE CASCADE,
  PRIMARY KEY (folded, request)
) STRICT, WITHOUT ROWID;
CREATE INDEX identifier_request ON identifier(request);

CREATE VIRTUAL TABLE request_words USING fts5(
  words, content='', contentless_delete=1, detail=none, prefix='1 2 3',
  tokenize="unicode61 remove_diacritics 0 categories 'L* N* Mc Co'"
);

CREATE TABLE fact (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
`;
