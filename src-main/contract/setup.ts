import { z } from 'zod';
import { CheckLine, ReshareSettings } from './settings.ts';
import { SlipPaper } from './slip.ts';

/** The steps of the set-up guide, in the order in which a new library goes through them. */
export const SetupStep = z.enum(['systems', 'credentials', 'locations', 'branches', 'desk', 'scanner', 'print']);
export type SetupStep = z.infer<typeof SetupStep>;

/** What stands in fields that are not saved as settings yet: texts and choices by the name of the field; never a secret. */
const Fields = z.record(z.string().max(60), z.union([z.string().max(8000), z.boolean()]));

/** How far the guide has come, in a file of its own, so that it goes on there after a restart. */
export const SetupState = z.object({
  version: z.literal(1),
  /** The step that is open. */
  at: SetupStep,
  /** What became of the others; a step that is missing was not reached or not decided. */
  steps: z.partialRecord(SetupStep, z.enum(['done', 'skipped'])),
  /** Gone through to the end or put away: it does not open by itself any more. */
  ended: z.boolean(),
  drafts: z.object({ connection: Fields, wms: Fields, alma: Fields.optional() }).optional(),
});
export type SetupState = Readonly<z.infer<typeof SetupState>>;

/**
 * What the label of the scanner test says: letters that other keyboard languages have elsewhere (A Q W Z Y M), the signs `-`,
 * `_` and `/`, small and capital letters, and every digit. Half of it and more is no digit, so that no item label is alike.
 */
export const SCANNER_LABEL = 'CARREL-zyQWm_/0123456789';

const Guide = z.object({
  state: SetupState,
  /** It is to open by itself now. */
  opens: z.boolean(),
  /** {@link SCANNER_LABEL} as Code 128: widths of bars and spaces in modules, one digit each, bar first. */
  widths: z.string(),
});
export type SetupGuide = Readonly<z.infer<typeof Guide>>;

export const SETUP_METHODS = {
  'setup.get': { input: z.object({}), output: Guide },
  /** Keeps how far it has come; answers when that is on disk. */
  'setup.save': { input: z.object({ state: SetupState }), output: SetupState },
  /** Whether a FOLIO gateway answers at an address and knows the tenant. No password is sent. */
  'setup.testAddress': {
    input: ReshareSettings.pick({ okapiUrl: true, tenant: true }),
    output: z.array(CheckLine),
  },
  /** Puts a slip with the scanner's label on paper. */
  'setup.testPrint': {
    input: z.object({ paper: SlipPaper, printer: z.string().max(200) }),
    output: z.object({ outcome: z.enum(['printed', 'failed', 'unknown']), reason: z.string().optional() }),
  },
} as const;
