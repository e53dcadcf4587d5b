import { describe, expect, it } from 'vitest';
import { Printing } from '../../src-main/assembly/printing.ts';
import type { ScanLine } from '../../src-main/contract/journal.ts';
import type { Prompt } from '../../src-main/contract/prompt.ts';
import {
  DEFAULT_SLIP_SETTINGS,
  type PrintOutcome,
  type Slip,
  type SlipJob,
  type SlipSettings,
} from '../../src-main/contract/slip.ts';
import { NOW } from './desk-cases.ts';
import { line, prompt } from './renderer-samples.ts';

const SLIP: Slip = {
  kind: 'hold',
  heading: 'Hold shelf',
  destination: 'Main Library',
  lines: [],
  barcode: { text: 'RVR-3184' },
  at: NOW,
};

function scanned(seq: number, more: Partial<Prompt> = {}, scan: Partial<ScanLine> = {}): ScanLine {
  return line(seq, { prompt: prompt({ slip: SLIP, ...more }), ...scan });
}

/** A desk whose printer answers when the test says so. */
function deskWith(options: { settings?: Partial<SlipSettings>; patron?: string; broken?: boolean } = {}) {
  const jobs: { readonly job: SlipJob; readonly printer: string }[] = [];
  const answers: ((outcome: PrintOutcome) => void)[] = [];
  const shown: ScanLine[] = [];
  const faults: unknown[] = [];
  const stored = new Map<string, ScanLine>();
  const { patron } = options;
  const asked: string[] = [];
  const printing: Printing = new Printing({
    printer: {
      print: (job, printer) => {
        jobs.push({ job, printer });
        if (options.broken === true) return Promise.reject(new Error('the page did not load'));
        return new Promise((resolve) => answers.push(resolve));
      },
      pdf: (job) => Promise.resolve(new TextEncoder().encode(`PDF ${job.paper}`)),
    },
    settings: () => ({ ...DEFAULT_SLIP_SETTINGS, ...options.settings }),
    line: (scanId) => Promise.resolve(stored.get(scanId)),
    show: (changed, next) => {
      const after = { ...changed, prompt: next };
      shown.push(after);
      printing.lineChanged(after);
      return Promise.resolve();
    },
    ...(patron === undefined
      ? {}
      : {
          patron: (barcode: string) => {
            asked.push(barcode);
            return Promise.resolve(patron);
          },
        }),
    now: () => new Date(NOW),
    onFault: (error) => faults.push(error),
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  const answer = async (outcome: PrintOutcome): Promise<void> => {
    answers.shift()?.(outcome);
    await settle();
  };
  const told = (scan: ScanLine): void => {
    stored.set(scan.scanId, scan);
    printing.lineChanged(scan);
  };
  return { printing, asked, jobs, shown, faults, answer, settle, told };
}

const PRINTS: Partial<SlipSettings> = { modes: { hold: 'print', routing: 'offer', offline: 'offer' } };

describe('printing slips', () => {
  it('prints nothing unasked unless the desk says so', async () => {
    const desk = deskWith();
    desk.told(scanned(1));
    await desk.settle();
    expect(desk.jobs).toEqual([]);
  });

  it('prints once by itself where the desk says so, however often the line changes', async () => {
    const desk = deskWith({ settings: PRINTS });
    desk.told(scanned(1, { working: true }));
    await desk.settle();
    expect(desk.jobs).toHaveLength(0);
    desk.told(scanned(1));
    desk.told(scanned(1));
    await desk.settle();
    await desk.answer({ outcome: 'printed' });
    expect(desk.jobs).toHaveLength(1);
    expect(desk.shown.map((one) => one.prompt?.legs.at(-1)?.text)).toEqual(['Printed']);
  });

  it.each<[string, ScanLine]>([
    ['something is still to be decided', scanned(1, { offers: [{ id: 'do:x', key: 'F10', label: 'Ship it' }] })],
    ['it was tried before a restart', scanned(1, { legs: [{ system: 'Slip', state: 'done', text: 'Printed' }] })],
    ['the scan was put aside', scanned(1, {}, { cancelled: true })],
    ['its kind is only offered', scanned(1, { slip: { ...SLIP, kind: 'routing' } })],
  ])('does not print by itself when %s', async (_, scan) => {
    const desk = deskWith({ settings: PRINTS });
    desk.told(scan);
    await desk.settle();
    expect(desk.jobs).toEqual([]);
  });

  it('prints one at a time in the order asked for, on the printer and the paper of the desk', async () => {
    const desk = deskWith({ settings: { printer: 'Epson TM', paper: '58mm' } });
    for (const seq of [1, 2]) desk.told(scanned(seq, { slip: { ...SLIP, destination: `Shelf ${seq}` } }));
    const both = [desk.printing.print(scanned(1).scanId), desk.printing.print(scanned(2).scanId)];
    await desk.settle();
    expect(desk.jobs.map(({ job, printer }) => [job.slip.destination, job.paper, printer])).toEqual([
      ['Shelf 1', '58mm', 'Epson TM'],
    ]);
    await desk.answer({ outcome: 'printed' });
    expect(desk.jobs).toHaveLength(2);
    await desk.answer({ outcome: 'printed' });
    expect((await Promise.all(both)).every((answer) => answer.ok)).toBe(true);
  });

  it('takes a key pressed twice for one wish', async () => {
    const desk = deskWith();
    desk.told(scanned(1));
    const { scanId } = scanned(1);
    const first = desk.printing.print(scanId);
    expect(desk.printing.print(scanId)).toBe(first);
    await desk.settle();
    await desk.answer({ outcome: 'printed' });
    await first;
    expect(desk.jobs).toHaveLength(1);
  });

  it('says on the line why it failed, keeps what happened to the scan meanwhile, and can be asked again', async () => {
    const desk = deskWith();
    desk.told(scanned(1));
    const { scanId } = scanned(1);
    const first = desk.printing.print(scanId);
    await desk.settle();
    desk.told(scanned(1, { legs: [{ system: 'ReShare', state: 'seen', text: 'Seen later' }] }));
    await desk.answer({ outcome: 'failed', reason: 'out of paper' });
    await first;
    expect(desk.shown[0]?.prompt?.legs.map((leg) => leg.text)).toEqual(['Seen later', 'Not printed: out of paper']);
    const again = desk.printing.print(scanId);
    await desk.settle();
    await desk.answer({ outcome: 'printed' });
    await again;
    expect(desk.shown[1]?.prompt?.legs.map((leg) => leg.text)).toEqual(['Seen later', 'Printed']);
  });

  it('goes on after a fault of its own, which is logged and said', async () => {
    const desk = deskWith({ broken: true });
    desk.told(scanned(1));
    const answer = await desk.printing.print(scanned(1).scanId);
    expect(desk.faults).toHaveLength(1);
    expect(answer.ok && answer.value.prompt?.legs.at(-1)?.text).toMatch(/^Not printed: Carrel could not draw it/);
    expect((await desk.printing.pdf(scanned(1).scanId)).ok).toBe(true);
    await desk.printing.idle();
  });

  it('has nothing to print for a scan without a slip', async () => {
    const desk = deskWith();
    const { slip: _, ...bare } = prompt();
    desk.told(line(1, { prompt: bare }));
    expect(await desk.printing.print(line(1).scanId)).toMatchObject({ ok: false, error: { code: 'refused' } });
    expect(await desk.printing.pdf(line(2).scanId)).toMatchObject({ ok: false, error: { code: 'refused' } });
  });

  it('names the patron on paper only in the form the desk allows, on hold slips only, and never on the line', async () => {
    const desk = deskWith({ settings: { name: 'initials' }, patron: 'Maria Svensson' });
    desk.told(scanned(1));
    desk.told(scanned(2, { slip: { ...SLIP, kind: 'routing' } }));
    const both = [desk.printing.print(scanned(1).scanId), desk.printing.print(scanned(2).scanId)];
    await desk.settle();
    await desk.answer({ outcome: 'printed' });
    await desk.answer({ outcome: 'printed' });
    await Promise.all(both);
    expect(desk.jobs.map(({ job }) => job.name)).toEqual(['M. S.', undefined]);
    expect(desk.asked).toEqual([scanned(1).barcode]);
    expect(JSON.stringify(desk.shown)).not.toContain('M. S.');
    const silent = deskWith({ patron: 'Maria Svensson' });
    silent.told(scanned(1));
    void silent.printing.print(scanned(1).scanId);
    await silent.settle();
    expect(silent.jobs[0]?.job.name).toBeUndefined();
    // Where no slip may name anybody, nobody is looked up.
    expect(silent.asked).toEqual([]);
  });
});
