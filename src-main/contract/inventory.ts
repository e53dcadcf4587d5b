import { z } from 'zod';

/** A copy or a statement of one library about a title, as the Shared Inventory has it. */
export const HoldingView = z.object({
  id: z.string(),
  /** Code of the location; in a shared index four parts with `/`, the first of them the library's symbol. */
  locationCode: z.string().optional(),
  /** The library's name. */
  library: z.string().optional(),
  callNumber: z.string().optional(),
  /** Name of the ILL policy, as the inventory writes it. */
  policy: z.string().optional(),
  /** Status of each item; undefined where items were not asked for or could not be read. */
  items: z.array(z.string()).optional(),
  /** What volumes there are, in the library's words. */
  statements: z.array(z.string()),
});
export type HoldingView = Readonly<z.infer<typeof HoldingView>>;

/** One record of the Shared Inventory. */
export const Candidate = z.object({
  /** The record's UUID: `rft_id` of an OpenURL. */
  id: z.string(),
  title: z.string(),
  author: z.string().optional(),
  edition: z.string().optional(),
  publisher: z.string().optional(),
  year: z.string().optional(),
  extent: z.string().optional(),
  /** Looks like an electronic copy, which is rarely lent. */
  electronic: z.boolean(),
  isbns: z.array(z.string()),
  issns: z.array(z.string()),
  oclcNumbers: z.array(z.string()),
  /** Undefined when they could not be read, which says nothing about whether there are any. */
  holdings: z.array(HoldingView).optional(),
  /** Every holding there is was read, with everything asked for. */
  complete: z.boolean(),
});
export type Candidate = Readonly<z.infer<typeof Candidate>>;

/** What to look for. Identifiers come in every form in which a catalogue may have them. */
export type InventoryQuery =
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: 'isbn' | 'issn' | 'oclc' | 'lccn'; readonly forms: readonly string[] }
  | { readonly by: 'title' | 'author' | 'anything'; readonly words: string }
  | { readonly by: 'title-and-author'; readonly title: string; readonly author: string };

/** What of a Shared Inventory can be asked and seen. */
export interface InventoryCapabilities {
  readonly titleSearch: boolean;
  readonly isbnSearch: boolean;
  readonly policyKnown: boolean;
  readonly itemStatusKnown: boolean;
  /**
   * How mod-rs reads this inventory when it builds the rota: `folio` sees the first ten holdings and of each library the first;
   * `oai` sees all and takes a library's lendable one.
   */
  readonly rota: 'folio' | 'oai';
}

export interface CandidatePage {
  readonly candidates: readonly Candidate[];
  readonly total: number;
  /** Something of the answer is missing, in a sentence. */
  readonly incomplete?: string;
}
