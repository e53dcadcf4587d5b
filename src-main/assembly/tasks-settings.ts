import type { AlmaConnection } from '../contract/alma-connection.ts';
import type { TwoSystems } from '../contract/two-systems.ts';
import type { TaskSettings } from '../tasks/ports.ts';

/** What work in two systems goes by, out of what the library set for it and for its Alma. */
export function taskSettings(
  set: TwoSystems | undefined,
  alma: AlmaConnection | undefined,
  returnMarginDays: number,
): TaskSettings {
  const { relais, almaUrl, worldshareUrl, wmsUrl, temporaryItems } = set ?? {};
  return {
    returnMarginDays,
    cleanUpDays: set?.cleanUpDays ?? 30,
    ...(alma?.partner === undefined ? {} : { worldsharePartner: alma.partner }),
    ...(alma?.cancelReason === undefined ? {} : { cancelReason: alma.cancelReason }),
    ...(alma?.lenderSystem === 'tipasa' ? { tipasa: { circulates: alma.tipasaNcip === true } } : {}),
    ...(alma?.patronTravels === undefined ? {} : { patronTravels: alma.patronTravels }),
    ...(temporaryItems === undefined ? {} : { temporaryItems }),
    links: {
      ...(relais?.portalUrl === undefined ? {} : { relais: relais.portalUrl }),
      ...(almaUrl === undefined ? {} : { alma: almaUrl }),
      ...(worldshareUrl === undefined ? {} : { 'worldshare-ill': worldshareUrl }),
      ...(wmsUrl === undefined ? {} : { wms: wmsUrl }),
    },
  };
}
