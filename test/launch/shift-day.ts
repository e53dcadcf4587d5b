import { AFTERNOON } from './shift-afternoon.ts';
import { BRANCHES } from './shift-branches.ts';
import { MORNING } from './shift-morning.ts';
import type { ShiftScan } from './shift-script.ts';

/**
 * A whole day at the desk of Riverside’s main library, with a look at its other two branches: what the circulation and interlibrary loan workflow asks for, step
 * by step, with everything a day has in store. The order matters: it is one story.
 */
export const DAY: readonly ShiftScan[] = [...MORNING, ...BRANCHES, ...AFTERNOON];
