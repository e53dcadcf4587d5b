/**
 * `record.sum` tells whether a record still is what was written; see `sums.ts`. What was written before has none.
 */
export const sql = `
ALTER TABLE record ADD COLUMN sum INTEGER;
`;
