import AxeBuilder from '@axe-core/playwright';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchCarrel, scan, settledLine, snapshot } from './support.ts';

/** What Carrel keeps, in the built app on the practice consortium. */

test('a damaged journal comes back, the person is told, and the news stays until it was read', async () => {
  const first = await launchCarrel();
  const { userData } = first;
  await scan(first.page, '39888000000012');
  await settledLine(first.page, '39888000000012');
  await first.close();
  const folder = join(userData, 'training');
  const journal = join(folder, 'journal.db');
  const bytes = readFileSync(journal);
  bytes.fill(0xa5, 0, 4096);
  writeFileSync(journal, bytes);

  const second = await launchCarrel({ userData });
  const { page } = second;
  expect((await snapshot(page)).lines.map(({ raw }) => raw)).toContain('39888000000012');
  const news = page.getByRole('alert', { name: 'What happened to the journal' });
  await expect(news).toContainText('The journal on this computer was damaged');
  await expect(news).toContainText('came back from the backup of');
  expect(readdirSync(join(folder, 'damaged'))).toHaveLength(1);
  // A scan goes on to the scan box and presses nothing.
  await news.getByRole('button').focus();
  await scan(page, '39888000000020');
  await settledLine(page, '39888000000020');
  await expect(news).toContainText('was damaged');
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  }
  await page.screenshot({ path: test.info().outputPath('rescue-dark.png') });
  await second.close();

  const third = await launchCarrel({ userData });
  const again = third.page.getByRole('alert', { name: 'What happened to the journal' });
  await again.getByRole('button', { name: 'I have read this' }).focus();
  await third.page.keyboard.press('Space');
  await expect(again).toBeEmpty();
  await third.close();
  expect(readdirSync(folder)).not.toContain('journal-rescue.json');
  rmSync(userData, { recursive: true, force: true });
});
