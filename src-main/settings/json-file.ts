import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What reading a JSON file came to. A missing file is not a fault; an unreadable one must not be taken for a missing one. */
export type JsonRead =
  | { readonly found: true; readonly value: unknown }
  | { readonly found: false; readonly why: 'missing' }
  | { readonly found: false; readonly why: 'unreadable'; readonly sentence: string };

export async function readJson(path: string): Promise<JsonRead> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { found: false, why: 'missing' };
    return {
      found: false,
      why: 'unreadable',
      sentence: `The file ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown fault'}).`,
    };
  }
  try {
    return { found: true, value: JSON.parse(text) as unknown };
  } catch {
    return { found: false, why: 'unreadable', sentence: `The file ${path} is damaged: it is not JSON.` };
  }
}

/** Replaces a JSON file whole: written beside it, synced, then renamed, so that a power cut leaves the old or the new one. */
export async function writeJson(path: string, value: unknown, mode = 0o600): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.new`;
  const file = await open(beside, 'w', mode);
  try {
    await file.writeFile(`${JSON.stringify(value, undefined, 2)}\n`, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
}
