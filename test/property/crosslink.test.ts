import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RequestView } from '../../src-main/contract/request.ts';
import { createEventReader } from '../../src-main/systems/http/event-stream.ts';
import { readActions } from '../../src-main/systems/reshare/crosslink-actions.ts';
import { readHistory } from '../../src-main/systems/reshare/crosslink-history.ts';
import { cqlTerm } from '../../src-main/systems/reshare/crosslink-lists.ts';
import { readActionAnswer } from '../../src-main/systems/reshare/crosslink-outcome.ts';
import { readCrosslink, withMore } from '../../src-main/systems/reshare/crosslink-record.ts';
import { parseCql } from '../../src-main/training/inventory/cql.ts';

const SEEN = '2026-11-23T10:00:00.000Z';

const FIELD = fc.constantFrom(
  ...['id', 'side', 'state', 'stateModel', 'items', 'illRequest', 'illResponse', 'needsAttention', 'terminalState'],
  ...[
    'requesterRequestId',
    'patron',
    'supplierName',
    'createdAt',
    'updatedAt',
    'unreadNotificationsCount',
    'lastAction',
  ],
);

const SIDE = fc.constantFrom('borrowing' as const, 'lending' as const);

describe('reading CrossLink', () => {
  test('anything is either a request that fits the contract or unreadable, never an exception', () => {
    const record = fc.oneof(
      fc.dictionary(FIELD, fc.jsonValue()),
      fc
        .tuple(fc.dictionary(FIELD, fc.jsonValue()), SIDE, fc.string({ minLength: 1 }))
        .map(([fields, side, state]) => ({ ...fields, id: 'x', side, state: `S${state}` })),
    );
    fc.assert(
      fc.property(record, fc.array(fc.jsonValue()), (fields, entries) => {
        const view = readCrosslink(fields, SEEN);
        if (view === undefined) return;
        const objects = entries.map((entry) => ({ entry }));
        const allowed = readActions({ actions: entries }, view.side);
        const whole = withMore(view, allowed ?? { actions: [], busy: false }, readHistory(objects, view));
        expect(RequestView.safeParse(whole).success).toBe(true);
      }),
    );
  });

  test('nothing that names the patron is kept, wherever CrossLink puts it', () => {
    fc.assert(
      fc.property(fc.uuid(), SIDE, (secret, side) => {
        const illRequest = { patronInfo: { patronId: secret, givenName: secret, surname: secret } };
        const record = { id: 'x', side, state: 'SHIPPED', patron: secret, internalNote: secret, illRequest };
        const view = readCrosslink(record, SEEN);
        const outgoing = { acceptItem: { userId: { userIdentifierValue: secret } } };
        const event = {
          timestamp: SEEN,
          eventName: 'lms-requester-message',
          eventStatus: 'SUCCESS',
          eventData: { user: secret, customData: { lmsOutgoingMessage: outgoing } },
        };
        const history = view === undefined ? [] : readHistory([event], view);
        expect(history).toHaveLength(1);
        expect(JSON.stringify([view, history])).not.toContain(secret);
      }),
    );
  });

  test('an action is done only where CrossLink says so: any other answer is none, or is looked after', () => {
    fc.assert(
      fc.property(fc.constantFrom(200, 201, 400, 404, 409, 429, 500, 502), fc.jsonValue(), (status, body) => {
        const text = JSON.stringify(body);
        const end = readActionAnswer(
          { kind: 'answer', status, headers: {}, setCookies: [], bytes: Buffer.from(text), text, host: 'h', ms: 1 },
          { system: 'ReShare', tenant: 'maple' },
        );
        const said = typeof body === 'object' && body !== null && 'outcome' in body ? body['outcome'] : undefined;
        const good = typeof said === 'string' && ['success', 'review', 'duplicate'].includes(said);
        expect(end.outcome === 'done').toBe(status < 300 && good);
      }),
    );
  });

  test('a term of CQL is one term, whatever was scanned', () => {
    fc.assert(
      fc.property(fc.string(), (scanned) => {
        const { op, clause } = parseCql(`requester_req_id = ${cqlTerm(scanned)}`) as {
          readonly op: string;
          readonly clause: { readonly term: string };
        };
        expect([op, clause.term.replace(/\\(.)/gsu, '$1')]).toEqual(['clause', scanned]);
      }),
    );
  });
});

describe('server-sent events', () => {
  const DATA = fc.string().map((text) => text.replace(/[\r\n\0]/gu, ''));

  test('each comes through once, however the stream is cut into pieces, with any end of line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ data: DATA, name: fc.boolean(), comment: fc.boolean() })),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (events, newline, sizes) => {
          const stream = events
            .map(({ data, name, comment }) =>
              [
                ...(comment ? [': still here'] : []),
                ...(name ? ['event: message-requester'] : []),
                `data: ${data}`,
                '',
                '',
              ].join(newline),
            )
            .join('');
          const heard: string[] = [];
          const read = createEventReader((data) => heard.push(data));
          for (let at = 0, n = 0; at < stream.length; n += 1) {
            const size = sizes[n % sizes.length] ?? 1;
            read(stream.slice(at, at + size));
            at += size;
          }
          // A CR at the very end may still become a CR LF, so the last event waits for what follows it.
          read(newline);
          read(': end\n');
          expect(heard).toEqual(events.map(({ data }) => data));
        },
      ),
    );
  });

  test('an event without data is none, and several lines are one', () => {
    const heard: string[] = [];
    const read = createEventReader((data) => heard.push(data));
    read('event: ping\n\n: nothing\n\ndata\ndata: two\n\ndata: unfinished');
    expect(heard).toEqual(['\ntwo']);
  });
});
