/** Identifier types as FOLIO ships them (mod-inventory-storage, reference-data/identifier-types). */
export const IDENTIFIER_TYPES = {
  ISBN: '8261054f-be78-422d-bd51-4ed9f33c3422',
  'Invalid ISBN': 'fcca2643-406a-482a-b760-7a7f8aec640e',
  ISSN: '913300b2-03ed-469a-8179-c1092c991227',
  OCLC: '439bfbae-75bc-4f74-9fc7-b2a2d47ce3ef',
  LCCN: 'c858e4f2-2b6b-4385-842b-60532ee14abb',
} as const;
export type IdentifierType = keyof typeof IDENTIFIER_TYPES;

/** ILL policies as FOLIO ships them (mod-inventory-storage, reference-data/ill-policies); a consortium may add its own. */
const ILL_POLICIES: ReadonlyMap<string, string> = new Map([
  ['46970b40-918e-47a4-a45d-b1677a2d3d46', 'Will lend'],
  ['b0f97013-87f5-4bab-87f2-ac4a5191b489', 'Will not lend'],
  ['2b870182-a23d-48e8-917d-9421e5c3ce13', 'Will lend hard copy only'],
  ['9e49924b-f649-4b36-ab57-e66e639a9b0e', 'Limited lending policy'],
  ['37fc2702-7ec9-482a-a4e3-5ed9a122ece1', 'Unknown lending policy'],
]);

/** The name of a policy by its id; one that FOLIO does not ship has no name here and is no "Will lend". */
export function policyName(id: string): string {
  return ILL_POLICIES.get(id) ?? 'a policy of the consortium’s own';
}
