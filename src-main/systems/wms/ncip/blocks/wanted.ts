import type { XmlElement } from '../../xml/parse.ts';
import { dateTime, element, type XmlNode } from '../write.ts';
import { child, textOf } from '../../xml/find.ts';
import { scoped, scopedValues } from './ids.ts';

/** What an answer should tell beside the bare result: ItemElementType* UserElementType*. Open lists; NISO's values: */
export interface Wanted {
  /**
   * Bibliographic Description, Circulation Status, Electronic Resource, Hold Queue Length, Item Description, Item Use
   * Restriction Type, Location, Physical Condition, Security Marker, Sensitization Flag.
   */
  readonly itemElements?: readonly string[];
  /**
   * Authentication Input, Block Or Trap, Date Of Birth, Name Information, Previous User Id, User Address Information, User
   * Id, User Language, User Privilege.
   */
  readonly userElements?: readonly string[];
}

const ITEM_SCHEME = 'http://www.niso.org/ncip/v1_0/schemes/itemelementtype/itemelementtype.scm';
const USER_SCHEME = 'http://www.niso.org/ncip/v1_0/schemes/userelementtype/userelementtype.scm';
const REQUEST_SCHEME = 'http://www.niso.org/ncip/v1_0/schemes/requestelementtype/requestelementtype.scm';

export function itemElements(wanted: readonly string[] | undefined): readonly XmlNode[] {
  return list('ItemElementType', ITEM_SCHEME, wanted);
}
export function userElements(wanted: readonly string[] | undefined): readonly XmlNode[] {
  return list('UserElementType', USER_SCHEME, wanted);
}
export function requestElements(wanted: readonly string[] | undefined): readonly XmlNode[] {
  return list('RequestElementType', REQUEST_SCHEME, wanted);
}

function list(name: string, scheme: string, wanted: readonly string[] | undefined): readonly XmlNode[] {
  return (wanted ?? []).flatMap((value) => scoped(name, { value, scheme }) ?? []);
}

/** The wishes of a request as read; to be spread into its object. */
export function readWanted(message: XmlElement): {
  readonly itemElements: readonly string[] | undefined;
  readonly userElements: readonly string[] | undefined;
} {
  return {
    itemElements: scopedValues(message, 'ItemElementType'),
    userElements: scopedValues(message, 'UserElementType'),
  };
}

/** `MandatedAction`: DateEventOccurred. "It already happened, honour it"; it does not make a repeat safe. */
export function mandated(at: string | undefined): XmlNode | undefined {
  return at === undefined ? undefined : element('MandatedAction', dateTime('DateEventOccurred', at));
}
export function mandatedOf(message: XmlElement): string | undefined {
  return textOf(child(message, 'MandatedAction'), 'DateEventOccurred');
}
