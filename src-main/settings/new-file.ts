import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file that is not there yet: whole or not at all, on disk when it answers. Its name is taken first, so that
 * nothing is overwritten even if another program writes there at the same moment.
 * @throws the file system's error; `EEXIST` when there is a file of that name
 */
export async function writeNewFile(path: string, content: Buffer): Promise<void> {
  await (await open(path, 'wx', 0o600)).close();
  const beside = `${path}.part`;
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    await rm(path, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Makes the rename durable. Windows has no such call and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
