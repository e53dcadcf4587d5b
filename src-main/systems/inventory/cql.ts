import type { InventoryQuery } from '../../contract/inventory.ts';
import { IDENTIFIER_TYPES, type IdentifierType } from './reference-data.ts';

/** A CQL term in quotes, with a backslash before each of `\ * ? ^ "` (raml-module-builder, StringUtil.cqlEncode). */
export function quoteCql(term: string): string {
  return `"${term.replace(/[\\*?^"]/g, '\\$&')}"`;
}

/** The CQL of mod-inventory-storage for a query. It goes to GraphQL as a variable, so nothing more is escaped. */
export function cqlOf(query: InventoryQuery): string {
  switch (query.by) {
    case 'id':
      return `id==${quoteCql(query.id)}`;
    case 'isbn':
      // Both indexes ignore hyphens and make no 13 of a 10; `isbn==` never matches. Wrong ISBNs are filed apart.
      return query.forms.flatMap((form) => [`isbn=${quoteCql(form)}`, `invalidIsbn=${quoteCql(form)}`]).join(' or ');
    case 'issn':
      return identifiers('ISSN', query.forms);
    case 'oclc':
      return identifiers('OCLC', query.forms);
    case 'lccn':
      return identifiers('LCCN', query.forms);
    case 'title':
      return `title all ${quoteCql(query.words)}`;
    case 'author':
      return authorIs(query.words);
    case 'anything':
      return `keyword all ${quoteCql(query.words)}`;
    case 'title-and-author':
      return `title all ${quoteCql(query.title)} and ${authorIs(query.author)}`;
  }
}

function authorIs(name: string): string {
  return `contributors =/@name ${quoteCql(name)}`;
}

function identifiers(type: IdentifierType, forms: readonly string[]): string {
  return forms
    .map((form) => `identifiers =/@value/@identifierTypeId=${quoteCql(IDENTIFIER_TYPES[type])} ${quoteCql(form)}`)
    .join(' or ');
}
