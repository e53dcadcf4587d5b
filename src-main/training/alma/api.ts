import { json, objectBody, type Call, type Reply } from '../http.ts';
import { errorReply } from './errors.ts';
import { CODE_TABLES, DESKS, LIBRARIES, type AlmaContext, type AlmaItemEntry, type AlmaRequestEntry } from './model.ts';
import { itemView, loanView, partnerView, printoutView, requestView } from './shapes.ts';

type Answer = (context: AlmaContext, call: Call, parts: readonly string[]) => Reply;

interface Route {
  readonly method: string;
  /** Each group is handed to the answer, decoded. */
  readonly path: RegExp;
  readonly answer: Answer;
}

const TEST: Answer = () => ({ status: 200, type: 'application/json;charset=UTF-8', body: '' });

/**
 * The calls a companion of the circulation desk needs. What Alma's interface does not have is not here either: no list of
 * borrowing requests, no PUT on one, no receive, no renewal request.
 */
const ROUTES: readonly Route[] = [
  { method: 'GET', path: /^\/(?:users|partners)\/operation\/test$/, answer: TEST },
  { method: 'POST', path: /^\/(?:users|partners)\/operation\/test$/, answer: TEST },
  { method: 'GET', path: /^\/(?:conf|task-lists)\/test$/, answer: TEST },
  { method: 'POST', path: /^\/(?:conf|task-lists)\/test$/, answer: TEST },
  { method: 'GET', path: /^\/users\/([^/]+)$/, answer: user },
  { method: 'GET', path: /^\/users\/([^/]+)\/loans$/, answer: loansOfUser },
  { method: 'GET', path: /^\/users\/([^/]+)\/loans\/([^/]+)$/, answer: oneLoan },
  { method: 'PUT', path: /^\/users\/([^/]+)\/loans\/([^/]+)$/, answer: changeLoan },
  { method: 'GET', path: /^\/users\/([^/]+)\/requests$/, answer: requestsOfUser },
  { method: 'GET', path: /^\/users\/([^/]+)\/resource-sharing-requests\/([^/]+)$/, answer: oneRequest },
  { method: 'DELETE', path: /^\/users\/([^/]+)\/resource-sharing-requests\/([^/]+)$/, answer: cancelRequest },
  { method: 'GET', path: /^\/items$/, answer: itemByBarcode },
  { method: 'GET', path: /^\/bibs\/([^/]+)\/holdings\/([^/]+)\/items\/([^/]+)$/, answer: oneItem },
  { method: 'GET', path: /^\/bibs\/([^/]+)\/holdings\/([^/]+)\/items\/([^/]+)\/loans$/, answer: loansOfItem },
  { method: 'POST', path: /^\/bibs\/([^/]+)\/holdings\/([^/]+)\/items\/([^/]+)$/, answer: scanIn },
  { method: 'GET', path: /^\/partners$/, answer: partners },
  { method: 'GET', path: /^\/conf\/code-tables\/([^/]+)$/, answer: codeTable },
  { method: 'GET', path: /^\/conf\/libraries$/, answer: () => listed('library', LIBRARIES) },
  { method: 'GET', path: /^\/conf\/libraries\/([^/]+)\/circ-desks$/, answer: desks },
  { method: 'GET', path: /^\/task-lists\/rs\/lending-requests$/, answer: lendingRequests },
  { method: 'GET', path: /^\/task-lists\/printouts$/, answer: printouts },
  { method: 'POST', path: /^\/task-lists\/printouts\/([^/]+)$/, answer: markPrintout },
];

export function answerAlma(context: AlmaContext, call: Call): Reply {
  for (const { method, path, answer } of ROUTES) {
    const match = method === call.method ? path.exec(call.path) : null;
    if (match !== null) return answer(context, call, match.slice(1).map(decodeURIComponent));
  }
  return { status: 404, type: 'text/html', body: '<html><body>Not Found</body></html>' };
}

function listed(name: string, rows: readonly unknown[]): Reply {
  return json(200, { [name]: rows, total_record_count: rows.length });
}

/** A page of a list; Alma leaves the list out where it is empty. */
function paged(name: string, rows: readonly unknown[], { query }: Call): Reply {
  const limit = Math.min(100, Number(query.get('limit') ?? 10));
  const offset = Number(query.get('offset') ?? 0);
  const page = rows.slice(offset, offset + limit);
  return json(200, { ...(page.length === 0 ? {} : { [name]: page }), total_record_count: rows.length });
}

function user({ store }: AlmaContext, { query }: Call, [id = '']: readonly string[]): Reply {
  const found = store.users.get(id);
  if (found === undefined) return errorReply(400, '401890');
  const brief = query.get('view') === 'brief';
  return json(200, {
    primary_id: found.id,
    first_name: found.first,
    last_name: found.last,
    full_name: `${found.first} ${found.last}`,
    status: { value: 'ACTIVE', desc: 'Active' },
    ...(brief ? {} : { contact_info: { email: [{ email_address: `${found.id.toLowerCase()}@example.edu` }] } }),
  });
}

function loansOfUser(context: AlmaContext, call: Call, [id = '']: readonly string[]): Reply {
  if (!context.store.users.has(id)) return errorReply(400, '401890');
  const loans = [...context.store.loans.values()].filter((loan) => loan.user === id);
  return paged(
    'item_loan',
    loans.map((loan) => loanView(context, loan)),
    call,
  );
}

function oneLoan(context: AlmaContext, _call: Call, [id = '', loanId = '']: readonly string[]): Reply {
  const loan = context.store.loans.get(loanId);
  return loan?.user === id ? json(200, loanView(context, loan)) : errorReply(400, '401823', 'Loan ID not found.');
}

/** The whole loan is sent; of it Alma takes the due date. */
function changeLoan(context: AlmaContext, call: Call, [id = '', loanId = '']: readonly string[]): Reply {
  const loan = context.store.loans.get(loanId);
  if (loan?.user !== id) return errorReply(400, '401823', 'Loan ID not found.');
  const given = objectBody(call)?.['due_date'];
  if (typeof given !== 'string') return errorReply(400, '401824');
  const due = Date.parse(given);
  if (Number.isNaN(due)) return errorReply(400, '40166411');
  if (due < context.now()) return errorReply(400, '401681');
  const from = new Date(loan.due).toISOString();
  loan.due = due;
  const barcode = loanView(context, loan)['item_barcode'];
  context.record({
    action: 'due-date',
    result: 'done',
    items: [String(barcode)],
    from,
    to: new Date(due).toISOString(),
  });
  return json(200, loanView(context, loan));
}

function requestsOfUser(context: AlmaContext, call: Call, [id = '']: readonly string[]): Reply {
  if (!context.store.users.has(id)) return errorReply(400, '401890');
  const own = [...context.store.requests.values()].filter((one) => one.user === id && one.status !== 'COMPLETED');
  return paged(
    'user_request',
    own.map((one) => ({
      title: one.title,
      author: one.author,
      request_id: one.hold,
      request_type: 'HOLD',
      user_primary_id: id,
      ...(one.barcode === undefined ? {} : { barcode: one.barcode }),
      resource_sharing: {
        id: one.id,
        status: requestView(context, one)['status'],
        link: `${context.base()}/users/${id}/resource-sharing-requests/${one.id}`,
      },
    })),
    call,
  );
}

function borrowed({ store }: AlmaContext, id: string, requestId: string): AlmaRequestEntry | Reply {
  if (!store.users.has(id)) return errorReply(400, '401890');
  const found = store.requests.get(requestId);
  if (found?.side !== 'borrowing') return errorReply(400, '401694');
  return found.user === id ? found : errorReply(400, '40166422');
}

function oneRequest(context: AlmaContext, _call: Call, [id = '', requestId = '']: readonly string[]): Reply {
  const found = borrowed(context, id, requestId);
  return 'side' in found ? json(200, requestView(context, found)) : found;
}

/** `notify_user` is true unless it is said to be false. */
function cancelRequest(context: AlmaContext, { query }: Call, [id = '', requestId = '']: readonly string[]): Reply {
  const found = borrowed(context, id, requestId);
  if (!('side' in found)) return found;
  const reason = query.get('reason');
  const reasons = CODE_TABLES['RequestCancellationReasons'] ?? [];
  if (reason !== null && !reasons.some((row) => row.code === reason && row.off !== true)) {
    return errorReply(400, '40166411', 'The parameter reason is not valid.');
  }
  if (found.status === 'CANCELED_BY_STAFF' || found.status === 'COMPLETED') return errorReply(400, '40166412');
  const from = found.status;
  found.status = 'CANCELED_BY_STAFF';
  found.modified = context.now();
  if (query.get('remove_request') === 'true') context.store.requests.delete(requestId);
  const told = query.get('notify_user') !== 'false';
  context.record({ action: 'cancel', result: 'done', requestId, from, to: found.status, told });
  return { status: 204 };
}

/** Alma sends a look-up by barcode on to the item: two calls. */
function itemByBarcode({ store, base }: AlmaContext, { query }: Call): Reply {
  const item = store.items.get(query.get('item_barcode') ?? '');
  if (item === undefined) return errorReply(400, '401689');
  const { mmsId, holdingId, pid } = item;
  return { status: 302, headers: { location: `${base()}/bibs/${mmsId}/holdings/${holdingId}/items/${pid}` } };
}

function itemAt({ store }: AlmaContext, [mmsId, holdingId, pid]: readonly string[]): AlmaItemEntry | undefined {
  return [...store.items.values()].find((one) => one.mmsId === mmsId && one.holdingId === holdingId && one.pid === pid);
}

function oneItem(context: AlmaContext, _call: Call, parts: readonly string[]): Reply {
  const item = itemAt(context, parts);
  return item === undefined ? errorReply(400, '401683', 'Item not found.') : json(200, itemView(context, item));
}

function loansOfItem(context: AlmaContext, call: Call, parts: readonly string[]): Reply {
  const item = itemAt(context, parts);
  if (item === undefined) return errorReply(400, '401683', 'Item not found.');
  const loans = [...context.store.loans.values()].filter(({ pid }) => pid === item.pid);
  return paged(
    'item_loan',
    loans.map((loan) => loanView(context, loan)),
    call,
  );
}

/** Here a scan-in ends the loan and completes the borrowing request, as on Alma's screen; whether Alma's own call does is not known. */
function scanIn(context: AlmaContext, { query }: Call, parts: readonly string[]): Reply {
  const item = itemAt(context, parts);
  if (item === undefined) return errorReply(400, '401683', 'Item not found.');
  if (query.get('op') !== 'scan') return errorReply(400, '40166411', 'The parameter op is not valid.');
  const known = DESKS[query.get('library') ?? ''] ?? [];
  if (!known.some(({ code }) => code === query.get('circ_desk'))) return errorReply(400, '4800090');
  const loan = [...context.store.loans.values()].find(({ pid }) => pid === item.pid);
  if (loan !== undefined) context.store.loans.delete(loan.id);
  item.state = item.borrowed ? 'returned' : 'in-place';
  const request = [...context.store.requests.values()].find(({ barcode }) => barcode === item.barcode);
  if (request?.side === 'borrowing') request.status = 'COMPLETED';
  context.record({ action: 'scan-in', result: 'done', items: [item.barcode] });
  const next = item.borrowed ? 'Resource Sharing Request.' : 'Manage locally.';
  return json(200, { ...itemView(context, item), additional_info: `Item's destination is: ${next}` });
}

function partners(context: AlmaContext, call: Call): Reply {
  return paged(
    'partner',
    context.store.partners.map((partner) => partnerView(context, partner)),
    call,
  );
}

function codeTable(_context: AlmaContext, _call: Call, [name = '']: readonly string[]): Reply {
  const rows = CODE_TABLES[name];
  if (rows === undefined) return errorReply(400, '40166450', 'Code table not found.');
  const row = rows.map(({ code, label, off }) => ({
    code,
    description: label,
    default: 'false',
    enabled: off === true ? 'false' : 'true',
  }));
  return json(200, { name, row });
}

function desks(_context: AlmaContext, _call: Call, [library = '']: readonly string[]): Reply {
  const found = DESKS[library];
  return found === undefined ? errorReply(400, '40166411', 'Library is not valid.') : listed('circ_desk', found);
}

function lendingRequests(context: AlmaContext, { query }: Call): Reply {
  if (query.get('library') === null) return errorReply(400, '40166411', 'The parameter library is missing.');
  const status = query.get('status');
  const lending = [...context.store.requests.values()].filter(
    (one) => one.side === 'lending' && (status === null || one.status === status),
  );
  const rows = lending.map((one) => requestView(context, one));
  return json(200, { user_resource_sharing_request: rows, total_record_count: rows.length });
}

function printouts({ store }: AlmaContext, call: Call): Reply {
  const status = call.query.get('status');
  const found = [...store.printouts.values()].filter(
    ({ state }) => status === null || state.toLowerCase() === status.toLowerCase(),
  );
  return paged('printout', found.map(printoutView), call);
}

function markPrintout({ store, record }: AlmaContext, { query }: Call, [id = '']: readonly string[]): Reply {
  const found = store.printouts.get(id);
  const op = query.get('op');
  if (found === undefined) return errorReply(400, '40166450', 'Printout not found.');
  if (op !== 'mark_as_printed' && op !== 'mark_as_canceled') return errorReply(400, '40166411');
  found.state = op === 'mark_as_printed' ? 'Printed' : 'Canceled';
  record({ action: 'mark-printed', result: 'done' });
  return json(200, printoutView(found));
}
