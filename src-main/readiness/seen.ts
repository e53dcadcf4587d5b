import type { ReadinessGroup, ReadinessMender } from '../contract/readiness.ts';
import type { AppError, ErrorCode, Result } from '../contract/result.ts';
import type { Facts } from './facts.ts';

/** What a look says of a line. Who mends it and how are the line's own unless said here. */
export interface Seen {
  readonly outcome: 'found' | 'not-needed' | 'missing' | 'not-permitted' | 'not-looked';
  readonly finding: string;
  readonly mender?: ReadinessMender;
  readonly mend?: string;
}

interface LineCommon {
  readonly id: string;
  readonly group: ReadinessGroup;
  readonly asks: string;
  readonly source: string;
  readonly mender: ReadinessMender;
  readonly mend: string;
}

/** A line that an API answers. `orPerson`: a person may confirm it where the look is not allowed or not possible. */
export interface LookedLine extends LineCommon {
  readonly look: (facts: Facts) => Seen;
  readonly orPerson?: true;
  /** The library may do without: a person may say so against what was seen, and their word then stands. */
  readonly orWithout?: true;
}

/** A line that only a person can tell; `why` says so. */
export interface SaidLine extends LineCommon {
  readonly why: string;
  /** Its source wants it done after everything before it. */
  readonly last?: true;
}

export type LineSpec = LookedLine | SaidLine;

export function found(finding: string): Seen {
  return { outcome: 'found', finding };
}

export function missing(finding: string, more: Pick<Seen, 'mender' | 'mend'> = {}): Seen {
  return { outcome: 'missing', finding, ...more };
}

/** Not looked at, because something named in the finding has to be mended first. */
export function waits(finding: string): Seen {
  return { outcome: 'not-looked', finding };
}

export const NOT_YET = waits('Carrel has not looked yet.');
const NO_RESHARE = waits('Not looked at, because no ReShare was found in the tenant.');
const NO_LOG_IN = waits('Not looked at, because Carrel could not log in to ReShare.');

/** Judges what ReShare answered; says why where there is no answer to judge. */
export function inReshare<T>(facts: Facts, got: Result<T> | undefined, judge: (value: T) => Seen): Seen {
  if (facts.logIn?.ok === false) return NO_LOG_IN;
  if (got === undefined && facts.backend?.ok === false) return NO_RESHARE;
  return judged(got, 'reshare-support', judge);
}

/** The same for WMS. */
export function inWms<T>(got: Result<T> | undefined, judge: (value: T) => Seen): Seen {
  return judged(got, 'oclc', judge);
}

function judged<T>(got: Result<T> | undefined, host: ReadinessMender, judge: (value: T) => Seen): Seen {
  if (got === undefined) return NOT_YET;
  return got.ok ? judge(got.value) : notSeen(got.error, host);
}

/** A look that did not get through: not permitted, or a system in trouble. */
export function notSeen(error: AppError, host: ReadinessMender): Seen {
  const { sentence } = error;
  if (error.code === 'no-permission') {
    return {
      outcome: 'not-permitted',
      finding: sentence,
      mender: 'library-administrator',
      mend: 'Grant the permission to the account where that is right; or look there with an account that may, and confirm the line here.',
    };
  }
  const mender = menderOf(error, host);
  return {
    outcome: 'not-looked',
    finding: sentence,
    mender,
    mend: 'What the finding says has to be mended before this can be looked at; then look again.',
  };
}

/** Failures of a log-in that a set-up is to blame for; any other is a system in trouble. */
const WRONG: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'credentials-refused',
  'configuration',
  'refused',
  'no-permission',
]);

/** A log-in to ReShare or the Shared Inventory that did not work. */
export function noEntry(error: AppError): Seen {
  return WRONG.has(error.code)
    ? missing(error.sentence, { mender: menderOf(error, 'reshare-support') })
    : notSeen(error, 'reshare-support');
}

export function menderOf(error: AppError, host: ReadinessMender): ReadinessMender {
  switch (error.mender) {
    case 'host':
      return host;
    case 'it':
      return 'it';
    default:
      return 'library-administrator';
  }
}
