import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import {
  startPracticeWms,
  type PracticeWms,
  type PracticeWmsOptions,
} from '../../src-main/training/wms/practice-wms.ts';
import { item, NOON, sample, staffMessage, tokenOf } from './training-wms-desk.ts';

const oclc = (name: string): Readonly<Record<string, unknown>> =>
  JSON.parse(sample('oclc', name)) as Record<string, unknown>;

describe('sign-in of the practice WMS', () => {
  let wms: PracticeWms;
  let time = NOON;
  afterEach(() => wms.stop());

  const start = async (options: PracticeWmsOptions = {}): Promise<PracticeWms> => {
    time = NOON;
    wms = await startPracticeWms({ practiceNow: () => NOON, now: () => time, ...options });
    return wms;
  };
  const staff = (authorization: string, search = ''): Promise<Response> =>
    fetch(wms.urls.staff + search, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/xml' },
      body: staffMessage('CheckInItem', '900101', item(wms.thing('wms-return-main-1').barcode)),
    });
  const token = async (): Promise<string> => {
    const { access_token } = (await (await tokenOf(wms)).json()) as { access_token: string };
    return `Bearer ${access_token}`;
  };

  it('answers a token in the form of the sample: seconds as text, a space in the date', async () => {
    await start();
    const response = await tokenOf(wms, wms.keys.full, 'WMS_NCIP WMS_Availability context:900001');
    const body = (await response.json()) as Record<string, unknown>;
    const known = oclc('token-ok.json');
    expect(Object.keys(body)).toEqual(Object.keys(known));
    expect(body).toMatchObject({
      token_type: 'bearer',
      expires_in: '1199',
      principalID: '',
      scopes: known['scopes'],
      contextInstitutionId: '900001',
      expires_at: '2031-02-10 17:19:59Z',
    });
    expect(body['access_token']).toMatch(/^tk_[0-9a-f]{28}$/);
  });

  it('adds a refresh token where its scope is asked for, and takes parameters in the form', async () => {
    await start();
    const basic = Buffer.from(`${wms.keys.full.key}:${wms.keys.full.secret}`).toString('base64');
    const response = await fetch(wms.urls.token, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'WMS_NCIP refresh_token' }),
    });
    const known = oclc('token-ok-with-refresh.json');
    const body = (await response.json()) as Record<string, string>;
    expect(body['refresh_token']).toMatch(/^rt_/);
    expect(body['refresh_token_expires_in']).toBe(known['refresh_token_expires_in']);
  });

  it('refuses a wrong key and a key without the scope in the words of the samples', async () => {
    await start();
    const wrong = await tokenOf(wms, { key: 'example-key', secret: 'x' });
    expect([wrong.status, await wrong.json()]).toEqual([401, oclc('token-401.json')]);
    const narrow = await tokenOf(wms, wms.keys.ncipOnly, 'WMS_Availability');
    expect([narrow.status, await narrow.json()]).toEqual([403, oclc('token-403.json')]);
    const older = await tokenOf(wms, wms.keys.older, 'WMS_NCIP');
    expect([older.status, await older.json()]).toEqual([403, oclc('token-403-older.json')]);
    const abroad = await tokenOf(wms, wms.keys.full, 'WMS_NCIP context:900777');
    expect(abroad.status).toBe(403);
  });

  it('lets a token run out at its second', async () => {
    await start({ tokenSeconds: 60 });
    const authorization = await token();
    time += 59_999;
    expect((await staff(authorization)).status).toBe(200);
    time += 1;
    const late = await staff(authorization);
    expect([late.status, (await late.text()).trim()]).toEqual([401, sample('oclc', 'token-401.xml').trim()]);
  });

  it('stops taking tokens that were revoked, and changes nothing', async () => {
    await start();
    const authorization = await token();
    wms.revokeTokens();
    expect((await staff(authorization)).status).toBe(401);
    expect(wms.store.items.get(wms.thing('wms-return-main-1').barcode)!.status).toBe('On Loan');
    expect((await staff(await token())).status).toBe(200);
  });

  it('keeps each service to its scope', async () => {
    await start();
    const { access_token } = (await (await tokenOf(wms, wms.keys.ncipOnly, 'WMS_NCIP')).json()) as {
      access_token: string;
    };
    const headers = { authorization: `Bearer ${access_token}` };
    const availability = await fetch(`${wms.urls.availability}?x-registryId=900001&query=no:1`, { headers });
    expect([availability.status, await availability.json()]).toEqual([403, oclc('token-403.json')]);
    const identity = await fetch(wms.urls.identity, { method: 'POST', headers, body: '{}' });
    expect([identity.status, await identity.json()]).toEqual([403, oclc('scim-error-403.json')]);
  });

  /** Written out here once more, so that the server's own signing is not used to test it. */
  const signed = (nonce: string, secret: string, parameters: readonly string[], seconds = NOON / 1000): string => {
    const { key } = wms.keys.full;
    const lines = [key, String(seconds), nonce, '', 'POST', 'www.oclc.org', '443', '/wskey', ...parameters];
    const signature = createHmac('sha256', secret)
      .update(lines.map((line) => `${line}\n`).join(''))
      .digest('base64');
    return `http://www.worldcat.org/wskey/v2/hmac/v1 clientId="${key}", timestamp="${seconds}", nonce="${nonce}", signature="${signature}"`;
  };

  it('takes WSKey signatures, each nonce once', async () => {
    await start();
    const { secret } = wms.keys.full;
    expect((await staff(signed('a1', secret, []))).status).toBe(200);
    expect((await staff(signed('a1', secret, []))).status).toBe(401);
    const query = '?principalIDNS=urn:oclc:wms:da&inst=900001';
    const sorted = ['inst=900001', 'principalIDNS=urn%3Aoclc%3Awms%3Ada'];
    expect((await staff(signed('a3', secret, sorted), query)).status).toBe(200);
  });

  it('says what is wrong with a signature, and shows a page', async () => {
    await start();
    const bad = await staff(signed('b1', 'not the secret', []));
    expect(bad.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await bad.text()).toContain('request has invalid signature');
    const late = await staff(signed('b2', wms.keys.full.secret, [], NOON / 1000 - 3600));
    expect(await late.text()).toContain('invalid timestamp');
  });
});
