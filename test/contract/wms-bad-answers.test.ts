import { describe, expect, it } from 'vitest';
import { ITEM, textOfFile, xmlFiles } from '../unit/wms-samples.ts';
import { httpServer } from '../unit/systems-loopback.ts';
import { closers, deskOn, practiceDesk } from './wms-desk.ts';

/** What WMS and OCLC answer wrongly, as the desk shows it: a clear sentence, nothing sent twice, the scan kept. */

/** A label whose check digit is right, so that the desk acts on it; the samples' own is not. */
const OURS = '34101009014610';

/** A WMS that answers every check-in with the same file. */
async function answering(file: string) {
  const text = textOfFile(`ncip-bad/${file}`).replaceAll(ITEM, OURS);
  const server = await httpServer(({ path }) =>
    path === '/token'
      ? { json: { access_token: 'tk_1', token_type: 'bearer', expires_in: '1199' } }
      : { text, headers: { 'content-type': 'application/xml' } },
  );
  closers.push(() => server.close());
  const { url } = server;
  return deskOn(
    {
      registryId: '900001',
      branch: '900101',
      hereCodes: ['MAIN'],
      branches: [{ code: 'SCI', name: 'Science Library' }],
      keyId: 'key',
      tokenAddress: `${url}/token`,
      ncipAddress: `${url}/ncip`,
      scopes: [],
    },
    'secret',
  );
}

const FILES = xmlFiles('ncip-bad');

describe('every awkward answer to a check-in', () => {
  it.each(FILES)('%s: said in words, told once, the scan kept', async (file) => {
    const at = await answering(file);
    const { prompt, step, scanId } = await at.scan(OURS);
    expect(prompt.working).toBe(false);
    expect(prompt.why.join(' ').length).toBeGreaterThan(30);
    expect(prompt.why.join(' ')).not.toMatch(/undefined|\[object|<\/?[a-z]/i);
    expect(at.sent).toHaveLength(1);
    expect(at.lines().map((line) => line.scanId)).toContain(scanId);
    if (step?.state !== 'done' && step?.held !== true) return;
    // Carried out, or perhaps: scanning it again sends nothing.
    await at.scan(OURS);
    expect(at.sent).toHaveLength(1);
  });
});

describe('OCLC takes the key’s access away in the middle of the day', () => {
  it('a token that has run out is renewed before the next check-in', async () => {
    const at = await practiceDesk({ wms: { tokenSeconds: 1 } });
    expect((await at.scan(at.label('wms-return-main-1'))).prompt.destination.verb).toBe('Shelve');
    expect((await at.scan(at.label('wms-return-main-2'))).prompt.destination.verb).toBe('Shelve');
    expect(at.sent).toHaveLength(2);
  });

  it('a token that was revoked: said with who need do nothing, not sent again by itself, and the next scan works', async () => {
    const at = await practiceDesk();
    await at.scan(at.label('wms-return-main-1'));
    at.practice.revokeTokens();
    const refused = await at.scan(at.label('wms-return-main-2'));
    expect(refused.prompt.destination.verb).toBe('Keep here');
    expect(refused.prompt.why.join(' ')).toMatch(/no longer accepts the access.*asks for a new one at the next try/);
    expect(at.sent).toHaveLength(2);
    expect((await at.scan(at.label('wms-return-main-2'))).prompt.destination.verb).toBe('Shelve');
    expect(at.sent).toHaveLength(3);
  });

  it('a key that OCLC knows no more: whose job it is', async () => {
    const at = await practiceDesk();
    at.practice.revokeKey(at.practice.keys.full.key);
    at.practice.revokeTokens();
    await at.scan(at.label('wms-return-main-1'));
    const { prompt } = await at.scan(at.label('wms-return-main-1'));
    expect(prompt.why.join(' ')).toContain('A library administrator must check');
    expect(prompt.destination.verb).toBe('Keep here');
    expect(at.lines()).toHaveLength(2);
  });
});

describe('other things that are wrong', () => {
  it('a branch WMS does not know: what a library administrator compares, and nothing is checked in', async () => {
    const at = await practiceDesk({ settings: { branch: '999999' } });
    const { prompt } = await at.scan(at.label('wms-return-main-1'));
    expect(prompt.destination.verb).toBe('Keep here');
    expect(prompt.why.join(' ')).toMatch(/library administrator/);
    expect(at.practice.store.items.get(at.label('wms-return-main-1'))?.status).toBe('On Loan');
  });

  it('a holding code that no branch in Settings has: said, with who adds it', async () => {
    const at = await practiceDesk({ settings: { branches: [] } });
    const { prompt } = await at.scan(at.label('wms-away-science-at-main'));
    expect(prompt.destination.verb).toBe('Send to');
    expect(prompt.why.join(' ')).toMatch(/holding code of WMS’s that no branch in Carrel’s settings has/);
  });

  it('a key whose calls are signed one by one checks items in and looks them up', async () => {
    const at = await practiceDesk({ settings: { signIn: 'hmac', perSecond: 20, updateSeconds: 30 } });
    await at.learn('wms-return-main-1');
    expect((await at.scan(at.label('wms-return-main-1'))).prompt.destination.verb).toBe('Shelve');
    expect(at.practice.store.items.get(at.label('wms-return-main-1'))?.loan).toBeUndefined();
  });
});
