import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DEFAULT_SETTINGS, type Settings } from '../../src-main/contract/settings.ts';
import { Vault } from '../../src-main/settings/vault.ts';
import { journalFile } from '../../src-main/store/databases.ts';
import { startConsortium, type Consortium } from '../../src-main/training/consortium.ts';
import { Random } from '../../src-main/training/random.ts';
import { audit, hasHappened, unsettledIn, type Findings } from './audit.ts';
import { readJournal, readOthers, readServers, serversNow, type Effect, type JournalBook } from './books.ts';
import { Colleague } from './colleague.ts';
import { planDay } from './day.ts';
import { plainCipher } from './plain-cipher.ts';
import { startProxy, type FaultProxy, type Moment, type Passing } from './proxy.ts';
import { Shift } from './shift.ts';
import { Weather } from './weather.ts';

export interface RunOptions {
  /** Of the whole programme. */
  readonly seed: number;
  /** Which run of the programme, from 0. The same seed and number make the same day. */
  readonly number: number;
  readonly kills: boolean;
  /** What the library has as its ReShare; mod-rs when left out. */
  readonly requests?: 'crosslink';
  /** Breaks something on purpose, to prove that the books notice. */
  readonly broken?: 'sends-twice' | 'forgets';
}

export interface RunReport {
  readonly number: number;
  readonly scans: number;
  readonly acknowledged: number;
  readonly kills: number;
  readonly findings: Findings;
  /** For a closer look; the folder is there only when something was found. */
  readonly folder: string;
  readonly book: JournalBook;
}

/** How much of the calls goes wrong on a day. */
const RATES = [0, 0.05, 0.15, 0.3] as const;

/** Plays one day against a consortium of its own, then holds the books against each other. */
export async function playRun(options: RunOptions): Promise<RunReport> {
  const seed = (options.seed * 1_000_003 + options.number * 7_919 + 1) >>> 0;
  const random = new Random(seed);
  const weather = new Weather(seed, random.pick(RATES));
  const folder = mkdtempSync(join(tmpdir(), 'carrel-faults-'));
  const consortium = await startConsortium({
    seed: random.between(1, 1_000_000),
    size: 20,
    wms: true,
    acknowledgeMs: random.pick([0, 0, 60]),
    peerMs: 500,
    ...(options.requests === undefined ? {} : { requests: options.requests }),
  });
  let watch: (moment: Moment, passing: Passing) => void = () => undefined;
  const proxies: FaultProxy[] = [];
  const behind = async (url: string): Promise<string> => {
    const { origin, pathname } = new URL(url);
    const proxy = await startProxy({
      upstream: origin,
      mishap: (passing) => weather.mishap(passing),
      slowMs: () => 400,
      onMoment: (moment, passing) => {
        watch(moment, passing);
      },
      doubles: options.broken === 'sends-twice',
    });
    proxies.push(proxy);
    return pathname === '/' ? proxy.origin : proxy.origin + pathname;
  };
  try {
    await setUp(folder, consortium, behind);
    const before = serversNow(consortium);
    const colleague = new Colleague(consortium);
    const done = (): readonly Effect[] => readServers(consortium, before);
    const shift = new Shift({
      random,
      weather,
      consortium,
      start: {
        userData: folder,
        programs: programsIn(folder),
        faster: 300,
        patienceMs: 250,
        clockOffsetMs: 0,
        forgets: options.broken === 'forgets',
      },
      refuse: (system, ms) => proxies[system === 'reshare' ? 0 : 2]?.refuse(ms) ?? Promise.resolve(),
      watch: (watcher) => {
        watch = watcher;
      },
      open: () => unsettledIn(readJournal(journalFile(folder))).length,
      look: async (stepId) => {
        // What is still on its way may yet happen: nobody can look before it has.
        while (proxies.some(({ underWay }) => underWay > 0)) await wait(5);
        return hasHappened(stepId, readJournal(journalFile(folder)), [...done(), ...readOthers(consortium)]);
      },
      colleague: async (label) => {
        const requestId = consortium.cast.find(({ barcode }) => barcode === label)?.requestId;
        if (requestId !== undefined) await colleague.act(requestId);
      },
    });
    await shift.play(
      planDay({
        random,
        things: consortium.cast,
        kills: options.kills,
        // What is done in CrossLink itself is not played.
        colleague: options.requests === undefined,
      }),
    );
    const book = readJournal(journalFile(folder));
    const { scans, acknowledged, kills, errands, labels } = shift.tally();
    const findings = audit({
      acknowledged,
      errands,
      labels,
      book,
      effects: done(),
      others: readOthers(consortium),
    });
    const clean = Object.values(findings).every((list: readonly string[]) => list.length === 0);
    if (clean) rmSync(folder, { recursive: true, force: true });
    return { number: options.number, scans, acknowledged: acknowledged.length, kills, findings, folder, book };
  } finally {
    await Promise.all(proxies.map((proxy) => proxy.stop()));
    await consortium.stop();
  }
}

/** Writes settings and secrets as a library's administrator would leave them, with every address behind a proxy. */
async function setUp(folder: string, consortium: Consortium, behind: (url: string) => Promise<string>): Promise<void> {
  const [library] = consortium.tenants;
  const { wms } = consortium;
  const here = wms?.branches[0];
  if (library === undefined || wms === undefined || here === undefined)
    throw new Error('The consortium lacks a library');
  const reshare = { okapiUrl: await behind(consortium.url), tenant: library.id, username: library.username };
  const settings: Settings = {
    ...DEFAULT_SETTINGS,
    reshare,
    wms: {
      registryId: wms.institution.registryId,
      branch: here.id,
      hereCodes: [...here.holdings],
      branches: wms.branches.flatMap(({ holdings, name }) => holdings.map((code) => ({ code, name }))),
      keyId: wms.keys.full.key,
      tokenAddress: await behind(wms.urls.token),
      ncipAddress: await behind(wms.urls.staff),
      availabilityAddress: await behind(wms.urls.availability),
      identityAddress: await behind(wms.urls.identity),
      scopes: ['WMS_Availability', 'SCIM:read_user'],
    },
  };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
  const vault = await Vault.open({
    path: join(folder, 'secrets.json'),
    cipher: plainCipher,
    platform: process.platform,
    allowWeak: false,
    appVersion: '0.1.0',
    now: () => new Date(),
    session: new Map(),
  });
  await vault.set('reshare-password', library.password);
  await vault.set('wms-secret', wms.keys.full.secret);
}

/** Where Carrel looks for its workers: they run from the sources, as everything else here does. */
function programsIn(folder: string): string {
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  const worker = new URL('../../src-main/store/worker.ts', import.meta.url).href;
  writeFileSync(join(programs, 'store-worker.cjs'), `import(${JSON.stringify(worker)});\n`);
  return programs;
}
