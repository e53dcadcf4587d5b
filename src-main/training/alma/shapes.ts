import {
  LABELS,
  type AlmaContext,
  type AlmaItemEntry,
  type AlmaLoanEntry,
  type AlmaPartnerEntry,
  type AlmaPrintoutEntry,
  type AlmaRequestEntry,
} from './model.ts';

/** Alma's records as its interface writes them (Ex Libris' schemas and public captures); `test/fixtures/alma` has examples. */

const NONE = { value: '', desc: '' };

function day(at: number): string {
  return `${new Date(at).toISOString().slice(0, 10)}Z`;
}

function seconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

export function requestView(
  { store, base }: AlmaContext,
  request: AlmaRequestEntry,
): Readonly<Record<string, unknown>> {
  const partner = store.partners.find(({ code }) => code === request.partner);
  const user = request.user === undefined ? undefined : store.users.get(request.user);
  const borrowing = request.side === 'borrowing';
  const received = request.barcode !== undefined;
  return {
    request_id: request.id,
    external_id: request.externalId,
    created_date: day(request.created),
    last_modified_date: day(request.modified),
    created_time: new Date(request.created).toISOString(),
    last_modified_time: new Date(request.modified).toISOString(),
    status: { value: request.status, desc: LABELS[request.status] },
    owner: 'RSLIB',
    partner: {
      value: request.partner,
      desc: partner?.name ?? request.partner,
      link: `${base()}/partners/${request.partner}`,
    },
    ...(user === undefined ? {} : { requester: { value: user.id, desc: `${user.last}, ${user.first}` } }),
    format: { value: 'PHYSICAL', desc: 'Physical' },
    supplied_format: received ? { value: 'PHYSICAL', desc: 'Physical' } : {},
    citation_type: borrowing ? { value: 'BK', desc: 'Physical Book' } : { value: 'BOOK', desc: 'Book' },
    title: request.title,
    author: request.author,
    ...(request.oclcNumber === undefined ? {} : { oclc_number: request.oclcNumber }),
    ...(borrowing
      ? {
          agree_to_copyright_terms: true,
          pickup_location_type: 'LIBRARY',
          pickup_location: { value: 'LAW', desc: 'Riverside Law Library' },
        }
      : { printed: false, reported: false, text_email: 'ill@example.edu' }),
    requested_media: '7',
    allow_other_formats: false,
    level_of_service: { desc: '' },
    copyright_status: {},
    shipping_cost: { currency: {} },
    has_active_notes: false,
    rs_note: [],
    mms_id: received ? '991000123450309999' : '',
    user_request:
      borrowing && received
        ? { value: request.hold, link: `${base()}/users/${request.user ?? ''}/requests/${request.hold}` }
        : {},
    ...(request.barcode === undefined ? {} : { barcode: request.barcode }),
  };
}

export function loanView({ store }: AlmaContext, loan: AlmaLoanEntry): Readonly<Record<string, unknown>> {
  const item = [...store.items.values()].find(({ pid }) => pid === loan.pid);
  return {
    loan_id: loan.id,
    circ_desk: { value: 'CIRC', desc: 'Circulation Desk' },
    return_circ_desk: { value: 'ILLDESK', desc: 'ILL Desk' },
    library: { value: 'RSLIB', desc: 'Resource Sharing' },
    user_id: loan.user,
    item_barcode: item?.barcode ?? '',
    due_date: seconds(loan.due),
    loan_status: 'Active',
    loan_date: new Date(loan.since).toISOString(),
    process_status: 'NORMAL',
    mms_id: item?.mmsId ?? '',
    holding_id: item?.holdingId ?? '',
    item_id: loan.pid,
    title: item?.title ?? '',
    author: item?.author ?? '',
    location_code: { value: 'OUT_RS_REQ', desc: 'Borrowing Resource Sharing Requests' },
    item_policy: { value: 'WORLDSHARE', desc: 'WorldShare ILL' },
    call_number: '',
    loan_fine: 0,
  };
}

export function itemView({ base }: AlmaContext, item: AlmaItemEntry): Readonly<Record<string, unknown>> {
  const { mmsId, holdingId, pid } = item;
  return {
    link: `${base()}/bibs/${mmsId}/holdings/${holdingId}/items/${pid}`,
    bib_data: {
      mms_id: mmsId,
      title: item.title,
      author: item.author,
      suppress_from_publishing: String(item.borrowed),
    },
    holding_data: { holding_id: holdingId, copy_id: '', in_temp_location: false, temp_library: {}, call_number: '' },
    item_data: {
      pid,
      barcode: item.barcode,
      base_status:
        item.state === 'in-place' ? { value: '1', desc: 'Item in place' } : { value: '0', desc: 'Item not in place' },
      physical_material_type: { value: 'BOOK', desc: 'Book' },
      policy: item.borrowed ? { value: 'WORLDSHARE', desc: 'WorldShare ILL' } : NONE,
      process_type: processOf(item),
      library: item.borrowed
        ? { value: 'RSLIB', desc: 'Resource Sharing' }
        : { value: 'LAW', desc: 'Riverside Law Library' },
      location: item.borrowed
        ? { value: 'OUT_RS_REQ', desc: 'Borrowing Resource Sharing Requests' }
        : { value: 'STACKS', desc: 'Stacks' },
      public_note: '',
    },
  };
}

function processOf({ state, borrowed }: AlmaItemEntry): { readonly value: string; readonly desc: string } {
  if (state === 'loan') return { value: 'LOAN', desc: 'Loan' };
  return borrowed ? { value: 'ILL', desc: 'Resource Sharing Request' } : NONE;
}

export function partnerView({ base }: AlmaContext, partner: AlmaPartnerEntry): Readonly<Record<string, unknown>> {
  return {
    link: `${base()}/partners/${partner.code}`,
    partner_details: {
      code: partner.code,
      name: partner.name,
      status: 'ACTIVE',
      profile_type: partner.profile,
      system_type: { value: partner.system.toUpperCase().replaceAll(' ', '_'), desc: partner.system },
    },
  };
}

export function printoutView(printout: AlmaPrintoutEntry): Readonly<Record<string, unknown>> {
  return {
    id: printout.id,
    date: new Date(printout.date).toISOString(),
    printout: printout.kind,
    status: printout.state,
    printer: { value: '355935700009999', desc: 'ILL desk' },
    letter: printout.html,
  };
}
