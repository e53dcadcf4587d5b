import { z } from 'zod';
import { ReadinessWord } from '../contract/readiness.ts';

/** The file of what people said: every confirmation and every withdrawal, oldest first; nothing in it is ever changed. */
export const WordFile = z.strictObject({ version: z.literal(1), words: z.array(ReadinessWord) });

/** The confirmation of a line that was not withdrawn since. */
export function inForce(words: readonly ReadinessWord[], line: string): ReadinessWord | undefined {
  const last = words.findLast((word) => word.line === line);
  return last?.said === 'confirmed' ? last : undefined;
}
