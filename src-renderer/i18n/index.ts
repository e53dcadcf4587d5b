import { en } from './en.ts';
import { formatsFor, type Formats } from './format.ts';

/** All words of the screen. Another language is another object of this type. */
export type Words = typeof en;

export const t: Words = en;
export const f: Formats = formatsFor(t.languageTag, navigator.languages);
