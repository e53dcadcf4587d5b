import { ok, type Result } from './base.ts';
import type {
  Capability,
  CapabilityModes,
  CirculationOutcome,
  CirculationSystem,
  HoldAsk,
} from './circulation-system.ts';
import { defined } from './defined.ts';
import { notByApi } from './modes.ts';
import type { BibliographicId, ItemId, Subject } from './ncip/blocks/ids.ts';
import type { AskOptions, NcipClient } from './ncip/client.ts';
import { toInstant, type NcipDate } from './ncip/dates.ts';
import type { IdDress } from './ncip/host-settings.ts';
import type { NcipHost } from './ncip/hosts.ts';
import { itemView, patronView } from './ncip/views.ts';
import { SERVICES } from './ncip/messages/index.ts';
import type { NcipService } from './ncip/messages/service.ts';

/**
 * A circulation system over one NCIP 2 host, but for titles: NCIP's LookupItemSet is offered by few hosts, and WMS answers
 * that question elsewhere.
 */
export function createNcipCirculation(parts: {
  readonly client: NcipClient;
  readonly modes: CapabilityModes;
}): Omit<CirculationSystem, 'titleAvailability'> {
  const { client, modes } = parts;
  const { host } = client;

  const optionsOf = (branch: string | undefined, signal: AbortSignal | undefined): AskOptions =>
    defined({
      agency: branch === undefined ? undefined : { ...host.fromAgency, value: branch },
      signal,
    });

  async function change<Q, A, T>(
    capability: Capability,
    service: NcipService<Q, A>,
    ask: () => Q,
    options: AskOptions,
    value: (answer: A) => T,
  ): Promise<CirculationOutcome<T>> {
    const refusal = notByApi(host.name, modes, capability);
    if (refusal !== undefined) return { outcome: 'not-sent', error: refusal.error };
    const end = await client.change(service, ask(), options);
    return end.outcome === 'done' ? { outcome: 'done', value: value(end.answer) } : end;
  }

  /** A look-up whose "no such thing" is an answer. */
  async function lookUp<Q, A, T>(
    capability: Capability,
    service: NcipService<Q, A>,
    ask: Q,
    unknown: 'item-unknown' | 'user-unknown',
    signal: AbortSignal | undefined,
    value: (answer: A) => T,
  ): Promise<Result<T | undefined>> {
    const refusal = notByApi(host.name, modes, capability);
    if (refusal !== undefined) return refusal;
    const end = await client.lookUp(service, ask, defined({ signal }));
    if (end.outcome === 'done') return ok(value(end.answer));
    if (end.outcome === 'refused' && end.problems.length === 1 && end.problems[0]?.meaning === unknown) {
      return ok(undefined);
    }
    return { ok: false, error: end.error };
  }

  return {
    name: host.name,
    modes,
    checkIn: (ask, signal) =>
      change(
        'check-in',
        SERVICES.CheckInItem,
        () => ({ item: dressed(host.itemId, ask.barcode) }),
        optionsOf(ask.branch, signal),
        (answer) =>
          defined({
            barcode: ask.barcode,
            routing: answer.routing,
            previousBorrower: answer.user?.value,
            bill: answer.fiscal,
            title: answer.itemFields?.bibliographic?.title,
          }),
      ),
    checkOut: (ask, signal) =>
      change(
        'check-out',
        SERVICES.CheckOutItem,
        () =>
          defined({
            who: patronOf(host, ask.patron),
            item: dressed(host.itemId, ask.barcode),
            desiredDue: ask.desiredDue,
          }),
        optionsOf(ask.branch, signal),
        (answer) =>
          defined({
            barcode: ask.barcode,
            due: zoned(answer.due, host.timeZone),
            indeterminate: answer.indeterminate,
            title: answer.itemFields?.bibliographic?.title,
            bill: answer.fiscal,
          }),
      ),
    placeHold: (ask, signal) =>
      change(
        'hold',
        SERVICES.RequestItem,
        () => holdOf(host, ask),
        optionsOf(ask.branch, signal),
        (answer) => defined({ requestId: answer.request?.value, barcode: answer.item?.value }),
      ),
    cancelHold: (ask, signal) =>
      change(
        'cancel-hold',
        SERVICES.CancelRequestItem,
        () => ({
          who: patronOf(host, ask.patron),
          request: dressed(host.requestId, ask.requestId),
          type: host.requestType,
        }),
        optionsOf(ask.branch, signal),
        () => ({ requestId: ask.requestId }),
      ),
    renew: (ask, signal) =>
      change(
        'renew',
        SERVICES.RenewItem,
        () =>
          defined({
            who: patronOf(host, ask.patron),
            item: dressed(host.itemId, ask.barcode),
            desiredDue: ask.desiredDue,
          }),
        optionsOf(ask.branch, signal),
        (answer) =>
          defined({
            barcode: ask.barcode,
            due: zoned(answer.due, host.timeZone),
            renewals: answer.renewals,
            pending: answer.pending,
          }),
      ),
    lookUpItem: (barcode, signal) =>
      lookUp(
        'item',
        SERVICES.LookupItem,
        {
          item: dressed(host.itemId, barcode),
          itemElements: [
            'Bibliographic Description',
            'Circulation Status',
            'Hold Queue Length',
            'Item Description',
            'Location',
          ],
        },
        'item-unknown',
        signal,
        (answer) => itemView(barcode, answer, (date) => zoned(date, host.timeZone)),
      ),
    lookUpPatron: (barcode, signal) =>
      lookUp(
        'patron',
        SERVICES.LookupUser,
        {
          who: patronOf(host, barcode),
          userElements: ['Name Information', 'User Address Information', 'User Privilege', 'Block Or Trap', 'User Id'],
        },
        'user-unknown',
        signal,
        (answer) => patronView(barcode, answer),
      ),
  };
}

function dressed(dress: IdDress, value: string): ItemId {
  return { ...dress, value };
}

function patronOf(host: NcipHost, barcode: string): Subject {
  return { user: dressed(host.userId, barcode) };
}

function holdOf(host: NcipHost, ask: HoldAsk) {
  const pickupLocation =
    ask.pickup === undefined ? undefined : defined({ value: ask.pickup, scheme: host.pickupScheme });
  const common = { who: patronOf(host, ask.patron), type: host.requestType, pickupLocation };
  return 'barcode' in ask.what
    ? defined({ ...common, items: [dressed(host.itemId, ask.what.barcode)], scope: host.itemScope })
    : defined({ ...common, titles: [titleOf(host, ask.what.titleNumber)], scope: host.titleScope });
}

function titleOf(host: NcipHost, number: string): BibliographicId {
  const { agency, type } = host.titleId;
  return type === undefined
    ? { kind: 'record', value: number, agency: agency ?? host.toAgency }
    : { kind: 'record', value: number, code: type };
}

/** A date without a zone is in the host's, when settings name it. */
function zoned(date: NcipDate | undefined, timeZone: string | undefined): NcipDate | undefined {
  if (date?.kind !== 'local') return date;
  const utc = toInstant(date, timeZone);
  return utc === undefined ? date : { kind: 'instant', utc, raw: date.raw };
}
