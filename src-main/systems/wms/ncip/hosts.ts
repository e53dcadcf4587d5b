import { defined as present } from '../defined.ts';
import { fail, ok, type Result } from '../base.ts';
import type { Scoped } from './blocks/ids.ts';
import type { HostKind, IdDress, NcipHostSettings } from './host-settings.ts';
import { NCIP_2_01, NCIP_2_02 } from './message.ts';
import { normalised, type ProblemAliases } from './problem-meanings.ts';
import { STRICT_STYLE, type XmlStyle } from './write.ts';

/** A host with everything filled in. */
export interface NcipHost {
  readonly kind: HostKind;
  readonly name: string;
  /** May hold `{secret}`. */
  readonly address: string;
  readonly contentType: string;
  readonly auth: 'oclc-token' | 'oclc-hmac' | 'none';
  readonly agencyPassword: boolean;
  readonly style: XmlStyle;
  readonly version: string;
  readonly fromAgency: Scoped;
  readonly toAgency: Scoped;
  readonly fromSystem?: Scoped;
  readonly toSystem?: Scoped;
  readonly profile?: Scoped;
  readonly itemId: IdDress;
  readonly userId: IdDress;
  readonly requestId: IdDress;
  /** Of a title's number: `type` is the code of its list. */
  readonly titleId: IdDress;
  readonly requestType: Scoped;
  readonly itemScope: Scoped;
  readonly titleScope: Scoped;
  readonly pickupScheme?: string;
  readonly timeZone?: string;
  readonly concurrent: number;
  readonly perSecond: number;
  readonly connectMs: number;
  readonly updateMs: number;
  readonly lookupMs: number;
  readonly maxBytes: number;
  readonly aliases: ProblemAliases;
}

/** Scheme URIs as OCLC and NISO write them. They are sent because hosts want them, and never read for meaning. */
export const SCHEMES = {
  staffAgency: 'http://oclc.org/ncip/schemes/agencyid.scm',
  staffProfile: 'http://oclc.org/ncip/schemes/application-profile/platform.scm',
  institution: 'http://oclc.org/ncip/schemes/agencyid/institutionid.scm',
  oclcSystem: 'http://oclc.org/ncip/schemes/systemid/oclcsystemid.scm',
  resourceSharingProfile: 'http://oclc.org/ncip/schemes/applicationprofiletype/circillapplicationprofiletype.scm',
  illRequest: 'http://oclc.org/ncip/schemes/requestidentifiertype/circillrequestidentifiertype.scm',
  pickupBranch: 'http://oclc.org/ncip/schemes/pickuplocation/branchid.scm',
  itemIdType: 'http://www.niso.org/ncip/v1_0/imp1/schemes/visibleitemidentifiertype/visibleitemidentifiertype.scm',
  userIdType: 'http://www.niso.org/ncip/v1_0/imp1/schemes/visibleuseridentifiertype/visibleuseridentifiertype.scm',
  requestType: 'http://www.niso.org/ncip/v1_0/imp1/schemes/requesttype/requesttype.scm',
  requestScope: 'http://www.niso.org/ncip/v1_0/imp1/schemes/requestscopetype/requestscopetype.scm',
} as const;

type Defaults = Omit<NcipHost, 'kind' | 'address' | 'fromAgency' | 'toAgency'> & {
  readonly address?: string;
  /** Why there is no default address, for the person who has to find it. */
  readonly noAddress: string;
  /** Scheme put on agencies given without one. */
  readonly agencyScheme?: string;
};

const barcodes: Pick<Defaults, 'itemId' | 'userId'> = {
  itemId: { type: { value: 'Barcode', scheme: SCHEMES.itemIdType } },
  userId: { type: { value: 'Barcode', scheme: SCHEMES.userIdType } },
};

/** What is safe for any NCIP 2 host: strict XML, one call at a time and patience. */
const ANY: Defaults = {
  name: 'the circulation system',
  noAddress: 'every host has its own',
  contentType: 'application/xml; charset=utf-8',
  auth: 'none',
  agencyPassword: false,
  style: STRICT_STYLE,
  version: NCIP_2_02,
  ...barcodes,
  requestId: {},
  titleId: {},
  requestType: { value: 'Hold', scheme: SCHEMES.requestType },
  itemScope: { value: 'Item', scheme: SCHEMES.requestScope },
  titleScope: { value: 'Bibliographic Item', scheme: SCHEMES.requestScope },
  concurrent: 1,
  perSecond: 2,
  connectMs: 10_000,
  updateMs: 60_000,
  lookupMs: 20_000,
  maxBytes: 1024 * 1024,
  aliases: {},
};

/** A bare `version` attribute in the default namespace: what these hosts send and are known to read. */
const PLAIN: XmlStyle = { prefix: '', namespaced: true, qualifiedAttributes: false };

/**
 * The settings table. WMS follows OCLC's documents; the others follow what working open source clients send to them and
 * were checked against sample messages only, so every value can be set.
 */
const DEFAULTS: Readonly<Record<HostKind, Defaults>> = {
  'wms-staff': {
    ...ANY,
    name: 'WMS',
    address: 'https://circ.sd00.worldcat.org/ncip',
    auth: 'oclc-token',
    version: NCIP_2_01,
    agencyScheme: SCHEMES.staffAgency,
    profile: { value: 'Version 2011', scheme: SCHEMES.staffProfile },
    // Barcodes alone, under the institution: the staff profile names no types.
    itemId: {},
    userId: {},
    titleId: { type: { value: 'OCLC' } },
    concurrent: 2,
    perSecond: 5,
  },
  'wms-resource-sharing': {
    ...ANY,
    name: 'WMS resource sharing',
    noAddress: 'OCLC does not publish it; ask OCLC for the address of NCIP for Resource Sharing',
    auth: 'oclc-token',
    agencyScheme: SCHEMES.institution,
    toSystem: { value: 'WMS Circ', scheme: SCHEMES.oclcSystem },
    profile: { value: '2.00', scheme: SCHEMES.resourceSharingProfile },
    requestId: { type: { value: 'ILL Request Id', scheme: SCHEMES.illRequest } },
    pickupScheme: SCHEMES.pickupBranch,
    concurrent: 2,
    perSecond: 5,
  },
  alma: {
    ...ANY,
    name: 'Alma',
    noAddress: 'it is https://<institution>.alma.exlibrisgroup.com/view/NCIPServlet with the library’s own name',
    contentType: 'text/xml; charset=utf-8',
    style: PLAIN,
  },
  sierra: { ...ANY, name: 'Sierra', titleScope: { value: 'Title' }, itemScope: { value: 'Item' }, style: PLAIN },
  koha: {
    ...ANY,
    name: 'Koha',
    noAddress: 'it is the address of the library’s ncip-server, its token as {secret}',
    style: PLAIN,
    aliases: {
      [normalised('Check Out Not Allowed - Item Is Already Checked Out')]: 'item-already-checked-out',
      [normalised('Item with this barcode already exists')]: 'cannot-accept-item',
    },
  },
  evergreen: { ...ANY, name: 'Evergreen', style: PLAIN },
  folio: {
    ...ANY,
    name: 'FOLIO',
    noAddress: 'it is the address of edge-ncip, ending in ?apikey={secret}',
    requestType: { value: 'Page' },
    titleScope: { value: 'Title' },
    itemScope: { value: 'Item' },
    aliases: { [normalised('Unable to find item')]: 'item-unknown' },
  },
  symphony: { ...ANY, name: 'Symphony', agencyPassword: true },
  other: ANY,
};

/** Fills in what is safe, and says what is missing. */
export function resolveHost(settings: NcipHostSettings): Result<NcipHost> {
  const { agencyScheme, noAddress, ...defaults } = DEFAULTS[settings.kind];
  const name = settings.name ?? defaults.name;
  const address = settings.address ?? defaults.address;
  if (address === undefined) return missing(name, `the address (${noAddress})`);
  const fromAgency = dressed(settings.fromAgency, agencyScheme);
  if (fromAgency === undefined) return missing(name, 'the agency it acts for');
  const toAgency = dressed(settings.toAgency, agencyScheme) ?? (isWms(settings.kind) ? fromAgency : undefined);
  if (toAgency === undefined) return missing(name, 'the agency it asks');
  if (settings.kind === 'wms-resource-sharing' && settings.fromSystem === undefined) {
    return missing(name, 'the system id OCLC gave this library for Carrel');
  }
  const { xml, pace, timeouts, problemAliases, ...plain } = settings;
  return ok({
    ...defaults,
    ...present(plain),
    ...present(pace ?? {}),
    ...present(timeouts ?? {}),
    name,
    address,
    fromAgency,
    toAgency,
    style: { ...defaults.style, ...present(xml ?? {}) },
    aliases: { ...defaults.aliases, ...problemAliases },
  });
}

/** In both WMS profiles the two agencies must be equal. */
function isWms(kind: HostKind): boolean {
  return kind === 'wms-staff' || kind === 'wms-resource-sharing';
}

function dressed(agency: Scoped | undefined, scheme: string | undefined): Scoped | undefined {
  if (agency === undefined || agency.scheme !== undefined || scheme === undefined) return agency;
  return { value: agency.value, scheme };
}

function missing(name: string, what: string) {
  return fail(
    'configuration',
    `Carrel cannot reach ${name} yet: Settings lack ${what}. Nothing was sent. A library administrator must enter it.`,
    { mender: 'library-administrator' },
  );
}
