import type { JsonObject } from '../http.ts';
import { isFaultKind, type WmsFaultRule } from './faults.ts';
import type { PracticeWms } from './practice-wms.ts';

/**
 * Runs one command of the practice WMS; undefined when there is none of that name.
 *
 * `wms` (addresses, keys, branches), `wmsItem {barcode}` (the item with its holds), `wmsFaults`, `addWmsFault {where, kind, times?, ms?}`,
 * `wmsCheckIn {barcode, branch?}` (at WMS's own screen), `wmsWords {barcode, words}` (what its next check-in tells staff to do), `clearWmsFaults`, `wmsReach {reached}` (false: as if its hosts were not there), `revokeWmsTokens`, `wmsKey {key, revoke?}` (OCLC takes the scope from the key; without one, it knows the key no more), `wmsQuota {perDay?}`, `wmsPatron {barcode, blocked?, remove?}`.
 */
export function wmsCommand(wms: PracticeWms, name: string, args: JsonObject): unknown {
  const faults = () => ({ armed: wms.faults.list(), struck: wms.faults.struck });
  switch (name) {
    case 'wms':
      return wms.access;
    case 'wmsItem': {
      const item = wms.store.items.get(String(args['barcode']));
      if (item === undefined) throw new RangeError(`No item ${String(args['barcode'])}`);
      const caught = wms.circulation.holds.caughtBy(item);
      return { ...item, holds: [...(caught === undefined ? [] : [caught]), ...wms.circulation.holds.waitingFor(item)] };
    }
    case 'wmsCheckIn': {
      const branch = typeof args['branch'] === 'string' ? args['branch'] : (wms.access.branches[0]?.id ?? '');
      return wms.circulation.checkIn(String(args['barcode']), branch).routing;
    }
    case 'wmsWords': {
      const item = wms.store.items.get(String(args['barcode']));
      if (item === undefined) throw new RangeError(`No item ${String(args['barcode'])}`);
      item.process = String(args['words']);
      return {};
    }
    case 'wmsFaults':
      return faults();
    case 'addWmsFault':
      wms.faults.add(ruleFrom(args));
      return faults();
    case 'clearWmsFaults':
      wms.faults.clear();
      return faults();
    case 'wmsReach': {
      const reached = args['reached'] === true || args['reached'] === 'true';
      void wms.reach(reached);
      return { reached };
    }
    case 'revokeWmsTokens':
      wms.revokeTokens();
      return {};
    case 'wmsKey':
      wms.revokeKey(String(args['key']), typeof args['revoke'] === 'string' ? args['revoke'] : undefined);
      return {};
    case 'wmsQuota':
      if (args['perDay'] !== undefined) wms.quota.allow(Number(args['perDay']));
      return { used: wms.quota.used() };
    case 'wmsPatron': {
      const patron = wms.store.patrons.get(String(args['barcode']));
      if (patron === undefined) throw new RangeError(`No patron ${String(args['barcode'])}`);
      if (args['blocked'] !== undefined) patron.blocked = args['blocked'] === true || args['blocked'] === 'true';
      if (args['remove'] !== undefined) wms.store.patrons.delete(patron.barcode);
      return patron;
    }
    default:
      return undefined;
  }
}

/** `where` is a service, a message, `everything`, or a regular expression written `/…/flags`. */
function ruleFrom({ where, kind, times, ms }: JsonObject): WmsFaultRule {
  if (typeof where !== 'string' || typeof kind !== 'string') throw new RangeError('A fault needs where and kind');
  if (!isFaultKind(kind)) throw new RangeError(`No fault ${kind}`);
  const pattern = /^\/(.*)\/([a-z]*)$/s.exec(where);
  return {
    where: pattern === null ? where : new RegExp(pattern[1] ?? '', pattern[2]),
    kind,
    ...(times === undefined ? {} : { times: Number(times) }),
    ...(ms === undefined ? {} : { ms: Number(ms) }),
  };
}
