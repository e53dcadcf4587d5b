import { afterEach, describe, expect, it } from 'vitest';
import { testWms } from '../../src-main/systems/wms/probe.ts';
import { WmsSettings } from '../../src-main/systems/wms/wms-settings.ts';
import { httpServer, type Reply, type Seen } from './systems-loopback.ts';
import { textOfFile } from './wms-samples.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** A test against a server whose token endpoint answers as given, and nothing else does. */
async function signIn(token: Reply) {
  const seen: Seen[] = [];
  const server = await httpServer((one) => {
    seen.push(one);
    return one.path === '/token' ? token : { status: 404, text: '' };
  });
  closers.push(() => server.close());
  const settings = WmsSettings.parse({
    registryId: '900001',
    branch: '900101',
    tokenAddress: `${server.url}/token`,
    availabilityAddress: `${server.url}/sru`,
    identityAddress: `${server.url}/Users/.search`,
    ncip: { address: `${server.url}/ncip` },
  });
  let rejected = false;
  const lines = await testWms({
    settings,
    key: { key: 'k', secret: 's' },
    onRejected: () => {
      rejected = true;
    },
  });
  return { lines, seen, rejected };
}

describe('OCLC’s refusals at sign-in, each with whose job it is', () => {
  it.each<[string, Reply, RegExp, boolean]>([
    [
      'key wrong (JSON)',
      { status: 401, text: textOfFile('oclc/token-401.json') },
      /WSKey or its secret.*library administrator/,
      true,
    ],
    [
      'token or key refused (XML)',
      {
        status: 401,
        text: '<error><code type="http">401</code><message>WSKey is invalid</message></error>',
      },
      /WSKey or its secret.*library administrator/,
      true,
    ],
    [
      'signature wrong (a web page)',
      {
        status: 401,
        headers: { 'content-type': 'text/html' },
        text: '<html><body>WSKeyV2 error="invalid_request" error_description="request has invalid signature"</body></html>',
      },
      /IT should check this computer’s clock.*library administrator/,
      false,
    ],
    ['over the daily number', { status: 429, text: '' }, /daily number is used up/, false],
    ['a proxy’s page', { status: 200, text: '<html>Sign in</html>' }, /sign-in address in Settings/, false],
  ])('%s', async (_what, reply, words, rejected) => {
    const end = await signIn(reply);
    expect(end.lines[0]).toMatchObject({ what: 'WSKey', outcome: 'failed' });
    expect(end.lines[0]?.sentence).toMatch(words);
    expect(end.seen).toHaveLength(1);
    expect(end.rejected).toBe(rejected);
  });

  it.each(['token-403.json', 'token-403-older.json'])('scope or institution missing (%s)', async (file) => {
    const { lines, rejected } = await signIn({ status: 403, text: textOfFile(`oclc/${file}`) });
    expect(lines[0]).toMatchObject({ what: 'WSKey', outcome: 'ok' });
    expect(lines[1]?.sentence).toMatch(/WMS_NCIP.*library administrator.*institution 900001/);
    expect(rejected).toBe(false);
  });
});

it('without a secret nothing is sent', async () => {
  const lines = await testWms({
    settings: WmsSettings.parse({ registryId: '900001', branch: '900101', tokenAddress: 'http://127.0.0.1:9/token' }),
    key: undefined,
  });
  expect(lines).toEqual([{ what: 'WSKey', outcome: 'failed', sentence: expect.stringContaining('Type it in') }]);
});

it.each([
  [20, 'behind'],
  [-20, 'ahead of'],
])('a clock %i minutes off is IT’s job', async (minutes, words) => {
  const date = new Date(Date.now() + minutes * 60_000).toUTCString();
  const { lines } = await signIn({ status: 429, text: '', headers: { date } });
  expect(lines.at(-1)).toMatchObject({ what: 'Clock', outcome: 'warning' });
  expect(lines.at(-1)?.sentence).toMatch(new RegExp(`20 minutes ${words} OCLC’s.*IT`));
});
