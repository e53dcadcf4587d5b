import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { z } from 'zod';
import { AlmaConnection } from '../contract/alma-connection.ts';
import { Retention } from '../contract/keeping.ts';
import { ReshareSettings, WmsConnection } from '../contract/settings.ts';

/** What an administrator can lay down for a computer. Secrets are not allowed in it; unknown keys are reported. */
export const ManagedPolicy = z.strictObject({
  /** Overrides the whole connection. */
  reshare: ReshareSettings.optional(),
  /** Overrides the whole of WMS; the WSKey's secret is typed in at the desk. */
  wms: WmsConnection.optional(),
  /** Overrides the whole of Alma; its API key is typed in at the desk. */
  alma: AlmaConnection.optional(),
  /** How long the journal keeps what. */
  retention: Retention.optional(),
  /** Lets secrets be kept on a computer that offers no protected place for them (Linux without a secret service). */
  allowWeakSecretStorage: z.boolean().optional(),
});
export type ManagedPolicy = Readonly<z.infer<typeof ManagedPolicy>>;

/** Where the policy file is looked for. */
export function policyPath(platform: NodeJS.Platform, programData: string | undefined): string {
  if (platform === 'win32') return `${programData ?? 'C:\\ProgramData'}\\Carrel\\managed-settings.json`;
  if (platform === 'darwin') return '/Library/Application Support/Carrel/managed-settings.json';
  return '/etc/carrel/managed-settings.json';
}

export interface PolicyRead {
  readonly policy: ManagedPolicy;
  /** Why a policy file that is there was not used. */
  readonly trouble?: string;
}

/**
 * Reads the policy. On POSIX the file must be a regular file owned by root that nobody else may write, and the descriptor
 * that was checked is the one that is read, so it cannot be swapped in between.
 */
export async function readPolicy(path: string, platform: NodeJS.Platform, owner = 0): Promise<PolicyRead> {
  const posix = platform !== 'win32';
  let file;
  try {
    file = await open(
      path,
      posix ? constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK : constants.O_RDONLY,
    );
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { policy: {} };
    return {
      policy: {},
      trouble: `The managed settings ${path} cannot be read (${code ?? 'unknown fault'}) and are not used.`,
    };
  }
  try {
    const stat = await file.stat();
    if (!stat.isFile())
      return { policy: {}, trouble: `The managed settings ${path} are not a regular file and are not used.` };
    if (posix && (stat.uid !== owner || (stat.mode & 0o022) !== 0)) {
      return {
        policy: {},
        trouble: `The managed settings ${path} may be written by others than the administrator and are not used.`,
      };
    }
    const parsed = ManagedPolicy.safeParse(JSON.parse(await file.readFile('utf8')) as unknown);
    if (parsed.success) return { policy: parsed.data };
    return {
      policy: {},
      trouble: `The managed settings ${path} have a fault (${parsed.error.issues[0]?.message ?? 'unknown'}) and are not used.`,
    };
  } catch (error) {
    if (error instanceof SyntaxError)
      return { policy: {}, trouble: `The managed settings ${path} are not JSON and are not used.` };
    throw error;
  } finally {
    await file.close();
  }
}
