import type { Candidate, CandidatePage, InventoryQuery } from '../../contract/inventory.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { plainWords } from '../http/bodies.ts';
import type { HttpClient } from '../http/client.ts';
import { faultError } from '../http/sentences.ts';
import { wholeOf } from '../http/xml/find.ts';
import { parseXml, type XmlElement } from '../http/xml/parse.ts';
import { diagnosticOf, marcRecords, readCluster } from './marc-record.ts';
import { INVENTORY, type SharedInventory } from './port.ts';

/** Records read for one number at most; an ISBN with more of them is no use to anybody. */
const MOST = 100;

/** A cluster of many libraries' copies is large. */
const LIMITS = { maxBytes: 16 * 1024 * 1024, maxDepth: 64 };

interface SruPage {
  readonly found: readonly Candidate[];
  readonly total: number;
}

/**
 * The Shared Inventory as Reservoir (indexdata/reservoir) with its SRU 2.0 server, which needs no log-in and names the tenant
 * in its path. It finds by record id and, where the operator set up the indexes, by ISBN and ISSN; never by title. All
 * failures are diagnostics inside HTTP 200.
 */
export function reservoirSru(http: HttpClient, tenant: string): SharedInventory {
  const path = `/_/invoke/tenant/${tenant}/reservoir/sru`;

  async function ask(cql: string): Promise<Result<SruPage>> {
    const query = new URLSearchParams({
      query: cql,
      recordSchema: 'marcxml',
      startRecord: '1',
      maximumRecords: String(MOST),
    });
    const answer = await sruAnswer(http, `${path}?${query.toString()}`);
    if (!answer.ok) return answer;
    const found = marcRecords(answer.value).flatMap((record) => readCluster(record) ?? []);
    return ok({ found, total: wholeOf(answer.value, 'numberOfRecords') ?? found.length });
  }

  return {
    capabilities: { titleSearch: false, isbnSearch: true, policyKnown: true, itemStatusKnown: false, rota: 'oai' },

    async search(query, page, pageSize): Promise<Result<CandidatePage>> {
      const asked = cqlsOf(query);
      if (!asked.ok) return asked;
      const unique = new Map<string, Candidate>();
      let cut = false;
      for (const cql of asked.value) {
        // One form after another: the server takes no `or`, and makes no 13 of a 10.
        const answer = await ask(cql);
        if (!answer.ok) return answer;
        for (const one of answer.value.found) unique.set(one.id, one);
        cut ||= answer.value.total > answer.value.found.length;
      }
      const all = [...unique.values()];
      return ok({
        candidates: all.slice(page * pageSize, (page + 1) * pageSize),
        total: all.length,
        ...(cut ? { incomplete: `There are more records than the ${MOST} that were read.` } : {}),
      });
    },

    async detail(id): Promise<Result<Candidate>> {
      const answer = await ask(`rec.id=${bareId(id)}`);
      if (!answer.ok) return answer;
      const found = answer.value.found.find((one) => one.id === id.toLowerCase());
      return found === undefined
        ? fail('not-found', 'The Shared Inventory has no such record.', { mender: 'nobody' })
        : ok(found);
    },
  };
}

/** Whether Reservoir answers for the tenant: without a query it explains itself and reads nothing. */
export async function reservoirAnswers(http: HttpClient, tenant: string): Promise<Result<undefined>> {
  const answer = await sruAnswer(http, `/_/invoke/tenant/${tenant}/reservoir/sru`);
  return answer.ok ? ok(undefined) : answer;
}

async function sruAnswer(http: HttpClient, path: string): Promise<Result<XmlElement>> {
  const answer = await http.send({
    method: 'GET',
    path,
    template: '/_/invoke/tenant/{tenant}/reservoir/sru',
    headers: { accept: 'text/xml, application/xml' },
  });
  if (answer.kind !== 'answer') return { ok: false, error: faultError(answer, INVENTORY) };
  if (answer.status === 400 || answer.status === 404) {
    return fail(
      'configuration',
      'There is no Reservoir at this address for this tenant. Check the Shared Inventory’s tenant and kind in Settings.',
      { mender: 'library-administrator' },
    );
  }
  // What the server echoes it does not escape, so that a refused search may be no XML at all.
  const read = answer.status === 200 ? parseXml(answer.bytes, answer.headers['content-type'], LIMITS) : undefined;
  const known = read?.ok === true && /^(?:searchRetrieve|explain)Response$/.test(read.root.name);
  if (!known) {
    return fail(
      'unreadable-answer',
      `The answer of ${INVENTORY} is not one that Carrel understands. If it lasts, tell the host.`,
      { mender: 'host', retry: 'later' },
    );
  }
  const diagnostic = diagnosticOf(read.root);
  return diagnostic === undefined ? ok(read.root) : refusedBy(diagnostic);
}

/** Diagnostics of SRU: 16 is an index the operator has not set up, 10 and 47 a query it cannot read. */
function refusedBy({ number, words }: NonNullable<ReturnType<typeof diagnosticOf>>) {
  const theirWords = plainWords(words);
  if (number === '16') {
    return fail(
      'refused',
      'This Shared Inventory cannot be searched by that: its host has set up no such index. Search by another number.',
      { mender: 'host', theirWords },
    );
  }
  return fail('bad-input', 'The Shared Inventory could not read this search. Write it in another way.', {
    mender: 'desk',
    theirWords,
  });
}

/** The searches that together find every form of a number. */
function cqlsOf(query: InventoryQuery): Result<readonly string[]> {
  switch (query.by) {
    case 'id':
      return ok([`rec.id=${bareId(query.id)}`]);
    case 'isbn':
    case 'issn': {
      // Its indexes know digits and X alone.
      const forms = new Set(query.forms.map((form) => form.toUpperCase().replace(/[^0-9X]/g, '')));
      forms.delete('');
      if (forms.size > 0) return ok([...forms].map((form) => `${query.by}=${form}`));
      return fail('bad-input', 'There is no number in this. Scan the label, or type its digits.', { mender: 'desk' });
    }
    default:
      return fail(
        'refused',
        'This Shared Inventory is searched by ISBN, ISSN or record id only. Scan the book’s ISBN label, or look the title up in the catalogue and use its ISBN.',
        { mender: 'desk' },
      );
  }
}

function bareId(id: string): string {
  return id.toLowerCase().replace(/[^0-9a-f-]/g, '');
}
