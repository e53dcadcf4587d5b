import type { Candidate, CandidatePage, InventoryCapabilities, InventoryQuery } from '../../contract/inventory.ts';
import type { Result } from '../../contract/result.ts';

/** A Shared Inventory as Carrel uses it; every call only reads. */
export interface SharedInventory {
  readonly capabilities: InventoryCapabilities;
  /** One page of what was found, `page` from 0. An empty page is an answer; partial data says so and is never "nothing". */
  search(query: InventoryQuery, page: number, pageSize: number): Promise<Result<CandidatePage>>;
  /** One record with everything known of its holdings. Fails with `not-found` when there is none of that id. */
  detail(id: string): Promise<Result<Candidate>>;
}

/** What staff call it, in sentences. */
export const INVENTORY = 'the Shared Inventory';
