import AxeBuilder from '@axe-core/playwright';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ROOT } from '../launch/environment.ts';
import { launchCarrel, scan, settledLine, value, type Carrel } from './support.ts';

/** The library's settings as one file, in the built app. */
const EXAMPLE = join(ROOT, 'docs', 'library-profile.example.json');

let carrel: Carrel;
let folder: string;
test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carrel-profile-'));
  carrel = await launchCarrel();
  await carrel.page.getByRole('button', { name: 'Settings' }).click();
});
test.afterEach(async () => {
  await carrel.remove();
  rmSync(folder, { recursive: true, force: true });
});

test('brought in for a desk after a look at what changes; a scan is taken meanwhile; taken out again', async ({}, info) => {
  const { page, app } = carrel;
  await page.getByLabel('Bring a profile in').setInputFiles(EXAMPLE);
  await expect(page.getByRole('heading', { name: 'Profile of Riverside University' })).toBeVisible();
  await page.getByLabel('This desk is').selectOption('Music desk');
  await expect(page.getByText('This desk · Branch:')).toBeVisible();
  const preview = page.getByRole('group', { name: 'Profile of Riverside University' });
  await expect(preview).toContainText('Music and Arts Library');
  await expect(preview).toContainText('900103');
  expect((await value(page, 'settings.get', {})).settings.reshare).toBeUndefined();
  await info.attach('profile-preview', { body: await page.screenshot(), contentType: 'image/png' });
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await scan(page, '39888000000012');
  await settledLine(page, '39888000000012');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Bring it in' }).click();
  await expect(page.getByText('The profile is in force.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Restart Carrel' })).toBeVisible();
  await expect(page.getByLabel('Okapi address')).toHaveValue('https://okapi.example.org');
  const { settings } = await value(page, 'settings.get', {});
  expect(settings).toMatchObject({
    reshare: { tenant: 'riverside' },
    wms: { branch: '900103', hereCodes: ['RVRMUS'] },
    alma: { scanDesk: { library: 'MUSIC' } },
    desk: { name: 'Music desk', steps: { receive: 'offer', fill: 'offer', ship: 'do' } },
  });

  const path = join(folder, 'profile.json');
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
  }, path);
  await page.getByRole('button', { name: 'Save as a profile' }).click();
  await expect(page.getByText('Write the library’s name.')).toBeVisible();
  await page.getByLabel('Name of the library').fill('Riverside');
  await page.getByRole('button', { name: 'Save as a profile' }).click();
  await expect(page.getByText(`The profile was written to ${path}.`)).toBeVisible();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
    kind: 'carrel-library-profile',
    library: 'Riverside',
    desks: { 'Music desk': { wms: { branch: '900103' } } },
  });
  await page.getByLabel('Bring a profile in').setInputFiles(path);
  await expect(page.getByText('Everything in it is set here already.')).toBeVisible();
});

test('a wrong profile: a sentence for each field, nothing to bring in, and nothing is changed', async ({}, info) => {
  const { page } = carrel;
  const wrong = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as Record<string, Record<string, unknown>>;
  wrong['reshare'] = { okapiUrl: 'okapi.example.org', tenant: 'riverside', password: 'hunter2' };
  writeFileSync(join(folder, 'wrong.json'), JSON.stringify(wrong));
  await page.getByLabel('Bring a profile in').setInputFiles(join(folder, 'wrong.json'));
  await expect(page.getByText('“reshare.okapiUrl” has to be an address that begins with https://.')).toBeVisible();
  await expect(page.getByText(/“reshare\.username” is missing/)).toBeVisible();
  await expect(page.getByText(/“reshare\.password” looks like a password/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Bring it in' })).toBeHidden();
  await expect(page.getByText('hunter2')).toBeHidden();
  await info.attach('profile-wrong', { body: await page.screenshot(), contentType: 'image/png' });
  writeFileSync(join(folder, 'half.json'), '{ "kind": "carrel-lib');
  await page.getByLabel('Bring a profile in').setInputFiles(join(folder, 'half.json'));
  await expect(page.getByText(/This file is not JSON, or it is cut short/)).toBeVisible();
  expect((await value(page, 'settings.get', {})).settings.reshare).toBeUndefined();
});
