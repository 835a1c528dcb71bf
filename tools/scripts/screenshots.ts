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
import { type PictureData, pictureData } from '../../test/browser/picture-data.ts';
import { goTo } from '../../test/browser/places.ts';
import { aRuntime, type World } from '../../test/support/given.ts';

const root = join(import.meta.dirname, '../..');

/** What the README shows, and what is there once a page is whole. The address of an event needs its id. */
const readmePages = ({ event }: PictureData) => [
  { name: 'overview', path: '/overview', says: 'Signature mismatch 3', height: 1_000 },
  { name: 'event', path: `/connections/code/events/${event}`, says: 'crm by rule pushes-to-crm', height: 900 },
  { name: 'routes', path: `/connections/code/routes?event=${event}`, says: 'Matches', height: 900 },
  { name: 'endpoint', path: '/connections/code', says: 'Documentation of GitHub', height: 900, isDark: true },
];

async function readmePictures(world: World, browser: Browser, data: PictureData): Promise<void> {
  const folder = join(root, 'docs/images');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const window = await aWindow(browser, world, { viewport: { width: 1200, height: 900 } });
  const { page } = window;
  await signIn(window, world, world.admin);
  for (const { name, path, says, height, isDark = false } of readmePages(data)) {
    await page.setViewportSize({ width: 1200, height });
    await page.emulateMedia({ colorScheme: isDark ? 'dark' : 'light' });
    await goTo(page, { path, ready: (there) => there.getByText(says).first() });
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  }
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
  await readmePictures(world, browser, data);
}
await browser.close();
await world.end();
rmSync(assembly, { recursive: true });
