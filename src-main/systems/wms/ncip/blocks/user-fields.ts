import { defined, some } from '../../defined.ts';
import { dateOf, type NcipDate } from '../dates.ts';
import { child, children, displayOf, textOf } from '../../xml/find.ts';
import type { XmlElement } from '../../xml/parse.ts';
import { readUserId, type UserId } from './ids.ts';

/** A person's name as the host keeps it, in NFC. `display` is what to show. */
export interface PersonName {
  readonly display: string;
  readonly given?: string;
  readonly surname?: string;
  /** As one text, e.g. `LAST, FIRST`: some hosts have no other. */
  readonly unstructured?: string;
}

/** `UserAddressInformation`, electronic ones: e-mail sits under several types, so an `@` decides. */
export interface ElectronicAddress {
  readonly type?: string;
  readonly value: string;
}

/** `UserPrivilege`: AgencyId AgencyUserPrivilegeType ValidFromDate? ValidToDate? … UserPrivilegeStatus? … */
export interface UserPrivilege {
  readonly agency?: string;
  readonly type?: string;
  readonly status?: string;
  readonly validTo?: NcipDate;
}

/** `BlockOrTrap`: AgencyId BlockOrTrapType ValidFromDate? ValidToDate? Ext?. Its presence is a block of the kind named. */
export interface BlockOrTrap {
  readonly agency?: string;
  readonly type: string;
  readonly validTo?: NcipDate;
}

/**
 * `UserOptionalFields`: NameInformation? UserAddressInformation* DateOfBirth? UserLanguage* UserPrivilege* BlockOrTrap*
 * UserId* PreviousUserId* Ext?. The date of birth and postal addresses are not read: Carrel has no use for them.
 */
export interface UserFields {
  readonly name?: PersonName;
  readonly electronic?: readonly ElectronicAddress[];
  readonly privileges?: readonly UserPrivilege[];
  readonly blocks?: readonly BlockOrTrap[];
  readonly otherIds?: readonly UserId[];
}

/** `NameInformation`: PersonalNameInformation (structured, unstructured or both), or OrganizationNameInformation+. */
export function nameOf(parent: XmlElement | undefined): PersonName | undefined {
  const information = child(parent, 'NameInformation');
  const personal = child(information, 'PersonalNameInformation');
  const structured = child(personal, 'StructuredPersonalUserName');
  const given = displayOf(structured, 'GivenName');
  const surname = displayOf(structured, 'Surname');
  const unstructured =
    displayOf(personal, 'UnstructuredPersonalUserName') ??
    displayOf(child(information, 'OrganizationNameInformation'), 'OrganizationName');
  const parts = [displayOf(structured, 'Prefix'), given, surname, displayOf(structured, 'Suffix')];
  const joined = parts.filter((part) => part !== undefined).join(' ');
  const display = joined === '' ? unstructured : joined;
  return display === undefined ? undefined : defined({ display, given, surname, unstructured });
}

export function userFieldsOf(parent: XmlElement | undefined): UserFields | undefined {
  const found = child(parent, 'UserOptionalFields');
  if (found === undefined) return undefined;
  return defined({
    name: nameOf(found),
    electronic: some(children(found, 'UserAddressInformation').flatMap(electronicOf)),
    privileges: some(children(found, 'UserPrivilege').map(readPrivilege)),
    blocks: some(children(found, 'BlockOrTrap').flatMap(readBlock)),
    otherIds: some(children(found, 'UserId').flatMap((id) => readUserId(id) ?? [])),
  });
}

/** The first electronic address that is an e-mail address. */
export function emailOf(fields: UserFields | undefined): string | undefined {
  return fields?.electronic?.find((address) => address.value.includes('@'))?.value.replace(/^mailto:/i, '');
}

const BLOCKED_STATUS: ReadonlySet<string> = new Set(['n', 'barred', 'expired']);

/**
 * Whether a privilege status is a block. Hosts disagree on the words; these are the ones mod-rs counts as one, everything
 * else (`ACTIVE`, `Y`, `DELINQUENT`, …) is none.
 */
export function isBlockingStatus(status: string | undefined): boolean {
  return status !== undefined && BLOCKED_STATUS.has(status.trim().toLowerCase());
}

function electronicOf(information: XmlElement): readonly ElectronicAddress[] {
  const address = child(information, 'ElectronicAddress');
  const value = textOf(address, 'ElectronicAddressData');
  return value === undefined ? [] : [defined({ type: textOf(address, 'ElectronicAddressType'), value })];
}

function readPrivilege(found: XmlElement): UserPrivilege {
  return defined({
    agency: textOf(found, 'AgencyId'),
    type: textOf(found, 'AgencyUserPrivilegeType'),
    status: textOf(child(found, 'UserPrivilegeStatus'), 'UserPrivilegeStatusType'),
    validTo: dateOf(found, 'ValidToDate'),
  });
}

function readBlock(found: XmlElement): readonly BlockOrTrap[] {
  const type = textOf(found, 'BlockOrTrapType');
  if (type === undefined) return [];
  return [defined({ agency: textOf(found, 'AgencyId'), type, validTo: dateOf(found, 'ValidToDate') })];
}
