import { setTimeout as delay } from 'node:timers/promises';
import type { AlmaCalls, AlmaConnection } from '../../contract/alma-connection.ts';
import type { AlmaCode, AlmaOutcome, AlmaPort } from '../../contract/alma.ts';
import type { CallReport } from '../../contract/outcome.ts';
import type { Result } from '../../contract/result.ts';
import { createHttpClient, type HttpClient, type HttpSettings } from '../http/client.ts';
import { createPacer } from '../http/pace.ts';
import type { CallLine } from '../http/redact.ts';
import { createAlmaApi, type AlmaApi } from './api.ts';
import { createCallCount, type CallCount } from './calls.ts';
import { itemByBarcode, scanIn, scanInMode } from './items.ts';
import { loanOfItem, loansOfUser, setDueDate } from './loans.ts';
import { everyPage, readList } from './pages.ts';
import { codesOf, partnerOf, placeOf, printoutOf, type AlmaItem, type AlmaPartner, type AlmaPrintout } from './read.ts';
import { baseAddress } from './regions.ts';
import * as requests from './requests.ts';

/** Alma as Carrel uses it: what tasks ask of it, and what setting it up and printing need besides. No call rejects. */
export interface AlmaSystem extends AlmaPort {
  /** An item by its barcode. */
  item(barcode: string, signal?: AbortSignal): Promise<Result<AlmaItem>>;
  /** A patron's borrowing requests; there is no list over all patrons. */
  requestsOf(user: string, signal?: AbortSignal): Promise<Result<readonly requests.PatronsRequest[]>>;
  /** The active partners, for finding the one that stands for WorldShare ILL. */
  partners(signal?: AbortSignal): Promise<Result<readonly AlmaPartner[]>>;
  /** Enabled rows of a code table: status and reason codes are each tenant's own. */
  codeTable(name: string, signal?: AbortSignal): Promise<Result<readonly AlmaCode[]>>;
  libraries(signal?: AbortSignal): Promise<Result<readonly AlmaCode[]>>;
  /** Circulation desks of a library. */
  desks(library: string, signal?: AbortSignal): Promise<Result<readonly AlmaCode[]>>;
  /** Slips waiting in Alma's print queue. */
  printouts(signal?: AbortSignal): Promise<Result<readonly AlmaPrintout[]>>;
  /** Takes a slip out of the queue, once. */
  markPrinted(id: string): Promise<AlmaOutcome<undefined>>;
  /** What is known of the daily number of calls. */
  calls(): AlmaCalls;
  close(): Promise<void>;
}

export interface AlmaParts {
  readonly connection: AlmaConnection;
  readonly key: () => Promise<string | undefined>;
  readonly count?: CallCount;
  readonly http?: Partial<HttpSettings>;
  /** Wall clock, epoch milliseconds. */
  readonly now?: () => number;
  /** Monotonic clock, milliseconds. */
  readonly mono?: () => number;
  /** Never rejects; a signal ends it early. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly random?: () => number;
  readonly onLine?: (line: CallLine) => void;
  readonly onCall?: (report: CallReport) => void;
}

/** Alma allows 25 calls a second to the whole institution (Ex Libris, 2016); a desk leaves most of them to others. */
const PER_SECOND = 5;
const AT_ONCE = 2;

/** The calls of an Alma, with its pace, its count and its connections. Close the client with its owner. */
export function openApi(parts: AlmaParts): {
  readonly api: AlmaApi;
  readonly http: HttpClient;
  readonly count: CallCount;
} {
  const now = parts.now ?? Date.now;
  const random = parts.random ?? Math.random;
  const sleep = parts.sleep ?? pause;
  const count = parts.count ?? createCallCount({ now });
  const http = createHttpClient(baseAddress(parts.connection), {
    ...(parts.http === undefined ? {} : { settings: parts.http }),
    onCall: (line) => {
      // Each attempt is a call to Alma, but for those that never left.
      if (line.fault?.startsWith('not-sent') !== true) count.note(line.attempts, undefined);
      parts.onLine?.(line);
    },
  });
  const pacer = createPacer({
    concurrent: AT_ONCE,
    perSecond: PER_SECOND,
    mono: parts.mono ?? (() => performance.now()),
    random,
    sleep,
  });
  const api = createAlmaApi({
    http,
    key: parts.key,
    pacer,
    count,
    sleep,
    random,
    now,
    ...(parts.onCall === undefined ? {} : { onCall: parts.onCall }),
  });
  return { api, http, count };
}

export function createAlma(parts: AlmaParts): AlmaSystem {
  const { connection } = parts;
  const { api, http, count } = openApi(parts);
  const now = parts.now ?? Date.now;
  const table = async (name: string, signal?: AbortSignal): Promise<Result<readonly AlmaCode[]>> => {
    const path = `/conf/code-tables/${encodeURIComponent(name)}`;
    const read = await api.read({ path, template: '/conf/code-tables/{name}', signal });
    return read.ok ? { ok: true, value: codesOf(read.value) } : read;
  };
  return {
    modes: { scanIn: scanInMode(connection) },
    loanOf: (barcode, signal) => loanOfItem(api, barcode, signal),
    loansOf: (user, signal) => loansOfUser(api, user, signal),
    setDueDate: (loan, due) => setDueDate(api, loan, due, now()),
    borrowingRequest: (user, requestId, signal) => requests.borrowingRequest(api, user, requestId, signal),
    requester: (user, signal) => requests.requester(api, user, signal),
    lendingTasks: (status, signal) => requests.lendingTasks(api, connection.library, status, signal),
    cancellationReasons: (signal) => table('RequestCancellationReasons', signal),
    cancelQuietly: (request) => requests.cancelQuietly(api, request),
    scanIn: (barcode) => scanIn(api, connection, barcode),
    item: (barcode, signal) => itemByBarcode(api, barcode, signal),
    requestsOf: (user, signal) => requests.requestsOfUser(api, user, signal),
    partners: (signal) =>
      everyPage(
        api,
        { path: '/partners', template: '/partners', query: { status: 'ACTIVE' }, signal },
        'partner',
        partnerOf,
      ),
    codeTable: table,
    libraries: (signal) => placesOf(api, '/conf/libraries', '/conf/libraries', 'library', signal),
    desks: (library, signal) =>
      placesOf(
        api,
        `/conf/libraries/${encodeURIComponent(library)}/circ-desks`,
        '/conf/libraries/{library}/circ-desks',
        'circ_desk',
        signal,
      ),
    printouts: (signal) =>
      everyPage(
        api,
        { path: '/task-lists/printouts', template: '/task-lists/printouts', query: { status: 'Pending' }, signal },
        'printout',
        printoutOf,
      ),
    markPrinted: (id) => requests.markPrinted(api, id),
    calls: () => count.calls,
    close: () => http.close(),
  };
}

async function placesOf(
  api: AlmaApi,
  path: string,
  template: string,
  list: string,
  signal?: AbortSignal,
): Promise<Result<readonly AlmaCode[]>> {
  const read = await api.read({ path, template, signal });
  return read.ok ? readList(read.value, list, placeOf) : read;
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    // The signal ended it; whoever waited looks at the signal.
    if (signal?.aborted !== true) throw error;
  }
}
