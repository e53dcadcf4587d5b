import { describe, expect, it } from 'vitest';
import { buildNcip, readNcip } from '../../src-main/systems/wms/ncip/message.ts';
import { checkInItem } from '../../src-main/systems/wms/ncip/messages/check-in-item.ts';
import { checkOutItem } from '../../src-main/systems/wms/ncip/messages/check-out-item.ts';
import { lookupUser } from '../../src-main/systems/wms/ncip/messages/lookup-user.ts';
import { bytesOf, ITEM, PATRON, plainClient, scriptedHttp, textOfFile, xmlFiles } from './wms-samples.ts';

interface Line {
  readonly file: string;
  readonly tolerantReader: string;
}
const manifest = JSON.parse(textOfFile('ncip-bad/manifest.json')) as readonly Line[];

/** What the client makes of each file as the answer to a check-in of ITEM, a check-out of it, or a look-up of PATRON. */
interface Case {
  /** Words of the manifest this case carries out. */
  readonly says: RegExp;
  readonly ask?: 'check-out' | 'look-up' | 'request';
  readonly outcome?: 'done' | 'refused' | 'unknown';
  /** Part of the outcome. */
  readonly has?: object;
}

const unreadable = (theirWords?: string) => ({
  error: { code: 'unreadable-answer', retry: 'unknown-outcome', ...(theirWords === undefined ? {} : { theirWords }) },
});
const notCheckedOut = { problems: [{ meaning: 'item-not-checked-out', detail: 'ITEM_NOT_CHECKED_OUT' }] };
const unknownItem = { problems: [{ meaning: 'item-unknown', type: 'Unknown Item' }] };
const done = { answer: { item: { value: ITEM } } };

const CASES: Readonly<Record<string, Case>> = {
  'bad-01-unqualified-attributes.xml': { says: /^accept$/, outcome: 'refused', has: notCheckedOut },
  'bad-02-no-namespace.xml': { says: /^accept$/, outcome: 'refused', has: notCheckedOut },
  'bad-03-both-uniqueitemid-and-itemid.xml': { says: /^accept$/, outcome: 'done', has: done },
  'bad-04-children-out-of-order.xml': {
    says: /^accept$/,
    ask: 'check-out',
    outcome: 'done',
    has: { answer: { item: { value: ITEM }, due: { kind: 'instant', utc: '2031-03-03T04:59:59.000Z' } } },
  },
  'bad-05-initiation-header-without-toagency.xml': { says: /request/, ask: 'request' },
  'bad-06-date-without-time.xml': {
    says: /local calendar day/,
    ask: 'check-out',
    outcome: 'done',
    has: { answer: { due: { kind: 'day', day: '2031-03-03' } } },
  },
  'bad-07-date-with-space-no-zone.xml': {
    says: /zone unknown/,
    ask: 'check-out',
    outcome: 'done',
    has: { answer: { due: { kind: 'local', local: '2031-03-03T23:59:00' } } },
  },
  'bad-08-date-day-month-swapped.xml': {
    says: /raw text/,
    ask: 'check-out',
    outcome: 'done',
    has: { answer: { due: { kind: 'unreadable', raw: '2031-25-02T23:59:00' } } },
  },
  'bad-09-problem-without-type.xml': {
    says: /unknown type/,
    outcome: 'refused',
    has: {
      problems: [{ meaning: 'unrecognised', detail: 'Item is not on loan' }],
      error: { theirWords: 'Item is not on loan' },
    },
  },
  'bad-10-problem-plus-data.xml': {
    says: /failure/,
    outcome: 'refused',
    has: { problems: [{ meaning: 'temporary-failure' }], error: { retry: 'later' } },
  },
  'bad-11-response-without-ncipmessage.xml': { says: /^accept$/, outcome: 'refused', has: unknownItem },
  'bad-12-ncip1-doctype.xml': {
    says: /report as NCIP 1/,
    outcome: 'unknown',
    has: { error: { code: 'configuration', mender: 'library-administrator', retry: 'unknown-outcome' } },
  },
  'bad-13-xxe-external-entity.xml': { says: /^reject$/, outcome: 'unknown', has: unreadable() },
  'bad-14-entity-expansion.xml': { says: /^reject$/, outcome: 'unknown', has: unreadable() },
  'bad-15-undeclared-prefix.xml': { says: /accept by local name/, outcome: 'refused', has: notCheckedOut },
  'bad-16-truncated.xml': { says: /outcome unknown/, outcome: 'unknown', has: unreadable() },
  'bad-17-empty.xml': { says: /outcome unknown/, outcome: 'unknown', has: unreadable() },
  'bad-18-html-gateway-page.xml': { says: /transport failure/, outcome: 'unknown', has: unreadable('502 Bad Gateway') },
  'bad-19-json-auth-error.xml': {
    says: /sign-in failure/,
    outcome: 'refused',
    has: { error: { code: 'credentials-refused', theirWords: 'WSKey is invalid' }, problems: [] },
  },
  'bad-20-xml-auth-error.xml': {
    says: /sign-in failure/,
    outcome: 'refused',
    has: { error: { code: 'credentials-refused', theirWords: 'AccessToken is not valid' }, problems: [] },
  },
  'bad-21-wrong-declared-encoding.xml': {
    says: /windows-1252, flagged/,
    ask: 'look-up',
    outcome: 'done',
    has: { answer: { userFields: { name: { display: 'Müller, Renée' } } }, notes: ['encoding-fallback'] },
  },
  'bad-22-control-character.xml': {
    says: /dropping the character/,
    outcome: 'refused',
    has: { problems: [{ meaning: 'item-unknown', detail: 'badbarcode' }] },
  },
  'bad-23-text-after-root-start.xml': { says: /^accept$/, outcome: 'done', has: done },
  'bad-24-leading-blank-before-declaration.xml': { says: /after trimming/, outcome: 'done', has: done },
  'bad-25-two-messages.xml': { says: /^reject$/, outcome: 'unknown', has: unreadable() },
  'bad-26-different-item-echoed.xml': {
    says: /about another item/,
    outcome: 'unknown',
    has: unreadable('39999000000001'),
  },
  'bad-27-different-service-response.xml': {
    says: /another service/,
    outcome: 'unknown',
    has: unreadable('CheckOutItemResponse'),
  },
  'bad-28-ext-unknown-namespace.xml': {
    says: /keep Ext as it came/,
    outcome: 'done',
    has: { ...done, ext: { name: 'Ext', children: [{ name: 'QueueDepth', text: '3' }] } },
  },
  'bad-29-two-problem-fields-swapped.xml': {
    says: /^accept$/,
    outcome: 'refused',
    has: { problems: [{ meaning: 'item-unknown', element: '//ItemId', value: ITEM }] },
  },
};

const item = { item: { value: ITEM } };
const who = { user: { value: PATRON } };

describe('the awkward NCIP samples', () => {
  it('are all treated, each as the manifest says', () => {
    expect(manifest.map((line) => line.file)).toEqual([...xmlFiles('ncip-bad')]);
    expect(manifest).toHaveLength(29);
    for (const line of manifest) expect(line.tolerantReader, line.file).toMatch(CASES[line.file]!.says);
  });

  it.each(Object.entries(CASES).filter(([, test]) => test.ask !== 'request'))('%s', async (file, test) => {
    const http = scriptedHttp(() => ({ bytes: bytesOf(`ncip-bad/${file}`) }));
    const client = plainClient(http);
    const end =
      test.ask === 'look-up'
        ? await client.lookUp(lookupUser, { who })
        : test.ask === 'check-out'
          ? await client.change(checkOutItem, { ...item, who })
          : await client.change(checkInItem, item);
    expect(end.outcome).toBe(test.outcome);
    expect(end).toMatchObject(test.has ?? {});
    expect(http.sent).toHaveLength(1);
  });

  it('bad-05: a request without ToAgencyId is read as one, and never made', () => {
    const message = readNcip(bytesOf('ncip-bad/bad-05-initiation-header-without-toagency.xml'));
    expect(message).toMatchObject({ name: 'CheckInItem', header: { fromAgency: { value: 'DESK1' } } });
    expect(buildNcip(checkInItem, item, { fromAgency: { value: 'DESK1' } })).toMatchObject({
      ok: false,
      error: { code: 'bad-input', theirWords: 'CheckInItem: ToAgencyId is missing' },
    });
  });

  it('bad-16 to bad-18 as the answer to a look-up leave nothing unknown', async () => {
    for (const file of ['bad-16-truncated.xml', 'bad-17-empty.xml', 'bad-18-html-gateway-page.xml']) {
      const client = plainClient(scriptedHttp(() => ({ bytes: bytesOf(`ncip-bad/${file}`) })));
      expect(await client.lookUp(lookupUser, { who })).toMatchObject({
        outcome: 'not-sent',
        error: { code: 'unreadable-answer', retry: 'later' },
      });
    }
  });
});
