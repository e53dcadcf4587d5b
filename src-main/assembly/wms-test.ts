import type { CheckLine, WmsConnection } from '../contract/settings.ts';
import type { Vault } from '../settings/vault.ts';
import { testWms } from '../systems/wms/probe.ts';
import { WmsSettings } from '../systems/wms/wms-settings.ts';
import { inputOf } from './circulation.ts';

/** Tries a WMS without saving it; a secret left out is the one that is kept. */
export async function testWmsConnection(
  wms: WmsConnection,
  typed: string | undefined,
  { vault, saved }: { readonly vault: Vault; readonly saved: WmsConnection | undefined },
): Promise<readonly CheckLine[]> {
  const kept = typed === undefined || typed === '';
  const secret = kept ? await vault.get('wms-secret') : typed;
  return testWms({
    settings: WmsSettings.parse(inputOf(wms)),
    key: secret === undefined ? undefined : { key: wms.keyId, secret },
    onRejected: () => {
      // The kept secret is at fault only with the key it was kept for; a key typed for this test may be the mistake.
      if (kept && wms.keyId === saved?.keyId) void vault.reject('wms-secret');
    },
  });
}
