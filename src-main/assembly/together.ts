import type { RequestSystem } from '../contract/outcome.ts';
import { actingTogether } from '../journal/together.ts';
import { isBulkAction } from '../systems/reshare/bulk.ts';
import type { Connection } from './connection.ts';

/** The connection's system; while many orders are worked through, those that come at the same time go in one call. */
export function togetherWhile(
  { system, actOnMany }: Pick<Connection, 'system' | 'actOnMany'>,
  active: () => boolean,
): RequestSystem | undefined {
  if (system === undefined) return undefined;
  return actingTogether({
    system,
    actOnMany,
    isOffered: isBulkAction,
    active,
    after: (ms, run) => {
      setTimeout(run, ms);
    },
  });
}
