import { AlmaConnection } from './contract.ts';
import type { Reading } from './settings-drafts.ts';

/** The library's Alma as it stands in the fields: empty means left out. */
export interface AlmaDraft {
  region: AlmaConnection['region'];
  address: string;
  library: string;
  partner: string;
  cancelReason: string;
  scanLibrary: string;
  scanDesk: string;
  lenderSystem: '' | 'worldshare-ill' | 'tipasa';
  tipasaNcip: boolean;
  patronTravels: '' | 'yes' | 'no';
  /** The library tried scanning in through Alma's interface. */
  proved: boolean;
}

/** Fields something can be wrong with. */
export type AlmaField = 'library' | 'partner' | 'cancelReason' | 'scanLibrary' | 'scanDesk' | 'address';

export function almaDraft(alma: AlmaConnection | undefined): AlmaDraft {
  return {
    region: alma?.region ?? 'na',
    address: alma?.address ?? '',
    library: alma?.library ?? '',
    partner: alma?.partner ?? '',
    cancelReason: alma?.cancelReason ?? '',
    scanLibrary: alma?.scanDesk?.library ?? '',
    scanDesk: alma?.scanDesk?.desk ?? '',
    lenderSystem: alma?.lenderSystem ?? '',
    tipasaNcip: alma?.tipasaNcip ?? false,
    patronTravels: alma?.patronTravels === undefined ? '' : alma.patronTravels ? 'yes' : 'no',
    proved: alma?.proved?.includes('scan-in') ?? false,
  };
}

/** What the fields say, or which of them are wrong. A scan-in desk is a library and a desk: one alone means nothing to Alma. */
export function readAlma(draft: AlmaDraft): Reading<AlmaConnection, AlmaField> {
  const filled = (name: 'address' | 'partner' | 'cancelReason') => {
    const value = draft[name].trim();
    return value === '' ? {} : { [name]: value };
  };
  const [library, desk] = [draft.scanLibrary.trim(), draft.scanDesk.trim()];
  const result = AlmaConnection.safeParse({
    region: draft.region,
    library: draft.library.trim(),
    ...filled('address'),
    ...filled('partner'),
    ...filled('cancelReason'),
    ...(library === '' && desk === '' ? {} : { scanDesk: { library, desk } }),
    ...(draft.lenderSystem === '' ? {} : { lenderSystem: draft.lenderSystem }),
    ...(draft.lenderSystem === 'tipasa' ? { tipasaNcip: draft.tipasaNcip } : {}),
    ...(draft.patronTravels === '' ? {} : { patronTravels: draft.patronTravels === 'yes' }),
    ...(draft.proved ? { proved: ['scan-in'] } : {}),
  });
  if (result.success) return { ok: true, value: result.data };
  const mistakes = result.error.issues.map(({ path }): AlmaField => {
    if (path[0] !== 'scanDesk') return path[0] as AlmaField;
    return path[1] === 'library' ? 'scanLibrary' : 'scanDesk';
  });
  return { ok: false, mistakes: [...new Set(mistakes)] };
}
