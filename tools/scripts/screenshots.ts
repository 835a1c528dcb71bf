/**
 * `npm run screenshots`: takes the pictures of the README from the real console, with made-up webhooks. With `--all`, takes every
 * page in every state instead, into the folder `screenshots`, which is not committed: at 1440, 1024 and 390 pixels, light and dark. A part of
 * a look, such as `light` or `390-dark`, takes only those, and then the beginning of a picture's name only these: `--all 390-dark overview`.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { synthesize } from '../../local/cloudformation/synthesis.ts';
import { aWindow, openBrowser, signIn } from '../../test/browser/given-browser.ts';
import { pagePictures } from '../../test/browser/page-pictures.ts';
import { pictureData } from '../../test/browser/picture-data.ts';
import { aRuntime, type World } from '../../test/support/given.ts';

const root = join(import.meta.dirname, '../..');

/** The three pictures of the README. */
async function readmePictures(world: World, browser: Browser): Promise<void> {
  const folder = join(root, 'docs/images');
  mkdirSync(folder, { recursive: true });
  const window = await aWindow(browser, world, { viewport: { width: 1200, height: 760 } });
  const { page } = window;
  const picture = async (name: string) => {
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  };
  await signIn(window, world, world.admin);
  await page.getByText('12 events').waitFor();
  // Until the names of the providers are read, the list shows their ids.
  await page.getByRole('cell', { name: 'GitHub', exact: true }).waitFor();
  await picture('connections');
  await page.getByRole('link', { name: 'code' }).click();
  await page.getByLabel('Endpoint URL').waitFor();
  await page.getByText('Documentation of GitHub').waitFor();
  await picture('endpoint');
  await page.getByRole('tab', { name: 'Events' }).click();
  await page.getByRole('link', { name: /^evt_/ }).first().click();
  await page.getByText('Published', { exact: true }).first().waitFor();
  await picture('event');
}

const assembly = mkdtempSync(join(tmpdir(), 'hooklatch-assembly-'));
await synthesize(root, assembly);
const world = await aRuntime({ assembly });
const browser = await openBrowser();
const data = await pictureData(world);
const [, only, places] = process.argv.slice(process.argv.indexOf('--all'));
if (process.argv.includes('--all')) {
  const folder = join(root, 'screenshots');
  rmSync(folder, { recursive: true, force: true });
  console.log(`${await pagePictures(world, browser, data, { folder, only, places })} pictures are in ${folder}`);
} else {
  await readmePictures(world, browser);
}
await browser.close();
await world.end();
rmSync(assembly, { recursive: true });
