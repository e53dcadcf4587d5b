import type { Handlers } from '../contract/methods.ts';
import { fail, ok } from '../contract/result.ts';
import type { CheckLine } from '../contract/settings.ts';
import { SCANNER_LABEL, SetupState, type SETUP_METHODS } from '../contract/setup.ts';
import type { Slip, SlipPrinter } from '../contract/slip.ts';
import { code128 } from '../desk/slip-code128.ts';
import { readJson, writeJson } from '../settings/json-file.ts';
import { createHttpClient } from '../systems/http/client.ts';
import { probeGateway } from '../systems/okapi/probe.ts';
import { saving } from './saving.ts';

export interface SetupOptions {
  /** Where it is kept how far the guide has come. */
  readonly path: string;
  /** Neither is a library configured nor was training asked for: the guide opens by itself at the first start. */
  readonly fresh: boolean;
  readonly printer: SlipPrinter;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
}

const BEGINNING: SetupState = { version: 1, at: 'systems', steps: {}, ended: false };

/** The set-up guide's memory and its own tests; everything else of it are the settings' and readiness' own methods. */
export class Setup {
  readonly #o: SetupOptions;
  /** Undefined until the guide was opened once, and where the file says nothing that is understood. */
  #state: SetupState | undefined;
  readonly handlers: Pick<Handlers, keyof typeof SETUP_METHODS>;

  private constructor(options: SetupOptions, state: SetupState | undefined) {
    this.#o = options;
    this.#state = state;
    this.handlers = {
      'setup.get': () => Promise.resolve(ok(this.#guide())),
      'setup.save': ({ state: next }) =>
        saving(async () => {
          await writeJson(options.path, next);
          this.#state = next;
          return next;
        }),
      'setup.testAddress': async ({ okapiUrl, tenant }) => ok([...(await testAddress(okapiUrl, tenant))]),
      'setup.testPrint': async ({ paper, printer }) => {
        try {
          return ok(await options.printer.print({ slip: testSlip(options.now()), paper }, printer));
        } catch (error) {
          options.onFault(error);
          return fail('internal', 'Carrel could not draw the test print; tell IT.', { mender: 'it' });
        }
      },
    };
  }

  /** A file that cannot be understood is begun anew: what it says is quickly decided again. */
  static async open(options: SetupOptions): Promise<Setup> {
    const read = await readJson(options.path);
    const parsed = read.found ? SetupState.safeParse(read.value) : undefined;
    return new Setup(options, parsed?.success === true ? parsed.data : undefined);
  }

  #guide() {
    const state = this.#state;
    return {
      state: state ?? BEGINNING,
      opens: state === undefined ? this.#o.fresh : !state.ended,
      widths: code128(SCANNER_LABEL) ?? '',
    };
  }
}

/** "Address" and "Tenant" of the connection test, before there is an account to log in with. */
async function testAddress(okapiUrl: string, tenant: string): Promise<readonly CheckLine[]> {
  const http = createHttpClient(okapiUrl);
  try {
    const { lines, goOn } = await probeGateway(http, { system: 'ReShare', tenant });
    if (!goOn) return lines;
    return [...lines, { what: 'Tenant', outcome: 'ok', sentence: `The gateway did not say no to “${tenant}”.` }];
  } finally {
    await http.close();
  }
}

function testSlip(now: Date): Slip {
  const widths = code128(SCANNER_LABEL);
  return {
    kind: 'routing',
    heading: 'Carrel · test print',
    destination: 'Test print',
    title: 'If this can be read, and the label below scanned, this printer is ready.',
    lines: [],
    barcode: { text: SCANNER_LABEL, ...(widths === undefined ? {} : { widths }) },
    at: now.toISOString(),
  };
}
