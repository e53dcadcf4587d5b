import { describe, expect, it } from 'vitest';
import { buildNcip, NCIP_2_01, readNcip } from '../../src-main/systems/wms/ncip/message.ts';
import { acceptItem } from '../../src-main/systems/wms/ncip/messages/accept-item.ts';
import { checkInItem } from '../../src-main/systems/wms/ncip/messages/check-in-item.ts';
import { checkOutItem } from '../../src-main/systems/wms/ncip/messages/check-out-item.ts';
import { lookupItemSet } from '../../src-main/systems/wms/ncip/messages/lookup-item-set.ts';
import { lookupItem } from '../../src-main/systems/wms/ncip/messages/lookup-item.ts';
import { requestItem } from '../../src-main/systems/wms/ncip/messages/request-item.ts';
import { updateRequestItem } from '../../src-main/systems/wms/ncip/messages/update-request-item.ts';
import { bytesOf, ITEM, serviceNamed, xmlFiles } from './wms-samples.ts';
import { schemaFault } from './wms-xsd.ts';

const header = { fromAgency: { value: 'DESK1' }, toAgency: { value: 'HOSTLMS' } };
const item = { item: { value: ITEM } };
const who = { user: { value: '1' } };

/** The samples that are requests of a service this client asks for. */
const requests = xmlFiles('ncip').flatMap((file) => {
  const message = readNcip(bytesOf(`ncip/${file}`));
  const service = message.kind === 'message' ? serviceNamed(message.name) : undefined;
  return message.kind === 'message' && service !== undefined ? [{ file, message, service }] : [];
});

describe('building', () => {
  it('is tried with requests of all thirteen services', () => {
    expect(new Set(requests.map(({ service }) => service.name))).toEqual(
      new Set([
        'AcceptItem',
        'CancelRequestItem',
        'CheckInItem',
        'CheckOutItem',
        'CreateItem',
        'DeleteItem',
        'LookupItem',
        'LookupItemSet',
        'LookupRequest',
        'LookupUser',
        'RenewItem',
        'RequestItem',
        'UpdateRequestItem',
      ]),
    );
  });

  it.each(requests)('$file: what was read is written again, valid, and read the same', ({ message, service }) => {
    const ask = service.readRequest(message.element);
    const built = buildNcip(service, ask, message.header ?? {}, { version: message.version ?? '' });
    if (!built.ok) throw new Error(built.error.theirWords);
    expect(schemaFault(built.value)).toBeUndefined();
    const again = readNcip(built.value);
    if (again.kind !== 'message') throw new Error(again.reason);
    expect(again.header).toEqual(message.header);
    expect(again.version).toBe(message.version);
    expect(service.readRequest(again.element)).toEqual(ask);
  });

  it('writes a staff check-in as OCLC documents it', () => {
    const staff = { value: '900101', scheme: 'http://oclc.org/ncip/schemes/agencyid.scm' };
    const built = buildNcip(
      checkInItem,
      { item: { agency: { ...staff, value: '900001' }, value: ITEM } },
      {
        fromAgency: staff,
        toAgency: staff,
        profile: { value: 'Version 2011', scheme: 'http://oclc.org/ncip/schemes/application-profile/platform.scm' },
      },
      { version: NCIP_2_01, style: { prefix: '', namespaced: true, qualifiedAttributes: true } },
    );
    const sample = bytesOf('ncip/staff-01-checkinitem.xml').toString('utf8');
    expect(built.ok && built.value.replace(/\s+/g, ' ')).toBe(
      sample.replace(/>\s+</g, '><').replace('?><', '?> <').trim(),
    );
  });

  it.each([
    ['with a prefix', { prefix: 'ncip', namespaced: true, qualifiedAttributes: true }, true],
    ['in the default namespace', { prefix: '', namespaced: true, qualifiedAttributes: true }, true],
    ['with bare attributes', { prefix: '', namespaced: true, qualifiedAttributes: false }, false],
    ['with a prefix and bare attributes', { prefix: 'ns1', namespaced: true, qualifiedAttributes: false }, false],
    ['without a namespace', { prefix: 'ns1', namespaced: false, qualifiedAttributes: true }, false],
  ])('can write %s', (_, style, valid) => {
    const scoped = { item: { type: { value: 'Barcode', scheme: 'urn:x' }, value: ITEM } };
    const built = buildNcip(checkInItem, scoped, header, { style });
    if (!built.ok) throw new Error(built.error.theirWords);
    expect(schemaFault(built.value) === undefined).toBe(valid);
    const read = readNcip(built.value);
    expect(read.kind === 'message' && checkInItem.readRequest(read.element)).toEqual(scoped);
  });

  it.each<[string, ReturnType<typeof buildNcip>, string]>([
    ['no FromAgencyId', buildNcip(checkInItem, item, { toAgency: { value: 'X' } }), 'FromAgencyId is missing'],
    ['a blank agency', buildNcip(checkInItem, item, { ...header, toAgency: { value: ' ' } }), 'AgencyId is blank'],
    ['a blank barcode', buildNcip(checkInItem, { item: { value: ' ' } }, header), 'ItemIdentifierValue is blank'],
    ['a control character', buildNcip(checkInItem, { item: { value: 'a\u001db' } }, header), 'XML cannot carry'],
    ['half a surrogate pair', buildNcip(checkInItem, { item: { value: 'a\ud800' } }, header), 'XML cannot carry'],
    [
      'a date without zone',
      buildNcip(checkOutItem, { ...item, who, desiredDue: '2031-03-03T00:00:00' }, header),
      'zone',
    ],
    [
      'an impossible date',
      buildNcip(checkOutItem, { ...item, who, desiredDue: '2031-13-03T00:00:00Z' }, header),
      'zone',
    ],
    [
      'nothing to request',
      buildNcip(requestItem, { who, type: { value: 'Hold' }, scope: { value: 'Item' } }, header),
      'nothing is requested',
    ],
    ['nothing to look up', buildNcip(lookupItem, {}, header), 'looked up'],
    ['a set of nothing', buildNcip(lookupItemSet, {}, header), 'a set'],
    ['a page of none', buildNcip(lookupItemSet, { items: [{ value: '1' }], maximum: 0 }, header), 'MaximumItemsCount'],
    [
      'a record’s number that is nobody’s',
      buildNcip(lookupItemSet, { titles: [{ kind: 'record', value: '1' }] }, header),
      'whose',
    ],
    ['no change', buildNcip(updateRequestItem, { by: { request: { value: '1' } } }, header), 'nothing is changed'],
    [
      'a status that is the host’s to say',
      buildNcip(
        acceptItem,
        { request: { value: '1' }, action: { value: 'Circulate' }, itemFields: { status: 'On Loan' } },
        header,
      ),
      'only the description',
    ],
  ])('refuses %s', (_, built, why) => {
    expect(built.ok).toBe(false);
    expect(built.ok || built.error.code).toBe('bad-input');
    expect(built.ok || built.error.theirWords).toContain(why);
  });
});
