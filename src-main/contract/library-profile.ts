import { z } from 'zod';
import { DeskSettings, DeskStep, Settings, Sounds, StepMode, WmsConnection } from './settings.ts';
import { AlmaConnection } from './alma-connection.ts';

const Desk = DeskSettings.shape;

/** Settings of a desk, as far as a profile sets them; what is left out stays as it is on the computer. */
export const DeskPart = z.strictObject({
  branch: Desk.branch.optional(),
  steps: z.partialRecord(DeskStep, StepMode).optional(),
  doubleScanSeconds: Desk.doubleScanSeconds.optional(),
  settleMinutes: Desk.settleMinutes.optional(),
  returnMarginDays: Desk.returnMarginDays.unwrap().optional(),
  holdShelfDays: Desk.holdShelfDays.unwrap().optional(),
  itemPrefixes: Desk.itemPrefixes.optional(),
  patronPrefixes: Desk.patronPrefixes.optional(),
  sounds: Sounds.partial().optional(),
  slips: Desk.slips.unwrap().optional(),
  offline: Desk.offline.unwrap().optional(),
});
export type DeskPart = Readonly<z.infer<typeof DeskPart>>;

/** What is different at one desk: where it stands and what it does. */
export const DeskOverride = z.strictObject({
  desk: DeskPart.optional(),
  /** The branch in WMS where this desk stands. */
  wms: z
    .strictObject({
      branch: WmsConnection.shape.branch.optional(),
      hereCodes: WmsConnection.shape.hereCodes.optional(),
    })
    .optional(),
  alma: z.strictObject({ scanDesk: AlmaConnection.shape.scanDesk }).optional(),
});
export type DeskOverride = Readonly<z.infer<typeof DeskOverride>>;

/** The systems and rules of {@link Settings}; each may be left out. */
const SECTIONS = Settings.omit({ version: true, desk: true }).shape;

export type ProfileSection = keyof typeof SECTIONS;
export const PROFILE_SECTIONS = Object.keys(SECTIONS) as readonly ProfileSection[];

/**
 * A library's settings in one JSON file, to be laid down once and brought in at every desk. It holds no password, secret or key:
 * those are typed in where they are used. What it leaves out stays as it is on the computer it is brought in on.
 */
export const LibraryProfile = z
  .strictObject({
    /** For editors; Carrel does not read it. */
    $schema: z.string().max(500).optional(),
    kind: z.literal('carrel-library-profile'),
    version: z.literal(1),
    /** The library's name, for people. */
    library: z.string().trim().min(1).max(120),
    ...SECTIONS,
    /** The same at every desk. */
    desk: DeskPart.optional(),
    /** By the desk's name. */
    desks: z.record(z.string().trim().min(1).max(80), DeskOverride).optional(),
  })
  .describe('A library’s settings for Carrel. It holds no passwords.');
export type LibraryProfile = Readonly<z.infer<typeof LibraryProfile>>;

/** `error`: the profile cannot be used. `notice`: it can, and somebody should know. */
export const ProfileFinding = z.object({
  level: z.enum(['error', 'notice']),
  /** Dotted path of the field; empty for the whole. */
  path: z.string(),
  sentence: z.string(),
});
export type ProfileFinding = Readonly<z.infer<typeof ProfileFinding>>;

/** One setting that a profile changes, in words; a side that is missing has no value. */
export const ProfileChange = z.object({
  path: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
});
export type ProfileChange = Readonly<z.infer<typeof ProfileChange>>;

export const ProfilePreview = z.object({
  library: z.string().optional(),
  findings: z.array(ProfileFinding),
  /** Desks the profile names. */
  desks: z.array(z.string()),
  /** What would be different here; nothing while there is an error. */
  changes: z.array(ProfileChange),
  /** Sections an administrator has set on this computer, which the profile cannot change. */
  managed: z.array(z.string()),
});
export type ProfilePreview = Readonly<z.infer<typeof ProfilePreview>>;

/** As it was read from the file. */
const Text = z.string().max(1024 * 1024);
const DeskName = z.string().max(80).optional();

export const PROFILE_METHODS = {
  /** Asks for a place, then writes this computer's settings there as a new file; nothing is ever overwritten. */
  'profile.export': {
    input: z.object({ library: z.string().trim().min(1).max(120) }),
    /** Without a path when the person chose no place. */
    output: z.object({ path: z.string().optional() }),
  },
  /** Checks a profile and says what it would change here. Nothing is changed. */
  'profile.preview': { input: z.object({ text: Text, desk: DeskName }), output: ProfilePreview },
  /** Brings a profile in, for one of its desks or as it stands for all. */
  'profile.import': {
    input: z.object({ text: Text, desk: DeskName }),
    output: z.object({ settings: Settings, restartNeeded: z.boolean() }),
  },
} as const;
