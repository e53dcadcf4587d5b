import type { ScanLine } from '../../src-main/contract/journal.ts';
import type { Slip, SlipPaper, SlipSettings } from '../../src-main/contract/slip.ts';
import { t } from '../i18n/index.ts';

/** The slip of the prompt on the screen and what F8 does with it. */
export interface SlipShown {
  readonly scanId: string;
  readonly slip: Slip;
  readonly paper: SlipPaper;
  /** It was printed, or printing it was tried. */
  readonly tried: boolean;
  readonly printing: boolean;
}

/**
 * The slip of a line: none while the scan is worked on, put aside, where this desk uses no such slips, or where the prompt
 * needs F8 for a choice.
 * @param printing the scan whose slip is being printed
 */
export function slipShown(line: ScanLine, settings: SlipSettings, printing: string | undefined): SlipShown | undefined {
  const { prompt, scanId, cancelled } = line;
  if (prompt?.slip === undefined || prompt.working || cancelled) return undefined;
  if (settings.modes[prompt.slip.kind] === 'off' || prompt.offers.some((offer) => offer.key === 'F8')) return undefined;
  return {
    scanId,
    slip: prompt.slip,
    paper: settings.paper,
    tried: prompt.legs.some((leg) => leg.system === 'Slip'),
    printing: printing === scanId,
  };
}

export function slipKeyLabel(shown: SlipShown): string {
  if (shown.printing) return t.slip.printing;
  return shown.tried ? t.slip.printAgain : t.slip.print;
}
