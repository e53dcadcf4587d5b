import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Setup, type SetupOptions } from '../../src-main/assembly/setup.ts';
import { METHODS } from '../../src-main/contract/methods.ts';
import { SCANNER_LABEL, type SetupState } from '../../src-main/contract/setup.ts';
import type { PrintOutcome, SlipJob } from '../../src-main/contract/slip.ts';
import { code128 } from '../../src-main/desk/slip-code128.ts';
import { desk, value } from './systems-desk.ts';

/** What main does for the set-up guide: remembers where it is, tries an address, prints a test slip. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carrel-setup-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Printed {
  readonly job: SlipJob;
  readonly printer: string;
}

function opened(more: Partial<SetupOptions> = {}, outcome: PrintOutcome = { outcome: 'printed' }) {
  const printed: Printed[] = [];
  const faults: unknown[] = [];
  const options: SetupOptions = {
    path: join(folder, 'setup.json'),
    fresh: true,
    printer: {
      print: (job, printer) => {
        printed.push({ job, printer });
        return Promise.resolve(outcome);
      },
      pdf: () => Promise.resolve(new Uint8Array()),
    },
    now: () => new Date('2026-11-23T09:00:00Z'),
    onFault: (error) => faults.push(error),
    ...more,
  };
  return { printed, faults, setup: Setup.open(options) };
}

const UNDER_WAY: SetupState = {
  version: 1,
  at: 'branches',
  steps: { systems: 'done', credentials: 'skipped' },
  ended: false,
  drafts: { connection: { tenant: 'riverside' }, wms: { patrons: true } },
};

test('it opens by itself at a first start without training, and not where training was asked for or a library is set up', async () => {
  const first = await opened().setup;
  expect(value(await first.handlers['setup.get']({}))).toMatchObject({ opens: true, state: { at: 'systems' } });
  const training = await opened({ fresh: false }).setup;
  expect(value(await training.handlers['setup.get']({})).opens).toBe(false);
});

test('how far it has come is kept over a restart, and opens it until it is ended', async () => {
  await (await opened().setup).handlers['setup.save']({ state: UNDER_WAY });
  const again = await opened({ fresh: false }).setup;
  expect(value(await again.handlers['setup.get']({}))).toMatchObject({ opens: true, state: UNDER_WAY });
  await again.handlers['setup.save']({ state: { ...UNDER_WAY, ended: true } });
  const ended = await opened().setup;
  expect(value(await ended.handlers['setup.get']({})).opens).toBe(false);
});

test('a damaged file is begun anew, and no fields but texts and choices get in', async () => {
  writeFileSync(join(folder, 'setup.json'), '{ "version": 1, "at": "kitchen" }');
  const begun = await opened({ fresh: false }).setup;
  expect(value(await begun.handlers['setup.get']({}))).toMatchObject({ opens: false, state: { at: 'systems' } });
  const odd = { ...UNDER_WAY, drafts: { connection: { tenant: { deep: 1 } }, wms: {} } };
  expect(METHODS['setup.save'].input.safeParse({ state: odd }).success).toBe(false);
  await begun.handlers['setup.save']({ state: UNDER_WAY });
  expect(JSON.parse(readFileSync(join(folder, 'setup.json'), 'utf8'))).toEqual(UNDER_WAY);
});

test('an address is tried without a password: gateway and tenant, right and wrong', async () => {
  const { consortium } = await desk();
  const { handlers } = await opened().setup;
  const tried = async (okapiUrl: string, tenant: string) =>
    value(await handlers['setup.testAddress']({ okapiUrl, tenant })).map(({ what, outcome }) => `${what} ${outcome}`);
  expect(await tried(consortium.url, 'riverside')).toEqual(['Address ok', 'Tenant ok']);
  expect(await tried(consortium.url, 'nowhere')).toEqual(['Address ok', 'Tenant failed']);
  expect(await tried('http://127.0.0.1:9', 'riverside')).toEqual(['Address failed']);
  expect(consortium.ledger().filter(({ kind }) => kind === 'session')).toEqual([]);
});

test('the test slip carries the scanner’s label on the paper and to the printer chosen; its answer is passed on', async () => {
  const out: PrintOutcome = { outcome: 'failed', reason: 'The printer has no paper.' };
  const { printed, setup } = opened({}, out);
  const { handlers } = await setup;
  expect(value(await handlers['setup.testPrint']({ paper: '58mm', printer: 'Counter' }))).toEqual(out);
  expect(printed).toMatchObject([
    {
      printer: 'Counter',
      job: { paper: '58mm', slip: { barcode: { text: SCANNER_LABEL, widths: code128(SCANNER_LABEL) } } },
    },
  ]);
});

test('a test slip that cannot be drawn is said, and noted', async () => {
  const broken = { print: () => Promise.reject(new Error('no page')), pdf: () => Promise.resolve(new Uint8Array()) };
  const { faults, setup } = opened({ printer: broken });
  const answer = await (await setup).handlers['setup.testPrint']({ paper: '80mm', printer: '' });
  expect(answer).toMatchObject({ ok: false, error: { mender: 'it' } });
  expect(faults).toHaveLength(1);
});
