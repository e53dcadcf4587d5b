import { namedUuid, refdataKey } from './random.ts';

interface Tag {
  readonly id: number;
  readonly normValue: string;
  readonly value: string;
}

interface FullRefdata {
  readonly id: string;
  readonly value: string;
  readonly label: string;
  readonly owner: { readonly id: string; readonly desc: string; readonly internal: boolean };
}

export interface DirectorySymbol {
  readonly id: string;
  readonly symbol: string;
  readonly priority: string;
  readonly authority: { readonly id: string; readonly symbol: string };
  readonly owner: { readonly id: string };
}

/** A directory entry as mod-directory's `_directoryEntry.gson` writes it; null properties are left out. */
export interface DirectoryEntry {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly lmsLocationCode?: string;
  readonly phoneNumber?: string;
  readonly emailAddress?: string;
  readonly type: FullRefdata;
  readonly status: FullRefdata;
  readonly tags: readonly Tag[];
  readonly symbols: readonly DirectorySymbol[];
  readonly customProperties: Readonly<Record<string, unknown>>;
  readonly addresses: readonly unknown[];
  readonly announcements: readonly unknown[];
  readonly units?: readonly { readonly id: string; readonly name: string }[];
  readonly members: readonly unknown[];
  readonly memberCount: number;
  readonly parent?: {
    readonly id: string;
    readonly slug: string;
    readonly name: string;
    readonly fullyQualifiedName: string;
  };
  readonly tagSummary: string;
  readonly symbolSummary: string;
  readonly fullyQualifiedName: string;
}

export interface BranchPlan {
  readonly name: string;
  readonly slug: string;
  readonly code: string;
  readonly symbol: string;
  readonly street: string;
}

/** A library as the plan of the story names it. */
export interface LibraryPlan {
  readonly tenant: string;
  readonly name: string;
  readonly slug: string;
  /** Without the authority: `RVR`. */
  readonly symbol: string;
  readonly town: string;
  /** Account in other libraries' circulation systems that ILL items are checked out to. */
  readonly institutionalPatronId: string;
  readonly branches: readonly BranchPlan[];
}

export const AUTHORITY_ID = namedUuid('authority:RESHARE');

const label = (value: string): string => value.charAt(0).toUpperCase() + value.slice(1);

function directoryRefdata(desc: string, value: string): FullRefdata {
  return {
    id: refdataKey(desc, value),
    value,
    label: label(value),
    owner: { id: refdataKey('category', desc), desc, internal: false },
  };
}

function line(id: string, seq: number, kind: string, value: string) {
  const type = { id: refdataKey('AddressLine.Type', kind), value: kind, label: label(kind) };
  return { id: namedUuid(`line:${id}:${seq}`), seq, type, value };
}

function institution(library: LibraryPlan, ours: boolean): DirectoryEntry {
  const id = namedUuid(`directory:${library.slug}`);
  return {
    id,
    name: library.name,
    slug: library.slug,
    type: directoryRefdata('DirectoryEntry.Type', 'institution'),
    status: directoryRefdata('DirectoryEntry.Status', ours ? 'managed' : 'reference'),
    tags: [],
    symbols: [
      {
        id: namedUuid(`symbol:${library.symbol}`),
        symbol: library.symbol,
        priority: 'a',
        authority: { id: AUTHORITY_ID, symbol: 'RESHARE' },
        owner: { id },
      },
    ],
    customProperties: {
      local_institutionalPatronId: [
        {
          id: 500 + library.symbol.charCodeAt(0),
          internal: true,
          value: library.institutionalPatronId,
          type: {
            id: refdataKey('CustomProperty', 'local_institutionalPatronId'),
            name: 'local_institutionalPatronId',
            label: 'Institutional patron ID',
            primary: false,
            defaultInternal: true,
            weight: 0,
            type: 'com.k_int.web.toolkit.custprops.types.CustomPropertyText',
          },
        },
      ],
    },
    addresses: [],
    announcements: [],
    units: library.branches.map((branch) => ({ id: namedUuid(`directory:${branch.slug}`), name: branch.name })),
    members: [],
    memberCount: 0,
    tagSummary: 'No tags',
    symbolSummary: `RESHARE:${library.symbol}`,
    fullyQualifiedName: library.name,
  };
}

function branchEntry(library: LibraryPlan, branch: BranchPlan, ours: boolean): DirectoryEntry {
  const id = namedUuid(`directory:${branch.slug}`);
  return {
    id,
    name: branch.name,
    slug: branch.slug,
    lmsLocationCode: branch.code,
    phoneNumber: '+1 555 0100',
    emailAddress: `ill@${library.tenant}.example.edu`,
    type: directoryRefdata('DirectoryEntry.Type', 'branch'),
    status: directoryRefdata('DirectoryEntry.Status', ours ? 'managed' : 'reference'),
    tags: [{ id: 3, normValue: 'pickup', value: 'pickup' }],
    symbols: [
      {
        id: namedUuid(`symbol:${branch.symbol}`),
        symbol: branch.symbol,
        priority: 'shipping',
        authority: { id: AUTHORITY_ID, symbol: 'RESHARE' },
        owner: { id },
      },
    ],
    customProperties: {},
    addresses: [
      {
        id: namedUuid(`address:${branch.slug}`),
        addressLabel: 'Desk',
        countryCode: 'US',
        lines: [line(branch.slug, 0, 'thoroughfare', branch.street), line(branch.slug, 1, 'locality', library.town)],
        tags: [{ id: 12, normValue: 'shipping', value: 'Shipping' }],
      },
    ],
    announcements: [],
    members: [],
    memberCount: 0,
    parent: {
      id: namedUuid(`directory:${library.slug}`),
      slug: library.slug,
      name: library.name,
      fullyQualifiedName: library.name,
    },
    tagSummary: 'pickup',
    symbolSummary: `RESHARE:${branch.symbol}`,
    fullyQualifiedName: `${library.name} / ${branch.name}`,
  };
}

/** The directory one library sees: its own entries are `managed`, everybody else's `reference`. */
export function directoryFor(tenant: string, libraries: readonly LibraryPlan[]): readonly DirectoryEntry[] {
  return libraries.flatMap((library) => {
    const ours = library.tenant === tenant;
    return [institution(library, ours), ...library.branches.map((branch) => branchEntry(library, branch, ours))];
  });
}

/** The directory after somebody damaged the entry of that slug. @throws RangeError when there is no such entry or part. */
export function withoutPart(entries: readonly DirectoryEntry[], slug: string, part: string): readonly DirectoryEntry[] {
  const damaged = entries.find((one) => one.slug === slug);
  if (damaged === undefined) throw new RangeError(`No directory entry ${slug}`);
  const lacking: Readonly<Record<string, Partial<DirectoryEntry>>> = {
    symbols: { symbols: [], symbolSummary: '' },
    tags: { tags: [], tagSummary: 'No tags' },
    slug: { slug: '' },
  };
  const change = lacking[part];
  if (change === undefined && part !== 'all') throw new RangeError(`No part ${part}`);
  return entries.flatMap((one) => (one !== damaged ? [one] : change === undefined ? [] : [{ ...one, ...change }]));
}

/** The short form of an institution inside a request: owner of a symbol. */
export function briefOwner(entry: DirectoryEntry) {
  const { id, value, label: words } = entry.status;
  return {
    id: entry.id,
    name: entry.name,
    slug: entry.slug,
    type: { id: entry.type.id },
    status: { id, value, label: words },
    tags: [{ id: 1, normValue: 'library', value: 'library' }],
    tagSummary: 'library',
    symbolSummary: entry.symbolSummary,
    fullyQualifiedName: entry.fullyQualifiedName,
  };
}

/** A resolved symbol as `resolvedSupplier`, `resolvedRequester` and message senders carry it. */
export function resolvedSymbol(directory: readonly DirectoryEntry[], authSymbol: string | undefined) {
  if (authSymbol === undefined) return undefined;
  const entry = directory.find((one) => one.symbolSummary === authSymbol);
  const symbol = entry?.symbols[0];
  if (entry === undefined || symbol === undefined) return undefined;
  return {
    id: symbol.id,
    symbol: symbol.symbol,
    priority: symbol.priority,
    authority: { id: AUTHORITY_ID },
    owner: briefOwner(entry),
  };
}

/** The short form of a pickup location inside a request. */
export function briefPickup(entry: DirectoryEntry) {
  const { id, value, label: words } = entry.status;
  return {
    id: entry.id,
    name: entry.name,
    slug: entry.slug,
    lmsLocationCode: entry.lmsLocationCode,
    type: { id: entry.type.id },
    status: { id, value, label: words },
    tags: entry.tags,
    parent:
      entry.parent === undefined
        ? undefined
        : { id: entry.parent.id, name: entry.parent.name, fullyQualifiedName: entry.parent.fullyQualifiedName },
    tagSummary: entry.tagSummary,
    symbolSummary: entry.symbolSummary,
    fullyQualifiedName: entry.fullyQualifiedName,
  };
}
