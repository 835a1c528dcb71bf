/** Pictures of every page in every state, for a person to look at: `npm run screenshots -- --all`. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { World } from '../support/given.ts';
import { aWindow, wideTables } from './given-browser.ts';
import { shotsOf } from './page-shots.ts';
import type { PictureData } from './picture-data.ts';
import type { Shot } from './shot.ts';

const widths = [1440, 1024, 390];
const schemes = ['light', 'dark'] as const;

/** The height of a window. That of a dialog is as high as the dialog, so that its picture has all of it. */
const height = 900;

/** The narrowest window that has what only a wide one has. */
const wide = 1200;

/** What is taken. @param only of the names of the looks, such as `390-dark` @param places of the names of the pictures */
interface Wanted {
  folder: string;
  only: string | undefined;
  places: string | undefined;
}

/** Opens a page, waits until it is whole, and does what the picture shows. */
async function open(page: Page, url: string, { act, ready, answer, says, isWaiting }: Shot): Promise<void> {
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
  await page.goto(`${world.runtime.url}/console/connections`);
  await page.getByLabel('Operator token').fill('hlo_wrong');
  await submit();
  await page.getByText('Check that you copied all of it.').waitFor();
  await save();
  await page.getByLabel('Operator token').fill(world.admin);
  await submit();
  await page.getByRole('link', { name: 'Hooklatch' }).waitFor();
}

/** Makes the window as high as the dialog in it. */
async function fitDialog(page: Page, width: number): Promise<void> {
  const needed = await page.getByRole('dialog').evaluate((dialog) => dialog.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, needed + 200) });
}

/**
 * Takes the pictures, as `folder/1440-light/connections.png`. A page is loaded once for each width, and then shown light and dark.
 * @returns their number
 * @throws all pictures that could not be taken or have a table that is too wide, once the others are there
 */
export async function pagePictures(
  world: World,
  browser: Browser,
  data: PictureData,
  { folder, only = '', places = '' }: Wanted,
): Promise<number> {
  let count = 0;
  const faults: Error[] = [];
  const looks = widths.map((width) => ({
    width,
    schemes: schemes.filter((scheme) => `${width}-${scheme}`.includes(only)),
  }));
  const shots = shotsOf(data).filter(({ name }) => name.startsWith(places));
  for (const { width, schemes } of looks) {
    if (schemes.length === 0) continue;
    const { page: first, context } = await aWindow(browser, world, { viewport: { width, height } });
    let page = first;
    const save = async (name: string, fullPage: boolean) => {
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        // A chart is drawn anew once the widths of its labels are known.
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        const path = join(folder, `${width}-${colorScheme}`, `${name.replaceAll(/[ ,]+/g, '-')}.png`);
        await page.screenshot({ path, fullPage, animations: 'disabled' });
        count++;
      }
    };
    await signInAfterMistake(page, world, () => save('sign-in', true));
    // The first tab stays, because this one loads the console anew for each picture, and then gets the token from there.
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    for (const { dialog, reads, answer, onlyWide = false, ...shot } of shots) {
      if (onlyWide && width < wide) continue;
      if (reads && answer) await page.route(reads, answer);
      try {
        await open(page, `${world.runtime.url}/console${shot.path}`, { ...shot, ...(answer && { answer }) });
        if (dialog !== undefined) await fitDialog(page, width);
        await save(shot.name, dialog === undefined);
        for (const table of await wideTables(page)) faults.push(new Error(`${width} px, ${shot.name}: ${table}`));
      } catch (error) {
        faults.push(new Error(`${width} px, ${shot.name}`, { cause: error }));
      }
      // A request without an answer would go through once nobody answers it.
      await page.goto('about:blank');
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await page.setViewportSize({ width, height });
    }
    await context.close();
  }
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} pictures are not as they should be.`);
  if (count === 0) throw new Error(`No picture is named so: ${only} ${places}`);
  return count;
}
