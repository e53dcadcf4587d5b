import { CqlError, type Clause } from './cql.ts';
import { IDENTIFIER_TYPES, ILL_POLICIES, type StockInstance } from './records.ts';

/** Text as the full-text index keeps it: words without case or diacritics. A hyphen stays inside its word. */
function words(text: string): readonly string[] {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}*-]+/u)
    .filter((word) => word !== '' && word !== '*');
}

/** The term with its escapes resolved; a bare `*` stays a wildcard only at the end of a word. */
const plain = (term: string): string => term.replace(/\\(.)/g, '$1');

function sameWord(word: string, wanted: string): boolean {
  return wanted.endsWith('*') ? word.startsWith(wanted.slice(0, -1)) : word === wanted;
}

function compare(text: string, relation: string, term: string): boolean {
  const wanted = words(plain(term));
  const here = words(text);
  const has = (one: string): boolean => here.some((word) => sameWord(word, one));
  switch (relation) {
    case '==':
      return text === plain(term);
    case 'all':
      return wanted.length > 0 && wanted.every(has);
    case 'any':
      return wanted.some(has);
    case '=':
    case 'adj':
      return here.some(
        (_word, from) => wanted.length > 0 && wanted.every((one, i) => sameWord(here[from + i] ?? '', one)),
      );
    default:
      throw new CqlError(`Unsupported relation ${relation}`);
  }
}

/** The normaliser of the ISBN indexes: no hyphens, no blanks. It makes no 13 of a 10. */
const bareIsbn = (text: string): string => text.replace(/[-\s]/g, '').toUpperCase();

function isbn(instance: StockInstance, type: 'ISBN' | 'Invalid ISBN', { relation, term }: Clause): boolean {
  // The normaliser sits on the full-text index only, so that an exact comparison never finds anything.
  if (relation === '==') return false;
  const wanted = bareIsbn(plain(term));
  return instance.identifiers.some((one) => one.type === type && bareIsbn(one.value) === wanted);
}

function identifiers(instance: StockInstance, { relation, modifiers, term }: Clause): boolean {
  const type = modifiers.find((one) => one.name === '@identifierTypeId')?.value;
  return instance.identifiers.some(
    (one) => (type === undefined || IDENTIFIER_TYPES[one.type] === type) && compare(one.value, relation, term),
  );
}

/** How one clause judges a record; the indexes are those of mod-inventory-storage's instances. */
export function judge(clause: Clause, instance: StockInstance): boolean {
  const { index, relation, term } = clause;
  switch (index) {
    case 'id':
      return instance.id === plain(term).toLowerCase();
    case 'title':
      return compare(instance.title, relation, term);
    case 'contributors':
      return compare(instance.author ?? '', relation, term);
    case 'keyword': {
      const everything = [instance.title, instance.author ?? '', ...instance.identifiers.map((one) => one.value)];
      return compare(everything.join(' '), relation, term);
    }
    case 'isbn':
      return isbn(instance, 'ISBN', clause);
    case 'invalidIsbn':
      return isbn(instance, 'Invalid ISBN', clause);
    case 'identifiers':
      return identifiers(instance, clause);
    case 'item.barcode':
      return instance.holdings.some((holding) => holding.items.some((item) => item.barcode === plain(term)));
    case 'holdingsRecords.illPolicyId':
      return instance.holdings.some(
        (holding) => holding.policy !== undefined && ILL_POLICIES[holding.policy] === plain(term),
      );
    default:
      throw new CqlError(`CQL: index ${index} is not known`);
  }
}
