import type { CheckLine } from '../../contract/settings.ts';
import { failed, fine, ownPermissions } from '../okapi/probe.ts';
import type { OkapiSession } from '../okapi/session.ts';
import { createApi, type Api } from './api.ts';
import { createHistory, getRequest, readPage } from './crosslink-lists.ts';

/** What a desk needs beyond listing and reading (crosslink `ModuleDescriptor-template.json`). */
const ACT_PERMISSION = 'broker.patron_requests.item.action.post';
const EVENTS_PERMISSION = 'broker.sse.events.get';

/** What the account may see and do in CrossLink. Reads at most a page of requests; changes nothing. */
export async function probeCrosslink(session: OkapiSession): Promise<readonly CheckLine[]> {
  const api = createApi({ session });
  const list = await readPage(api, 'cql.allRecords = 1');
  if (!list.ok) {
    return [
      failed('Listing requests', list.error.sentence),
      { what: 'Reading a request', outcome: 'skipped', sentence: 'Not tried, because the step before did not work.' },
    ];
  }
  const id = list.value.views[0]?.id;
  const permissions = await ownPermissions(session);
  const held = permissions.ok ? permissions.value : undefined;
  return [
    fine('Listing requests', 'ReShare lists this tenant’s requests.'),
    id === undefined ? nothingToRead() : await probeRead(api, id),
    held?.has(ACT_PERMISSION) === true
      ? fine('Acting on requests', 'The account may act on requests.')
      : warning(
          'Acting on requests',
          `Whether the account may act on requests shows at the first scan; it needs ${ACT_PERMISSION}.`,
        ),
    held?.has(EVENTS_PERMISSION) === true
      ? fine('News of changes', 'ReShare may tell Carrel of changes as they happen.')
      : warning(
          'News of changes',
          `Without ${EVENTS_PERMISSION} ReShare does not tell Carrel of changes, and Carrel asks every half minute instead. A library administrator can grant it.`,
        ),
  ];
}

async function probeRead(api: Api, id: string): Promise<CheckLine> {
  const one = await getRequest(api, id, createHistory(api));
  return one.ok
    ? fine('Reading a request', 'ReShare shows a request with what may be done with it.')
    : failed('Reading a request', one.error.sentence);
}

function nothingToRead(): CheckLine {
  const sentence = 'There is no request yet, so reading one could not be tried.';
  return { what: 'Reading a request', outcome: 'skipped', sentence };
}

function warning(what: string, sentence: string): CheckLine {
  return { what, outcome: 'warning', sentence };
}
