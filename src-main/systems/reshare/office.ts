import type { ActOutcome } from '../../contract/outcome.ts';
import type { Choice, RequestOffice, RequestRecord, TenantChoices } from '../../contract/request-record.ts';
import type { RequestView } from '../../contract/request.ts';
import { ok, type Result } from '../../contract/result.ts';
import { isRecord } from '../http/bodies.ts';
import type { Api, Got } from './api.ts';
import { badId, gone, isId } from './lists.ts';
import { EDITABLE } from './editable.ts';
import { readActAnswer } from './outcome.ts';
import { readFull } from './full-record.ts';
import { equalsCondition, listPath, type QueryPart } from './query.ts';
import { readRequest } from './record.ts';
import { stateWords } from './state-labels.ts';
import { fields, records, text, type Json } from '../http/tolerant.ts';

/** mod-rs's own cap on `/rs/refdata`. */
const REFDATA_PAGE = 100;
/** Most requests of one patron looked through; mod-rs's own cap on `/rs/patronrequests`. */
const OTHERS = 100;
const CATEGORIES: ReadonlySet<string> = new Set([
  'cancellationReasons',
  'cannotSupplyReasons',
  'loanConditions',
  'CurrencyCodes',
  'ServiceLevels',
  'slnpCancelOrAbortSupplyReasons',
]);

/** What a request made anew carries besides its editable fields. */
const OF_A_NEW_REQUEST = ['isRequester', 'requestingInstitutionSymbol', 'serviceType', 'deliveryMethod'] as const;

/** ReShare's side of the office's screen. @param actTimeoutMs how long an action may take */
export function createOffice(api: Api, actTimeoutMs: number): RequestOffice {
  const system = api.session.system;

  async function raw(id: string, signal?: AbortSignal): Promise<Got<Json>> {
    if (!isId(id)) return badId();
    const shape = (body: unknown): Json | undefined => (isRecord(body) && body['id'] === id ? body : undefined);
    const got = await api.read(`/rs/patronrequests/${id}`, '/rs/patronrequests/{id}', shape, signal);
    return !got.ok && got.error.code === 'not-found' ? gone(system) : got;
  }

  return {
    async record(id, signal): Promise<Result<RequestRecord>> {
      if (!isId(id)) return badId();
      const shape = (body: unknown): RequestRecord | undefined => {
        const record = isRecord(body) ? readFull(body, api.nowIso()) : undefined;
        return record?.view.id === id ? record : undefined;
      };
      const got = await api.read(`/rs/patronrequests/${id}`, '/rs/patronrequests/{id}', shape, signal);
      return !got.ok && got.error.code === 'not-found' ? gone(system) : got;
    },

    async choices(signal): Promise<TenantChoices> {
      const [reference, locations, shelves] = await Promise.all([
        api.read(`/rs/refdata?perPage=${REFDATA_PAGE}`, '/rs/refdata', referenceOf, signal),
        api.read('/rs/hostLMSLocations?perPage=1000', '/rs/hostLMSLocations', placesOf, signal),
        api.read('/rs/shelvingLocations?perPage=1000', '/rs/shelvingLocations', placesOf, signal),
      ]);
      const missing = (what: string, got: Got<unknown>): readonly string[] =>
        got.ok ? [] : [`${what} could not be read from ${system}. ${got.error.sentence}`];
      return {
        reference: reference.ok ? reference.value : {},
        ...(locations.ok ? { locations: locations.value } : {}),
        ...(shelves.ok ? { shelvingLocations: shelves.value } : {}),
        notes: [
          ...missing('The lists of reasons and conditions', reference),
          ...missing('The locations', locations),
          ...missing('The shelving locations', shelves),
        ],
      };
    },

    async closeStates(id, signal) {
      if (!isId(id)) return badId();
      const path = `/rs/patronrequests/${id}/manualCloseStates`;
      return api.read(path, '/rs/patronrequests/{id}/manualCloseStates', statesOf, signal);
    },

    async samePatron(id, signal): Promise<Result<readonly RequestView[]>> {
      const got = await raw(id, signal);
      if (!got.ok) return got;
      const patron = text(got.value['patronIdentifier']);
      if (patron === undefined) return ok([]);
      const parts: readonly QueryPart[] = [
        ['filters', 'isRequester==true'],
        ['filters', equalsCondition('patronIdentifier', patron)],
        ['sort', 'dateCreated;desc'],
        ['perPage', String(OTHERS)],
      ];
      // A filter that the server cannot use is dropped in silence: what is somebody else's is left out here.
      const shape = (body: unknown): readonly RequestView[] | undefined =>
        rowsOf(body)
          ?.filter((row) => row['id'] !== id && text(row['patronIdentifier']) === patron && row['isRequester'] === true)
          .flatMap((row) => readRequest(row, api.nowIso()) ?? []);
      return api.read(listPath(parts), '/rs/patronrequests', shape, signal);
    },

    async sendEdited(id, action, changes): Promise<ActOutcome> {
      const got = await raw(id);
      if (!got.ok) return { outcome: 'not-sent', error: got.error };
      // An emptied field is left out, which clears it.
      const whole = withoutBlanks({ ...editedFields(got.value), ...changes });
      const body =
        action === undefined
          ? whole
          : { action, actionParams: action === 'rerequest' ? { ...newRequestFields(got.value), ...whole } : whole };
      const path = action === undefined ? `/rs/patronrequests/${id}` : `/rs/patronrequests/${id}/performAction`;
      const { end, report } = await api.send({
        method: action === undefined ? 'PUT' : 'POST',
        path,
        template: path.replace(id, '{id}'),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        headersTimeoutMs: actTimeoutMs,
      });
      const outcome: ActOutcome =
        end.kind === 'failed'
          ? { outcome: end.outcome, error: end.error }
          : readActAnswer(end, action ?? 'edit', api.session);
      report(outcome.outcome === 'done' || outcome.outcome === 'refused' ? undefined : outcome.error);
      return outcome;
    },
  };
}

function withoutBlanks(all: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** Every editable field that has a value; reference data go back as `{value}`, as the staff interface sends them. */
function editedFields(record: Json): Record<string, unknown> {
  return Object.fromEntries(EDITABLE.flatMap((name) => valueOf(record, name)));
}

function newRequestFields(record: Json): Record<string, unknown> {
  return Object.fromEntries(OF_A_NEW_REQUEST.flatMap((name) => valueOf(record, name)));
}

function valueOf(record: Json, name: string): readonly (readonly [string, unknown])[] {
  const value = record[name];
  if (value === undefined || value === null) return [];
  return [[name, isRecord(value) && typeof value['value'] === 'string' ? { value: value['value'] } : value]];
}

function rowsOf(body: unknown): readonly Json[] | undefined {
  if (Array.isArray(body)) return records(body);
  return isRecord(body) && Array.isArray(body['results']) ? records(body['results']) : undefined;
}

function choiceOf(entry: Json): readonly Choice[] {
  const value = text(entry['value']);
  return value === undefined ? [] : [{ value, label: text(entry['label']) ?? value }];
}

/** `GET /rs/refdata`: categories `{desc, values[]}` (sample `refdata-cancellationReasons`). */
function referenceOf(body: unknown): Readonly<Record<string, readonly Choice[]>> | undefined {
  const wanted = rowsOf(body)?.filter(({ desc }) => typeof desc === 'string' && CATEGORIES.has(desc));
  if (wanted === undefined) return undefined;
  return Object.fromEntries(wanted.map((one) => [String(one['desc']), records(one['values']).flatMap(choiceOf)]));
}

/** Locations staff may choose: mod-rs takes the name or the code, and creates one it does not know. */
function placesOf(body: unknown): readonly Choice[] | undefined {
  return rowsOf(body)?.flatMap((place): readonly Choice[] => {
    const value = text(place['code']) ?? text(place['name']);
    if (value === undefined || place['hidden'] === true) return [];
    return [{ value, label: text(place['name']) ?? value }];
  });
}

function statesOf(body: unknown): readonly Choice[] | undefined {
  return rowsOf(body)?.flatMap((state): readonly Choice[] => {
    const code = text(fields(state)['code']);
    return code === undefined ? [] : [{ value: code, label: stateWords(code)?.label ?? code }];
  });
}
