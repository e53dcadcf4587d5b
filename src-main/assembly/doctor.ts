import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { READINESS_GROUP_WORDS, READINESS_MENDER_WORDS, READINESS_OUTCOME_WORDS } from '../contract/readiness-words.ts';
import { ReadinessGroup, type ReadinessLine, type ReadinessList } from '../contract/readiness.ts';
import type { ReshareSettings } from '../contract/settings.ts';
import { gather } from '../readiness/facts.ts';
import { isGreen, readinessLines } from '../readiness/list.ts';
import { createHttpClient } from '../systems/http/client.ts';
import { createOkapiSession } from '../systems/okapi/session.ts';
import { NotBegun, readProfile, type ConnectedSettings } from './doctor-profile.ts';
import { readinessPorts, type InventoryAccess } from './readiness-ports.ts';
import { readWords } from './readiness.ts';

/** What the program has of the machine it runs on. */
export interface DoctorSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative paths begin. */
  readonly cwd: string;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
  readonly now: () => Date;
}

const HELP = `Usage: npm run doctor -- --profile FILE [--desk NAME] [--confirmations FILE] [--json]

Looks whether a library is set up rightly, as Carrel's readiness list does, and changes nothing.

  --profile FILE        the library's profile, or one computer's settings.json; neither holds passwords
  --desk NAME           which of the profile's desks; what is the same at all of them when left out
  --confirmations FILE  what people confirmed; readiness.json beside the profile when left out
  --json                the list as JSON

Passwords come from the environment:
  CARREL_RESHARE_PASSWORD    of the profile's ReShare account
  CARREL_INVENTORY_PASSWORD  of its Shared Inventory account, where it names one
  CARREL_WMS_SECRET          of its WSKey, where it has WMS

Exit status: 0 every line is green, 1 some line is open, 2 the list could not be made.`;

/** `npm run doctor`: the readiness list outside the app. Answers the exit status. */
export async function doctor(args: readonly string[], around: DoctorSurroundings): Promise<0 | 1 | 2> {
  try {
    const options = optionsOf(args);
    if (options.help) {
      around.print(HELP);
      return 0;
    }
    if (options.profile === undefined) throw new NotBegun('Name the profile with --profile FILE. --help says more.');
    const profile = resolve(around.cwd, options.profile);
    const settings = await readProfile(profile, options.desk);
    const words = resolve(around.cwd, options.confirmations ?? join(dirname(profile), 'readiness.json'));
    const list = await look(settings, words, around);
    around.print(options.json ? JSON.stringify({ profile, ...list }, undefined, 2) : inWords(list));
    return list.open === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof NotBegun)) throw error;
    around.complain(error.message);
    return 2;
  }
}

function optionsOf(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        profile: { type: 'string' },
        desk: { type: 'string' },
        confirmations: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (error) {
    // parseArgs explains what it does not understand in a TypeError of its own.
    throw new NotBegun(`${(error as Error).message} --help says more.`);
  }
}

/** The Shared Inventory of the profile, with its password where its kind has one. */
function inventoryOf(reshare: ReshareSettings, around: DoctorSurroundings): InventoryAccess | undefined {
  const { okapiUrl, inventoryTenant: tenant, inventoryUsername: username = '' } = reshare;
  const kind = reshare.inventoryKind ?? 'folio-graphql';
  if (tenant === undefined || (kind === 'folio-graphql' && username === '')) return undefined;
  const password =
    kind === 'folio-graphql'
      ? needed(around, 'CARREL_INVENTORY_PASSWORD', `the Shared Inventory account “${username}”`)
      : undefined;
  return {
    kind,
    okapiUrl,
    tenant,
    username,
    password: () => Promise.resolve(password),
    rejected: () => false,
    onRejected: () => undefined,
  };
}

async function look(settings: ConnectedSettings, wordFile: string, around: DoctorSurroundings): Promise<ReadinessList> {
  const { reshare, wms } = settings;
  const password = needed(around, 'CARREL_RESHARE_PASSWORD', `ReShare’s account “${reshare.username}”`);
  const inventory = inventoryOf(reshare, around);
  const wmsSecret = wms === undefined ? '' : needed(around, 'CARREL_WMS_SECRET', `the WSKey “${wms.keyId}”`);
  const http = createHttpClient(reshare.okapiUrl);
  const session = createOkapiSession({
    http,
    system: 'ReShare',
    tenant: reshare.tenant,
    username: reshare.username,
    password: () => Promise.resolve(password),
  });
  try {
    const facts = await gather(
      readinessPorts({
        reshare: session,
        ...(reshare.openUrlAddress === undefined ? {} : { openUrlAddress: reshare.openUrlAddress }),
        ...(reshare.pickupNames === undefined ? {} : { pickupNames: reshare.pickupNames }),
        ...(inventory === undefined ? {} : { inventory }),
        ...(wms === undefined
          ? {}
          : { wms: { settings: wms, secret: () => Promise.resolve(wmsSecret), onRejected: () => undefined } }),
      }),
    );
    const { words, trouble } = await readWords(wordFile);
    const lines = readinessLines(facts, words, { wms: wms !== undefined });
    return {
      lines: [...lines],
      open: lines.filter((line) => !isGreen(line)).length,
      lookedAt: around.now().toISOString(),
      account: reshare.username,
      notes: trouble === undefined ? [] : [`${trouble} What people confirmed is not counted.`],
    };
  } finally {
    await session.logout();
    await http.close();
  }
}

function needed({ env }: DoctorSurroundings, name: string, whose: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new NotBegun(`Set ${name} to the password of ${whose}.`);
  return value;
}

/** The list for a terminal: a line each, and below an open one what was seen, and who mends it how. */
function inWords({ lines, open, notes }: ReadinessList): string {
  const parts = ReadinessGroup.options.flatMap((group) => {
    const own = lines.filter((line) => line.group === group);
    return own.length === 0 ? [] : [`\n${READINESS_GROUP_WORDS[group]}`, ...own.map(lineInWords)];
  });
  const sum =
    open === 0
      ? `All ${lines.length} lines are green.`
      : `${open} of ${lines.length} lines ${open === 1 ? 'is' : 'are'} open.`;
  return [...notes, ...parts, '', sum].join('\n').trimStart();
}

function lineInWords(line: ReadinessLine): string {
  const { word, warning } = line;
  const outcome = word === undefined ? READINESS_OUTCOME_WORDS[line.outcome] : `Confirmed by ${word.by}, ${word.at}`;
  const more = isGreen(line)
    ? []
    : [line.finding, `Who can mend it: ${READINESS_MENDER_WORDS[line.mender]}. ${line.mend}`];
  return [
    `  [${isGreen(line) ? 'x' : ' '}] ${line.asks} (${outcome})`,
    ...[...more, ...(warning === undefined ? [] : [warning])].map((text) => `      ${text}`),
  ].join('\n');
}
