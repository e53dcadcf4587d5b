import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildNcip, readNcip } from '../../src-main/systems/wms/ncip/message.ts';
import { SERVICES } from '../../src-main/systems/wms/ncip/messages/index.ts';
import type { NcipService } from '../../src-main/systems/wms/ncip/messages/service.ts';
import { parseXml } from '../../src-main/systems/http/xml/parse.ts';
import { schemaFault } from '../unit/wms-xsd.ts';

const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Text a person or scanner could bring, trimmed and composed as it is read. */
const word = fc
  .oneof(
    fc.string({ maxLength: 24 }),
    fc.string({ maxLength: 24, unit: 'grapheme' }),
    fc.constantFrom(']]>', '<!--', '&amp;', '"\'', 'a\r\nb', '\u00a0x'),
  )
  .map((text) => text.trim().normalize('NFC'))
  .filter((text) => text !== '' && !NOT_XML.test(text));
const uri = fc.constantFrom('http://oclc.org/ncip/schemes/agencyid.scm', 'Scheme', 'urn:a"b&c<d>');
const scoped = fc.record({ value: word, scheme: uri }, { requiredKeys: ['value'] });
const id = fc.record({ agency: scoped, type: scoped, value: word }, { requiredKeys: ['value'] });
const when = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const who = fc.oneof(
  fc.record({ user: id }),
  fc.record({
    authentication: fc.array(fc.record({ data: word, format: scoped, type: scoped }), { minLength: 1, maxLength: 2 }),
  }),
);
const words = fc.array(word, { minLength: 1, maxLength: 3 });
const flag = fc.constant(true as const);
const title = fc.oneof(
  fc.record({ kind: fc.constant('record' as const), value: word, agency: scoped }),
  fc.record({ kind: fc.constant('record' as const), value: word, code: scoped }),
  fc.record({ kind: fc.constant('item' as const), value: word, code: scoped }, { requiredKeys: ['kind', 'value'] }),
);
const about = fc.record(
  { author: word, edition: word, published: word, publisher: word, title: word },
  { requiredKeys: [] },
);
const description = fc.record({ callNumber: word, copyNumber: word }, { requiredKeys: [] });
const wanted = { itemElements: words, userElements: words };
const fields = fc.record({ needBefore: when, pickupLocation: scoped, pickupExpires: when }, { requiredKeys: [] });
const by = fc.oneof(fc.record({ request: id }), fc.record({ who, item: id, type: scoped }));

const asks: Readonly<Record<keyof typeof SERVICES, fc.Arbitrary<unknown>>> = {
  AcceptItem: fc.record(
    {
      request: id,
      action: scoped,
      user: id,
      item: id,
      dateForReturn: when,
      renewalNotPermitted: flag,
      itemFields: fc.record({ bibliographic: about, description }, { requiredKeys: [] }),
      pickupLocation: scoped,
      pickupExpires: when,
      mandatedAt: when,
    },
    { requiredKeys: ['request', 'action'] },
  ),
  CancelRequestItem: fc.oneof(
    fc.record(
      { who, request: id, item: id, type: scoped, scope: scoped, mandatedAt: when, ...wanted },
      { requiredKeys: ['who', 'request', 'type'] },
    ),
    fc.record({ who, item: id, type: scoped }),
  ),
  CheckInItem: fc.record({ item: id, mandatedAt: when, ...wanted }, { requiredKeys: ['item'] }),
  CheckOutItem: fc.record(
    { who, item: id, request: id, mandatedAt: when, desiredDue: when, ...wanted },
    { requiredKeys: ['who', 'item'] },
  ),
  CreateItem: fc.record({ item: id, request: id, about, description, mandatedAt: when }, { requiredKeys: ['about'] }),
  DeleteItem: fc.record({ item: id, mandatedAt: when }, { requiredKeys: ['item'] }),
  LookupItem: fc.oneof(
    fc.record(
      { item: id, itemElements: words, currentBorrower: flag, currentRequesters: flag },
      { requiredKeys: ['item'] },
    ),
    fc.record({ request: id }),
  ),
  LookupItemSet: fc.oneof(
    fc.record(
      {
        titles: fc.array(title, { minLength: 1, maxLength: 3 }),
        itemElements: words,
        maximum: fc.integer({ min: 1, max: 999 }),
        nextToken: word,
      },
      { requiredKeys: ['titles'] },
    ),
    fc.record({ items: fc.array(id, { minLength: 1, maxLength: 3 }) }),
  ),
  LookupRequest: fc.record({ by, requestElements: words, ...wanted }, { requiredKeys: ['by'] }),
  LookupUser: fc.record(
    { who, userElements: words, loans: flag, requests: flag, account: flag },
    { requiredKeys: ['who'] },
  ),
  RenewItem: fc.record(
    { who, item: id, desiredDue: when, mandatedAt: when, ...wanted },
    { requiredKeys: ['who', 'item'] },
  ),
  RequestItem: fc.record(
    {
      who,
      items: fc.array(id, { minLength: 1, maxLength: 2 }),
      titles: fc.array(title, { minLength: 1, maxLength: 2 }),
      request: id,
      type: scoped,
      scope: scoped,
      pickupLocation: scoped,
      needBefore: when,
      pickupExpires: when,
      mandatedAt: when,
      ...wanted,
    },
    { requiredKeys: ['who', 'items', 'type', 'scope'] },
  ),
  UpdateRequestItem: fc.record({ by, remove: fields, add: fields, mandatedAt: when }, { requiredKeys: ['by', 'add'] }),
};

const header = fc.record(
  {
    fromSystem: scoped,
    fromSystemAuthentication: word,
    fromAgency: scoped,
    fromAgencyAuthentication: word,
    onBehalfOf: scoped,
    toSystem: scoped,
    toAgency: scoped,
    profile: scoped,
  },
  { requiredKeys: ['fromAgency', 'toAgency'] },
);
const style = fc.constantFrom(
  { prefix: 'ns1', namespaced: true, qualifiedAttributes: true },
  { prefix: '', namespaced: true, qualifiedAttributes: true },
);

describe('NCIP messages', () => {
  it.each(Object.keys(asks) as (keyof typeof SERVICES)[])(
    '%s: whatever is asked is valid against the schema and read back unchanged',
    (name) => {
      const service = SERVICES[name] as unknown as NcipService<unknown, unknown>;
      fc.assert(
        fc.property(asks[name], header, style, (ask, head, how) => {
          const built = buildNcip(service, ask, head, { style: how });
          if (!built.ok) throw new Error(built.error.theirWords);
          expect(schemaFault(built.value)).toBeUndefined();
          const read = readNcip(built.value);
          if (read.kind !== 'message') throw new Error(read.reason);
          expect(read.name).toBe(name);
          expect(read.header).toEqual(head);
          expect(service.readRequest(read.element)).toEqual(ask);
        }),
        { numRuns: 60 },
      );
    },
  );

  it('are refused or valid, whatever a barcode holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (value) => {
        const built = buildNcip(
          SERVICES.CheckInItem,
          { item: { value } },
          { fromAgency: { value: 'A' }, toAgency: { value: 'B' } },
        );
        expect(built.ok).toBe(value.trim() !== '' && !NOT_XML.test(value));
        if (built.ok) expect(schemaFault(built.value)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('are never mistaken: any bytes are read or refused, and reading does not throw', () => {
    const fragments = fc.array(
      fc.constantFrom(
        '<a>',
        '</a>',
        '<a',
        '/>',
        '&lt;',
        '&x;',
        '<![CDATA[',
        ']]>',
        '<!--',
        '-->',
        '<!DOCTYPE a [',
        '<?xml version="1.0"?>',
        '<NCIPMessage>',
        '<CheckInItemResponse/>',
        '="',
        'x',
        '\u0001',
        '\uFEFF',
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fragments.map((parts) => Buffer.from(parts.join(''))),
          fc.uint8Array({ maxLength: 60 }),
        ),
        (bytes) => {
          const read = readNcip(bytes);
          expect(['message', 'not-ncip']).toContain(read.kind);
          expect(parseXml(bytes).ok).toBe(read.kind === 'message' || read.why === 'other-xml' || read.why === 'ncip-1');
        },
      ),
      { numRuns: 500 },
    );
  });
});
