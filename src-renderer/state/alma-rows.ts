import type { AlmaLendingRow, AlmaLists, AlmaSlip } from '../../src-main/contract/alma-lists.ts';

/** A row of either list. */
export type AlmaRow =
  | { readonly key: string; readonly what: 'lending'; readonly row: AlmaLendingRow }
  | { readonly key: string; readonly what: 'slip'; readonly row: AlmaSlip };

/** Lending requests of one status. */
export interface StatusGroup {
  readonly status: string;
  readonly rows: readonly AlmaRow[];
}

/** Lending requests by status, in the order in which Alma gives them first. */
export function groupsOf(lists: AlmaLists | undefined): readonly StatusGroup[] {
  const groups = new Map<string, AlmaRow[]>();
  for (const row of lists?.lending.rows ?? []) {
    const rows = groups.get(row.status) ?? [];
    rows.push({ key: row.requestId, what: 'lending', row });
    groups.set(row.status, rows);
  }
  return [...groups].map(([status, rows]) => ({ status, rows }));
}

/** Why a list is not known; once where both have the same reason. */
export function troublesOf(lists: AlmaLists | undefined): readonly string[] {
  const said = [lists?.slips.sentence, lists?.lending.sentence].filter((sentence) => sentence !== undefined);
  return [...new Set(said)];
}
