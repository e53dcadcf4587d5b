import { TwoSystems, type Settings } from './contract.ts';

/** The fields as they are typed: an empty one is not set. */
export const NOTHING_SET = {
  cleanUpDays: '30',
  relaisSymbol: '',
  relaisPartnership: 'D2D',
  relaisPortal: '',
  relaisService: '',
  almaUrl: '',
  worldshareUrl: '',
  wmsUrl: '',
  holding: '',
  shelving: '',
};
export type TwoSystemsDraft = typeof NOTHING_SET;
export type TwoSystemsField = keyof TwoSystemsDraft;

/** Which field a setting of the schema stands in. */
const FIELDS: Readonly<Record<string, TwoSystemsField>> = {
  cleanUpDays: 'cleanUpDays',
  'relais.symbol': 'relaisSymbol',
  'relais.partnership': 'relaisPartnership',
  'relais.portalUrl': 'relaisPortal',
  'relais.serviceUrl': 'relaisService',
  almaUrl: 'almaUrl',
  worldshareUrl: 'worldshareUrl',
  wmsUrl: 'wmsUrl',
  'temporaryItems.holding': 'holding',
  'temporaryItems.shelving': 'shelving',
};

export function twoSystemsDraft(set: Settings['twoSystems']): TwoSystemsDraft {
  const { relais, temporaryItems } = set ?? {};
  return {
    cleanUpDays: String(set?.cleanUpDays ?? NOTHING_SET.cleanUpDays),
    relaisSymbol: relais?.symbol ?? '',
    relaisPartnership: relais?.partnership ?? NOTHING_SET.relaisPartnership,
    relaisPortal: relais?.portalUrl ?? '',
    relaisService: relais?.serviceUrl ?? '',
    almaUrl: set?.almaUrl ?? '',
    worldshareUrl: set?.worldshareUrl ?? '',
    wmsUrl: set?.wmsUrl ?? '',
    holding: temporaryItems?.holding ?? '',
    shelving: temporaryItems?.shelving ?? '',
  };
}

export type TwoSystemsReading =
  | { readonly ok: true; readonly value: TwoSystems }
  | { readonly ok: false; readonly mistakes: readonly TwoSystemsField[] };

/** What was typed, as settings; or the fields that are wrong. */
export function readTwoSystems(draft: TwoSystemsDraft): TwoSystemsReading {
  const given = (name: string, value: string): Record<string, string> =>
    value.trim() === '' ? {} : { [name]: value.trim() };
  const usesRelais = [draft.relaisSymbol, draft.relaisPortal, draft.relaisService].some((text) => text.trim() !== '');
  const places = { ...given('holding', draft.holding), ...given('shelving', draft.shelving) };
  const read = TwoSystems.safeParse({
    cleanUpDays: /^\d+$/.test(draft.cleanUpDays.trim()) ? Number(draft.cleanUpDays) : draft.cleanUpDays,
    ...(usesRelais
      ? {
          relais: {
            ...given('symbol', draft.relaisSymbol),
            ...given('partnership', draft.relaisPartnership),
            ...given('portalUrl', draft.relaisPortal),
            ...given('serviceUrl', draft.relaisService),
          },
        }
      : {}),
    ...given('almaUrl', draft.almaUrl),
    ...given('worldshareUrl', draft.worldshareUrl),
    ...given('wmsUrl', draft.wmsUrl),
    ...(Object.keys(places).length === 0 ? {} : { temporaryItems: places }),
  });
  if (read.success) return { ok: true, value: read.data };
  const mistakes = read.error.issues.map(({ path }) => FIELDS[path.join('.')]);
  return { ok: false, mistakes: mistakes.filter((field) => field !== undefined) };
}
