import { libraryBarcode } from '../barcodes.ts';
import { endOfDay } from '../lms.ts';
import type { ModelCode } from '../modrs/machine.ts';
import type { Bib, PracticeRequest, Volume } from '../modrs/request.ts';
import { temporaryItemBarcode } from '../modrs/request.ts';
import { namedUuid } from '../random.ts';
import type { Patron, Tenant, World } from '../world.ts';
import { entering, statesBefore } from './history.ts';
import { library } from './libraries.ts';
import { workNumber, type Work } from './works.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** One transaction between two libraries, as the story wants it. */
export interface TransactionSpec {
  readonly borrower: string;
  readonly lender: string;
  readonly borrowing?: ModelCode;
  readonly lending?: ModelCode;
  readonly borrowerState?: string;
  readonly lenderState?: string;
  /** Request number; absent: the borrower's next. */
  readonly hrid?: string;
  /** Lender's item barcodes; absent: as many fresh ones as `volumeCount`, one by default. */
  readonly items?: readonly string[];
  readonly volumeCount?: number;
  readonly work?: Work;
  readonly patron?: Patron;
  /** When the last thing happened. */
  readonly hoursAgo?: number;
  /** Days from now; negative is overdue. */
  readonly dueInDays?: number;
}

export interface Transaction {
  readonly borrower?: PracticeRequest;
  readonly lender?: PracticeRequest;
  readonly items: readonly string[];
  readonly work: Work;
}

/** States in which the lender's items are out of its circulation system. */
const ITEM_OUT = new Set([
  'RES_AWAIT_SHIP',
  'RES_ITEM_SHIPPED',
  'RES_OVERDUE',
  'RES_ITEM_RETURNED',
  'RES_SEQUESTERED',
  'RES_LOANED_DIGITALLY',
  'RES_AWAIT_DESEQUESTRATION',
  'SLNP_RES_ITEM_SHIPPED',
]);
const ITEM_DONE = new Set(['RES_COMPLETE', 'SLNP_RES_COMPLETE']);
const ARRIVING = new Set(['REQ_SHIPPED', 'SLNP_REQ_SHIPPED']);
const HERE = new Set([
  'REQ_BORROWING_LIBRARY_RECEIVED',
  'REQ_CHECKED_IN',
  'REQ_OVERDUE',
  'REQ_RECALLED',
  'REQ_AWAITING_RETURN_SHIPPING',
  'REQ_BORROWER_RETURNED',
  'REQ_SHIPPED_TO_SUPPLIER',
  'REQ_REQUEST_COMPLETE',
  'SLNP_REQ_CHECKED_IN',
  'SLNP_REQ_AWAITING_RETURN_SHIPPING',
  'SLNP_REQ_COMPLETE',
]);
const CHECKED_BACK = new Set([
  'REQ_AWAITING_RETURN_SHIPPING',
  'REQ_BORROWER_RETURNED',
  'REQ_SHIPPED_TO_SUPPLIER',
  'REQ_REQUEST_COMPLETE',
]);
const NO_SUPPLIER_YET = new Set([
  'REQ_IDLE',
  'REQ_VALIDATED',
  'REQ_INVALID_PATRON',
  'REQ_SOURCING_ITEM',
  'REQ_SUPPLIER_IDENTIFIED',
  'REQ_LOCAL_REVIEW',
  'REQ_FILLED_LOCALLY',
  'REQ_DUPLICATE_REVIEW',
  'REQ_BLANK_FORM_REVIEW',
  'REQ_OVER_LIMIT',
  'REQ_ERROR',
  'REQ_PENDING',
]);
const SAVED: Readonly<Record<string, string>> = {
  REQ_CANCEL_PENDING: 'REQ_EXPECTS_TO_SUPPLY',
  RES_CANCEL_REQUEST_RECEIVED: 'RES_AWAIT_PICKING',
  RES_PENDING_CONDITIONAL_ANSWER: 'RES_NEW_AWAIT_PULL_SLIP',
};

/** Writes requests, items and histories into the world. */
export class Writer {
  readonly #world: World;
  #works = 0;
  #serial = 40_000;

  constructor(world: World) {
    this.#world = world;
  }

  work(): Work {
    return workNumber(this.#world.random, this.#works++);
  }

  /** A fresh item barcode of a library. */
  barcode(tenant: string): string {
    this.#serial += this.#world.random.between(3, 60);
    return libraryBarcode(3, library(tenant).barcodeCode, this.#serial);
  }

  tenant(id: string): Tenant {
    const tenant = this.#world.tenants.get(id);
    if (tenant === undefined) throw new RangeError(`No tenant ${id}`);
    return tenant;
  }

  transaction(spec: TransactionSpec): Transaction {
    const { random, clock } = this.#world;
    const borrower = this.tenant(spec.borrower);
    const work = spec.work ?? this.work();
    const patron = spec.patron ?? random.pick(borrower.patrons);
    const hrid = spec.hrid ?? `${borrower.prefix}${borrower.nextNumber++}`;
    const items = spec.items ?? Array.from({ length: spec.volumeCount ?? 1 }, () => this.barcode(spec.lender));
    const hoursAgo = spec.hoursAgo ?? random.between(2, 180);
    const updatedAt = clock.now() - hoursAgo * HOUR - random.int(HOUR);
    const createdAt = updatedAt - random.between(5, 30) * DAY;
    const entry = random.pick(borrower.directory.filter((one) => isOwnBranch(one)));
    const pickup = { slug: entry.slug, words: `${entry.name} --> ${entry.symbolSummary}` };
    const due = endOfDay(clock.now() + (spec.dueInDays ?? random.between(6, 60)) * DAY);
    const common: Common = {
      spec,
      work,
      patron,
      hrid,
      items,
      createdAt,
      updatedAt,
      due,
      pickup,
      borrowerId: random.uuid(),
      lenderId: random.uuid(),
    };
    const out: { borrower?: PracticeRequest; lender?: PracticeRequest } = {};
    if (spec.borrowing !== undefined && spec.borrowerState !== undefined) {
      out.borrower = this.#borrowing(common, spec.borrowing, spec.borrowerState);
    }
    if (spec.lending !== undefined && spec.lenderState !== undefined) {
      out.lender = this.#lending(common, spec.lending, spec.lenderState);
    }
    return { ...out, items, work };
  }

  #borrowing(common: Common, model: ModelCode, state: string): PracticeRequest {
    const { spec, patron, items, work } = common;
    const tenant = this.tenant(spec.borrower);
    const lender = this.tenant(spec.lender);
    const sent = !NO_SUPPLIER_YET.has(state);
    const others = [...this.#world.tenants.values()].filter((one) => one.symbol !== undefined && one !== tenant);
    const rota = [lender, ...others.filter((one) => one !== lender)].map((one) => one.symbol ?? '');
    const hasItems = ARRIVING.has(state) || HERE.has(state);
    const request: PracticeRequest = {
      ...this.#base(common, spec.borrower, common.borrowerId, model, state),
      isRequester: true,
      patronIdentifier: state === 'REQ_INVALID_PATRON' ? '24101009999999' : patron.barcode,
      patronGivenName: patron.givenName,
      patronSurname: patron.surname,
      patronEmail: patron.email,
      patronType: patron.profile,
      pickupLocationSlug: common.pickup.slug,
      rota,
      ...(sent ? { rotaPosition: 0, supplyingInstitutionSymbol: lender.symbol ?? '' } : {}),
      ...(sent && spec.lending !== undefined ? { peerRequestIdentifier: common.lenderId } : {}),
      ...(hasItems ? { dueDateRS: common.due } : {}),
    };
    if (hasItems && model !== 'DigitalReturnableRequester') {
      const status = ARRIVING.has(state) ? 'awaiting_temporary_item_creation' : 'temporary_item_created_in_host_lms';
      request.volumes = this.#volumes(items, status, work);
      const [first] = items;
      if (first !== undefined) request.selectedItemBarcode = first;
      if (HERE.has(state)) this.#temporaryItems(tenant, request, CHECKED_BACK.has(state));
    }
    this.#history(request, statesBefore(state), common, lender);
    tenant.requests.set(request.id, request);
    return request;
  }

  #lending(common: Common, model: ModelCode, state: string): PracticeRequest {
    const { spec, patron, items, work } = common;
    const tenant = this.tenant(spec.lender);
    const out = ITEM_OUT.has(state);
    const done = ITEM_DONE.has(state);
    const routed = state !== 'RES_IDLE' && !state.startsWith('SLNP_RES_IDLE');
    const request: PracticeRequest = {
      ...this.#base(common, spec.lender, common.lenderId, model, state),
      isRequester: false,
      supplierUniqueRecordId: `99${work.oclcNumber}`,
      patronIdentifier: patron.barcode,
      patronGivenName: patron.givenName,
      patronSurname: patron.surname,
      supplyingInstitutionSymbol: tenant.symbol ?? '',
      ...(spec.borrowing === undefined ? {} : { peerRequestIdentifier: common.borrowerId }),
      rota: [],
      ...(routed ? { localCallNumber: work.callNumber, ...this.#place(tenant) } : {}),
      ...(out ? { activeLoan: true } : {}),
      ...(out || done
        ? { dueDateFromLMS: common.due, dueDateRS: common.due, overdue: !done && common.due < this.#world.clock.now() }
        : {}),
    };
    if (out || done) {
      const status = done
        ? 'completed'
        : state === 'RES_ITEM_RETURNED'
          ? 'awaiting_lms_check_in'
          : 'lms_check_out_complete';
      request.volumes = this.#volumes(items, status, work);
      request.selectedItemBarcode = items[0] ?? '';
    }
    for (const barcode of items) {
      tenant.lms.add({
        barcode,
        title: work.title,
        callNumber: work.callNumber,
        home: library(spec.lender).branches[0]?.code ?? '',
        status: out ? 'checked out' : 'available',
        ...(out ? { borrower: library(spec.borrower).institutionalPatronId, due: common.due } : {}),
      });
    }
    this.#history(request, statesBefore(state), common, tenant);
    tenant.requests.set(request.id, request);
    return request;
  }

  #base(common: Common, tenant: string, id: string, model: ModelCode, state: string): PracticeRequest {
    const { spec, work } = common;
    const copy = model.startsWith('Nonreturnable') || model.startsWith('SLNPNon');
    const bib: Bib = {
      title: work.title,
      author: work.author,
      publisher: work.publisher,
      placeOfPublication: work.place,
      publicationDate: work.year,
      isbn: work.isbn,
      oclcNumber: work.oclcNumber,
      ...(state === 'REQ_BLANK_FORM_REVIEW' ? {} : { systemInstanceIdentifier: work.instanceId }),
      ...(copy ? { titleOfComponent: `Chapter 4 of ${work.title}`, pagesRequested: '88-112' } : {}),
    };
    const saved = SAVED[state];
    return {
      id,
      tenant,
      isRequester: true,
      model,
      hrid: common.hrid,
      state,
      bib,
      pickupLocation: common.pickup.words,
      neededBy: new Date(common.createdAt + 60 * DAY).toISOString().slice(0, 10),
      requestingInstitutionSymbol: this.tenant(spec.borrower).symbol ?? '',
      serviceType: copy ? 'copy' : 'loan',
      serviceLevel: 'standard',
      publicationType: copy ? 'article' : 'book',
      ...(model === 'DigitalReturnableRequester' ? { deliveryMethod: 'url' } : {}),
      rota: [],
      networkStatus: 'Idle',
      previousStates: saved === undefined ? {} : { [state]: saved },
      createdAt: common.createdAt,
      updatedAt: common.updatedAt,
      lastAuditNo: 0,
      volumes: [],
      audit: [],
      notifications: [],
      conditions: [],
      protocolAudit: [],
      identifiers: [],
      batches: [],
    };
  }

  #volumes(items: readonly string[], status: string, work: Work): Volume[] {
    const many = items.length > 1;
    return items.map((itemId, i) => ({
      id: this.#world.random.uuid(),
      name: many ? `v.${i + 1}` : itemId,
      itemId,
      status,
      callNumber: many ? `${work.callNumber} v.${i + 1}` : work.callNumber,
    }));
  }

  #place(tenant: Tenant) {
    const place = this.#world.random.pick(tenant.pickLocations);
    const shelf = this.#world.random.pick(tenant.shelvingLocations);
    return { pickLocation: place.id, pickShelvingLocation: shelf.id };
  }

  #temporaryItems(tenant: Tenant, request: PracticeRequest, checkedBack: boolean): void {
    for (const volume of request.volumes) {
      tenant.lms.add({
        barcode: temporaryItemBarcode(request, volume),
        title: request.bib.title ?? '',
        temporaryFor: request.hrid ?? '',
        home: request.pickupLocationSlug ?? '',
        status: checkedBack ? 'unavailable' : 'checked out',
      });
    }
  }

  /** Audit lines for the way here, spread evenly between creation and the last change. */
  #history(request: PracticeRequest, before: readonly string[], common: Common, supplier: Tenant): void {
    const states = [...before, request.state];
    if (states.length === 1) states.unshift(request.state);
    const span = (common.updatedAt - common.createdAt) / states.length;
    const user = namedUuid(`user:${request.tenant}:desk`);
    for (let i = 1; i < states.length; i += 1) {
      const to = states[i] ?? request.state;
      const { message, action, staff } = entering(to);
      request.lastAuditNo += 1;
      request.audit.push({
        id: this.#world.random.uuid(),
        at: Math.floor(common.createdAt + span * (i + 1)),
        auditNo: request.lastAuditNo,
        from: states[i - 1] ?? to,
        to,
        message: message
          .replace('{supplier}', supplier.symbol ?? '')
          .replace('{item}', common.items[0] ?? '')
          .replace('{title}', common.work.title)
          .replace('{hrid}', common.hrid),
        ...(staff === true ? { user } : {}),
        ...(action === undefined ? {} : { action }),
      });
    }
  }
}

interface Common {
  readonly spec: TransactionSpec;
  readonly work: Work;
  readonly patron: Patron;
  readonly hrid: string;
  readonly items: readonly string[];
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly due: number;
  readonly pickup: { readonly slug: string; readonly words: string };
  readonly borrowerId: string;
  readonly lenderId: string;
}

function isOwnBranch(entry: Tenant['directory'][number]): boolean {
  return entry.type.value === 'branch' && entry.status.value === 'managed';
}
