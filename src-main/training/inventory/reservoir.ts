import type { Call, Reply } from '../http.ts';
import type { BackendModule } from '../okapi/modules.ts';
import type { StockHolding, StockInstance } from './records.ts';

const SRU = 'http://docs.oasis-open.org/ns/search-ws/sruResponse';
const XML_TYPE = 'text/xml';

/** Reservoir's SRU server and the OAI-PMH GetRecord of it; both open, both always HTTP 200 (indexdata/reservoir, SruService and OaiService). */
export function reservoir(stock: ReadonlyMap<string, StockInstance>): BackendModule {
  return {
    id: 'reservoir-2.4.0',
    interfaces: [{ id: 'reservoir', version: '2.4' }],
    routes: [
      { method: 'GET', path: '/reservoir/sru', handle: ({ call }) => sru(stock, call) },
      { method: 'GET', path: '/reservoir/oai', handle: ({ call }) => oai(stock, call) },
    ],
  };
}

function sru(stock: ReadonlyMap<string, StockInstance>, { query }: Call): Reply {
  const wanted = query.get('query');
  if (wanted === null) return xml(`<explainResponse xmlns="${SRU}"><version>2.0</version></explainResponse>`);
  const match = /^\s*(rec\.id|isbn|issn)\s*=\s*"?([^"\s]+)"?\s*$/i.exec(wanted);
  if (match === null) {
    const index = /^\s*([\w.]+)\s*=/.exec(wanted)?.[1];
    return index === undefined
      ? diagnostic(10, 'Query syntax error', wanted)
      : diagnostic(16, 'Unsupported index', index);
  }
  const [, index = '', term = ''] = match;
  const schema = query.get('recordSchema') ?? 'marcxml';
  if (schema !== 'marcxml') return diagnostic(66, 'Unknown schema for retrieval', schema);
  const found = [...stock.values()].filter((instance) => has(instance, index.toLowerCase(), term));
  const start = Number(query.get('startRecord') ?? '1');
  const page = found.slice(start - 1, start - 1 + Number(query.get('maximumRecords') ?? '10'));
  const records = page.map(
    (instance) => `<record><recordSchema>marcxml</recordSchema><recordData>${marc(instance)}</recordData></record>`,
  );
  return xml(
    `<searchRetrieveResponse xmlns="${SRU}"><version>2.0</version><numberOfRecords>${found.length}</numberOfRecords>` +
      `<records>${records.join('')}</records></searchRetrieveResponse>`,
  );
}

function oai(stock: ReadonlyMap<string, StockInstance>, { query }: Call): Reply {
  const id = (query.get('identifier') ?? '').replace(/^oai:/, '');
  const instance = stock.get(id);
  const inner =
    instance === undefined
      ? `<error code="idDoesNotExist">${escape(id)}</error>`
      : `<GetRecord><record><header><identifier>oai:${instance.id}</identifier></header><metadata>${marc(instance)}</metadata></record></GetRecord>`;
  return xml(`<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">${inner}</OAI-PMH>`);
}

/** The match-key pools strip everything but digits and X, and make no 13 of a 10. */
function has(instance: StockInstance, index: string, term: string): boolean {
  if (index === 'rec.id') return instance.id === term.toLowerCase();
  const bare = (text: string): string =>
    text
      .toUpperCase()
      .replace(/\(.*$/, '')
      .replace(/[^0-9X]/g, '');
  const type = index === 'isbn' ? 'ISBN' : 'ISSN';
  return instance.identifiers.some((one) => one.type === type && bare(one.value) === bare(term));
}

function marc(instance: StockInstance): string {
  const { id, title, author, year, publisher, publishedAt, identifiers, holdings, online } = instance;
  const bib = identifiers.map(({ type, value }) => {
    if (type === 'ISSN') return field('022', '  ', { a: value });
    if (type === 'LCCN') return field('010', '  ', { a: value });
    return type === 'OCLC' ? field('035', '  ', { a: value }) : field('020', '  ', { a: value });
  });
  return [
    '<record xmlns="http://www.loc.gov/MARC21/slim">',
    '<leader>01234cam a2200301 i 4500</leader>',
    `<controlfield tag="001">${id}</controlfield>`,
    ...bib,
    ...(author === undefined ? [] : [field('100', '1 ', { a: author })]),
    field('245', '10', { a: title, ...(online ? { h: '[electronic resource]' } : {}) }),
    field('264', ' 1', { a: publishedAt, b: publisher, c: year }),
    field('999', '10', { i: id, l: `cluster-${id.slice(0, 8)}` }),
    ...holdings.flatMap((holding) => copies(holding)),
    '</record>',
  ].join('');
}

/** One 999 with indicators 1 1 a copy; a holding without items still has one. */
function copies(holding: StockHolding): readonly string[] {
  const { symbol, library, place, callNumber, policy, items } = holding;
  const common = {
    l: `${symbol}-${holding.id.slice(0, 8)}`,
    s: `ISIL:${symbol}`,
    i: library,
    t: 'BKS',
    a: place,
    c: callNumber,
    ...(policy === undefined ? {} : { p: policy === 'Will lend' ? 'LOANABLE' : 'UNLOANABLE' }),
  };
  const list = items.length === 0 ? [undefined] : items;
  return list.map((item) => field('999', '11', { ...common, b: item?.barcode, n: item?.enumeration }));
}

function field(tag: string, indicators: string, subfields: Readonly<Record<string, string | undefined>>): string {
  const inner = Object.entries(subfields)
    .filter(([, value]) => value !== undefined)
    .map(([code, value]) => `<subfield code="${code}">${escape(value ?? '')}</subfield>`);
  return `<datafield tag="${tag}" ind1="${indicators[0] ?? ' '}" ind2="${indicators[1] ?? ' '}">${inner.join('')}</datafield>`;
}

function diagnostic(number: number, message: string, details: string): Reply {
  // The details are echoed as they came, which may make XML that cannot be parsed: the real server does so too.
  return xml(
    `<searchRetrieveResponse xmlns="${SRU}"><version>2.0</version><diagnostics>` +
      `<diagnostic xmlns="http://docs.oasis-open.org/ns/search-ws/diagnostic"><uri>info:srw/diagnostic/1/${number}</uri>` +
      `<details>${details}</details><message>${message}</message></diagnostic></diagnostics></searchRetrieveResponse>`,
  );
}

function xml(body: string): Reply {
  return { status: 200, type: XML_TYPE, body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}` };
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
