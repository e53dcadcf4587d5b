import type { Handlers } from '../contract/methods.ts';
import { Pile, type PILE_METHODS } from '../contract/pile.ts';
import { ok, type Result } from '../contract/result.ts';
import { offerId } from '../desk/offers.ts';
import { stepOf } from '../desk/worklists.ts';
import type { DeskFlow } from '../journal/desk-flow.ts';
import { PileRun } from '../journal/pile-run.ts';
import { readJson, writeJson } from '../settings/json-file.ts';
import type { EventStream } from '../shell/event-stream.ts';
import type { RemoteCache } from '../store/calls.ts';
import { pileBusy } from './pull-slips.ts';
import { saving } from './saving.ts';

export interface PileParts {
  readonly path: string;
  readonly flow: Pick<DeskFlow, 'order'>;
  readonly events: Pick<EventStream, 'publish'>;
  readonly onFault: (error: unknown) => void;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** Opens the newest pile; one that cannot be read is nobody's any more, and its lines are in the shift all the same. */
export async function openPile(parts: PileParts): Promise<PileRun> {
  const read = await readJson(parts.path);
  const kept = read.found ? Pile.safeParse(read.value) : undefined;
  const { flow, events, path, onFault, newId, now } = parts;
  // Written one after the other: the last that was asked for is what stays.
  let written = Promise.resolve();
  return new PileRun(
    {
      order: ({ scanId, label, action, requestId }) =>
        flow.order({ id: scanId, raw: label, source: 'screen' }, offerId({ kind: 'do', action, requestId })),
      save: (pile) => {
        const write = written.then(() => writeJson(path, pile ?? {}));
        written = write.catch(() => undefined);
        return write;
      },
      onChanged: (pile) => {
        events.publish(pile === undefined ? { type: 'pile' } : { type: 'pile', pile });
      },
      onFault,
      newId,
      now,
    },
    kept?.success === true ? kept.data : undefined,
  );
}

/** The pile as the window asks for it. */
export function pileHandlers(run: PileRun, cache: Pick<RemoteCache, 'get'>): Pick<Handlers, keyof typeof PILE_METHODS> {
  const shown = (): { pile?: Pile } => (run.pile === undefined ? {} : { pile: run.pile });
  const after = (work: () => Promise<void> | void): Promise<Result<{ pile?: Pile }>> =>
    saving(async () => {
      await work();
      return shown();
    });
  return {
    'pile.get': () => Promise.resolve(ok(shown())),
    'pile.start': () => after(() => run.start()),
    'pile.end': () => after(() => run.end()),
    'pile.resume': () =>
      after(() => {
        run.resume();
      }),
    'pile.clear': () => after(() => run.clear()),
    'pile.order': async ({ requestIds }) => {
      if (run.busy) return pileBusy();
      return saving(async () => {
        const views = await Promise.all(requestIds.map((id) => cache.get(id)));
        const leftOut: string[] = [];
        const orders = views.flatMap((view, index) => {
          const action = view === undefined ? undefined : stepOf(view);
          if (view?.hrid === undefined || action === undefined) {
            leftOut.push(requestIds[index] ?? '');
            return [];
          }
          const { id: requestId, hrid: label, title } = view;
          return [{ requestId, label, action: action.code, ...(title === undefined ? {} : { title }) }];
        });
        if (orders.length > 0) await run.order(orders);
        return { ...shown(), leftOut };
      });
    },
  };
}
