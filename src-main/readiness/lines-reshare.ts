import { adapterOf, NO_PATRON, rootOf, settingOf, symbolOf, type Facts } from './facts.ts';
import type { OwnEntry } from './ports.ts';
import { found, inReshare, missing, type LineSpec, type Seen } from './seen.ts';

/** What ReShare's own configuration guide asks of a tenant, in the order of that guide. */

const SOURCE = 'ReShare Configuration Guide';

export const RESHARE_LINES: readonly LineSpec[] = [
  {
    id: 'directory-root',
    group: 'reshare',
    asks: 'The library has a root entry in the directory, with its symbol.',
    source: `${SOURCE}: Configure directory entries`,
    mender: 'reshare-support',
    mend: 'Have the root entry made in the Directory app, managed by this library and with its symbol.',
    look: (facts) => inReshare(facts, facts.entries, () => root(facts)),
    orPerson: true,
  },
  {
    id: 'directory-branches',
    group: 'reshare',
    asks: 'At least one branch entry is a pickup location.',
    source: `${SOURCE}: Configure directory entries`,
    mender: 'reshare-support',
    mend: 'Have a branch entry made below the root entry for each place where patrons fetch things, tagged “pickup”.',
    look: (facts) => inReshare(facts, facts.entries, branches),
    orPerson: true,
  },
  {
    id: 'shared-index',
    group: 'reshare',
    asks: 'ReShare’s shared index settings are filled in, so that it finds titles and holdings.',
    source: `${SOURCE}: Configure shared inventory`,
    mender: 'reshare-support',
    mend: 'Ask your ReShare support desk to fill in address, tenant and account of the shared index.',
    look: (facts) =>
      filled(facts, 'sharedIndex', {
        shared_index_base_url: 'address',
        shared_index_tenant: 'tenant',
        shared_index_user: 'user name',
      }),
    orPerson: true,
  },
  {
    id: 'lms-steps',
    group: 'reshare',
    asks: 'ReShare tells the circulation system what it does: patron check, temporary item, check-out, check-in.',
    source: `${SOURCE}: Configure library management system integrations`,
    mender: 'library-administrator',
    mend: 'In ReShare’s Settings, Resource sharing, Host LMS integration: set the four steps to NCIP. What is left off, the library does by hand.',
    look: (facts) => inReshare(facts, facts.settings.hostLMSIntegration, () => steps(facts)),
    orPerson: true,
  },
  {
    id: 'lms-address',
    group: 'reshare',
    asks: 'ReShare knows the circulation system’s NCIP address and both agency ids.',
    source: `${SOURCE}: Configure library management system integrations`,
    mender: 'reshare-support',
    mend: 'Ask your ReShare support desk to fill in NCIP server address, from-agency and to-agency.',
    look: (facts) =>
      filled(facts, 'localNCIP', {
        ncip_server_address: 'NCIP server address',
        ncip_from_agency: 'from-agency',
        ncip_to_agency: 'to-agency',
      }),
    orPerson: true,
  },
  {
    id: 'request-prefix',
    group: 'reshare',
    asks: 'The request id prefix is the library’s symbol followed by a dash.',
    source: `${SOURCE}: Request ID prefix`,
    mender: 'library-administrator',
    mend: 'In ReShare’s Settings, Resource sharing, Request defaults: write the symbol and a dash, for example NJSOOS-.',
    look: (facts) => inReshare(facts, facts.settings.requests, () => prefix(facts)),
    orPerson: true,
  },
  {
    id: 'default-patron',
    group: 'reshare',
    asks: 'The default institutional patron id is set; with Alma it may be a dash.',
    source: `${SOURCE}: Default institutional patron ID`,
    mender: 'library-administrator',
    mend: 'In ReShare’s Settings, Resource sharing, Request defaults: write the barcode of your default patron account. Without it nothing can be checked out.',
    look: (facts) => inReshare(facts, facts.settings.requests, () => defaultPatron(facts)),
    orPerson: true,
  },
];

/** Asked only of libraries without WMS: OCLC's page has a line of its own for it. */
export const OTHER_LMS_LINE: LineSpec = {
  id: 'lms-adapter',
  group: 'reshare',
  asks: 'ReShare is connected to the library’s circulation system.',
  source: `${SOURCE}: Configure library management system integrations`,
  mender: 'reshare-support',
  mend: 'Ask your ReShare support desk to choose your system under Host LMS integration.',
  look: (facts) => inReshare(facts, facts.settings.hostLMSIntegration, () => adapter(facts)),
  orPerson: true,
};

function root(facts: Facts): Seen {
  const entry = rootOf(facts);
  if (entry === undefined) return missing('The directory has no institution entry that this library manages.');
  const [symbol] = entry.symbols;
  return symbol === undefined
    ? missing(`The entry “${entry.name}” has no symbol.`)
    : found(`“${entry.name}”, with the symbol ${symbol}.`);
}

function branches(entries: readonly OwnEntry[]): Seen {
  const pickups = entries.filter(({ kind, pickup }) => kind === 'branch' && pickup);
  return pickups.length === 0
    ? missing('No branch entry of this library is tagged as a pickup location.')
    : found(`Pickup locations: ${pickups.map(({ name }) => name).join(', ')}.`);
}

/** Every key of a section has a value; values are not repeated, only what they are. */
function filled(facts: Facts, section: 'localNCIP' | 'sharedIndex', names: Readonly<Record<string, string>>): Seen {
  return inReshare(facts, facts.settings[section], (values) => {
    const lacks = Object.entries(names).flatMap(([key, name]) => (values.has(key) ? [] : [`${name} (${key})`]));
    return lacks.length === 0
      ? found(`Filled in: ${Object.values(names).join(', ')}.`)
      : missing(`Empty: ${lacks.join(', ')}.`);
  });
}

const STEPS: Readonly<Record<string, string>> = {
  borrower_check: 'patron check',
  accept_item: 'temporary item',
  check_out_item: 'check-out',
  check_in_item: 'check-in',
};

function steps(facts: Facts): Seen {
  const off = Object.entries(STEPS).flatMap(([key, name]) => {
    const value = settingOf(facts, 'hostLMSIntegration', key);
    return value?.toLowerCase() === 'ncip' ? [] : [`${name} (${key} is ${value ?? 'not set'})`];
  });
  return off.length === 0
    ? found('All four steps go by NCIP.')
    : missing(`ReShare reports success without telling the circulation system of: ${off.join(', ')}.`);
}

function prefix(facts: Facts): Seen {
  const value = settingOf(facts, 'requests', 'request_id_prefix');
  if (value === undefined) return missing('There is no request id prefix.');
  if (!value.endsWith('-')) return missing(`The prefix “${value}” does not end in a dash.`);
  const symbol = symbolOf(facts)?.split(':').at(-1);
  const other = symbol !== undefined && value !== `${symbol}-` ? ` The guide recommends ${symbol}-.` : '';
  return found(`The prefix is ${value}.${other}`);
}

function defaultPatron(facts: Facts): Seen {
  const value = settingOf(facts, 'requests', 'default_institutional_patron_id');
  if (value === undefined) return missing('The default institutional patron id is empty.');
  if (value !== NO_PATRON) return found('An account is named.');
  const adapter = adapterOf(facts);
  if (adapter === undefined) {
    return found('It is a dash, as libraries with Alma write it; whether yours has Alma could not be seen.');
  }
  return adapter === 'alma'
    ? found('It is a dash, as it may be with Alma.')
    : missing(`It is a dash, which only Alma can do with; ReShare’s circulation system is set to “${adapter}”.`);
}

function adapter(facts: Facts): Seen {
  const name = adapterOf(facts);
  return name === undefined || name === 'manual'
    ? missing('ReShare’s circulation system is set to “manual”: it tells nobody what it does.')
    : found(`ReShare’s circulation system is set to “${name}”.`);
}
