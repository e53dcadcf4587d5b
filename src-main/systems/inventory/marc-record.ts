import type { Candidate, HoldingView } from '../../contract/inventory.ts';
import { children, child, textOf } from '../http/xml/find.ts';
import type { XmlElement } from '../http/xml/parse.ts';
import { present } from '../http/tolerant.ts';
import { isElectronic } from './folio-record.ts';

/**
 * Reads a cluster record of Reservoir: MARC of one member, and in fields 999 with indicators 1 1 the copies of all of them.
 * Undefined when it has no id or title.
 */
export function readCluster(record: XmlElement): Candidate | undefined {
  const id = children(record, 'controlfield').find(({ attributes }) => attributes['tag'] === '001')?.text;
  const title = joined(first(record, ['245']), ['a', 'b', 'n', 'p']);
  if (id === undefined || id === '' || title === undefined) return undefined;
  const issued = first(record, ['264', '260']);
  const extent = joined(first(record, ['300']), ['a']);
  // 245 $h is where older records say that they are electronic.
  const medium = joined(first(record, ['245']), ['h']);
  return {
    id: id.toLowerCase(),
    title,
    electronic: isElectronic(title, `${medium ?? ''} ${extent ?? ''}`),
    isbns: all(record, '020'),
    issns: all(record, '022'),
    oclcNumbers: all(record, '035').filter((one) => /^\(OCoLC\)|^oc[mn]|^on\d/i.test(one)),
    complete: true,
    holdings: holdingsOf(record),
    ...present({
      author: joined(first(record, ['100', '110', '111', '700']), ['a']),
      edition: joined(first(record, ['250']), ['a']),
      publisher: joined(issued, ['b']),
      year: /\d{4}/.exec(joined(issued, ['c']) ?? '')?.[0],
      extent,
    }),
  };
}

/** Copies of one library with the same place, call number and policy stand together as a holding. */
function holdingsOf(record: XmlElement): HoldingView[] {
  const holdings = new Map<string, HoldingView>();
  for (const copy of fieldsOf(record, '999')) {
    if (copy.attributes['ind1'] !== '1' || copy.attributes['ind2'] !== '1') continue;
    const one = holdingOf(copy);
    const key = [one.locationCode, one.library, one.callNumber, one.policy].join('\n');
    const before = holdings.get(key);
    holdings.set(key, before === undefined ? one : { ...before, items: [...(before.items ?? []), 'Unknown'] });
  }
  return [...holdings.values()];
}

function holdingOf(copy: XmlElement): HoldingView {
  const of = (code: string): string | undefined => joined(copy, [code]);
  const symbol = of('s')?.replace(/^ISIL:/, '');
  const place = of('a')?.replaceAll('/', '-') ?? '';
  const volume = of('n') ?? of('v');
  return {
    id: [symbol, of('l'), place].filter((part) => part !== undefined && part !== '').join(' '),
    statements: volume === undefined ? [] : [volume],
    // Whether a copy is on the shelf today a harvest does not know.
    items: ['Unknown'],
    policy: policyOf(of('p')),
    ...present({
      locationCode: symbol === undefined ? undefined : [symbol, symbol, symbol, place].join('/'),
      library: of('i'),
      callNumber: of('c'),
    }),
  };
}

/** `$p` in the words of the ILL policies; a copy without one mod-rs takes for lendable (OAI variant of its shared index). */
function policyOf(code: string | undefined): string {
  return code === undefined || code === 'LOANABLE' ? 'Will lend' : 'Will not lend';
}

function fieldsOf(record: XmlElement, tag: string): readonly XmlElement[] {
  return children(record, 'datafield').filter(({ attributes }) => attributes['tag'] === tag);
}

function first(record: XmlElement, tags: readonly string[]): XmlElement | undefined {
  return tags.flatMap((tag) => fieldsOf(record, tag))[0];
}

function all(record: XmlElement, tag: string): string[] {
  return fieldsOf(record, tag).flatMap((field) => joined(field, ['a']) ?? []);
}

/** Subfields in the record's order, without the punctuation ISBD puts at their end. */
function joined(field: XmlElement | undefined, codes: readonly string[]): string | undefined {
  const text = children(field, 'subfield')
    .filter(({ attributes }) => codes.includes(attributes['code'] ?? ''))
    .map((subfield) => subfield.text.normalize('NFC'))
    .join(' ')
    .replace(/[\s/:;,=]+$/, '')
    .trim();
  return text === '' ? undefined : text;
}

/** The MARC records of an SRU answer (`searchRetrieveResponse/records/record/recordData/record`). */
export function marcRecords(response: XmlElement): readonly XmlElement[] {
  return children(child(response, 'records'), 'record').flatMap(
    (record) => child(child(record, 'recordData'), 'record') ?? [],
  );
}

/** SRU's diagnostic: its number (info:srw/diagnostic/1/…) and words; undefined when there is none. */
export function diagnosticOf(response: XmlElement): { readonly number: string; readonly words: string } | undefined {
  const diagnostic = child(child(response, 'diagnostics'), 'diagnostic');
  if (diagnostic === undefined) return undefined;
  const number = /\d+$/.exec(textOf(diagnostic, 'uri') ?? '')?.[0] ?? '';
  return { number, words: [textOf(diagnostic, 'message'), textOf(diagnostic, 'details')].join(': ') };
}
