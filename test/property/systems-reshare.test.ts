import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RequestView } from '../../src-main/contract/request.ts';
import type { HttpAnswer } from '../../src-main/systems/http/client.ts';
import { readGatewayError } from '../../src-main/systems/okapi/gateway-errors.ts';
import { parseSetCookie } from '../../src-main/systems/okapi/cookies.ts';
import { readActAnswer } from '../../src-main/systems/reshare/outcome.ts';
import {
  cleanCandidates,
  equalsCondition,
  listPath,
  LOOKUP_PROPERTIES,
  lookupFilters,
} from '../../src-main/systems/reshare/query.ts';
import { readRequest } from '../../src-main/systems/reshare/record.ts';

const CONTEXT = { system: 'ReShare', tenant: 'northlib' };

/** Field names of a record, so that arbitrary values land where they are read. */
const FIELD = fc.constantFrom(
  ...['id', 'hrid', 'isRequester', 'state', 'stateModel', 'validActions', 'volumes', 'audit', 'conditions', 'partner'],
  ...['parsedDueDateRS', 'neededBy', 'networkStatus', 'resolvedSupplier', 'resolvedRequester', 'requestIdentifiers'],
  ...[
    'patronIdentifier',
    'patronSurname',
    'patronNote',
    'pickLocation',
    'pickupLocation',
    'serviceType',
    'lastUpdated',
  ],
);

describe('reading records', () => {
  test('anything is either a request that fits the contract or unreadable, never an exception', () => {
    const record = fc.oneof(
      fc.dictionary(FIELD, fc.jsonValue()),
      fc
        .dictionary(FIELD, fc.jsonValue())
        .map((fields) => ({ ...fields, id: 'x', isRequester: true, state: { code: 'REQ_X' } })),
    );
    fc.assert(
      fc.property(record, (fields) => {
        const view = readRequest(fields, '2026-11-22T00:00:00.000Z');
        if (view !== undefined) expect(RequestView.parse(view)).toEqual(view);
      }),
    );
  });

  test('what names a patron never comes through', () => {
    const secret = fc.stringMatching(/^[A-Z]{12}$/);
    fc.assert(
      fc.property(secret, (name) => {
        const patron = ['Identifier', 'GivenName', 'Surname', 'Email', 'Note', 'Reference', 'Type'];
        const fields = Object.fromEntries(patron.map((part) => [`patron${part}`, name]));
        const view = readRequest(
          {
            id: 'x',
            isRequester: true,
            state: { code: 'REQ_X' },
            ...fields,
            resolvedPatron: { givenname: name, surname: name },
            deliveryAddress: name,
            localNote: name,
            notifications: [{ messageContent: name }],
            protocolAudit: [{ requestBody: name }],
          },
          'now',
        );
        expect(JSON.stringify(view)).not.toContain(name);
      }),
    );
  });
});

/** Reads one condition as the grammar does: a backslash keeps the next character, a bare special character ends the value. */
function readBack(condition: string): { property: string; op: string; value: string; rest: string } {
  const head = /^([A-Za-z.]+)(==|=i=)/.exec(condition);
  if (head === null) throw new Error(`no condition: ${condition}`);
  const [all, property = '', op = ''] = head;
  let value = '';
  let at = all.length;
  while (at < condition.length) {
    const char = condition[at] ?? '';
    if (char === '\\') {
      value += condition[at + 1] ?? '';
      at += 2;
      continue;
    }
    if ('!()<>='.includes(char) || condition.startsWith('&&', at) || condition.startsWith('||', at)) break;
    value += char;
    at += 1;
  }
  return { property, op, value, rest: condition.slice(at) };
}

describe('filters', () => {
  const candidate = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 120 }),
    fc.stringMatching(/^[A-Za-z0-9!()<>=\\&|%_ "*+./:-]{1,40}$/),
  );

  test('a cleaned candidate survives the grammar whole, and a backslash is never sent with ==', () => {
    fc.assert(
      fc.property(candidate, fc.constantFrom(...LOOKUP_PROPERTIES), (raw, property) => {
        for (const clean of cleanCandidates([raw])) {
          const condition = equalsCondition(property, clean);
          expect(readBack(condition)).toMatchObject({ property, value: clean, rest: '' });
          if (condition.includes('\\')) expect(readBack(condition).op).toBe('=i=');
        }
      }),
    );
  });

  test('whatever is scanned: a path the gateway takes, with every candidate in it once', () => {
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 30 }), (raw) => {
        const clean = cleanCandidates(raw);
        const filters = lookupFilters(['hrid'], clean);
        const asked: string[] = [];
        for (const filter of filters) {
          expect(listPath([['filters', filter]]).length).toBeLessThan(4_000);
          for (let rest = filter; rest !== '';) {
            const piece = readBack(rest);
            asked.push(piece.value);
            rest = piece.rest.replace(/^\|\|/, '');
          }
        }
        expect(asked).toEqual(clean);
      }),
    );
  });

  test('cleaned candidates hold a letter or digit, no control characters, and differ in more than case', () => {
    fc.assert(
      fc.property(fc.array(candidate), (raw) => {
        const clean = cleanCandidates(raw);
        for (const text of clean) expect(text).toMatch(/^(?=.*[\p{L}\p{N}])[^\p{C}]{1,100}$/su);
        expect(new Set(clean.map((text) => text.toLowerCase())).size).toBe(clean.length);
      }),
    );
  });
});

describe('answers', () => {
  const answer = fc.record({
    kind: fc.constant('answer' as const),
    status: fc.integer({ min: 200, max: 599 }),
    headers: fc.oneof(
      fc.constant({}),
      fc.constantFrom('text/html', 'text/plain', 'application/json').map((type) => ({ 'content-type': type })),
    ),
    bytes: fc.constant(new Uint8Array()),
    setCookies: fc.constant([]),
    text: fc.oneof(
      fc.string(),
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc.constantFrom('{}', 'Invalid token', 'No such Tenant x'),
    ),
    host: fc.constant('h'),
    ms: fc.constant(1),
  });

  test('every answer to an action has an outcome; success only with status 2xx and a JSON object', () => {
    fc.assert(
      fc.property(
        answer,
        fc.constantFrom('requesterReceived', 'supplierCheckInToReshare'),
        (reply: HttpAnswer, action) => {
          const outcome = readActAnswer(reply, action, CONTEXT);
          if (outcome.outcome === 'done') {
            expect(reply.status).toBeLessThan(300);
            expect(JSON.parse(reply.text)).toBeTypeOf('object');
          } else {
            expect(outcome.error.sentence).not.toBe('');
          }
          // What a proxy says after the call may have been passed on settles nothing.
          if (reply.status >= 502 && reply.status <= 504) expect(outcome.outcome).toBe('unknown');
        },
      ),
    );
  });

  test('the gateway’s reader never throws', () => {
    fc.assert(fc.property(answer, (reply: HttpAnswer) => void readGatewayError(reply, CONTEXT)));
  });

  test('a cookie line is read or not, but never throws, and the value is part of the line', () => {
    fc.assert(
      fc.property(fc.string(), (line) => {
        const cookie = parseSetCookie(line);
        if (cookie !== undefined) expect(line).toContain(cookie.value);
      }),
    );
  });
});
