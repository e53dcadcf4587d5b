import type { AlmaConnection } from '../../contract/alma-connection.ts';
import type { AlmaCode } from '../../contract/alma.ts';
import type { AppError, Result } from '../../contract/result.ts';
import type { CheckLine } from '../../contract/settings.ts';
import type { AlmaApi } from './api.ts';
import { createAlma, openApi, type AlmaParts, type AlmaSystem } from './alma.ts';

/** A part of Alma's interface that a key is or is not given. */
interface Area {
  readonly what: string;
  /** Its test call; the same address tests reading with GET and writing with POST. */
  readonly path: string;
  readonly writes: boolean;
  /** What Carrel cannot do without it. */
  readonly without: string;
}

const AREAS: readonly Area[] = [
  {
    what: 'Users and requests',
    path: '/users/operation/test',
    writes: true,
    without: 'Carrel cannot see who a request is for, change due dates or cancel requests',
  },
  {
    what: 'Partners',
    path: '/partners/operation/test',
    writes: false,
    without: 'Carrel cannot see which partner stands for WorldShare ILL',
  },
  {
    what: 'Configuration',
    path: '/conf/test',
    writes: false,
    without: 'Carrel does not know the reasons for cancelling, nor the libraries and desks',
  },
  {
    what: 'Task lists',
    path: '/task-lists/test',
    writes: true,
    without: 'Carrel cannot list lending work, nor fetch and tick off slips',
  },
];

/** Nobody's barcode: every answer that is none about the key shows that items can be looked up. */
const NOTHING_HAS_IT = 'carrel-connection-test';

/**
 * "Test Alma", line by line: the key, each area of the interface with reading and writing, then the codes of the settings. Ex
 * Libris' test calls and look-ups only; nothing is changed. Never rejects.
 */
export async function testAlma(parts: AlmaParts): Promise<readonly CheckLine[]> {
  const key = await parts.key();
  if (key === undefined || key === '') {
    return [failed('API key', 'There is no API key for Alma yet. Type it in.')];
  }
  const { api, http, count } = openApi(parts);
  const alma = createAlma({ ...parts, count });
  try {
    const first = await api.read({ path: '/conf/test', template: '/conf/test' });
    if (!first.ok && first.codes.length === 0 && first.error.code !== 'no-permission') {
      return [failed('Alma', first.error.sentence, first.error)];
    }
    const areas = [...(await areaLines(api)), await itemLine(alma)];
    const all = areas.every(({ code }) => code === 'no-permission');
    if (all) {
      return [
        failed(
          'API key',
          'Alma gives this key nothing at all: it is mistyped, switched off, or of another region. A library administrator must compare it with the key in Ex Libris’ Developer Network.',
        ),
      ];
    }
    return [
      { what: 'API key', outcome: 'ok', sentence: 'Alma knows the API key.' },
      ...areas,
      ...(await codeLines(parts.connection, alma)),
      scanLine(alma.modes.scanIn),
      callLine(count.calls.remaining?.count),
    ];
  } finally {
    await Promise.all([http.close(), alma.close()]);
  }
}

async function areaLines(api: AlmaApi): Promise<readonly CheckLine[]> {
  const lines: CheckLine[] = [];
  for (const { what, path, writes, without } of AREAS) {
    const read = await api.read({ path, template: path });
    const written = read.ok && writes ? await api.change({ method: 'POST', path, template: path }) : undefined;
    const error = read.ok ? (written?.outcome === 'done' ? undefined : written?.error) : read.error;
    if (error === undefined) {
      lines.push({ what, outcome: 'ok', sentence: `The key may read${writes ? ' and write' : ''}.` });
    } else if (error.code === 'no-permission') {
      const lacks = read.ok ? 'may read here, but not write' : 'may not read here';
      lines.push(
        failed(
          what,
          `The key ${lacks}, so ${without}. A library administrator must give it this area${writes ? ', read/write' : ''}.`,
          error,
        ),
      );
    } else lines.push(failed(what, error.sentence, error));
  }
  return lines;
}

async function itemLine(alma: AlmaSystem): Promise<CheckLine> {
  const what = 'Items';
  const asked = await alma.item(NOTHING_HAS_IT);
  // Any word about the barcode shows that the key may ask.
  if (asked.ok || asked.error.code === 'not-found' || asked.error.code === 'refused') {
    return { what, outcome: 'ok', sentence: 'The key may look items up. Carrel asked for a barcode nothing has.' };
  }
  if (asked.error.code !== 'no-permission') return failed(what, asked.error.sentence, asked.error);
  return failed(
    what,
    'The key may not look items up, so Carrel cannot find a loan by its barcode. A library administrator must give it the area Bibs.',
    asked.error,
  );
}

/** The codes of the settings, each against what Alma has. What cannot be looked up has a line of its own above. */
async function codeLines(connection: AlmaConnection, alma: AlmaSystem): Promise<readonly CheckLine[]> {
  const { library, partner, cancelReason, scanDesk } = connection;
  const libraries = await alma.libraries();
  const lines = [codeLine('Resource sharing library', library, libraries)];
  if (partner !== undefined) {
    const partners = await alma.partners();
    const codes = partners.ok
      ? { ok: true as const, value: partners.value.map(({ code, name }) => ({ code, label: name })) }
      : partners;
    lines.push(codeLine('WorldShare partner', partner, codes));
  }
  if (cancelReason !== undefined) {
    lines.push(codeLine('Reason for cancelling', cancelReason, await alma.cancellationReasons()));
  }
  if (scanDesk !== undefined) lines.push(codeLine('Scan-in desk', scanDesk.desk, await alma.desks(scanDesk.library)));
  return lines.filter((line) => line !== undefined);
}

function codeLine(what: string, code: string, known: Result<readonly AlmaCode[]>): CheckLine | undefined {
  if (!known.ok) {
    return known.error.code === 'no-permission' ? undefined : failed(what, known.error.sentence, known.error);
  }
  const found = known.value.find((one) => one.code === code);
  return found === undefined
    ? failed(what, `Alma has no code “${code}” here. It has: ${listed(known.value)}.`)
    : { what, outcome: 'ok', sentence: `${found.label} (${code}).` };
}

const SHOWN = 12;

function listed(codes: readonly AlmaCode[]): string {
  const shown = codes.slice(0, SHOWN).map(({ code, label }) => `${code} (${label})`);
  const more = codes.length - shown.length;
  return shown.length === 0 ? 'none' : `${shown.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}

function scanLine(mode: AlmaSystem['modes']['scanIn']): CheckLine {
  const what = 'Scan-in';
  switch (mode) {
    case 'api':
      return { what, outcome: 'skipped', sentence: 'Not tried, because it moves an item. It is switched on.' };
    case 'api-unproven':
      return {
        what,
        outcome: 'skipped',
        sentence:
          'Ex Libris does not say what it does to a borrowing request. Staff scan in Alma until the library has tried it in its sandbox and says so here.',
      };
    case 'guided':
      return { what, outcome: 'skipped', sentence: 'No scan-in desk is entered: staff scan on Alma’s own screen.' };
  }
}

function callLine(remaining: number | undefined): CheckLine {
  const what = 'Calls left today';
  return remaining === undefined
    ? { what, outcome: 'warning', sentence: 'Alma does not say how many calls are left.' }
    : {
        what,
        outcome: 'ok',
        sentence: `${remaining.toLocaleString('en')}, for the whole institution until midnight.`,
      };
}

function failed(what: string, sentence: string, error?: AppError): CheckLine {
  return { what, outcome: 'failed', sentence, ...(error === undefined ? {} : { code: error.code }) };
}
