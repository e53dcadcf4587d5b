import { fields, number, records, text, type Json } from '../http/tolerant.ts';
import { schemeText } from './crosslink-record.ts';

/*
 * The fields of a request that staff may change, by the port's names (mod-rs's), and where ISO 18626 keeps them in CrossLink's
 * `illRequest` (`broker/oapi/open-api.yaml` PatronRequest; ISO-18626-v1_2.xsd).
 */
const PLAIN: Readonly<Record<string, readonly [part: string, name: string]>> = {
  title: ['bibliographicInfo', 'title'],
  subtitle: ['bibliographicInfo', 'subtitle'],
  author: ['bibliographicInfo', 'author'],
  edition: ['bibliographicInfo', 'edition'],
  volume: ['bibliographicInfo', 'volume'],
  issue: ['bibliographicInfo', 'issue'],
  titleOfComponent: ['bibliographicInfo', 'titleOfComponent'],
  authorOfComponent: ['bibliographicInfo', 'authorOfComponent'],
  pagesRequested: ['bibliographicInfo', 'pagesRequested'],
  systemInstanceIdentifier: ['bibliographicInfo', 'supplierUniqueRecordId'],
  publisher: ['publicationInfo', 'publisher'],
  placeOfPublication: ['publicationInfo', 'placeOfPublication'],
  publicationDate: ['publicationInfo', 'publicationDate'],
  neededBy: ['serviceInfo', 'needBeforeDate'],
};

/** Identifiers with a code, each in its list. */
const CODED: Readonly<Record<string, readonly [list: string, id: string, code: string, named: string]>> = {
  isbn: ['bibliographicItemId', 'bibliographicItemIdentifier', 'bibliographicItemIdentifierCode', 'ISBN'],
  issn: ['bibliographicItemId', 'bibliographicItemIdentifier', 'bibliographicItemIdentifierCode', 'ISSN'],
  oclcNumber: ['bibliographicRecordId', 'bibliographicRecordIdentifier', 'bibliographicRecordIdentifierCode', 'OCLC'],
};

/** Record numbers of WorldCat, as reshare-ui and as mod-rs write their code. */
const OCLC = /^oclc(number)?$/iu;

/** States in which the borrower may still change the request (`editable` in `misc/state-models.yaml` 3.0.0). */
const EDITABLE_IN: ReadonlySet<string> = new Set([
  'NEW',
  'INVALID_PATRON',
  'NEEDS_REVIEW',
  'DUPLICATE',
  'LOCAL_SUPPLY',
]);

export function isEditable(record: Json): boolean {
  return record['side'] === 'borrowing' && EDITABLE_IN.has(text(record['state']) ?? '');
}

type Entries = readonly (readonly [name: string, value: string])[];

/** The fields with a value, by the port's names; none of them names the patron. */
export function editableOf(record: Json): Readonly<Record<string, string>> {
  const asked = fields(record['illRequest']);
  const plain = Object.entries(PLAIN).flatMap(([name, [part, field]]): Entries => {
    const raw = fields(asked[part])[field];
    const value = number(raw)?.toString() ?? text(raw);
    return value === undefined ? [] : [[name, name === 'neededBy' ? value.slice(0, 10) : value]];
  });
  const coded = Object.entries(CODED).flatMap(([name, [list, id, code, named]]): Entries => {
    const entries = records(fields(asked['bibliographicInfo'])[list]);
    const value = text(entries.find((entry) => isCoded(entry[code], named))?.[id]);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries([...plain, ...coded]);
}

/** The whole `illRequest` with the changes laid over it, since a PUT replaces it; an emptied field is left out. */
export function withChanges(record: Json, changes: Readonly<Record<string, string>>): Json {
  const asked: Record<string, unknown> = { ...fields(record['illRequest']) };
  for (const [name, value] of Object.entries(changes)) {
    const plain = PLAIN[name];
    const coded = CODED[name];
    if (plain !== undefined) {
      const [part, field] = plain;
      asked[part] = withField(
        fields(asked[part]),
        field,
        name === 'neededBy' && value !== '' ? needBefore(value) : value,
      );
    } else if (coded !== undefined) {
      const [list, id, code, named] = coded;
      const bib = fields(asked['bibliographicInfo']);
      const others = records(bib[list]).filter((entry) => !isCoded(entry[code], named));
      const entries = value === '' ? others : [...others, { [id]: value, [code]: { '#text': named } }];
      asked['bibliographicInfo'] = { ...bib, [list]: entries };
    }
  }
  return asked;
}

/** ISO 18626 asks for a moment where people mean a day: its end, UTC. */
export function needBefore(day: string): string {
  return `${day}T23:59:59Z`;
}

function withField(part: Json, field: string, value: string): Json {
  const { [field]: _before, ...rest } = part;
  return value === '' ? rest : { ...rest, [field]: value };
}

function isCoded(code: unknown, named: string): boolean {
  const said = schemeText(code) ?? '';
  return named === 'OCLC' ? OCLC.test(said) : said.toUpperCase() === named;
}
