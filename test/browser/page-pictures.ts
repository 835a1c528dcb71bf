/** Pictures of every page in every state, for a person to look at: `npm run screenshots -- --all`. */
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { World } from '../support/given.ts';
import { aWindow } from './given-browser.ts';
import { type Shot, shotsOf } from './page-shots.ts';
import type { PictureData } from './picture-data.ts';

const looks: Record<string, BrowserContextOptions> = {
  light: { viewport: { width: 1200, height: 800 }, colorScheme: 'light' },
  dark: { viewport: { width: 1200, height: 800 }, colorScheme: 'dark' },
  narrow: { viewport: { width: 420, height: 800 }, colorScheme: 'light' },
};

/** Opens a page, waits until it is whole, and does what the picture shows. */
async function open(page: Page, url: string, { act, ready, answer, says, isWaiting }: Shot): Promise<void> {
  // An address that differs behind # alone would not load the page anew.
  await page.goto('about:blank');
  await page.goto(url);
  await page.getByRole('link', { name: 'Hooklatch' }).waitFor();
  if (!isWaiting) await page.waitForLoadState('networkidle');
  if (ready) await page.getByText(ready).first().waitFor();
  await act?.(page);
  if (answer && !isWaiting) await page.waitForLoadState('networkidle');
  if (says) await page.getByText(says).filter({ visible: true }).first().waitFor();
}

/** The sign-in page after a mistake, and then the session that all other pictures need. */
async function signInAfterMistake(page: Page, world: World, save: () => Promise<void>): Promise<void> {
  const submit = () => page.getByRole('button', { name: 'Sign in' }).click();
  await page.goto(`${world.runtime.url}/console/index.html`);
  await page.getByLabel('Operator token').fill('hlo_wrong');
  await submit();
  await page.getByText('Check that you copied all of it.').waitFor();
  await save();
  await page.getByLabel('Operator token').fill(world.admin);
  await submit();
  await page.getByRole('link', { name: 'Hooklatch' }).waitFor();
}

/** Takes all pictures, as `folder/light/connections.png`. @param only the one look to take; all by default @returns their number */
export async function pagePictures(
  world: World,
  browser: Browser,
  data: PictureData,
  { folder, only }: { folder: string; only: string | undefined },
): Promise<number> {
  let count = 0;
  const wanted = Object.entries(looks).filter(([look]) => only === undefined || look === only);
  if (wanted.length === 0) throw new Error(`${only} is no look: name one of ${Object.keys(looks).join(', ')}`);
  for (const [look, options] of wanted) {
    const { page: first, context } = await aWindow(browser, world, options);
    let page = first;
    const save = async (name: string, fullPage: boolean) => {
      const path = join(folder, look, `${name.replaceAll(/[ ,]+/g, '-')}.png`);
      await page.screenshot({ path, fullPage, animations: 'disabled' });
      count++;
    };
    await signInAfterMistake(page, world, () => save('sign-in', true));
    // The first tab stays, because this one loads the console anew for each picture, and then gets the token from there.
    page = await context.newPage();
    for (const { isDialog = false, reads, answer, ...shot } of shotsOf(data)) {
      if (reads && answer) await page.route(reads, answer);
      await open(page, `${world.runtime.url}/console${shot.path}`, { ...shot, ...(answer && { answer }) });
      await save(shot.name, !isDialog);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    }
    await context.close();
  }
  return count;
}
