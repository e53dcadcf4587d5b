import { z } from 'zod';

/**
 * How it stands with one thing a library has to have set up. `found` and `not-needed` were looked at, `confirmed` rests on a
 * person's word, and the screen never shows one as another. Only these three are green.
 */
export const ReadinessOutcome = z.enum([
  'found',
  /** Looked at, and this library does without. */
  'not-needed',
  'confirmed',
  'missing',
  /** The account or key lacks a permission; the finding names it. */
  'not-permitted',
  /** Only a person can tell, and none has. */
  'unconfirmed',
  /** Nobody has looked yet, or the look did not get through; the finding says why. */
  'not-looked',
]);
export type ReadinessOutcome = z.infer<typeof ReadinessOutcome>;

/** Who can mend it. */
export const ReadinessMender = z.enum(['library-administrator', 'reshare-support', 'oclc', 'it']);
export type ReadinessMender = z.infer<typeof ReadinessMender>;

/** Parts of the list, in the order in which they are to be done. */
export const ReadinessGroup = z.enum(['access', 'reshare', 'before', 'borrowing', 'lending', 'enable', 'services']);
export type ReadinessGroup = z.infer<typeof ReadinessGroup>;

/** What a person said of a line. */
export const ReadinessWord = z.object({
  line: z.string().min(1).max(60),
  /** `withdrawn` takes the last confirmation back. */
  said: z.enum(['confirmed', 'withdrawn']),
  /** The name that was given. */
  by: z.string().min(1).max(120),
  /** The ReShare account this desk was signed in with. */
  account: z.string().max(200),
  desk: z.string().max(80),
  /** ISO 8601 UTC. */
  at: z.iso.datetime(),
  note: z.string().max(500).optional(),
});
export type ReadinessWord = Readonly<z.infer<typeof ReadinessWord>>;

export const ReadinessLine = z.object({
  id: z.string(),
  group: ReadinessGroup,
  /** What has to be so, in one sentence. */
  asks: z.string(),
  /** Whose guide asks for it. */
  source: z.string(),
  outcome: ReadinessOutcome,
  /** What was seen, or why nothing was. */
  finding: z.string(),
  mender: ReadinessMender,
  /** What they do about it. */
  mend: z.string(),
  /** A person may confirm it now: nothing that was looked at says otherwise. */
  confirmable: z.boolean(),
  /** The confirmation in force. */
  word: ReadinessWord.optional(),
  /** Said where something is done before its turn. */
  warning: z.string().optional(),
});
export type ReadinessLine = Readonly<z.infer<typeof ReadinessLine>>;

export const ReadinessList = z.object({
  lines: z.array(ReadinessLine),
  /** Lines that are not green. */
  open: z.number().int(),
  /** When the systems were last looked at, ISO 8601 UTC. */
  lookedAt: z.string().optional(),
  /** The name offered for a confirmation. */
  account: z.string(),
  /** What is the matter with the list itself. */
  notes: z.array(z.string()),
});
export type ReadinessList = Readonly<z.infer<typeof ReadinessList>>;

const Line = z.string().min(1).max(60);

export const READINESS_METHODS = {
  /** The list as it is known now; nothing is asked of any system. */
  'readiness.get': { input: z.object({}), output: ReadinessList },
  /** Looks at ReShare, WMS and the OpenURL resolver, changing nothing there. */
  'readiness.look': { input: z.object({}), output: ReadinessList },
  /** A person says that a line is done. */
  'readiness.confirm': {
    input: z.object({ line: Line, by: z.string().trim().min(1).max(120), note: z.string().trim().max(500).optional() }),
    output: ReadinessList,
  },
  /** Takes a confirmation back; that it was given stays on record. */
  'readiness.withdraw': {
    input: z.object({ line: Line, by: z.string().trim().min(1).max(120) }),
    output: ReadinessList,
  },
} as const;
