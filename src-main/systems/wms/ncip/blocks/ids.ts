import { defined } from '../../defined.ts';
import { child, textOf } from '../../xml/find.ts';
import type { XmlElement } from '../../xml/parse.ts';
import { element, leaf, NotWritable, required, type XmlNode } from '../write.ts';

/** A value with the URI of the list it comes from (`SchemeValuePair`). Meaning is never taken from the URI. */
export interface Scoped {
  readonly value: string;
  readonly scheme?: string;
}

/** `ItemId`: AgencyId? ItemIdentifierType? ItemIdentifierValue Ext? */
export interface ItemId {
  readonly agency?: Scoped;
  readonly type?: Scoped;
  readonly value: string;
}

/** `UserId`: AgencyId? UserIdentifierType? UserIdentifierValue Ext? */
export type UserId = ItemId;

/** `RequestId`: AgencyId? RequestIdentifierType? RequestIdentifierValue Ext? */
export type RequestId = ItemId;

/** `BibliographicId`: BibliographicRecordId with an agency or a code, or BibliographicItemId with a code. */
export type BibliographicId =
  | { readonly kind: 'record'; readonly value: string; readonly agency?: Scoped; readonly code?: Scoped }
  | { readonly kind: 'item'; readonly value: string; readonly code?: Scoped };

/** `AuthenticationInput`: AuthenticationInputData AuthenticationDataFormatType AuthenticationInputType. Never logged. */
export interface AuthenticationInput {
  readonly data: string;
  readonly format: Scoped;
  readonly type: Scoped;
}

/** Who a message is about: an id, or what a person typed to show who they are. */
export type Subject = { readonly user: UserId } | { readonly authentication: readonly AuthenticationInput[] };

export function readScoped(found: XmlElement | undefined): Scoped | undefined {
  if (found === undefined || found.text === '') return undefined;
  return defined({ value: found.text, scheme: found.attributes['Scheme'] });
}

export function scopedOf(parent: XmlElement | undefined, name: string): Scoped | undefined {
  return readScoped(child(parent, name));
}

/** Only the values of repeated scoped elements, e.g. `ItemElementType`. */
export function scopedValues(parent: XmlElement, name: string): readonly string[] | undefined {
  const values = parent.children.filter((c) => c.name === name && c.text !== '').map((c) => c.text);
  return values.length === 0 ? undefined : values;
}

export function scoped(name: string, pair: Scoped | undefined): XmlNode | undefined {
  if (pair === undefined) return undefined;
  return defined({ ...required(name, pair.value), scheme: pair.scheme });
}

function readId(found: XmlElement | undefined, stem: string): ItemId | undefined {
  const value = textOf(found, `${stem}IdentifierValue`);
  if (found === undefined || value === undefined) return undefined;
  return defined({ agency: scopedOf(found, 'AgencyId'), type: scopedOf(found, `${stem}IdentifierType`), value });
}

function writeId(name: string, stem: string, id: ItemId | undefined): XmlNode | undefined {
  if (id === undefined) return undefined;
  return element(
    name,
    scoped('AgencyId', id.agency),
    scoped(`${stem}IdentifierType`, id.type),
    required(`${stem}IdentifierValue`, id.value),
  );
}

/** The `ItemId` child. NCIP 1's `UniqueItemId` beside it is ignored; alone it is no NCIP 2 and not read. */
export function itemIdOf(parent: XmlElement | undefined): ItemId | undefined {
  return readId(child(parent, 'ItemId'), 'Item');
}
export function userIdOf(parent: XmlElement | undefined): UserId | undefined {
  return readId(child(parent, 'UserId'), 'User');
}
export function requestIdOf(parent: XmlElement | undefined): RequestId | undefined {
  return readId(child(parent, 'RequestId'), 'Request');
}
export function readUserId(found: XmlElement): UserId | undefined {
  return readId(found, 'User');
}
export function readItemId(found: XmlElement): ItemId | undefined {
  return readId(found, 'Item');
}

export function itemId(id: ItemId | undefined): XmlNode | undefined {
  return writeId('ItemId', 'Item', id);
}
export function userId(id: UserId | undefined): XmlNode | undefined {
  return writeId('UserId', 'User', id);
}
export function requestId(id: RequestId | undefined): XmlNode | undefined {
  return writeId('RequestId', 'Request', id);
}

export function readBibliographicId(found: XmlElement): BibliographicId | undefined {
  const record = child(found, 'BibliographicRecordId');
  const recordValue = textOf(record, 'BibliographicRecordIdentifier');
  if (recordValue !== undefined) {
    return defined({
      kind: 'record' as const,
      value: recordValue,
      agency: scopedOf(record, 'AgencyId'),
      code: scopedOf(record, 'BibliographicRecordIdentifierCode'),
    });
  }
  const item = child(found, 'BibliographicItemId');
  const itemValue = textOf(item, 'BibliographicItemIdentifier');
  if (itemValue === undefined) return undefined;
  return defined({
    kind: 'item' as const,
    value: itemValue,
    code: scopedOf(item, 'BibliographicItemIdentifierCode'),
  });
}

export function bibliographicId(id: BibliographicId): XmlNode {
  if (id.kind === 'item') {
    return element(
      'BibliographicId',
      element(
        'BibliographicItemId',
        required('BibliographicItemIdentifier', id.value),
        scoped('BibliographicItemIdentifierCode', id.code),
      ),
    );
  }
  // The schema wants exactly one of the two; an agency says more than a code.
  const whose = scoped('AgencyId', id.agency) ?? scoped('BibliographicRecordIdentifierCode', id.code);
  if (whose === undefined) throw new NotWritable('a record’s number without whose it is');
  return element(
    'BibliographicId',
    element('BibliographicRecordId', required('BibliographicRecordIdentifier', id.value), whose),
  );
}

/** The `UserId`, or the `AuthenticationInput`s, of a request. */
export function readSubject(message: XmlElement): Subject | undefined {
  const user = userIdOf(message);
  if (user !== undefined) return { user };
  const authentication = message.children
    .filter((c) => c.name === 'AuthenticationInput')
    .map((c) => ({
      data: textOf(c, 'AuthenticationInputData') ?? '',
      format: scopedOf(c, 'AuthenticationDataFormatType') ?? { value: '' },
      type: scopedOf(c, 'AuthenticationInputType') ?? { value: '' },
    }));
  return authentication.length === 0 ? undefined : { authentication };
}

export function subject(who: Subject | undefined): readonly XmlNode[] {
  if (who === undefined) return [];
  if ('user' in who) return [userId(who.user)].filter((node) => node !== undefined);
  return who.authentication.map((input) =>
    element(
      'AuthenticationInput',
      leaf('AuthenticationInputData', input.data),
      scoped('AuthenticationDataFormatType', input.format),
      scoped('AuthenticationInputType', input.type),
    ),
  );
}
