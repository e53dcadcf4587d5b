import type { Side, ValidAction } from '../../contract/request.ts';
import { flag, records, text, texts, type Json } from '../http/tolerant.ts';

type Params = Readonly<Record<string, unknown>>;

/*
 * CrossLink's actions (indexdata/crosslink `broker/patron_request/service/action.go`, `statemodel_capabilities.go`) and what
 * the request port calls the same step. An action that is not here keeps its own name, in both directions: `ship`,
 * `check-out` and `will-supply` have no equal in mod-rs, because `ship` names no item and there is no fill before it, and
 * borrowing has a check-out step of its own.
 */
const NAMES: Readonly<Record<Side, readonly (readonly [own: string, code: string])[]>> = {
  borrowing: [
    ['validate-patron', 'borrowerCheck'],
    ['skip-patron-validation', 'requesterBypassValidation'],
    ['receive', 'requesterReceived'],
    ['check-in', 'patronReturnedItem'],
    ['ship-return', 'shippedReturn'],
    ['cancel-request', 'requesterCancel'],
    ['accept-condition', 'requesterAgreeConditions'],
    ['reject-condition', 'requesterRejectConditions'],
    ['fill-locally', 'fillLocally'],
    ['cancel-local-supply', 'cancelLocal'],
    ['cannot-supply-locally', 'localSupplierCannotSupply'],
  ],
  lending: [
    ['mark-received', 'supplierCheckOutOfReshare'],
    ['cannot-supply', 'supplierCannotSupply'],
    ['add-condition', 'supplierAddCondition'],
    ['supply-document', 'supplierAddURLToDocument'],
  ],
};

/** The answer to a cancellation is one action with a parameter in mod-rs and two actions here. */
const CANCEL_ANSWER = 'supplierRespondToCancel';
const ACCEPT_CANCEL = 'accept-cancel';
const REJECT_CANCEL = 'reject-cancel';

/** A message to the other library: an action in mod-rs, a notification of the request here, taken in every open state. */
export const MESSAGE = 'message';

/** Ends a request by hand: a call of its own here (`POST …/terminate`), taken in every open state. */
export const CLOSE = 'manualClose';
export const TERMINATE = 'terminate';

/** Read marks: a receipt of each notification here. */
export const SEEN = 'messageSeen';
export const ALL_SEEN = 'messagesAllSeen';

/** What the port tells that is not CrossLink's to be told: the items of a fill, which it knows, and mod-rs's answer to a cancellation. */
const NOT_TOLD: ReadonlySet<string> = new Set(['itemBarcodes', 'cancelResponse']);

/** The port's code for an action of CrossLink. */
export function portAction(own: string, side: Side): string {
  if (side === 'lending' && (own === ACCEPT_CANCEL || own === REJECT_CANCEL)) return CANCEL_ANSWER;
  return NAMES[side].find(([name]) => name === own)?.[1] ?? own;
}

/** What is sent to CrossLink for an action of the port. Which side it is on, its code says. */
export function ownAction(code: string, params: Params): { readonly action: string; readonly actionParams: Params } {
  const known = Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => (NOT_TOLD.has(name) ? [] : [[name, numeric(name, value)]])),
  );
  if (code === CANCEL_ANSWER) {
    return { action: params['cancelResponse'] === 'yes' ? ACCEPT_CANCEL : REJECT_CANCEL, actionParams: known };
  }
  const own = [...NAMES.borrowing, ...NAMES.lending].find(([, name]) => name === code)?.[0];
  return { action: own ?? code, actionParams: known };
}

/** `cost` is a number there; everything else is text (`actionParams` in `action.go`). */
function numeric(name: string, value: unknown): unknown {
  return name === 'cost' && typeof value === 'string' ? Number(value) : value;
}

export interface Allowed {
  readonly actions: readonly ValidAction[];
  /** An action of this request is still being carried out; until it is through, none is available. */
  readonly busy: boolean;
}

/** The body of `GET …/actions`; undefined when it is not one. */
export function readActions(body: Json, side: Side): Allowed | undefined {
  if (!Array.isArray(body['actions'])) return undefined;
  const listed = records(body['actions']).flatMap((entry) => {
    const own = text(entry['name']);
    return own === undefined
      ? []
      : [
          {
            code: portAction(own, side),
            primary: flag(entry['primary']) ?? false,
            available: flag(entry['available']) ?? true,
            parameters: texts(entry['parameters']),
          },
        ];
  });
  const open = listed.filter(({ available }) => available);
  const byCode = new Map<string, ValidAction>();
  for (const { code, primary, parameters } of open) {
    const other = byCode.get(code);
    byCode.set(code, {
      code,
      primary: primary || other?.primary === true,
      primaryOnly: false,
      parameters: [...new Set([...(other?.parameters ?? []), ...parameters])],
    });
  }
  return { actions: [...byCode.values()], busy: open.length < listed.length };
}
