import type { JsonObject } from '../http.ts';
import { ALMA_FAULTS, type AlmaFaultRule } from './faults.ts';
import { loanView, requestView } from './shapes.ts';
import { almaStaff } from './staff.ts';
import type { PracticeAlma } from './practice-alma.ts';

/**
 * Runs one command of the practice Alma; undefined when there is none of that name.
 *
 * `alma` (address, keys, codes, what the story is about), `almaRequest {requestId}`, `almaLoan {barcode}`, `almaFaults`,
 * `almaStaff {what, requestId, barcode?, days?}` (what staff do on Alma's own screens), `addAlmaFault {where, kind, times?, ms?}`, `clearAlmaFaults`, `almaReach {reached}` (false: as if it were not there),
 * `almaLimits {perSecond?, perDay?}` (also says how many calls are left).
 */
export function almaCommand(alma: PracticeAlma, name: string, args: JsonObject): unknown {
  const { faults, limits, store } = alma;
  const armed = () => ({ armed: faults.list(), struck: faults.struck });
  switch (name) {
    case 'alma':
      return alma.access;
    case 'almaRequest': {
      const request = store.requests.get(String(args['requestId']));
      if (request === undefined) throw new RangeError(`No request ${String(args['requestId'])}`);
      return requestView(alma.context, request);
    }
    case 'almaLoan': {
      const pid = store.items.get(String(args['barcode']))?.pid;
      const loan = [...store.loans.values()].find((one) => one.pid === pid);
      if (loan === undefined) throw new RangeError(`No loan of ${String(args['barcode'])}`);
      return loanView(alma.context, loan);
    }
    case 'almaStaff':
      return almaStaff(alma.context, args);
    case 'almaFaults':
      return armed();
    case 'addAlmaFault':
      faults.add(ruleFrom(args));
      return armed();
    case 'clearAlmaFaults':
      faults.clear();
      return armed();
    case 'almaReach': {
      const reached = args['reached'] === true || args['reached'] === 'true';
      void alma.reach(reached);
      return { reached };
    }
    case 'almaLimits':
      if (args['perSecond'] !== undefined) limits.allowance.perSecond = Number(args['perSecond']);
      if (args['perDay'] !== undefined) limits.allowance.perDay = Number(args['perDay']);
      return { ...limits.allowance, made: limits.made, remaining: limits.remaining };
    default:
      return undefined;
  }
}

/** `where` is `everything`, or a regular expression written `/…/flags` over `METHOD /path?query`. */
function ruleFrom({ where, kind, times, ms }: JsonObject): AlmaFaultRule {
  const pattern = /^\/(.*)\/([a-z]*)$/s.exec(String(where));
  const known = ALMA_FAULTS.find((one) => one === kind);
  if (known === undefined) throw new RangeError(`No fault ${String(kind)}`);
  if (pattern === null && where !== 'everything') throw new RangeError('A fault needs where');
  return {
    where: pattern === null ? 'everything' : new RegExp(pattern[1] ?? '', pattern[2]),
    kind: known,
    ...(times === undefined ? {} : { times: Number(times) }),
    ...(ms === undefined ? {} : { ms: Number(ms) }),
  };
}
