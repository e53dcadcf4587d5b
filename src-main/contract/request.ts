import { z } from 'zod';

/** Which part this library plays in a request: mod-rs `isRequester` true is borrowing, false is lending. */
export const Side = z.enum(['borrowing', 'lending']);
export type Side = z.infer<typeof Side>;

/** An action the request system allows now, by its own code (mod-rs `validActions`). */
export const ValidAction = z.object({
  code: z.string(),
  /** The system's own main button for this state. */
  primary: z.boolean(),
  /** Offered only as the main button, not in the menu. */
  primaryOnly: z.boolean(),
  /** The parameters it takes, where the system itself tells them (CrossLink); mod-rs does not. */
  parameters: z.array(z.string()).optional(),
});
export type ValidAction = Readonly<z.infer<typeof ValidAction>>;

/** One volume of a request. `itemId` is always the supplier's item barcode. */
export const Volume = z.object({
  id: z.string(),
  name: z.string().optional(),
  itemId: z.string(),
  /** Reference value, e.g. `awaiting_temporary_item_creation`. */
  status: z.string().optional(),
  /** On the borrowing side the barcode of the temporary item. */
  temporaryItemBarcode: z.string().optional(),
  callNumber: z.string().optional(),
});
export type Volume = Readonly<z.infer<typeof Volume>>;

/** A line of the request's history, the only place where host-LMS trouble is explained. */
export const AuditLine = z.object({
  no: z.number().int(),
  at: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  message: z.string(),
  /** The port's code of the action that this line is about and how that ended, where the system says so (CrossLink). */
  ran: z.object({ action: z.string(), ended: z.enum(['done', 'failed', 'under-way']) }).optional(),
});
export type AuditLine = Readonly<z.infer<typeof AuditLine>>;

export const LoanCondition = z.object({
  code: z.string(),
  accepted: z.boolean(),
  /** Turned down, where the system says so (CrossLink); mod-rs does not tell that from an open one. */
  rejected: z.boolean().optional(),
  note: z.string().optional(),
  cost: z.number().optional(),
  currency: z.string().optional(),
});
export type LoanCondition = Readonly<z.infer<typeof LoanCondition>>;

/**
 * What Carrel keeps of an interlibrary loan request, from whichever request system it came. It names no patron: the desk
 * does not need one to receive, return, fill or ship. State and action codes stay as the system writes them.
 */
export const RequestView = z.object({
  id: z.string(),
  /** The number staff see and the barcode on the pull slip. Comes late on a new request. */
  hrid: z.string().optional(),
  side: Side,
  stateModel: z.string().optional(),
  state: z.object({
    code: z.string(),
    /** Words for the code; the code itself where nobody has named it. */
    label: z.string(),
    terminal: z.boolean(),
    /** The state as such wants a person (mod-rs `state.needsAttention`). */
    needsAttention: z.boolean(),
    /** The code as the system itself writes it, where that is not the port's `code` (CrossLink). */
    own: z.string().optional(),
  }),
  /** Host-LMS trouble on this request (mod-rs `needsAttention`); not the same as the state's flag. */
  needsAttention: z.boolean(),
  /** `Idle, Waiting, Retry, Sent, Timeout, Error`; while `Waiting` or `Retry` nothing may be done. */
  networkStatus: z.string().optional(),
  /** Undefined when the record was read in its brief form, which does not carry it. */
  validActions: z.array(ValidAction).optional(),
  title: z.string().optional(),
  author: z.string().optional(),
  isbn: z.string().optional(),
  /** The title's number in WorldCat, as the request system has it. */
  oclcNumber: z.string().optional(),
  /** Free text the requester typed; not the volumes list. */
  volumeText: z.string().optional(),
  /** The other library. */
  partner: z.object({ symbol: z.string().optional(), name: z.string().optional() }),
  volumes: z.array(Volume),
  /** The supplier's item, as told to the requester. */
  selectedItemBarcode: z.string().optional(),
  callNumber: z.string().optional(),
  pickLocation: z.string().optional(),
  shelvingLocation: z.string().optional(),
  pickupLocation: z.string().optional(),
  serviceType: z.string().optional(),
  /** The date ReShare uses and sends: when the item is due at the lender. ISO 8601 UTC. */
  dueDate: z.string().optional(),
  neededBy: z.string().optional(),
  overdue: z.boolean(),
  unreadMessages: z.boolean(),
  conditions: z.array(LoanCondition),
  /** Identifiers from other systems (`requestIdentifiers`), e.g. an ILLiad number. */
  otherIdentifiers: z.array(z.string()),
  dateCreated: z.string().optional(),
  lastUpdated: z.string().optional(),
  /** Newest lines last; empty when the record was read in its brief form. Never kept in the cache. */
  audit: z.array(AuditLine),
  /** When Carrel read this from the system: ISO 8601 UTC. */
  seenAt: z.string(),
});
export type RequestView = Readonly<z.infer<typeof RequestView>>;
