import type { Watch, WatchEnd } from '../../contract/outcome.ts';
import type { Side } from '../../contract/request.ts';
import { createEventReader } from '../http/event-stream.ts';
import { readGatewayError } from '../okapi/gateway-errors.ts';
import type { OkapiSession } from '../okapi/session.ts';
import { fail } from '../../contract/result.ts';

/** CrossLink sends nothing while nothing happens, so silence is no fault; but a dead connection must not last for ever. */
const SILENCE_MS = 10 * 60_000;

const SIDES: readonly Side[] = ['borrowing', 'lending'];

/**
 * Listens to `GET /broker/sse/events`, once for each side (`sse_broker.go`: `side` must be given). The broker tells of each
 * ISO 18626 message it passes on to this library, and of nothing else: what another desk of the library does is not told, so
 * looking now and then stays necessary. What a message says is not read; it only means that it is worth asking.
 * @param silenceMs after which a connection that brings nothing is taken for dead, milliseconds
 */
export function watchCrosslink(session: OkapiSession, silenceMs = SILENCE_MS): Watch {
  return async ({ opened, changed, signal }) => {
    const over = new AbortController();
    const both = AbortSignal.any([signal, over.signal]);
    let open = 0;
    const listen = async (side: Side): Promise<WatchEnd> => {
      const read = createEventReader(() => {
        changed();
      });
      const end = await session.listen({
        method: 'GET',
        path: `/broker/sse/events?side=${side}`,
        template: '/broker/sse/events',
        headers: { accept: 'text/event-stream' },
        signal: both,
        stream: {
          silenceMs,
          onText: read,
          onOpen: () => {
            open += 1;
            if (open === SIDES.length) opened();
          },
        },
      });
      if (end.kind === 'failed' || end.status === 200) return { end: 'closed' };
      const gateway = readGatewayError(end, session);
      const passing = gateway?.error.retry === 'later' || end.status >= 500;
      if (passing) return { end: 'closed' };
      return { end: 'refused', error: gateway?.error ?? noEvents(session.system) };
    };
    // One that ends ends both: half of the news is none.
    const ends = await Promise.all(
      SIDES.map(async (side) => {
        const end = await listen(side);
        over.abort();
        return end;
      }),
    );
    return ends.find(({ end }) => end === 'refused') ?? { end: 'closed' };
  };
}

function noEvents(system: string) {
  return fail('refused', `${system} does not tell of changes by itself; Carrel asks now and then.`, { mender: 'host' })
    .error;
}
