import type { Candidate, HoldingView } from '../../contract/inventory.ts';
import { fields, present, records, text, texts, type Json } from '../http/tolerant.ts';
import { IDENTIFIER_TYPES, policyName } from './reference-data.ts';

/** What an answer of mod-graphql leaves open about a record's completeness. */
export interface Reach {
  /** Linked lists were asked for with this limit; undefined where the server has its own ten. */
  readonly limit: number | undefined;
  /** Some sub-request of the answer failed. */
  readonly broken: boolean;
}

const DEFAULT_LIMIT = 10;

/** Reads a `T_instance`; undefined when it has no id or title. */
export function readInstance(record: Json, reach: Reach): Candidate | undefined {
  const id = text(record['id']);
  // Catalogues keep the mark that ISBD puts between a title and whose it is.
  const title = text(record['title'])?.replace(/[\s/:;,=]+$/, '');
  if (id === undefined || title === undefined || title === '') return undefined;
  const [publication = {}] = records(record['publication']);
  const listed = record['holdingsRecords2'];
  const holdings = Array.isArray(listed) ? records(listed).map(readHolding) : undefined;
  const people = records(record['contributors']);
  const extent = texts(record['physicalDescriptions'])[0];
  const full = holdings !== undefined && holdings.length < (reach.limit ?? DEFAULT_LIMIT);
  return {
    id,
    title,
    electronic: isElectronic(title, extent),
    isbns: identifiers(record, 'ISBN'),
    issns: identifiers(record, 'ISSN'),
    oclcNumbers: identifiers(record, 'OCLC'),
    complete: full && !reach.broken,
    ...present({
      author: text((people.find((one) => one['primary'] === true) ?? people[0])?.['name']),
      edition: texts(record['editions'])[0],
      publisher: text(publication['publisher']),
      year: text(publication['dateOfPublication']),
      extent,
      holdings,
    }),
  };
}

function readHolding(holding: Json): HoldingView {
  const location = fields(holding['permanentLocation']);
  const policyId = text(holding['illPolicyId']);
  const items = holding['bareHoldingsItems'];
  return {
    id: text(holding['id']) ?? '',
    statements: records(holding['holdingsStatements']).flatMap((one) => text(one['statement']) ?? []),
    ...present({
      locationCode: text(location['code']),
      library: text(fields(location['institution'])['name']),
      callNumber: text(holding['callNumber']),
      policy: text(fields(holding['illPolicy'])['name']) ?? (policyId === undefined ? undefined : policyName(policyId)),
      items: Array.isArray(items)
        ? records(items).map((item) => text(fields(item['status'])['name']) ?? 'Unknown')
        : undefined,
    }),
  };
}

function identifiers(record: Json, type: keyof typeof IDENTIFIER_TYPES): string[] {
  return records(record['identifiers'])
    .filter((one) => one['identifierTypeId'] === IDENTIFIER_TYPES[type])
    .flatMap((one) => text(one['value']) ?? []);
}

/** Electronic copies are records of their own in a shared index and are rarely lent. */
export function isElectronic(title: string, extent: string | undefined): boolean {
  return /online resource|electronic resource|\be-?book\b|computer file/i.test(`${title} ${extent ?? ''}`);
}
