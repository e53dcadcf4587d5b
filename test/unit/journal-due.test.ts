import { expect, test } from 'vitest';
import type { RecordBody, ScanLine } from '../../src-main/contract/journal.ts';
import { fail, ok } from '../../src-main/contract/result.ts';
import { DueFlow } from '../../src-main/journal/due-flow.ts';
import { prompt } from '../fixtures/store-records.ts';

/** Setting a due date: on disk first, with who and when; nothing is sent. */

const AT = '2026-11-23T12:00:00.000Z';
const LENT: ScanLine = {
  scanId: 'scan-1',
  seq: 1,
  at: AT,
  barcode: '30234000517861',
  raw: '30234000517861',
  kind: 'item',
  source: 'wedge',
  desk: 'Main desk',
  staff: 'kim',
  cancelled: false,
  prompt: prompt({ working: false, offers: [], due: { day: '2026-12-20', system: '2026-12-20', also: [] } }),
};
const CARD: ScanLine = { ...LENT, kind: 'patron-card', prompt: prompt({ working: false, due: { also: [] } }) };

function desk(line: ScanLine | undefined, options: { readonly full?: boolean; readonly sessionOver?: boolean } = {}) {
  let now = line;
  const happened: string[] = [];
  const flow = new DueFlow({
    system: 'WMS',
    line: () => Promise.resolve(now),
    record: (scanId, body: RecordBody) => {
      if (options.full === true) {
        return Promise.resolve(fail('journal-closed', 'The disk is full.', { mender: 'it', retry: 'later' }));
      }
      happened.push(body.type === 'choice' ? `record ${body.offerId}` : body.type);
      const context = { mono: 0, workstation: 'w', desk: 'd', branch: 'b', staff: 'robin', appVersion: '0' };
      return Promise.resolve(ok({ id: 'r', scanId, at: AT, seq: 2, ...context, body }));
    },
    show: (shown, its) => {
      happened.push('shown');
      now = { ...shown, prompt: its };
      return Promise.resolve();
    },
    setForSession: (id, { day, by }) => {
      happened.push(`session ${id} ${day} ${by}`);
      return options.sessionOver !== true;
    },
    now: () => new Date(AT),
    timeZone: () => 'UTC',
  });
  return { flow, happened, prompt: () => now?.prompt };
}

test('a date is on disk before the prompt says it, and so is the word that it was changed', async () => {
  const { flow, happened, prompt: shown } = desk(LENT);
  const set = await flow.set('scan-1', '4 December');
  expect(set.ok && set.value.prompt?.destination).toEqual({ verb: 'Change the date', to: '4 December' });
  const [offer] = shown()?.offers ?? [];
  expect(offer).toMatchObject({ key: 'F11', label: 'Changed in WMS' });
  expect(flow.takes(offer!.id)).toBe(true);
  expect((await flow.changed('scan-1', offer!.id)).ok).toBe(true);
  expect(happened).toEqual(['record due:2026-12-04', 'shown', 'record due-changed:2026-12-04', 'shown']);
  expect(shown()?.legs.map(({ text }) => text)).toContain('Due date changed to 4 December 2026, says robin');
  // The key is gone with it: pressing it twice is one word.
  expect((await flow.changed('scan-1', offer!.id)).ok).toBe(false);
});

test('on a card’s prompt it stands for the session, unless that is over', async () => {
  const open = desk(CARD);
  expect((await open.flow.set('scan-1', '+7')).ok).toBe(true);
  expect(open.happened).toEqual(['record due:2026-11-30', 'session scan-1 2026-11-30 robin', 'shown']);
  const over = desk(CARD, { sessionOver: true });
  expect((await over.flow.set('scan-1', '+7')).ok).toBe(false);
  expect(over.happened).not.toContain('shown');
});

test('nothing changes where nothing can be set, typed wrongly or kept', async () => {
  for (const line of [
    undefined,
    { ...LENT, cancelled: true },
    { ...LENT, prompt: prompt({ working: false }) },
    { ...LENT, prompt: prompt({ working: true, due: { also: [] } }) },
  ]) {
    const { flow, happened } = desk(line);
    expect(await flow.set('scan-1', '+7')).toMatchObject({ ok: false, error: { code: 'refused' } });
    expect(happened).toEqual([]);
  }
  const passed = desk(LENT);
  expect(await passed.flow.set('scan-1', '2026-11-22')).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  const full = desk(LENT, { full: true });
  expect(await full.flow.set('scan-1', '+7')).toMatchObject({ ok: false, error: { code: 'journal-closed' } });
  expect([passed.happened, full.happened]).toEqual([[], []]);
});
