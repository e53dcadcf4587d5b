import { fail, type Failure } from '../contract/result.ts';

/** The answer to anything that needs ReShare while none is set up. */
export function notConnected(): Failure {
  return fail('configuration', 'No ReShare is set up on this computer yet. Enter the connection in Settings.', {
    mender: 'library-administrator',
  });
}
