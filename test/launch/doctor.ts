import { doctor } from '../../src-main/assembly/doctor.ts';

/** `npm run doctor -- --profile FILE [--json]`: is this library set up rightly? The checks are the product's own. */
process.exitCode = await doctor(process.argv.slice(2), {
  env: process.env,
  // npm and run.js both change the folder; paths are meant from where the person stands.
  cwd: process.env['INIT_CWD'] ?? process.env['PWD'] ?? process.cwd(),
  print: (text) => {
    console.log(text);
  },
  complain: (text) => {
    console.error(text);
  },
  now: () => new Date(),
});
