import { readFileSync } from 'node:fs';
import { ParseOption, XmlDocument, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import {
  startPracticeWms,
  type PracticeWms,
  type PracticeWmsOptions,
  type WmsAccess,
} from '../../src-main/training/wms/practice-wms.ts';
import { at, readXml, textAt, type XmlElement } from '../../src-main/training/wms/xml.ts';

xmlRegisterFsInputProviders();

/** Practice time of the tests; it stands still unless moved. */
export const NOON = Date.UTC(2031, 1, 10, 17);

let validator: XsdValidator | undefined;

/** Problems the NCIP 2.02 schema, with OCLC's extensions, finds in a message; empty when it is valid. */
export function schemaErrors(xml: string): readonly string[] {
  const folder = new URL('../fixtures/schemas/', import.meta.url);
  const driver = new URL('ncip_v2_02_driver.xsd', folder);
  validator ??= XsdValidator.fromDoc(
    XmlDocument.fromBuffer(readFileSync(driver), { url: driver.pathname, option: ParseOption.XML_PARSE_NONET }),
  );
  const document = XmlDocument.fromString(xml);
  try {
    validator.validate(document);
    return [];
  } catch (error) {
    return [String(error)];
  } finally {
    document.dispose();
  }
}

/** Element names and schemes in order, without values: what two messages of the same shape share. */
export function shape(element: XmlElement): unknown {
  const schemes = [...element.attributes].filter(([name]) => name.endsWith('Scheme')).map(([, uri]) => uri);
  return [element.name, ...schemes, ...element.children.map(shape)];
}

export function sample(folder: 'ncip' | 'oclc', name: string): string {
  return readFileSync(new URL(`../fixtures/${folder}/${name}`, import.meta.url), 'utf8');
}

export interface NcipAnswer {
  readonly status: number;
  readonly xml: string;
  readonly root: XmlElement;
  /** The service response, or the Problem that stands in its place. */
  readonly body: XmlElement;
  readonly problem: { readonly type?: string; readonly detail?: string; readonly value?: string } | undefined;
}

/** One person with a key, speaking plain HTTP to the practice WMS. */
export interface WmsDesk {
  readonly wms: PracticeWms;
  readonly token: string;
  /** Sends a message to a profile and checks the answer against the schema. */
  ncip(profile: 'staff' | 'patron' | 'sharing', message: string): Promise<NcipAnswer>;
  checkIn(barcode: string, branch?: string): Promise<NcipAnswer>;
  checkOut(user: string, barcode: string, branch?: string): Promise<NcipAnswer>;
}

export async function tokenOf(
  wms: WmsAccess,
  key = wms.keys.full,
  scope = 'WMS_NCIP WMS_Availability SCIM:read_user',
): Promise<Response> {
  const basic = Buffer.from(`${key.key}:${key.secret}`).toString('base64');
  return fetch(`${wms.urls.token}?grant_type=client_credentials&scope=${encodeURIComponent(scope)}`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}`, accept: 'application/json' },
  });
}

export async function deskAt(options: PracticeWmsOptions = {}): Promise<WmsDesk> {
  return deskOf(await startPracticeWms({ practiceNow: () => NOON, ...options }));
}

export async function deskOf(wms: PracticeWms): Promise<WmsDesk> {
  const { access_token: token } = (await (await tokenOf(wms)).json()) as { access_token: string };
  const ncip: WmsDesk['ncip'] = async (profile, message) => {
    const response = await fetch(wms.urls[profile], {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/xml; charset=utf-8' },
      body: message,
    });
    return read(response.status, await response.text());
  };
  return {
    wms,
    token,
    ncip,
    checkIn: (barcode, branch = '900101') => ncip('staff', staffMessage('CheckInItem', branch, item(barcode))),
    checkOut: (user, barcode, branch = '900101') =>
      ncip('staff', staffMessage('CheckOutItem', branch, person(user) + item(barcode))),
  };
}

export function read(status: number, xml: string): NcipAnswer {
  const errors = schemaErrors(xml);
  if (errors.length > 0) throw new Error(`Not valid: ${errors.join('; ')}\n${xml}`);
  const root = readXml(xml);
  const body = root.children[0]!;
  const found = body.name === 'Problem' ? body : at(body, 'Problem');
  const problem =
    found === undefined
      ? undefined
      : {
          type: textAt(found, 'ProblemType')!,
          detail: textAt(found, 'ProblemDetail')!,
          value: textAt(found, 'ProblemValue')!,
        };
  return { status, xml, root, body, problem };
}

const AGENCY = 'http://oclc.org/ncip/schemes/agencyid.scm';
const PLATFORM = 'http://oclc.org/ncip/schemes/application-profile/platform.scm';
const agency = (id: string): string => `<AgencyId ncip:Scheme="${AGENCY}">${id}</AgencyId>`;

export const item = (barcode: string): string =>
  `<ItemId>${agency('900001')}<ItemIdentifierValue>${barcode}</ItemIdentifierValue></ItemId>`;
export const person = (barcode: string): string =>
  `<UserId>${agency('900001')}<UserIdentifierValue>${barcode}</UserIdentifierValue></UserId>`;

export function envelope(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><NCIPMessage xmlns="http://www.niso.org/2008/ncip" xmlns:ncip="http://www.niso.org/2008/ncip" ncip:version="http://www.niso.org/schemas/ncip/v2_01/ncip_v2_01.xsd">${content}</NCIPMessage>`;
}

export function staffMessage(service: string, branch: string, content: string): string {
  return envelope(
    `<${service}><InitiationHeader><FromAgencyId>${agency(branch)}</FromAgencyId><ToAgencyId>${agency(branch)}</ToAgencyId><ApplicationProfileType ncip:Scheme="${PLATFORM}">Version 2011</ApplicationProfileType></InitiationHeader>${content}</${service}>`,
  );
}

/** What a check-in answer says to do: the instruction, and the two codes of the destination. */
export function routingOf(answer: NcipAnswer): readonly (string | undefined)[] {
  const routing = at(answer.body, 'RoutingInformation');
  const names = at(routing, 'Destination', 'Location', 'LocationName')?.children ?? [];
  return [textAt(routing, 'RoutingInstructions'), ...names.map((name) => textAt(name, 'LocationNameValue'))];
}
