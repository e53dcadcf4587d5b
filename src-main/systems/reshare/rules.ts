import type { TenantRules } from '../../contract/outcome.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { Api } from './api.ts';
import { records, refdata, text, type Json } from '../http/tolerant.ts';

/** Sections of `/rs/settings/appSettings` that matter at a desk. */
const SECTIONS = ['state_action_config', 'requests'] as const;

/**
 * The tenant's settings that change what a scan does. Sections the account may not see come back as an empty list with
 * status 200, or as 403; either way mod-rs's own defaults stand in, and a combined action is then simply not offered.
 */
export async function readTenantRules(api: Api, signal?: AbortSignal): Promise<Result<TenantRules>> {
  const answers = await Promise.all(SECTIONS.map((section) => readSection(api, section, signal)));
  const settings = new Map<string, string>();
  for (const answer of answers) {
    if (!answer.ok) return answer;
    for (const setting of answer.value) {
      const key = text(setting['key']);
      const value = refdata(setting['value']) ?? refdata(setting['defValue']);
      if (key !== undefined && value !== undefined) settings.set(key, value);
    }
  }
  const prefix = settings.get('request_id_prefix');
  return ok({
    combineFillAndShip: settings.get('combine_fill_and_ship') === 'yes',
    combineReturnedAndShipped: settings.get('combine_returned_by_patron_and_return_ship') === 'yes',
    ...(prefix === undefined ? {} : { requestPrefix: prefix }),
  });
}

/** One section's settings; none when the account may not see it. */
export async function readSection(
  api: Api,
  section: (typeof SECTIONS)[number],
  signal?: AbortSignal,
): Promise<Result<readonly Json[]>> {
  const query = new URLSearchParams({ perPage: '1000', filters: `section==${section}` }).toString();
  // A dropped filter would bring other sections, some with passwords in clear: they go no further.
  const shape = (body: unknown): readonly Json[] | undefined =>
    Array.isArray(body) ? records(body).filter((setting) => setting['section'] === section) : undefined;
  const got = await api.read(`/rs/settings/appSettings?${query}`, '/rs/settings/appSettings', shape, signal);
  return !got.ok && got.error.code === 'no-permission' ? ok([]) : got;
}
