import { parseArgs } from 'node:util';
import { findingsOf, isClean, lineOf, playProgramme } from '../faults/programme.ts';

/**
 * `npm run faults -- --runs N --seed S [--kills] [--only K] [--requests crosslink]`: plays N random days at a desk, each against practice servers of
 * its own behind a proxy where calls go astray, with `--kills` killing Carrel at random moments as well, and holds Carrel's
 * journal against the servers' own books. The last line says what came of it; exit 1 when anything was lost, done twice, done
 * out of order, left open or told otherwise than it went. `--only` plays the one day of that number again, and
 * `--requests crosslink` plays them at the library whose ReShare is CrossLink.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string' },
    kills: { type: 'boolean', default: false },
    only: { type: 'string' },
    abreast: { type: 'string', default: '2' },
    requests: { type: 'string' },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const { kills } = values;
if (values.requests !== undefined && values.requests !== 'crosslink') {
  console.error(`--requests takes crosslink, not ${values.requests}; without it the library has mod-rs`);
  process.exit(2);
}
const each = { seed, kills, ...(values.requests === undefined ? {} : { requests: 'crosslink' as const }) };
console.log(`seed=${seed}${kills ? ' with kills' : ''}${values.requests === undefined ? '' : ' on CrossLink'}`);
const score = await playProgramme({
  runs: values.only === undefined ? Number(values.runs) : 1,
  from: Number(values.only ?? 0),
  ...each,
  abreast: Number(values.abreast),
  onRun: (report) => {
    for (const line of findingsOf(report, each)) console.error(line);
  },
});
console.log(lineOf(score));
process.exitCode = isClean(score) ? 0 : 1;
