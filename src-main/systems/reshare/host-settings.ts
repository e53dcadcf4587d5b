import type { HostMode, HostSettings } from '../../contract/agreement.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { Api } from './api.ts';
import { present, records, refdata, text, type Json } from '../http/tolerant.ts';

const SECTION = 'hostLMSIntegration';

const MODES: ReadonlySet<string> = new Set<HostMode>(['ncip', 'none', 'off']);

/**
 * What ReShare tells the library's circulation system by itself (`GET /rs/settings/appSettings`, section
 * `hostLMSIntegration`; mod-rs SettingsData.groovy). mod-rs cuts its answer to the sections the account may see: an empty
 * list with status 200, or 403, means that nothing is known, and that is an answer here, not a failure.
 */
export async function readHostSettings(api: Api, signal?: AbortSignal): Promise<Result<HostSettings>> {
  const query = new URLSearchParams({ perPage: '1000', filters: `section==${SECTION}` }).toString();
  // A dropped filter would bring other sections, some with passwords in clear: they go no further.
  const shape = (body: unknown): readonly Json[] | undefined =>
    Array.isArray(body) ? records(body).filter((setting) => setting['section'] === SECTION) : undefined;
  const got = await api.read(`/rs/settings/appSettings?${query}`, '/rs/settings/appSettings', shape, signal);
  if (!got.ok) return got.error.code === 'no-permission' ? ok({ known: false }) : got;
  const values = new Map<string, string>();
  for (const setting of got.value) {
    const key = text(setting['key']);
    const value = refdata(setting['value']) ?? refdata(setting['defValue']);
    if (key !== undefined && value !== undefined) values.set(key, value.toLowerCase());
  }
  if (got.value.length === 0) return ok({ known: false });
  return ok({
    known: true,
    ...present({
      borrowerCheck: modeOf(values.get('borrower_check')),
      acceptItem: modeOf(values.get('accept_item')),
      checkOutItem: modeOf(values.get('check_out_item')),
      checkInItem: modeOf(values.get('check_in_item')),
      checkInOnReturn: switchOf(values.get('check_in_on_return')),
    }),
  });
}

/** Another value than the three is one nobody has told of: not known. */
function modeOf(value: string | undefined): HostMode | undefined {
  return value !== undefined && MODES.has(value) ? (value as HostMode) : undefined;
}

function switchOf(value: string | undefined): 'on' | 'off' | undefined {
  return value === 'on' || value === 'off' ? value : undefined;
}
