import type { IncomingMessage, ServerResponse } from 'node:http';
import { html, json, type Reply } from '../http.ts';
import { listenOnLoopback, readBody, writeReply } from '../loopback.ts';

/** What a practice Relais knows of a request. */
export interface RelaisRequestEntry {
  readonly number: string;
  readonly title: string;
  readonly patron: string;
  status: string;
  changedAt: number;
}

/** Ways in which it fails to do what it is asked; each strikes once. */
export const RELAIS_FAULTS = ['problem-inside', 'signed-out', 'html-500', 'not-json', 'no-list'] as const;
export type RelaisFault = (typeof RELAIS_FAULTS)[number];

export interface PracticeRelais {
  readonly url: string;
  readonly access: { readonly symbol: string; readonly partnership: string; readonly key: string };
  readonly requests: Map<string, RelaisRequestEntry>;
  /** What the next call answers instead. */
  fail(fault: RelaisFault): void;
  /** What staff do in the portal: mark returned, complete. */
  mark(number: string, status: string): void;
  reach(reached: boolean): Promise<void>;
  stop(): Promise<void>;
}

const ACCESS = { symbol: 'EXALIB', partnership: 'EXC', key: '00000000-example-key' };
const PATRONS = ['D0001234', 'D0001235'] as const;

const BOOKS: readonly (readonly [string, string, string])[] = [
  ['EXA-90000042', 'A FIELD GUIDE TO IMAGINARY LIGHTHOUSES', 'ON_LOAN'],
  ['EXA-90000043', 'NOTES ON HARBOUR GEOMETRY', 'ON_LOAN'],
  ['EXA-90000044', 'THE FERRYMAN’S LEDGER', 'ON_LOAN'],
  ['EXA-90000045', 'RIVERS AS LEGAL PERSONS', 'SHIPPED'],
  ['EXA-90000046', 'CUSTOMARY LAW OF THE TIDES', 'COMPLETE'],
];

/**
 * Starts a practice Relais D2D on 127.0.0.1: the patron-scoped web service, as recorded by public clients in 2016 and
 * described in OCLC's help. Errors come as HTTP 200 with a `Problem` inside. An authorization holds for the user agent that
 * asked for it.
 */
export async function startPracticeRelais(now: () => number = Date.now): Promise<PracticeRelais> {
  const requests = new Map<string, RelaisRequestEntry>(
    BOOKS.map(([number, title, status], index) => [
      number,
      { number, title, patron: PATRONS[index % PATRONS.length] ?? PATRONS[0], status, changedAt: now() },
    ]),
  );
  const aids = new Map<string, { readonly patron: string; readonly agent: string }>();
  const faults: RelaisFault[] = [];

  const authenticate = (body: unknown, agent: string): Reply => {
    const asked = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
    const patron = PATRONS.find((one) => one === asked['PatronId']);
    if (asked['ApiKey'] !== ACCESS.key) return problem('PUBAN001', 'Authentication failed[API Key is invalid.]');
    if (asked['LibrarySymbol'] !== ACCESS.symbol || asked['PartnershipId'] !== ACCESS.partnership) {
      return problem('PUBAN002', 'Authentication failed[Library is not a member of the partnership.]');
    }
    if (patron === undefined) return problem('PUBAN003', 'Authentication failed[NCIP_MSG:Patron does not exist.]');
    const aid = `Ex4mpleAuthIdZZ-${String(aids.size).padStart(10, '0')}`;
    aids.set(aid, { patron, agent });
    return json(200, {
      AuthorizationId: aid,
      LibrarySymbol: ACCESS.symbol,
      Iso639_2_LangCode: 'ENG',
      FirstName: 'Sam',
      LastName: 'Okafor',
      AllowLoanAddRequest: true,
      AllowCopyAddRequest: false,
      AllowSelDelivLoanChange: true,
      AllowSelDelivCopyChange: false,
    });
  };

  const ownRequests = (aid: string, agent: string): Reply => {
    const known = aids.get(aid);
    if (known?.agent !== agent) {
      return json(200, { AuthorizationState: { AuthorizationId: aid, State: false } });
    }
    const own = [...requests.values()].filter(({ patron }) => patron === known.patron);
    return json(200, { MyRequestRecords: own.map(recordOf) });
  };

  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const url = new URL(request.url ?? '/', 'http://relais');
    const agent = request.headers['user-agent'] ?? '';
    const body = await readBody(request);
    const fault = faults.shift();
    if (fault !== undefined) return spoiled(fault);
    if (request.method === 'POST' && url.pathname === '/portal-service/user/authentication') {
      return authenticate(parsed(body), agent);
    }
    if (request.method === 'GET' && url.pathname === '/portal-service/request/query/my') {
      return ownRequests(url.searchParams.get('aid') ?? '', agent);
    }
    return html(404, '404 Not Found');
  };

  const server = await listenOnLoopback(async (request, response: ServerResponse) => {
    writeReply(response, await answer(request), false);
  });
  return {
    url: server.url,
    access: ACCESS,
    requests,
    fail: (fault) => faults.push(fault),
    mark: (number, status) => {
      const request = requests.get(number);
      if (request === undefined) throw new RangeError(`No request ${number}`);
      request.status = status;
      request.changedAt = now();
    },
    reach: (reached) => server.reach(reached),
    stop: () => server.stop(),
  };
}

function spoiled(fault: RelaisFault): Reply {
  switch (fault) {
    case 'problem-inside':
      return json(200, { Problem: { ErrorCode: 'PUBSC005', ErrorMessage: 'System error. Please try again later.' } });
    case 'signed-out':
      return json(200, { AuthorizationState: { AuthorizationId: 'expired-aid', State: false } });
    case 'html-500':
      return html(500, '500 Internal Server Error');
    case 'not-json':
      return { status: 200, type: 'application/json', body: '{"MyRequestRecords": [' };
    case 'no-list':
      return json(200, { MyRequestRecords: null });
  }
}

function recordOf({ number, title, status, changedAt }: RelaisRequestEntry): unknown {
  const at = new Date(changedAt);
  const digits = at.toISOString().replaceAll(/\D/g, '').slice(0, 14);
  return {
    RequestNumber: number,
    Title: title,
    DateSubmitted: at.toDateString(),
    ISO8601DateSubmitted: digits,
    PublicationType: 'B',
    AllowRenew: false,
    AllowCancel: false,
    RequestStatus: status,
    RequestStatusDate: at.toDateString(),
    ISO8601RequestStatusDate: digits,
  };
}

function problem(code: string, message: string): Reply {
  return json(200, { Problem: { Code: code, Message: message } });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
