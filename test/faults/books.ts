import { DatabaseSync } from 'node:sqlite';
import type { RecordBody, StepState } from '../../src-main/contract/journal.ts';
import type { Prompt } from '../../src-main/contract/prompt.ts';
import type { Consortium } from '../../src-main/training/consortium.ts';

/** Something that really happened on a server because Carrel asked for it. */
export interface Effect {
  /** What it happened to: a request's id, or `item:<barcode>` for an item in the circulation system. */
  readonly thing: string;
  readonly action: string;
}

/** A step as the journal tells it, over all starts of Carrel. */
export interface JournalStep {
  readonly stepId: string;
  readonly scanId: string;
  readonly thing: string;
  readonly action: string;
  readonly system: string;
  /** In the order they were written. */
  readonly states: readonly StepState[];
  /** What it came from: the scan itself, or a key pressed on its prompt; by place in the journal. */
  readonly cause: { readonly seq: number; readonly by: 'scan' | 'choice' };
}

export interface JournalScan {
  readonly scanId: string;
  readonly cancelled: boolean;
  readonly prompt: Prompt | undefined;
}

export interface JournalBook {
  readonly scans: ReadonlyMap<string, JournalScan>;
  /** In the order they were recorded. */
  readonly steps: readonly JournalStep[];
}

interface Row {
  readonly seq: number;
  readonly scan_id: string;
  readonly body: string;
}

/**
 * Reads the records of a journal, and nothing Carrel derived from them, with another reader than Carrel's own: what is not
 * in the file is not in the book.
 */
export function readJournal(file: string): JournalBook {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = db.prepare('SELECT seq, scan_id, body FROM record ORDER BY seq').all() as unknown as readonly Row[];
    return bookOf(
      rows.map(({ seq, scan_id, body }) => ({ seq, scanId: scan_id, body: JSON.parse(body) as RecordBody })),
    );
  } finally {
    db.close();
  }
}

/** Folds records, in order, into scans and steps. */
export function bookOf(
  records: readonly { readonly seq: number; readonly scanId: string; readonly body: RecordBody }[],
): JournalBook {
  const scans = new Map<string, JournalScan>();
  const steps = new Map<string, JournalStep>();
  const causes = new Map<string, JournalStep['cause']>();
  for (const { seq, scanId, body } of records) {
    const scan = scans.get(scanId);
    if (body.type === 'scan') {
      scans.set(scanId, { scanId, cancelled: false, prompt: undefined });
      causes.set(scanId, { seq, by: 'scan' });
    } else if (body.type === 'choice') causes.set(scanId, { seq, by: 'choice' });
    else if (body.type === 'cancelled' && scan !== undefined) scans.set(scanId, { ...scan, cancelled: true });
    else if (body.type === 'prompt' && scan !== undefined) scans.set(scanId, { ...scan, prompt: body.prompt });
    else if (body.type === 'step') {
      const known = steps.get(body.stepId);
      steps.set(body.stepId, {
        stepId: body.stepId,
        scanId,
        thing: body.requestId,
        action: body.action,
        system: body.system,
        states: [...(known?.states ?? []), body.state],
        cause: known?.cause ?? causes.get(scanId) ?? { seq, by: 'scan' },
      });
    }
  }
  return { scans, steps: [...steps.values()] };
}

/** CrossLink's names of what Carrel does there, in the words in which its journal has them. */
const CROSSLINK: Readonly<Record<string, string>> = {
  receive: 'requesterReceived',
  'check-in': 'patronReturnedItem',
  'ship-return': 'shippedReturn',
  'mark-received': 'supplierCheckOutOfReshare',
  'accept-cancel': 'supplierRespondToCancel',
  'reject-cancel': 'supplierRespondToCancel',
  'accept-condition': 'requesterAgreeConditions',
  'reject-condition': 'requesterRejectConditions',
  'cancel-request': 'requesterCancel',
  'cannot-supply': 'supplierCannotSupply',
  'add-condition': 'supplierAddCondition',
  'validate-patron': 'borrowerCheck',
  'skip-patron-validation': 'requesterBypassValidation',
  'fill-locally': 'fillLocally',
  notification: 'message',
  terminate: 'manualClose',
};

/**
 * What the servers did for this desk, oldest first for each thing: actions of the desk's account that ReShare carried out,
 * and what WMS did at the branch of a desk (its own dealings with ReShare name no branch).
 */
export function readServers(consortium: Consortium, before: ServersBefore): readonly Effect[] {
  const acted = actionsOf(consortium, (user, desk) => user === desk);
  const circulated = [...(consortium.wms?.store.items.values() ?? [])].flatMap(({ barcode, history }) =>
    history
      .slice(before.get(barcode) ?? 0)
      .filter(({ branch }) => branch !== undefined)
      .map(({ event }) => ({ thing: `item:${barcode.toUpperCase()}`, action: event })),
  );
  return [...acted, ...circulated];
}

/** What others of the library did in ReShare. */
export function readOthers(consortium: Consortium): readonly Effect[] {
  return actionsOf(consortium, (user, desk) => user !== undefined && user !== desk);
}

function actionsOf(consortium: Consortium, by: (user: string | undefined, desk: string) => boolean): readonly Effect[] {
  const [own] = consortium.tenants;
  if (own === undefined) return [];
  return consortium
    .ledger()
    .filter(
      ({ kind, tenant, user, result, requestId }) =>
        kind === 'action' &&
        tenant === own.id &&
        by(user, own.username) &&
        result === 'done' &&
        requestId !== undefined,
    )
    .map(({ requestId, action }) => ({ thing: requestId ?? '', action: CROSSLINK[action] ?? action }));
}

/** How long the history of each item was when the day began. */
export type ServersBefore = ReadonlyMap<string, number>;

export function serversNow(consortium: Consortium): ServersBefore {
  return new Map(
    [...(consortium.wms?.store.items.values() ?? [])].map(({ barcode, history }) => [barcode, history.length]),
  );
}
