import { isCrosslink, type Facts } from './facts.ts';
import type { KeyUse, KeyUses } from './ports.ts';
import { found, inReshare, missing, noEntry, NOT_YET, waits, type LineSpec, type Seen } from './seen.ts';

/** What Carrel's own accounts must be able to do; everything below is looked at through them. */

const SOURCE = 'Carrel, README: For whoever sets it up';

/** mod-rs ModuleDescriptor: `rs.patronrequests.read` is the first three. */
export const DESK_PERMISSIONS = [
  'rs.patronrequests.collection.get',
  'rs.patronrequests.item.get',
  'rs.patronrequests.item.validactions',
  'rs.patronrequests.item.performaction',
] as const;

/** What else Carrel does for who may, by the permission that mod-rs's descriptor asks for it. */
export const MORE_PERMISSIONS: Readonly<Record<string, string>> = {
  'rs.settings.getsection.state_action_config': 'to know which steps your library combines',
  'rs.report.execute': 'to fetch pull slips',
  'rs.patronrequests.generateBatch': 'to fetch the pull slips of a whole list',
  'rs.patronrequests.item.post': 'to ask whether a patron may place a request',
  'rs.patronrequests.item.put': 'to change a request',
  'rs.patronrequests.bulkaction': 'to take the same step for many requests in one call',
  'rs.refdata.get': 'to offer reasons and conditions',
  'rs.hostlmslocations.get': 'to offer the locations an item is fetched from',
  'rs.shelvingLocations.read': 'to offer their shelving locations',
};

/** CrossLink's ModuleDescriptor: the first three are in `broker.patron_requests.read`. */
export const CROSSLINK_PERMISSIONS = [
  'broker.patron_requests.get',
  'broker.patron_requests.item.get',
  'broker.patron_requests.item.actions.get',
  'broker.patron_requests.item.action.post',
] as const;

/** What else Carrel does with CrossLink. */
export const MORE_IN_CROSSLINK: Readonly<Record<string, string>> = {
  'broker.sse.events.get': 'to be told of changes as they happen',
  'broker.patron_requests.item.events.get': 'to tell what the circulation system answered',
  'broker.pullslips.post': 'to fetch pull slips',
  'broker.patron_requests.item.notifications.get': 'to show messages and conditions',
  'broker.patron_requests.item.notifications.post': 'to write to the other library',
  'broker.patron_requests.item.notifications.item.receipt.put': 'to mark messages as read',
  'broker.patron_requests.item.internal_note.put': 'to keep the local note',
  'broker.patron_requests.item.put': 'to change a request that was not sent yet',
  'broker.patron_requests.item.terminate.post': 'to close a request by hand',
  'broker.patron_requests.post': 'to place requests',
};

export const RESHARE_ACCESS: readonly LineSpec[] = [
  {
    id: 'log-in',
    group: 'access',
    asks: 'Carrel’s account can log in to ReShare.',
    source: SOURCE,
    mender: 'library-administrator',
    mend: 'Check address, tenant, user name and password in Settings; “Test connection” says which of them is wrong.',
    look: ({ logIn }) => {
      if (logIn === undefined) return NOT_YET;
      return logIn.ok ? found('ReShare takes the account and its password.') : noEntry(logIn.error);
    },
  },
  {
    id: 'backend',
    group: 'access',
    asks: 'The tenant has a ReShare that Carrel works with: mod-rs, or its successor CrossLink.',
    source: SOURCE,
    mender: 'reshare-support',
    mend: 'Ask your ReShare support desk which tenant has the library’s requests, and enter that one in Settings.',
    look: (facts) => {
      const { backend } = facts;
      const none = backend?.ok === false && backend.error.code === 'configuration' ? backend.error : undefined;
      return none === undefined ? inReshare(facts, backend, ({ sentence }) => found(sentence)) : missing(none.sentence);
    },
  },
  {
    id: 'permissions',
    group: 'access',
    asks: 'That account may list and open requests, see what can be done with them, and do it.',
    source: SOURCE,
    mender: 'library-administrator',
    mend: 'Grant the account rs.patronrequests.read and rs.patronrequests.item.performaction.',
    look: (facts) =>
      inReshare(facts, facts.permissions, (held) => {
        const crosslink = isCrosslink(facts);
        const lacks = lacking(held, crosslink ? CROSSLINK_PERMISSIONS : DESK_PERMISSIONS);
        if (lacks === undefined) return MAY_NOT_ASK;
        if (lacks.length === 0) return found('The account has every permission a desk needs.');
        const mend = 'Grant the account broker.patron_requests.read and broker.patron_requests.item.action.post.';
        return missing(`The account lacks ${lacks.join(', ')}.`, crosslink ? { mend } : {});
      }),
    orPerson: true,
  },
  {
    id: 'permissions-more',
    group: 'access',
    asks: 'That account may do what the ILL office does besides: fetch pull slips, change and place requests, and the rest that Carrel offers.',
    source: SOURCE,
    mender: 'library-administrator',
    mend: 'Grant the account what is named; or confirm here that your library does without.',
    look: (facts) =>
      inReshare(facts, facts.permissions, (held) => {
        const more = isCrosslink(facts) ? MORE_IN_CROSSLINK : MORE_PERMISSIONS;
        const lacks = lacking(held, Object.keys(more));
        if (lacks === undefined) return MAY_NOT_ASK;
        const named = lacks.map((name) => `${name} (${more[name] ?? ''})`);
        return named.length === 0
          ? found('The account has every permission Carrel has a use for.')
          : missing(`The account lacks ${named.join(', ')}.`);
      }),
    orPerson: true,
    orWithout: true,
  },
];

const MAY_NOT_ASK: Seen = {
  outcome: 'not-permitted',
  finding: 'The account may not ask for its own permissions (users-bl.collection.get).',
  mend: 'Grant it users-bl.collection.get; or compare its permissions by hand and confirm it here.',
};

/** Those of the names the account does not hold; undefined where it may not ask for its own. */
function lacking(held: ReadonlySet<string> | undefined, names: readonly string[]): readonly string[] | undefined {
  if (held === undefined) return undefined;
  return held.has('rs.all') ? [] : names.filter((name) => !held.has(name));
}

function judgeUse({ outcome, sentence }: KeyUse): Seen {
  switch (outcome) {
    case 'works':
      return found(sentence);
    case 'unused':
      return { outcome: 'not-needed', finding: sentence };
    case 'unreached':
      return waits(sentence);
    case 'fails':
      return missing(sentence);
  }
}

function keyLine(use: Exclude<keyof KeyUses, 'key'>, id: string, asks: string): LineSpec {
  return {
    id,
    group: 'access',
    asks,
    source: SOURCE,
    mender: 'oclc',
    mend: `Ask OCLC to add ${use} to the library’s WSKey for your institution.`,
    look: ({ keyUses }: Facts) => {
      if (keyUses === undefined) return NOT_YET;
      const seen = keyUses[use];
      return seen === undefined ? waits('Not looked at, because OCLC did not take the WSKey itself.') : judgeUse(seen);
    },
  };
}

export const WMS_ACCESS: readonly LineSpec[] = [
  {
    id: 'wskey',
    group: 'access',
    asks: 'OCLC knows the library’s WSKey and its secret.',
    source: SOURCE,
    mender: 'library-administrator',
    mend: 'Type key and secret in anew in Settings; “Test WMS” says what OCLC answers.',
    look: ({ keyUses }) => {
      if (keyUses === undefined) return NOT_YET;
      return judgeUse(keyUses.key);
    },
  },
  keyLine('WMS_NCIP', 'wskey-circulation', 'The key may check the library’s own items in and out.'),
  keyLine('WMS_Availability', 'wskey-availability', 'The key may ask for the copies of a title.'),
  keyLine('SCIM:read_user', 'wskey-patrons', 'The key may look patrons up by their card.'),
];
