import { namedUuid } from './random.ts';

/** A setting of mod-rs (SettingsData.groovy); the effective value is `value`, else `defValue`. */
export interface Setting {
  readonly id: string;
  readonly section: string;
  readonly key: string;
  readonly settingType: 'String' | 'Refdata' | 'Password' | 'Template';
  readonly vocab?: string;
  readonly defValue?: string;
  value?: string;
  readonly hidden: boolean;
}

type Row = readonly [section: string, key: string, defValue: string | undefined, vocab?: string];

const YES_NO = 'YesNo';

const ROWS: readonly Row[] = [
  ['requests', 'request_id_prefix', undefined],
  ['requests', 'default_request_symbol', undefined],
  ['requests', 'default_peer_symbol', undefined],
  ['requests', 'local_symbols', undefined],
  ['requests', 'default_institutional_patron_id', undefined],
  ['requests', 'max_requests', undefined],
  ['requests', 'last_resort_lenders', undefined],
  ['requests', 'free_text_pickup_location', 'no', YES_NO],
  ['requests', 'default_loan_period', '56'],
  ['requests', 'suppress_patron_info', 'no', YES_NO],
  ['hostLMSIntegration', 'host_lms_integration', 'manual', 'HostLMSIntegrationAdapter'],
  ['hostLMSIntegration', 'borrower_check', undefined, 'BorrowerCheckMethod'],
  ['hostLMSIntegration', 'accept_item', undefined, 'AcceptItemMethod'],
  ['hostLMSIntegration', 'check_out_item', undefined, 'CheckOutMethod'],
  ['hostLMSIntegration', 'check_in_item', undefined, 'CheckInMethod'],
  ['hostLMSIntegration', 'use_request_item', undefined, 'RequestItemMethod'],
  ['hostLMSIntegration', 'check_in_on_return', 'off', 'CheckInOnReturn'],
  ['localNCIP', 'ncip_server_address', undefined],
  ['localNCIP', 'ncip_from_agency', undefined],
  ['localNCIP', 'ncip_to_agency', undefined],
  ['localNCIP', 'ncip_use_due_date', 'on', 'NCIPDueDate'],
  ['localNCIP', 'ncip_use_barcode_for_accept_item', 'no', YES_NO],
  ['autoResponder', 'auto_responder_status', 'on:_will_supply_and_cannot_supply', 'AutoResponder'],
  ['autoResponder', 'auto_responder_cancel', 'on', 'AutoResponder_Cancel'],
  ['autoResponder', 'check_duplicate_time', '0'],
  ['chat', 'chat_auto_read', 'on', 'ChatAutoRead'],
  ['Routing', 'routing_adapter', 'foliosharedindex', 'RequestRoutingAdapter'],
  ['state_action_config', 'combine_fill_and_ship', 'no', YES_NO],
  ['state_action_config', 'combine_returned_by_patron_and_return_ship', 'no', YES_NO],
  ['sharedIndex', 'shared_index_integration', 'folio', 'SharedIndexAdapter'],
  ['sharedIndex', 'shared_index_base_url', undefined],
  ['sharedIndex', 'shared_index_tenant', undefined],
  ['sharedIndex', 'shared_index_user', undefined],
  ['sharedIndex', 'shared_index_pass', undefined],
  ['logging', 'loggingISO18626', 'no', YES_NO],
  ['logging', 'loggingNCIP', 'no', YES_NO],
];

const HIDDEN: readonly Row[] = [
  ['pullslipConfiguration', 'pull_slip_max_items', '500'],
  ['pullslipConfiguration', 'pull_slip_max_items_manual', '500'],
  ['state_model', 'requester_returnables_state_model', 'PatronRequest', 'StateModels'],
  ['state_model', 'responder_returnables_state_model', 'Responder', 'StateModels'],
];

/** The settings of one library; `values` are those it changed. */
export function settingsOf(tenant: string, values: Readonly<Record<string, string>>): Setting[] {
  const make = ([section, key, defValue, vocab]: Row, hidden: boolean): Setting => {
    const value = values[key];
    return {
      id: namedUuid(`setting:${tenant}:${section}:${key}`),
      section,
      key,
      settingType: vocab === undefined ? 'String' : 'Refdata',
      ...(vocab === undefined ? {} : { vocab }),
      ...(defValue === undefined ? {} : { defValue }),
      ...(value === undefined ? {} : { value }),
      hidden,
    };
  };
  return [...ROWS.map((row) => make(row, false)), ...HIDDEN.map((row) => make(row, true))];
}

/** The value in force, or undefined when neither a value nor a default is set. */
export function effective(settings: readonly Setting[], key: string): string | undefined {
  const setting = settings.find((one) => one.key === key);
  return setting?.value ?? setting?.defValue;
}
