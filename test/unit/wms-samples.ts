import { readdirSync, readFileSync } from 'node:fs';
import type { HttpAnswer, HttpClient, HttpRequest } from '../../src-main/systems/http/client.ts';
import type { HttpFault } from '../../src-main/systems/http/faults.ts';
import { SERVICES } from '../../src-main/systems/wms/ncip/messages/index.ts';
import {
  readCreateUserFiscalTransaction,
  readCreateUserFiscalTransactionResponse,
} from '../../src-main/systems/wms/ncip/messages/create-user-fiscal-transaction.ts';
import type { NcipService } from '../../src-main/systems/wms/ncip/messages/service.ts';
import { createNcipClient, type NcipClientParts } from '../../src-main/systems/wms/ncip/client.ts';
import type { NcipHostSettings } from '../../src-main/systems/wms/ncip/host-settings.ts';
import { resolveHost } from '../../src-main/systems/wms/ncip/hosts.ts';
import { createPacer, type Pacer } from '../../src-main/systems/http/pace.ts';
import { readUndoCheckOutItem } from '../../src-main/systems/wms/ncip/messages/undo-check-out-item.ts';
import type { NcipMessage } from '../../src-main/systems/wms/ncip/message.ts';
import type { XmlElement } from '../../src-main/systems/http/xml/parse.ts';

const fixtures = `${import.meta.dirname}/../fixtures`;

/** Names of the XML files of a folder of `test/fixtures`. */
export function xmlFiles(folder: string): readonly string[] {
  return readdirSync(`${fixtures}/${folder}`).filter((name) => name.endsWith('.xml'));
}

/** A file of `test/fixtures`, byte for byte. */
export function bytesOf(path: string): Buffer {
  return readFileSync(`${fixtures}/${path}`);
}

export function textOfFile(path: string): string {
  return readFileSync(`${fixtures}/${path}`, 'utf8');
}

const READ_ONLY: Readonly<Record<string, (message: XmlElement) => object>> = {
  CreateUserFiscalTransaction: readCreateUserFiscalTransaction,
  CreateUserFiscalTransactionResponse: readCreateUserFiscalTransactionResponse,
  UndoCheckOutItem: readUndoCheckOutItem,
};

export function serviceNamed(name: string): NcipService<unknown, unknown> | undefined {
  const services: Readonly<Record<string, unknown>> = SERVICES;
  return services[name] as NcipService<unknown, unknown> | undefined;
}

/** The content of a message by the reader its name calls for; undefined for a bare problem. */
export function contentOf(message: NcipMessage): unknown {
  const readOnly = READ_ONLY[message.name];
  if (readOnly !== undefined) return readOnly(message.element);
  const asked = serviceNamed(message.name);
  if (asked !== undefined) return asked.readRequest(message.element);
  return serviceNamed(message.name.replace(/Response$/, ''))?.readResponse(message.element);
}

export interface ScriptedHttp extends HttpClient {
  readonly sent: readonly HttpRequest[];
}

export type Script = (
  request: HttpRequest,
  nth: number,
) => (Partial<HttpAnswer> & { readonly bytes?: Uint8Array }) | HttpFault;

/** An HTTP client that answers from a script and remembers what it was given. */
export function scriptedHttp(script: Script): ScriptedHttp {
  const sent: HttpRequest[] = [];
  return {
    host: 'wms.example.org',
    sent,
    send(request) {
      sent.push(request);
      const given = script(request, sent.length);
      if ('cause' in given) return Promise.resolve(given);
      return Promise.resolve({
        kind: 'answer' as const,
        status: 200,
        headers: {},
        setCookies: [],
        bytes: new TextEncoder().encode('text' in given ? given.text : ''),
        text: 'bytes' in given ? new TextDecoder().decode(given.bytes) : '',
        host: 'wms.example.org',
        ms: 1,
        ...given,
      });
    },
    close: () => Promise.resolve(),
  };
}

/** A client of an NCIP host in its plainest form, over the scripted HTTP. */
export function plainClient(
  http: HttpClient,
  more: Partial<NcipClientParts> = {},
  settings: Partial<NcipHostSettings> = {},
) {
  const host = resolveHost({
    kind: 'other',
    name: 'WMS',
    address: 'https://wms.example.org/ncip',
    fromAgency: { value: 'DESK1' },
    toAgency: { value: 'HOSTLMS' },
    ...settings,
  });
  if (!host.ok) throw new Error(host.error.sentence);
  return createNcipClient({ host: host.value, http, pacer: freePacer(), now: () => 0, ...more });
}

/** A pacer that lets everything through at once. */
export function freePacer(): Pacer {
  return createPacer({
    concurrent: 8,
    perSecond: 1000,
    mono: () => 0,
    sleep: () => Promise.resolve(),
    random: () => 0,
  });
}

export const ITEM = '39999001234567';
export const PATRON = '29999000123456';
