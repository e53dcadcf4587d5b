import { randomUUID } from 'node:crypto';
import { afterEach } from 'vitest';
import { createCirculation } from '../../src-main/assembly/circulation.ts';
import { LightKeeper } from '../../src-main/assembly/lights.ts';
import type { RequestView } from '../../src-main/contract/request.ts';
import { ok } from '../../src-main/contract/result.ts';
import type { WmsConnection } from '../../src-main/contract/settings.ts';
import { DeskFlow } from '../../src-main/journal/desk-flow.ts';
import { createDoubts } from '../../src-main/journal/doubts.ts';
import { JustDone } from '../../src-main/journal/just-done.ts';
import { createLanes } from '../../src-main/journal/lanes.ts';
import { LogFile } from '../../src-main/shell/log-file.ts';
import { startPracticeWms, type PracticeWmsOptions } from '../../src-main/training/wms/practice-wms.ts';
import { newFolder } from '../fixtures/store-folder.ts';
import { CONTEXT } from '../fixtures/store-records.ts';
import { memoryJournal } from '../fixtures/store-stores.ts';
import { rulesWith } from '../unit/desk-cases.ts';

export const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** The desk with a real journal and the WMS of its settings, joined by real calls; nothing is on a request. */
export function deskOn(settings: WmsConnection, secret: string, requests: readonly RequestView[] = []) {
  const { journal } = memoryJournal();
  const doubts = createDoubts();
  const sent: string[] = [];
  const timers: { readonly ms: number; readonly run: () => void; stopped: boolean }[] = [];
  let settled = 0;
  const circulation = createCirculation({
    settings,
    secret,
    counter: undefined,
    requestsOf: () => Promise.resolve(requests),
    onCheckedIn: () => undefined,
    light: new LightKeeper(
      'wms',
      'WMS',
      () => undefined,
      () => performance.now(),
    ),
    log: new LogFile(newFolder()),
    now: () => new Date(),
    mono: () => performance.now(),
  });
  closers.push(() => circulation.close());
  const { port, rules } = circulation;
  if (port === undefined || rules === undefined) throw new Error('no WMS');
  const flow = new DeskFlow({
    journal: {
      append: (record) => Promise.resolve(ok(journal.append(record).record)),
      line: (scanId) => Promise.resolve(journal.lineOf(scanId)),
    },
    cache: { findByIdentifier: () => Promise.resolve([]), upsert: () => Promise.resolve() },
    system: {
      findByScan: () => Promise.resolve(ok([])),
      get: () => Promise.reject(new Error('no request is asked for')),
      act: () => Promise.reject(new Error('nothing is done in ReShare')),
      listChanged: () => Promise.resolve(ok([])),
      listOpen: () => Promise.resolve(ok([])),
      tenantRules: () => Promise.resolve(ok({ combineFillAndShip: false, combineReturnedAndShipped: false })),
    },
    circulation: {
      ...port,
      checkIn: (barcode) => {
        sent.push(`CheckInItem ${barcode}`);
        return port.checkIn(barcode);
      },
    },
    lanes: createLanes(),
    doubts,
    justDone: new JustDone(() => performance.now()),
    settler: undefined,
    rules: () => rulesWith({ circulation: rules, timeZone: 'UTC' }),
    identity: () => CONTEXT,
    now: () => new Date(),
    mono: () => performance.now(),
    newId: randomUUID,
    protect: (text) => ({ masked: `•••• ${text.slice(-4)}` }),
    after: (ms, run) => {
      const timer = { ms, run, stopped: false };
      timers.push(timer);
      return () => {
        timer.stopped = true;
      };
    },
    onSession: () => undefined,
    onRecorded: () => undefined,
    onLine: () => undefined,
    onActed: () => undefined,
    onSaid: () => {
      settled += 1;
    },
    onFault: (error) => {
      throw error instanceof Error ? error : new Error(JSON.stringify(error));
    },
  });
  closers.push(async () => {
    flow.close();
    await flow.idle();
  });
  const stepsOf = (scanId: string) =>
    journal.recordsOf(scanId).flatMap(({ body }) => (body.type === 'step' ? [body] : []));
  return {
    circulation,
    flow,
    /** Check-ins that left for WMS. */
    sent,
    doubts,
    timers,
    settled: () => settled,
    stepsOf,
    lines: () => journal.lines({ limit: 500 }),
    promptOf: (scanId: string) => journal.lineOf(scanId)?.prompt,
    scan: async (raw: string) => {
      const result = await flow.submit({ id: randomUUID(), raw, source: 'wedge' });
      if (!result.ok) throw new Error(result.error.sentence);
      await flow.idle();
      const { scanId } = result.value;
      const prompt = journal.lineOf(scanId)?.prompt;
      if (prompt === undefined) throw new Error('no prompt');
      return { scanId, prompt, step: stepsOf(scanId).at(-1) };
    },
  };
}

export interface PracticeChoices {
  readonly wms?: PracticeWmsOptions;
  readonly settings?: Partial<WmsConnection>;
  readonly requests?: readonly RequestView[];
}

/** The same on the practice WMS, at its main library. */
export async function practiceDesk({ wms = {}, settings = {}, requests }: PracticeChoices = {}) {
  const practice = await startPracticeWms(wms);
  closers.push(() => practice.stop());
  const [here] = practice.branches;
  if (here === undefined) throw new Error('no branch');
  const { urls, keys, institution, branches } = practice;
  const connection: WmsConnection = {
    registryId: institution.registryId,
    branch: here.id,
    hereCodes: [...here.holdings],
    branches: branches.flatMap(({ holdings, name }) => holdings.map((code) => ({ code, name }))),
    keyId: keys.full.key,
    tokenAddress: urls.token,
    ncipAddress: urls.staff,
    availabilityAddress: urls.availability,
    identityAddress: urls.identity,
    scopes: ['WMS_Availability', 'SCIM:read_user'],
    ...settings,
  };
  const at = deskOn(connection, keys.full.secret, requests);
  const label = (key: string): string => practice.thing(key).barcode;
  return {
    ...at,
    practice,
    label,
    /** Staff look up the copies of the item's title, so that its number is known. */
    learn: async (key: string) => {
      const found = await at.circulation.titles?.(practice.store.items.get(label(key))?.ocn ?? '');
      if (found?.ok !== true) throw new Error('no copies');
    },
  };
}
