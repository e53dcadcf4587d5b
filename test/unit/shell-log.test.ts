import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LogFile, type LogFields } from '../../src-main/shell/log-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carrel-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = () => readFileSync(join(folder, 'carrel.log'), 'utf8');

describe('the log', () => {
  it('keeps only the listed fields', () => {
    const given = {
      path: '/rs/patronrequests/{id}',
      status: 200,
      token: 'eyJhbGciOi',
      patron: 'Osei',
      body: '{}',
    } as LogFields;
    new LogFile(folder).write('info', 'call', given);
    expect(JSON.parse(read())).toMatchObject({ what: 'call', path: '/rs/patronrequests/{id}', status: 200 });
    expect(read()).not.toMatch(/eyJ|Osei|body/);
  });

  it('tells a fault by its class and place, never by its message', () => {
    new LogFile(folder).fault('scan', new RangeError('label 21234000123456 of Ana Osei'));
    expect(read()).not.toMatch(/2123|Osei/);
    expect(JSON.parse(read())).toMatchObject({ level: 'error', kind: 'RangeError' });
  });

  it('turns the file over and keeps five', () => {
    const log = new LogFile(folder);
    const long = 'x'.repeat(60_000);
    for (let line = 0; line < 140; line += 1) log.write('info', long);
    const files = readdirSync(folder).sort();
    expect(files).toEqual([
      'carrel.1.log',
      'carrel.2.log',
      'carrel.3.log',
      'carrel.4.log',
      'carrel.5.log',
      'carrel.log',
    ]);
    for (const file of files) expect(statSync(join(folder, file)).size).toBeLessThanOrEqual(1024 * 1024);
  });
});
