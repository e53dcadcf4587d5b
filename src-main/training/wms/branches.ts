import { library } from '../story/libraries.ts';

/** A branch as the OCLC registry and WMS circulation know it. */
export interface WmsBranch {
  /** Registry id, invented. */
  readonly id: string;
  readonly name: string;
  /** Slug of the same place in ReShare's directory. */
  readonly slug: string;
  /** Holding codes (852 $b) that belong to it; the first is the one of its hold shelf. */
  readonly holdings: readonly string[];
  /** Shelving location of ordinary books. */
  readonly shelving: string;
}

export interface WmsInstitution {
  /** Registry id, invented. */
  readonly registryId: string;
  /** OCLC symbol, the same letters as in ReShare. */
  readonly symbol: string;
  readonly name: string;
  readonly branches: readonly WmsBranch[];
  /** Where ILL items live while they are borrowed (ILL Settings of the service configuration). */
  readonly temporary: { readonly holding: string; readonly shelving: string };
}

export const HOLD_SHELF = 'HOLDSHELF';

const HOLDINGS: Readonly<Record<string, readonly [id: string, holdings: readonly string[], shelving: string]>> = {
  RVRMAIN: ['900101', ['RVRSTK', 'RVRREM'], 'GENERAL'],
  RVRSCI: ['900102', ['RVRSCI'], 'GENERAL'],
  RVRMUS: ['900103', ['RVRMUS'], 'SCORES'],
};

/** Riverside, the library of the practice story that uses WMS. */
export function riversideInstitution(): WmsInstitution {
  const plan = library('riverside');
  return {
    registryId: '900001',
    symbol: plan.symbol,
    name: plan.name,
    branches: plan.branches.map(({ name, slug, code }): WmsBranch => {
      const known = HOLDINGS[code];
      if (known === undefined) throw new RangeError(`No holding codes for ${code}`);
      const [id, holdings, shelving] = known;
      return { id, name, slug, holdings, shelving };
    }),
    temporary: { holding: 'RVRSTK', shelving: 'ILL-TEMP' },
  };
}

/** The branch a holding code belongs to. @throws RangeError for a code nobody has. */
export function branchOfHolding(institution: WmsInstitution, holding: string): WmsBranch {
  const found = institution.branches.find((one) => one.holdings.includes(holding));
  if (found === undefined) throw new RangeError(`No branch has the holding code ${holding}`);
  return found;
}

/** The holding code routing answers give for a branch as a place to send things to. */
export function mainHolding(branch: WmsBranch): string {
  return branch.holdings[0] ?? '';
}
