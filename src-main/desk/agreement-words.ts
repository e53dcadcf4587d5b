import type { AgreementBasis, AgreementItem, AgreementKind } from '../contract/agreement.ts';
import type { AuditLine, RequestView } from '../contract/request.ts';
import type { Mender } from '../contract/result.ts';
import { partner, shorten } from './words.ts';

/** Troubles that show on the request itself; those of Carrel's own steps have words of their own. */
export type RequestTrouble = Exclude<
  AgreementKind,
  'step-unknown' | 'step-needs-person' | 'step-refused' | 'delete-temporary-item' | 'hold-expiring'
>;

/** A disagreement before it is put into words. */
export interface Trouble {
  readonly kind: RequestTrouble;
  /** The barcode it is about, where one is named. */
  readonly item?: string;
  /** The circulation system's own words. */
  readonly words?: string;
  readonly lines: readonly AuditLine[];
  readonly basis: AgreementBasis;
  /** ISO 8601 UTC. */
  readonly since: string;
  /** The volume's status, or the setting, as ReShare writes it. */
  readonly status?: string;
}

interface Told {
  readonly reason: string;
  readonly todo: string;
  readonly mender: Mender;
  readonly again?: boolean;
}

/** The words for one trouble of a request. */
export function agreementWords(request: RequestView, trouble: Trouble, systemName: string | undefined): AgreementItem {
  const system = systemName ?? 'your circulation system';
  const { reason, todo, mender, again } = tell(request, trouble, system);
  const label = request.hrid ?? trouble.item ?? request.id;
  return {
    key: [request.id, trouble.kind, trouble.item ?? '', trouble.lines.at(-1)?.no ?? trouble.since].join('|'),
    kind: trouble.kind,
    requestId: request.id,
    label,
    side: request.side,
    since: trouble.since,
    reason,
    todo,
    look: lookOf(request, system),
    evidence: [
      ...(trouble.status === undefined
        ? []
        : [`${trouble.basis === 'settings' ? 'Setting' : 'Item status'}: ${trouble.status}`]),
      ...trouble.lines.map((line) => shorten(line.message, 240)),
    ],
    basis: trouble.basis,
    seenAt: request.seenAt,
    mender,
    action: again === true ? 'again' : 'confirm',
    ...(request.title === undefined ? {} : { title: request.title }),
  };
}

function tell(request: RequestView, trouble: Trouble, system: string): Told {
  const thing = trouble.item === undefined ? 'the item' : shorten(trouble.item, 40);
  const said = trouble.words === undefined ? 'without saying why' : `saying “${shorten(trouble.words, 160)}”`;
  const state = `“${request.state.label}”`;
  const System = system.charAt(0).toUpperCase() + system.slice(1);
  switch (trouble.kind) {
    case 'temporary-item-refused':
      return {
        reason: `${System} refused the temporary item ${thing}, ${said}. ReShare still has the request as ${state}.`,
        todo: `Mend the cause in ${system}, then scan it once more: ReShare sends only what failed. Where it cannot be mended, only a ReShare administrator can help: with accept_item switched off it can be received, and the item is made by hand.`,
        mender: 'ill-office',
        again: true,
      };
    case 'check-out-refused':
      return {
        reason: `${System} refused to check out ${thing} for ${partner(request)}, ${said}. The request is not filled.`,
        todo: `Do not send it. Mend the cause in ${system}, then scan the slip once more and the item after it.`,
        mender: 'ill-office',
        again: true,
      };
    case 'check-in-refused':
      return request.side === 'borrowing'
        ? {
            reason: `ReShare says ${state}, but ${system} refused to check in ${thing}, ${said}. It may still be on the patron’s loan list.`,
            todo: `Check it in at the screen of ${system}, see that the patron no longer has it, then confirm it here.`,
            mender: 'desk',
          }
        : lenderCheckIn(request, thing, said, system);
    case 'create-by-hand':
      return {
        reason: `Received in ReShare, which is not connected to ${system} for this step: no temporary item ${thing} was made there.`,
        todo: `Make the temporary item ${thing} and its hold by hand in ${system}, then confirm it here.`,
        mender: 'ill-office',
      };
    case 'check-out-by-hand':
      return {
        reason: `Filled in ReShare, which is not connected to ${system} for this step: ${thing} was not checked out there.`,
        todo: `Check ${thing} out to the account of ${partner(request)} by hand in ${system}, then confirm it here.`,
        mender: 'ill-office',
      };
    case 'check-in-by-hand':
      return {
        reason: `ReShare says ${state}, but does not tell ${system} of this step: ${thing} was not checked in there.`,
        todo: `Check it in by hand in ${system}, then confirm it here.`,
        mender: 'desk',
      };
    case 'verify-check-in':
      return {
        reason: `${System} answered that ${thing} was not out, or that it does not know it. ReShare counts that as checked in.`,
        todo: `Look ${thing} up in ${system}: if it is still on loan, or under another barcode, check it in there. Then confirm it here.`,
        mender: 'desk',
      };
    case 'cancelled-after-fill':
      return {
        reason: `The request is ${state}, but ${thing} had been checked out in ${system} and ReShare’s newest history shows no check-in.`,
        todo: `If ${thing} is still out to ${partner(request)} there, check it in by hand. Then confirm it here.`,
        mender: 'ill-office',
      };
    case 'no-system':
      return {
        reason: 'ReShare is told to use a circulation system, and none is chosen in its settings.',
        todo: 'The library administrator chooses one in ReShare’s settings (Host LMS integration). Until then do the step by hand, and confirm it here.',
        mender: 'library-administrator',
      };
    case 'unexplained':
      return {
        reason: `ReShare flags this request (${state}) for attention, and its newest history does not say why.`,
        todo: 'Open the request in ReShare and settle it there. Then confirm it here.',
        mender: 'ill-office',
      };
  }
}

function lenderCheckIn(request: RequestView, thing: string, said: string, system: string): Told {
  const refused = `${system.charAt(0).toUpperCase()}${system.slice(1)} refused to check in ${thing}, ${said}.`;
  return request.state.terminal
    ? {
        reason: `${refused} The request is closed in ReShare all the same.`,
        todo: `Check it in at the screen of ${system}, then confirm it here.`,
        mender: 'desk',
      }
    : {
        reason: `${refused} ReShare still has the request as “${request.state.label}”.`,
        todo: `Mend the cause in ${system} or check it in there, then scan it once more to go on in ReShare.`,
        mender: 'ill-office',
        again: true,
      };
}

/**
 * What no look from here can show. WMS has no LookupItem in any profile, and its Availability search goes by OCLC number,
 * which a temporary item does not have (OCLC developer pages).
 */
function lookOf(request: RequestView, system: string): string {
  const System = system.charAt(0).toUpperCase() + system.slice(1);
  return request.side === 'borrowing'
    ? `${System} gives no way to look up a temporary item; check on its screen.`
    : `Carrel cannot see one item’s loans in ${system}; check on its screen.`;
}
