import type { BackendModule } from '../okapi/modules.ts';
import type { World } from '../world.ts';
import { configRoutes } from './config-api.ts';
import { openUrlRoutes } from './open-url.ts';
import { pullSlipRoutes } from './pull-slips.ts';
import { requestRoutes } from './requests-api.ts';

/** mod-rs 2.19 as a client meets it. `hostLmsMs`: how long its circulation system takes, real milliseconds. */
export function modRs(world: World, hostLmsMs: number): BackendModule {
  return {
    id: 'mod-rs-2.19.0',
    interfaces: [{ id: 'rs', version: '2.19' }],
    // Fixed paths first, so that `generatePickListBatch` and `openURL` are not taken for ids.
    routes: [
      ...pullSlipRoutes(world),
      ...openUrlRoutes(world),
      ...requestRoutes(world, hostLmsMs),
      ...configRoutes(world),
    ],
  };
}
