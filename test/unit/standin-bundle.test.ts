import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { electron } from '../electron-standin/api/electron.ts';

const OUT = resolve(import.meta.dirname, '../../out/main');

/** Every built file of the main process, joined. */
function readBundle(): string {
  return readdirSync(OUT, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.cjs'))
    .map((name) => readFileSync(join(OUT, name), 'utf8'))
    .join('\n');
}

/** Follows `app.commandLine.appendSwitch` through the stand-in; it throws by name where something is not carried. */
function follow(path: string): unknown {
  return path.split('.').reduce<unknown>((object, member) => (object as Record<string, unknown>)[member], electron);
}

describe('what the built app uses of Electron', () => {
  const built = existsSync(OUT);
  const bundle = built ? readBundle() : '';
  const members = [
    ...new Set([...bundle.matchAll(/\belectron\.(\w+(?:\.\w+)?)/g)].map(([, path = '']) => path)),
  ].sort();
  const events = [...bundle.matchAll(/\belectron\.(\w+)\.(?:on|once)\(\s*["'`]([\w-]+)["'`]/g)];

  test.runIf(built)('was found in the bundle', () => {
    expect(members).toContain('BrowserWindow');
    expect(events.length).toBeGreaterThan(0);
  });

  test.skipIf(built)('is not looked at: there is no out/main, run "npm run build" first', () => undefined);

  test.each(members)('electron.%s is carried', (path) => {
    expect(follow(path)).toBeDefined();
  });

  test.each(events.map(([, emitter = '', event = '']) => [emitter, event]))(
    "electron.%s tells of '%s'",
    (emitter, event) => {
      const listener = (): void => undefined;
      const object = follow(emitter) as NodeJS.EventEmitter;
      expect(object.on(event, listener).listeners(event)).toContain(listener);
      object.off(event, listener);
    },
  );
});
