import type { DirectoryEntry } from './directory.ts';
import { json } from './http.ts';
import { DIRECTORY_ENTRY } from './modrs/schema.ts';
import type { BackendModule } from './okapi/modules.ts';
import { list } from './query/list.ts';

const READ = 'directory.entry.collection.get';

/** mod-directory 2.5: entries with the query language of the lists, and the look-ups by symbol and slug. */
export function modDirectory(): BackendModule {
  return {
    id: 'mod-directory-2.5.0',
    interfaces: [{ id: 'directory', version: '2.5' }],
    routes: [
      {
        method: 'GET',
        path: '/directory/entry',
        permission: READ,
        handle: ({ call, tenant }) =>
          list({ entity: DIRECTORY_ENTRY, rows: tenant.directory, cap: 1000, view: (one) => one }, call.query),
      },
      {
        method: 'GET',
        path: '/directory/entriesBySymbols',
        permission: READ,
        handle: ({ call, tenant }) => {
          const wanted = (call.query.get('symbols') ?? '').split(',');
          const type = call.query.get('type');
          const fits = (one: DirectoryEntry): boolean =>
            wanted.includes(one.symbolSummary) && (type === null || one.type.value === type);
          return json(200, tenant.directory.filter(fits));
        },
      },
      {
        method: 'GET',
        path: '/directory/externalApi/entry/{slug}',
        handle: ({ tenant, params }) => {
          const found = tenant.directory.find((one) => one.slug === params['slug']);
          return found === undefined ? json(404, { message: 'Not Found', error: 404 }) : json(200, found);
        },
      },
    ],
  };
}
