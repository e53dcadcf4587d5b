import { defined } from '../../defined.ts';
import { child, textOf } from '../../xml/find.ts';
import type { XmlElement } from '../../xml/parse.ts';
import { element, leaf, NotWritable, type XmlNode } from '../write.ts';
import { scoped, scopedOf, type Scoped } from './ids.ts';

/**
 * `InitiationHeader`: FromSystemId? FromSystemAuthentication? FromAgencyId FromAgencyAuthentication? OnBehalfOfAgency?
 * ToSystemId? ToAgencyId ApplicationProfileType? Ext?, and `ResponseHeader`, the same without the agency acted for and the
 * profile. Authentications are secrets: never logged.
 */
export interface NcipHeader {
  readonly fromSystem?: Scoped;
  readonly fromSystemAuthentication?: string;
  readonly fromAgency?: Scoped;
  readonly fromAgencyAuthentication?: string;
  readonly onBehalfOf?: Scoped;
  readonly toSystem?: Scoped;
  readonly toAgency?: Scoped;
  readonly profile?: Scoped;
}

/** The header of a request or response; undefined when there is none. */
export function readHeader(message: XmlElement): NcipHeader | undefined {
  const found = child(message, 'InitiationHeader') ?? child(message, 'ResponseHeader');
  if (found === undefined) return undefined;
  return defined({
    fromSystem: scopedOf(found, 'FromSystemId'),
    fromSystemAuthentication: textOf(found, 'FromSystemAuthentication'),
    fromAgency: scopedOf(child(found, 'FromAgencyId'), 'AgencyId'),
    fromAgencyAuthentication: textOf(found, 'FromAgencyAuthentication'),
    onBehalfOf: scopedOf(child(found, 'OnBehalfOfAgency'), 'AgencyId'),
    toSystem: scopedOf(found, 'ToSystemId'),
    toAgency: scopedOf(child(found, 'ToAgencyId'), 'AgencyId'),
    profile: scopedOf(found, 'ApplicationProfileType'),
  });
}

/** A header that a host will take: both agencies are compulsory (schema, and OCLC's "Needed Data Missing"). */
export function initiationHeader(header: NcipHeader): XmlNode {
  if (header.fromAgency === undefined) throw new NotWritable('FromAgencyId is missing');
  if (header.toAgency === undefined) throw new NotWritable('ToAgencyId is missing');
  return element(
    'InitiationHeader',
    scoped('FromSystemId', header.fromSystem),
    leaf('FromSystemAuthentication', header.fromSystemAuthentication),
    element('FromAgencyId', scoped('AgencyId', header.fromAgency)),
    leaf('FromAgencyAuthentication', header.fromAgencyAuthentication),
    header.onBehalfOf === undefined ? undefined : element('OnBehalfOfAgency', scoped('AgencyId', header.onBehalfOf)),
    scoped('ToSystemId', header.toSystem),
    element('ToAgencyId', scoped('AgencyId', header.toAgency)),
    scoped('ApplicationProfileType', header.profile),
  );
}
