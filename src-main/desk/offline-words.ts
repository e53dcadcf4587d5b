import type { HeldBody, HeldPlan, ReleasedBody } from '../contract/offline.ts';
import type { Leg, Prompt } from '../contract/prompt.ts';
import { actionWords } from './data/actions.ts';
import { NOT_THIS_ONE, offerId, TRY_AGAIN } from './offers.ts';
import type { DownSystem } from './offline.ts';
import { offlineSlip } from './slips.ts';
import type { DeskRules, Reading } from './types.ts';
import { clockAt, list, shownBarcode } from './words.ts';

/** Prompts and names of scans that wait for a system. They say what is known, how old it is, and nothing more. */

export type Held = Pick<HeldBody, 'no' | 'mode' | 'system' | 'plan' | 'basis'>;

export interface OutageScene {
  readonly rules: DeskRules;
  /** ISO 8601 UTC. */
  readonly now: string;
  /** Systems that are not reached. */
  readonly down: readonly DownSystem[];
  /** When the thing was scanned, ISO 8601 UTC. */
  readonly scannedAt: string;
  /** Why a system that is up could not be asked. */
  readonly said?: string | undefined;
}

/** What the plan is called on a key or in a list. */
export function planName(plan: HeldPlan): string {
  switch (plan.kind) {
    case 'step':
      return actionWords(plan.action, plan.side)?.todo ?? plan.action;
    case 'check-in':
      return 'Check in';
    case 'check-out':
      return 'Check out';
    case 'look':
      return 'Look up';
  }
}

/** Where the thing waits. */
export function placeOf(mode: HeldBody['mode']): string {
  return mode === 'intent' ? 'At the desk' : 'Offline cart';
}

/** The prompt of a scan that is written down for later. `again`: its number was given to an earlier scan of the label. */
export function heldPrompt(reading: Reading, held: Held, scene: OutageScene, again = false): Prompt {
  const { no, mode, plan, basis } = held;
  const cart = mode !== 'intent';
  const number = `No. ${String(no)}`;
  const title = basis.title;
  const wmsUp = !scene.down.some(({ system }) => system === 'wms');
  const mayLend = plan.kind === 'check-out' && held.system === 'reshare' && wmsUp;
  return {
    kind: 'saved',
    kindText: `${subject(held)} · saved for later`,
    destination: cart ? { verb: 'Saved', to: `Offline cart, ${number}` } : { verb: 'Keep at the desk', to: number },
    ...(title === undefined ? {} : { title }),
    ...(basis.hrid === undefined ? {} : { byline: `request ${basis.hrid}` }),
    why: [
      ...(again ? [`This thing is saved as ${number} already; nothing was added.`] : []),
      `${missing(scene)}${todo(held, scene)}`,
      unknown(held, scene),
      ...memory(held, scene),
    ],
    legs: legs(held, scene),
    offers: [
      NOT_THIS_ONE,
      ...(mayLend
        ? [
            {
              id: offerId({ kind: 'lend', sessionId: plan.session }),
              key: 'F10',
              label: 'Lend it all the same',
            } as const,
          ]
        : [TRY_AGAIN]),
    ],
    tag: cart ? `Cart ${number}` : `Desk ${number}`,
    rowTitle: title ?? `Item ${shownBarcode(reading)}`,
    rowId: basis.hrid ?? shownBarcode(reading),
    sound: 'saved',
    rule: `Outage: ${planName(plan).toLowerCase()} is ${MODE_WORDS[mode]} (Settings, offline)`,
    working: false,
    slip: offlineSlip({
      no,
      waitsFor: list(names(held, scene)),
      place: placeOf(mode),
      what: planName(plan),
      hrid: basis.hrid,
      title,
      barcode: reading.barcode,
      scannedAt: clockAt(scene.scannedAt, scene.now, scene.rules.timeZone),
      at: scene.now,
    }),
  };
}

/** A prompt of a scan that was put on the offline list for another reason than an outage. */
export function listedPrompt(prompt: Prompt, no: number): Prompt {
  return { ...prompt, why: [...prompt.why, `Until then it is No. ${String(no)} on the offline list.`] };
}

/** The prompt of a scan that has left the offline list without having been done from it. */
export function releasedPrompt(before: Prompt, how: ReleasedBody['how'], staff: string): Prompt {
  const { slip: _slip, ...rest } = before;
  const dismissed = how.kind === 'dismissed';
  return {
    ...rest,
    kind: 'saved',
    kindText: dismissed ? 'Taken off the offline list' : 'Scanned again since',
    destination: { verb: dismissed ? 'Off the list' : 'Scanned again' },
    why: dismissed
      ? [`${staff} took it off the offline list: “${how.reason}”. Nothing was done for this scan.`]
      : ['The line of the newer scan says where it goes.'],
    legs: rest.legs.filter((leg) => leg.state !== 'waiting'),
    offers: [],
    tag: dismissed ? 'Off the list' : 'Scanned again',
    sound: 'accepted',
  };
}

const MODE_WORDS: Readonly<Record<HeldBody['mode'], string>> = {
  record: 'recorded',
  intent: 'noted, never sent by itself',
  look: 'looked up when the system is back',
};

function subject({ basis, plan }: Held): string {
  if (basis.requestId !== undefined) return 'Interlibrary loan';
  return plan.kind === 'check-out' ? 'For the patron' : 'Item';
}

function nameOf(system: DownSystem['system']): string {
  return system === 'wms' ? 'WMS' : 'ReShare';
}

/** The systems it waits for, by name. */
function names(held: Held, { down }: OutageScene): readonly string[] {
  const waits = down.length === 0 ? [nameOf(held.system)] : down.map(({ name }) => name);
  return waits.includes(nameOf(held.system)) ? waits : [nameOf(held.system)];
}

function missing({ down, now, rules, said: why }: OutageScene): string {
  if (down.length === 0) return why === undefined ? '' : `${why} `;
  const said = down.map(({ name, since }) =>
    since === undefined
      ? `${name} is not reached`
      : `${name} is not reached since ${clockAt(since, now, rules.timeZone)}`,
  );
  return `${list(said)}. `;
}

function todo(held: Held, scene: OutageScene): string {
  const number = `No. ${String(held.no)}`;
  const back = `${list(names(held, scene))} ${names(held, scene).length === 1 ? 'is' : 'are'} back`;
  const { plan } = held;
  switch (held.mode) {
    case 'record':
      return plan.kind === 'check-in'
        ? `Put it on the offline cart with slip ${number}; it is checked in when ${back}.`
        : `Put it on the offline cart with slip ${number}. “${planName(plan)}” is done when ${back}.`;
    case 'intent':
      return plan.kind === 'check-out'
        ? `Keep it at the desk with slip ${number}. When ${back}, scan the card and the item again.`
        : `Keep it at the desk with slip ${number}. “${planName(plan)}” is only noted: scan it again when ${back}.`;
    case 'look':
      return `Put it on the offline cart with slip ${number} and scan it again when ${back}.`;
  }
}

/** What nobody can know now. */
function unknown({ plan, system, basis }: Held, { rules, down }: OutageScene): string {
  const circulation = rules.circulation?.name;
  if (plan.kind === 'check-out') {
    return 'Nothing was lent. Whether the account may borrow is not known: Carrel keeps no list of blocks at this desk.';
  }
  if (system === 'wms') return `Holds and routing are unknown until ${circulation ?? 'WMS'} is back.`;
  if (basis.requestId !== undefined)
    return 'Where it goes is not known until ReShare is back: it may have been called off.';
  const wmsDown = down.some((one) => one.system === 'wms');
  if (circulation === undefined || wmsDown) return 'Holds and routing are unknown until then.';
  return `${circulation} works, but is not told: without ReShare nobody knows whether it belongs to another library.`;
}

/** What the cache remembers, with its age. */
function memory({ basis }: Held, { rules, now }: OutageScene): readonly string[] {
  const { seenAt, stateLabel, partner } = basis;
  if (seenAt === undefined || stateLabel === undefined) return [];
  const hours = (Date.parse(now) - Date.parse(seenAt)) / 3_600_000;
  const limit = rules.desk.offline.staleHours;
  const old = hours > limit ? [`That is older than ${String(limit)} hours: do not rely on it.`] : [];
  const other = partner === undefined ? '' : `, ${partner}`;
  return [[`ReShare as of ${clockAt(seenAt, now, rules.timeZone)}: “${stateLabel}”${other}.`, ...old].join(' ')];
}

function legs({ plan, system, basis }: Held, { rules }: OutageScene): Leg[] {
  const circulation = rules.circulation?.name ?? 'WMS';
  const reshare: Leg =
    system === 'wms'
      ? {
          system: 'ReShare',
          state: 'none',
          text: basis.requestId === undefined ? 'On no ILL request' : 'Says it is here',
        }
      : {
          system: 'ReShare',
          state: 'waiting',
          text: 'Not told yet',
          ...(basis.seenAt === undefined ? {} : { at: basis.seenAt }),
        };
  const tellsWms = plan.kind === 'check-in' || plan.kind === 'check-out';
  return tellsWms ? [reshare, { system: circulation, state: 'waiting', text: 'Not told yet' }] : [reshare];
}
