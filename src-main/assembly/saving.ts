import { fail, ok, type Result } from '../contract/result.ts';

/** Runs something that writes a settings file, and puts a disk that will not take it into words. */
export async function saving<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    return fail('configuration', `The settings could not be saved on this computer (${code}). Tell IT.`, {
      mender: 'it',
    });
  }
}
