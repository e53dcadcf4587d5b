import type { CallQuota, ItemKnown } from '../contract/item.ts';
import type { ScanLine, StoredRecord } from '../contract/journal.ts';
import type { Handlers } from '../contract/methods.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import { readScan } from '../desk/barcodes.ts';
import { titleCopies } from '../desk/copy-words.ts';
import type { HoldStep, HoldWhat } from '../desk/hold-types.ts';
import { holdNews, readCard, stepOfHold } from '../desk/hold-words.ts';
import type { DeskRules, Reading } from '../desk/types.ts';
import type { CachePort } from '../journal/ports.ts';
import { laneOfHold, type HoldFlow } from '../journal/hold-flow.ts';
import type { RemoteJournal } from '../store/calls.ts';
import type { Circulation } from './circulation.ts';
import { journalFailure } from './store-ports.ts';

export interface ItemParts {
  readonly journal: Pick<RemoteJournal, 'lineOf' | 'recordsOf' | 'searchLines'>;
  readonly cache: Pick<CachePort, 'findByIdentifier'>;
  readonly circulation: Circulation;
  readonly holds: HoldFlow;
  /** The copies of an item's title were told: what is in doubt about the item is looked at. */
  readonly lookAgain: (barcode: string) => Promise<void>;
  readonly rules: () => DeskRules;
  readonly now: () => Date;
}

/** Earlier scans of the same label that are told. */
const EARLIER = 5;
/** Lines looked through for them. */
const LOOKED_AT = 50;

/** From this share of the limit on, the panel says that it is near. */
const NEAR = 0.9;

type ItemHandlers = Pick<Handlers, Extract<keyof Handlers, `item.${string}`>>;

/** What the item panel is told, and what it may do. */
export function itemHandlers(parts: ItemParts): ItemHandlers {
  const { circulation, holds, rules, now } = parts;
  const system = (): string => circulation.rules?.name ?? 'your circulation system';
  const told = (step: Result<HoldStep>) => (step.ok ? ok(holdNews(step.value, system())) : step);

  return {
    'item.get': ({ scanId }) => withItem(parts, scanId, (line, reading) => known(parts, line, reading)),

    'item.copies': ({ scanId, oclcNumber }) =>
      withItem(parts, scanId, async (_line, reading) => {
        const { titles, rules: words } = circulation;
        if (titles === undefined || words === undefined) return notSetUp();
        const found = await titles(oclcNumber);
        if (!found.ok) return found;
        await parts.lookAgain(reading.barcode);
        const { timeZone } = rules();
        const scene = { circulation: words, barcode: reading.barcode, now: now().toISOString() };
        return ok(titleCopies(found.value, timeZone === undefined ? scene : { ...scene, timeZone }));
      }),

    'item.quota': () => {
      const quota = circulation.quota?.();
      return Promise.resolve(ok(quota === undefined ? {} : { quota: quotaOf(quota) }));
    },

    'item.hold': ({ scanId, oclcNumber, card, pickup, insisted }) =>
      withItem(parts, scanId, async (_line, reading) => {
        const patron = readCard(card, rules().desk);
        if (!patron.ok) return patron;
        const place = circulation.pickups.find((one) => one.id === pickup);
        if (place === undefined) {
          return fail('bad-input', 'Choose where the patron picks it up.', { mender: 'desk', retry: 'now' });
        }
        const what = whatOf(reading, oclcNumber);
        if (!what.ok) return what;
        return told(await holds.place({ scanId, what: what.value, card: patron.value, pickup: place, insisted }));
      }),

    'item.cancelHold': ({ scanId, request, card, insisted }) =>
      withItem(parts, scanId, async () => {
        const patron = readCard(card, rules().desk);
        return patron.ok ? told(await holds.cancel({ scanId, request, card: patron.value, insisted })) : patron;
      }),

    'item.confirmHold': ({ scanId, stepId }) =>
      withItem(parts, scanId, async () => told(await holds.confirm(scanId, stepId))),
  };
}

/** What a hold is for: the title named, else the copy whose label was scanned. */
function whatOf(reading: Reading, oclcNumber: string | undefined): Result<HoldWhat> {
  if (oclcNumber === undefined) {
    return isCopy(reading)
      ? ok({ barcode: reading.barcode })
      : fail('bad-input', 'This label is no copy’s own. Place the hold on the title, by its OCLC number.', {
          mender: 'desk',
        });
  }
  const digits = /^(?:\(OCoLC\))?\s*(?:oc[mn]|on)?0*([1-9]\d{0,14})$/i.exec(oclcNumber.trim())?.[1];
  return digits === undefined
    ? fail('bad-input', 'This is no OCLC number, so there is no title to place the hold on.', { mender: 'desk' })
    : ok({ oclcNumber: digits });
}

function isCopy({ kind }: Reading): boolean {
  return kind === 'item' || kind === 'temporary-item';
}

async function known(parts: ItemParts, line: ScanLine, reading: Reading): Promise<Result<ItemKnown>> {
  const { circulation, journal, cache } = parts;
  const name = circulation.rules?.name ?? 'your circulation system';
  const [requests, records, lines] = await Promise.all([
    cache.findByIdentifier(reading.candidates),
    journal.recordsOf(line.scanId),
    journal.searchLines({ text: reading.barcode, limit: LOOKED_AT }),
  ]);
  const oclcNumber = requests.find((request) => request.oclcNumber !== undefined)?.oclcNumber;
  const title = line.prompt?.title ?? requests.find((request) => request.title !== undefined)?.title;
  const routedTo = routedToOf(records);
  const things: readonly HoldWhat[] = [
    { barcode: reading.barcode },
    ...(oclcNumber === undefined ? [] : [{ oclcNumber }]),
  ];
  const open = await parts.holds.openIn(things.map(laneOfHold));
  if (!open.ok) return open;
  return ok({
    scanId: line.scanId,
    barcode: reading.barcode,
    ...(title === undefined ? {} : { title }),
    requests: [...requests],
    ...(oclcNumber === undefined ? {} : { oclcNumber }),
    copy: isCopy(reading),
    earlier: lines
      .filter((one) => isEarlier(one, line))
      .slice(0, EARLIER)
      .map(saidFor),
    ...(routedTo === undefined ? {} : { routedTo }),
    holds: stepsOf(records, open.value).map((step) => holdNews(step, name)),
    ...(circulation.rules === undefined
      ? {}
      : {
          system: {
            name,
            titles: circulation.titles !== undefined,
            holds: circulation.port?.holds !== undefined,
            pickups: [...circulation.pickups],
          },
        }),
  });
}

function isEarlier(one: ScanLine, line: ScanLine): boolean {
  return one.seq < line.seq && one.prompt !== undefined && one.barcode.toUpperCase() === line.barcode.toUpperCase();
}

function saidFor({ at, prompt }: ScanLine): ItemKnown['earlier'][number] {
  const { verb, to } = prompt?.destination ?? { verb: '' };
  const legs = prompt?.legs.filter(({ state }) => state !== 'none').map((leg) => `${leg.system}: ${leg.text}`) ?? [];
  return { at, said: [to === undefined ? verb : `${verb}: ${to}`, ...legs].join(' · ') };
}

/** The hold a check-in of this scan sent the item to (WMS: `Request:` and an id). */
function routedToOf(records: readonly StoredRecord[]): string | undefined {
  for (const { body } of records.toReversed()) {
    if (body.type !== 'step' || body.action !== 'CheckInItem' || body.state !== 'done') continue;
    const { request } = body.params;
    return typeof request === 'string' ? request : undefined;
  }
  return undefined;
}

/** Each hold step of a scan by its newest record, newest step first; and what earlier scans of the thing left open. */
function stepsOf(records: readonly StoredRecord[], open: readonly HoldStep[]): readonly HoldStep[] {
  const steps = new Map(open.map((step) => [step.stepId, step]));
  for (const { body, at } of records) {
    const step = body.type === 'step' ? stepOfHold(body, at) : undefined;
    if (step !== undefined) steps.set(step.stepId, step);
  }
  return [...steps.values()].reverse();
}

function quotaOf({ used, limit }: { readonly used: number; readonly limit: number }): CallQuota {
  return { used, limit, state: used >= limit ? 'reached' : used >= limit * NEAR ? 'near' : 'fine' };
}

async function withItem<T>(
  parts: ItemParts,
  scanId: string,
  work: (line: ScanLine, reading: Reading) => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    const line = await parts.journal.lineOf(scanId);
    if (line === undefined || line.kind === 'patron-card') {
      return fail('not-found', 'Nothing in the list belongs to this item any more. Scan its label again.', {
        mender: 'desk',
      });
    }
    return await work(line, readScan(line.raw, parts.rules().desk));
  } catch (error) {
    return journalFailure(error);
  }
}

function notSetUp(): Result<never> {
  return fail('configuration', 'No WMS is set up in Carrel. Look on your circulation system’s own screen.', {
    mender: 'library-administrator',
  });
}
