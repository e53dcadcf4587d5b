import { adapterOf, NO_PATRON, settingOf, type Facts } from './facts.ts';
import type { LendingAccount } from './ports.ts';
import { found, inReshare, inWms, missing, waits, type LineSpec, type Seen } from './seen.ts';

/*
 * What OCLC's help page asks of a library before ReShare works with its WMS, in the order of that page. Its tables of
 * policies leave some names out; those lines are called by what they decide.
 */

const SOURCE = 'OCLC help, ReShare integration: Set up integration';
const ON_SCREEN_ONLY = 'WMS tells no client; it is seen in OCLC Service Configuration only.';

function policy(id: string, group: 'borrowing' | 'lending', asks: string, mend: string): LineSpec {
  return { id, group, asks, source: SOURCE, mender: 'library-administrator', mend, why: ON_SCREEN_ONLY };
}

const BEFORE: readonly LineSpec[] = [
  {
    id: 'authorization-form',
    group: 'before',
    asks: 'OCLC’s Mutual Customer Access Authorization Form (Index Data – ReShare) is signed and sent: it lets ReShare use WMS NCIP for Resource Sharing and WMS Availability.',
    source: SOURCE,
    mender: 'library-administrator',
    mend: 'Fill the form in on screen, print it, have it signed and send it to legal@oclc.org.',
    why: 'What OCLC has granted to ReShare cannot be asked.',
  },
  {
    id: 'reshare-version',
    group: 'before',
    asks: 'ReShare has the version that the support desk wants for the WMS2 integration.',
    source: SOURCE,
    mender: 'reshare-support',
    mend: 'Ask your ReShare support desk whether an update is needed first.',
    why: 'Which version is new enough, only the support desk knows.',
  },
  {
    id: 'reshare-wms2',
    group: 'before',
    asks: 'ReShare is configured for the WMS2 integration.',
    source: SOURCE,
    mender: 'reshare-support',
    mend: 'Ask your ReShare support desk to set “host_lms_integration” to wms2, with OCLC’s addresses and the key.',
    look: (facts) => inReshare(facts, facts.settings.hostLMSIntegration, () => adapter(facts)),
    orPerson: true,
  },
];

function adapter(facts: Facts): Seen {
  const name = adapterOf(facts);
  if (name === 'wms2') return found('ReShare’s circulation system is set to WMS2.');
  return missing(
    name === undefined
      ? 'ReShare has no circulation system set.'
      : `ReShare’s circulation system is set to “${name}”; OCLC’s page asks for WMS2.`,
  );
}

const BORROWING: readonly LineSpec[] = [
  {
    id: 'temporary-locations',
    group: 'borrowing',
    asks: 'The holding location and the shelving location of temporary items are chosen: they decide which policies a borrowed item falls under.',
    source: SOURCE,
    mender: 'library-administrator',
    mend: 'Choose both with circulation, and write them in the note: they are typed in at the last step.',
    why: 'They are kept in OCLC’s ILL settings, which tell no client.',
  },
  policy(
    'borrowing-notices',
    'borrowing',
    'Circulation Notification Policy: which notices patrons get for borrowed items.',
    'Review which notifications patrons are sent about ILL items.',
  ),
  policy(
    'borrowing-loans',
    'borrowing',
    'Loan policy: billing, loan periods, renewals and recalls of borrowed items.',
    'Review the loan policy that applies to the holding and shelving location of temporary items.',
  ),
  policy(
    'borrowing-hold-number',
    'borrowing',
    'Number of holds: how many items a patron may have on hold, borrowed ones included.',
    'Review the limit: each borrowed item is put on hold for its patron.',
  ),
  policy(
    'borrowing-hold-time',
    'borrowing',
    'Hold requests: how long they stay active, and how they are forwarded between branches.',
    'Review it, and decide who watches for borrowed items nobody fetched: WMS does not tell ReShare when their hold expires.',
  ),
  policy(
    'borrowing-hold-map',
    'borrowing',
    'Hold Fulfillment Policy Map: pick-up notice and hold shelf time of borrowed items.',
    'Review the rows that apply to temporary items.',
  ),
  policy(
    'borrowing-collection',
    'borrowing',
    'Collection Type Policy: availability and reshelving time at the place of temporary items.',
    'Review item availability, hold fulfilment and the reshelving period for their holding and shelving location.',
  ),
];

const LENDING: readonly LineSpec[] = [
  {
    id: 'institution-patron',
    group: 'lending',
    asks: 'There is a generic patron account to lend to, with barcode, patron type and home branch, and it is not blocked.',
    source: SOURCE,
    mender: 'library-administrator',
    mend: 'In the WMS Admin module, User Management, New User: make the account with barcode, patron type and home branch, and give its barcode to ReShare as default institutional patron id.',
    look: account,
    orPerson: true,
  },
  policy(
    'lending-notices',
    'lending',
    'Circulation Notification Policy: overdue notices of lent items go to a staff address, if you want them.',
    'Give the institution account a staff e-mail address and set up the notices, or decide to do without.',
  ),
  policy(
    'lending-limits',
    'lending',
    'Patron Type Policy of that account: every limit is set to No Limit, so that it is never blocked.',
    'Make a patron type of its own for ReShare’s lending accounts, with all limits set to No Limit.',
  ),
  policy(
    'lending-loans',
    'lending',
    'Loan policy: billing, loan periods, renewals and recalls of lent items.',
    'Review the loan policy that applies to the patron type of the lending accounts.',
  ),
];

function account(facts: Facts): Seen {
  const id = settingOf(facts, 'requests', 'default_institutional_patron_id');
  const use = facts.keyUses?.['SCIM:read_user'];
  if (facts.keyUses !== undefined && use?.outcome !== 'works' && use?.outcome !== 'unused') {
    return waits('Not looked at: the WSKey’s own lines come first, SCIM:read_user among them.');
  }
  if (use?.outcome === 'unused') {
    return {
      outcome: 'not-permitted',
      finding: 'Looking accounts up needs SCIM:read_user on the library’s WSKey.',
      mend: 'Ask OCLC to add SCIM:read_user to the key; or look on the WMS screen and confirm it here.',
    };
  }
  if (facts.settings.requests?.ok === true && (id === undefined || id === NO_PATRON)) {
    return waits('ReShare names no account to look for; its default institutional patron id comes first.');
  }
  if (facts.settings.requests?.ok === false) return inReshare(facts, facts.settings.requests, () => waits(''));
  return inWms(facts.account, (seen) => judgeAccount(seen));
}

function judgeAccount(seen: LendingAccount | undefined): Seen {
  if (seen === undefined) return missing('WMS has no account with the barcode that ReShare lends to.');
  if (seen.blocked) return missing('WMS has blocked the account that ReShare lends to: no item can be lent.');
  const lacks = [
    ...(seen.patronType === undefined ? ['patron type'] : []),
    ...(seen.homeBranch === undefined ? ['home branch'] : []),
  ];
  if (lacks.length > 0) return missing(`The account that ReShare lends to has no ${lacks.join(' and no ')}.`);
  return found(`WMS has the account, with patron type ${seen.patronType ?? ''} and a home branch; it is not blocked.`);
}

const ENABLE: readonly LineSpec[] = [
  {
    id: 'enabled',
    group: 'enable',
    asks: 'Last of all: the integration is enabled, with the holding and shelving location of temporary items, and saved.',
    source: SOURCE,
    mender: 'library-administrator',
    mend: 'In OCLC Service Configuration, WMS Circulation, Integrations, ILL Settings, ReShare: choose Yes under Enable, enter both locations, save. It takes effect at once.',
    why: 'OCLC’s ILL settings tell no client.',
    last: true,
  },
];

/** OCLC's page, from the form to the switch. */
export const OCLC_LINES: readonly LineSpec[] = [...BEFORE, ...BORROWING, ...LENDING, ...ENABLE];
