import { DEFAULT_LOCK } from '../contract/settings.ts';
import type { Profile } from '../settings/profile.ts';
import type { Vault } from '../settings/vault.ts';
import type { EventStream } from '../shell/event-stream.ts';
import { ScreenLock, type ScreenLockOptions } from './lock.ts';

export interface ScreenLockParts extends Pick<ScreenLockOptions, 'training' | 'now' | 'online' | 'onLocked'> {
  readonly profile: Profile;
  readonly vault: Vault;
  readonly events: EventStream;
}

/** The screen's lock with this computer's settings, secrets and clock. */
export function createScreenLock({ profile, vault, events, ...rest }: ScreenLockParts): ScreenLock {
  return new ScreenLock({
    ...rest,
    settings: () => profile.state.settings.lock ?? DEFAULT_LOCK,
    save: async (lock) => {
      await profile.save((old) => ({ ...old, lock }));
    },
    pin: {
      get: async () => (await vault.get('lock-pin')) ?? '',
      set: (hash) => vault.set('lock-pin', hash),
    },
    password: () => (rest.training ? Promise.resolve(undefined) : vault.get('reshare-password')),
    after: (ms, run) => {
      const timer = setTimeout(run, ms).unref();
      return () => {
        clearTimeout(timer);
      };
    },
    onChanged: (lock) => {
      events.publish({ type: 'lock', lock });
    },
  });
}
