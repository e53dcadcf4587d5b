import type { Call } from '../http.ts';

/** Areas of the interface a key is given, each for reading or for both. */
export type AlmaArea = 'users' | 'bibs' | 'partners' | 'conf' | 'task-lists';

export interface AlmaKey {
  readonly key: string;
  readonly areas: Readonly<Partial<Record<AlmaArea, 'r' | 'rw'>>>;
}

/** The area of a path: Alma names it first, and looks items up under `/items`. */
export function areaOf(path: string): AlmaArea | undefined {
  const [, first] = path.split('/');
  switch (first) {
    case 'users':
    case 'partners':
    case 'conf':
    case 'task-lists':
    case 'bibs':
      return first;
    case 'items':
      return 'bibs';
    default:
      return undefined;
  }
}

/** Whether the key of a call, in its header or its query, may do this. */
export function mayCall(keys: readonly AlmaKey[], { headers, query, method, path }: Call): boolean {
  const given = /^apikey (.+)$/.exec(headers.authorization ?? '')?.[1] ?? query.get('apikey') ?? '';
  const area = areaOf(path);
  const right = area === undefined ? undefined : keys.find(({ key }) => key === given)?.areas[area];
  return right === 'rw' || (right === 'r' && method === 'GET');
}
