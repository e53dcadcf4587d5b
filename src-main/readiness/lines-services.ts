import { isCrosslink, symbolOf, type Facts } from './facts.ts';
import type { OwnEntry } from './ports.ts';
import { found, inReshare, menderOf, missing, noEntry, notSeen, waits, type LineSpec, type Seen } from './seen.ts';

/** What a request placed from outside ReShare needs, from the configuration guide and the guide for external services. */

const SOURCE = 'ReShare documentation, integrating external services: Required data';

export const OPENURL_LINE: LineSpec = {
  id: 'openurl',
  group: 'services',
  asks: 'The OpenURL resolver, which takes requests from other services, answers.',
  source: 'ReShare Configuration Guide: Configure OpenURL',
  mender: 'reshare-support',
  mend: 'Ask your ReShare support desk for the resolver’s address, and enter it in Settings.',
  look: openUrl,
  orPerson: true,
};

const OWN_DOOR: Seen = {
  outcome: 'not-needed',
  finding: 'ReShare is CrossLink here, which takes requests by an interface of its own; an OpenURL would lead past it.',
};

function openUrl(facts: Facts): Seen {
  if (isCrosslink(facts)) return OWN_DOOR;
  if (facts.openUrl === undefined) {
    return symbolOf(facts) === undefined
      ? waits('Not looked at: the library’s symbol is not known, or Carrel has not looked yet.')
      : waits('No address of the OpenURL resolver is entered in Settings.');
  }
  if (!facts.openUrl.ok) {
    const { error } = facts.openUrl;
    return error.code === 'no-permission'
      ? notSeen(error, 'reshare-support')
      : missing(error.sentence, { mender: menderOf(error, 'reshare-support') });
  }
  return found('The resolver answers; nothing was requested.');
}

function openUrlTenant(facts: Facts): Seen {
  const symbol = symbolOf(facts);
  if (symbol === undefined) return waits('No symbol is set anywhere; the directory’s root entry comes first.');
  if (facts.openUrl?.ok !== true) return waits(`The symbol is ${symbol}. The resolver’s own line comes first.`);
  return facts.openUrl.value
    ? found(`The resolver takes requests for ${symbol}.`)
    : missing(`The resolver does not know the symbol ${symbol}.`);
}

export const SERVICE_LINES: readonly LineSpec[] = [
  {
    id: 'openurl-tenant',
    group: 'services',
    asks: 'The resolver knows the library’s symbol: the OpenURL address ends with it, so that requests reach the right tenant.',
    source: SOURCE,
    mender: 'reshare-support',
    mend: 'Ask your ReShare support desk to have the symbol served by the resolver; in the directory it stands at the root entry.',
    look: (facts) => (isCrosslink(facts) ? OWN_DOOR : inReshare(facts, facts.entries, () => openUrlTenant(facts))),
    orPerson: true,
  },
  {
    id: 'pickup-slugs',
    group: 'services',
    asks: 'Every pickup location has a slug, which is what svc.pickupLocation of a request must say.',
    source: SOURCE,
    mender: 'reshare-support',
    mend: 'Have a slug entered in the directory for each pickup location, and map the pickup places of other services to them.',
    look: (facts) => inReshare(facts, facts.entries, slugs),
    orPerson: true,
  },
  {
    id: 'pickup-names',
    group: 'services',
    asks: 'Each pickup location that the library named in Settings is one in the directory.',
    source: SOURCE,
    mender: 'library-administrator',
    mend: 'In Settings, correct the slugs of the pickup locations: each is written as in the directory.',
    look: (facts) => inReshare(facts, facts.entries, (entries) => named(entries, facts.pickupNames)),
    orPerson: true,
  },
  {
    id: 'patron-ids',
    group: 'services',
    asks: 'Services that place requests send patron ids of the kind ReShare checks (req_id), for example the barcode.',
    source: SOURCE,
    mender: 'library-administrator',
    mend: 'Compare what each service sends with the id the circulation system knows patrons by.',
    why: 'What other services send cannot be seen from here.',
  },
];

function slugs(entries: readonly OwnEntry[]): Seen {
  const pickups = entries.filter(({ kind, pickup }) => kind === 'branch' && pickup);
  if (pickups.length === 0) return waits('There is no pickup location yet.');
  const without = pickups.filter(({ slug }) => slug === undefined).map(({ name }) => name);
  return without.length > 0
    ? missing(`Without a slug: ${without.join(', ')}.`)
    : found(pickups.map(({ name, slug }) => `${name}: ${slug ?? ''}`).join(' · '));
}

function named(entries: readonly OwnEntry[], names: Facts['pickupNames']): Seen {
  if (names === undefined || names.length === 0) {
    return { outcome: 'not-needed', finding: 'Settings names none, so that the directory’s own names are shown.' };
  }
  const slugs = new Set(entries.flatMap(({ kind, pickup, slug }) => (kind === 'branch' && pickup ? [slug] : [])));
  if (slugs.size === 0) return waits('There is no pickup location yet.');
  const strangers = names.filter(({ slug }) => !slugs.has(slug));
  return strangers.length === 0
    ? found(names.map(({ slug, name }) => `${name}: ${slug}`).join(' · '))
    : missing(
        `No pickup location in the directory: ${strangers.map(({ slug, name }) => `${name} (${slug})`).join(', ')}.`,
      );
}

export const INVENTORY_LINE: LineSpec = {
  id: 'shared-inventory',
  group: 'services',
  asks: 'The Shared Inventory can be searched: it has a tenant and an account of its own.',
  source: SOURCE,
  mender: 'library-administrator',
  mend: 'Ask the consortium for tenant and account of the Shared Inventory, and enter them in Settings.',
  look: ({ inventory }) => {
    if (inventory === undefined) return waits('No Shared Inventory is entered in Settings.');
    return inventory.ok
      ? found('The Shared Inventory answers and takes the account, where it has one.')
      : noEntry(inventory.error);
  },
  orPerson: true,
};
