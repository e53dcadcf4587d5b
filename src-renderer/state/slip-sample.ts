import type { Slip, SlipName } from '../../src-main/contract/slip.ts';
import { t } from '../i18n/index.ts';

/** `RVR-3184` as Code 128 (set B), bars and spaces in modules; slips of scans bring theirs along. */
const WIDTHS = '2112142311313111232311311221321131412123211241121242112331112';

/** A hold slip of the practice library, to see what each paper makes of it. */
export function sampleSlip(at: string): Slip {
  const { heading, destination, title, lines } = t.slip.sample;
  return {
    kind: 'hold',
    heading,
    destination,
    title,
    lines: lines.map(({ label, value }) => ({ label, value })),
    barcode: { text: 'RVR-3184', widths: WIDTHS },
    at,
  };
}

/** The patron of the sample in the form the settings allow. */
export function sampleName(rule: SlipName): string | undefined {
  return rule === 'none' ? undefined : t.slip.sample.patron[rule];
}
