/** Every page and every dialog by the keyboard alone: reach it, do it, leave it, and never lose the focus. */
import { beforeAll, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { ok } from '../support/given.ts';
import { aConsole } from './given-console.ts';
import { type Dialog, dialogsOf, type Furniture, furnish, goTo, pagesOf } from './places.ts';

const app = aConsole();
let furniture: Furniture;
beforeAll(async () => {
  furniture = await furnish(app.world);
});

const hasFocus = (place: Locator): Promise<boolean> => place.evaluate((element) => element === document.activeElement);

/** More presses of a key than any page needs. */
const maxSteps = 80;

/** Moves the focus on until it is on this element. @returns whether it gets there */
async function reach(page: Page, wanted: Locator): Promise<boolean> {
  for (let step = 0; step < maxSteps; step++) {
    if (await hasFocus(wanted)) return true;
    await page.keyboard.press('Tab');
  }
  return false;
}

/** The names of what can be used with a pointer, but never gets the focus. */
async function unreachable(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('[data-reached]')) element.removeAttribute('data-reached');
    (document.activeElement as HTMLElement | null)?.blur();
  });
  let [reached, again] = [0, 0];
  // A whole round without anything new: a page that is slow may move the focus once more, and then the round begins in the middle.
  for (let step = 0; step < 2 * maxSteps && again <= reached; step++) {
    await page.keyboard.press('Tab');
    const isAgain = await page.evaluate(() => {
      const { activeElement } = document;
      if (!activeElement || activeElement === document.body) return undefined;
      const wasReached = activeElement.hasAttribute('data-reached');
      activeElement.setAttribute('data-reached', '');
      return wasReached;
    });
    if (isAgain) again += 1;
    else if (isAgain === false) [reached, again] = [reached + 1, 0];
  }
  return page.evaluate(() => {
    // Of a group, such as tabs, one element gets the focus by Tab, and the others by the arrows. A tree keeps the focus itself.
    const groups = '[role=tablist], [role=radiogroup], [role=toolbar], [role=group]';
    const isReached = (element: Element) =>
      element.matches('[data-reached], [role=tree][data-reached] *') ||
      element.closest(groups)?.querySelector('[data-reached]') != null;
    return [...document.querySelectorAll('a[href], button, input, select, textarea, [tabindex="0"]')]
      .filter((element) => element.checkVisibility() && !element.matches(':disabled, [aria-hidden=true] *'))
      .filter((element) => !isReached(element))
      .map((element) => element.outerHTML.slice(0, 160));
  });
}

/** Opens a dialog with the keyboard. @returns what went wrong */
async function open(page: Page, { opener, onward, name }: Dialog): Promise<string[]> {
  const button = opener(page);
  if (!(await reach(page, button))) return [`${name}: the keyboard does not reach the button`];
  await page.keyboard.press('Enter');
  await onward?.(page);
  await page.getByRole('dialog').waitFor();
  return [];
}

const focusIsInDialog = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.activeElement?.closest('[role=dialog]') != null);

const whereFocusIs = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120) ?? 'nowhere');

/** Opens a dialog, goes round in it, and leaves it by Escape. @returns what went wrong */
async function lookInto(page: Page, dialog: Dialog): Promise<string[]> {
  const wrong = await open(page, dialog);
  for (let step = 0; step < 12; step++) {
    if (!(await focusIsInDialog(page))) wrong.push(`${dialog.name}: after ${step} steps the focus is outside`);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  if (!(await hasFocus(dialog.opener(page))))
    wrong.push(`${dialog.name}, Escape: the focus is on ${await whereFocusIs(page)}`);
  return wrong;
}

/** Opens a dialog and does what it is for. @returns what went wrong */
async function carryOut(page: Page, dialog: Dialog): Promise<string[]> {
  const wrong = await open(page, dialog);
  await dialog.enter?.(page);
  const action = page.getByRole('dialog').getByRole('button', { name: dialog.action, exact: true });
  if (!(await reach(page, action))) return [`${dialog.name}: the keyboard does not reach ${dialog.action}`];
  await page.keyboard.press('Enter');
  if (dialog.done) {
    await dialog.done(page).waitFor();
    if (dialog.leave && !(await reach(page, dialog.leave(page))))
      return [`${dialog.name}: the keyboard does not reach its end`];
    await page.keyboard.press(dialog.leave ? 'Enter' : 'Escape');
  }
  const box = page.getByRole('dialog');
  const isGone = await box.waitFor({ state: 'hidden' }).then(
    () => true,
    () => false,
  );
  if (!isGone) return [`${dialog.name}: the dialog stays: ${await box.textContent()}`];
  const isLost = () => document.activeElement === null || document.activeElement === document.body;
  await page
    .waitForFunction(() => document.activeElement !== document.body, undefined, { timeout: 3_000 })
    .catch(() => undefined);
  if (await page.evaluate(isLost)) wrong.push(`${dialog.name}, done: the focus is lost`);
  return wrong;
}

test('every page: whatever can be used gets the focus', async () => {
  const { page } = await app.signedIn();
  const wrong: string[] = [];
  for (const place of pagesOf(furniture)) {
    await goTo(page, place);
    // A page that is slow may draw anew what was reached already, so what is missing is looked for once more.
    const isReached = (await unreachable(page)).length === 0;
    if (!isReached) wrong.push(...(await unreachable(page)).map((element) => `${place.name}: ${element}`));
  }
  expect(wrong).toEqual([]);
});

test('a bar of the traffic: the arrows reach it, Enter opens it, and its numbers lead to what they count', async () => {
  const path = `/connections/${furniture.busy}`;
  const { receivedAt } = await ok(app.world, 'GET', `/v1${path}/events/${furniture.event}`);
  const { page } = await app.signedIn(`${path}/traffic`);
  const bars = page.getByRole('application').first();
  await bars.waitFor();
  const [now, then] = [Date.now(), Date.parse(String(receivedAt))].map((at) => Math.floor(at / 3_600_000));
  // An hour that has begun since the event came has a bar of its own.
  const later = now === then ? [] : ['ArrowLeft'];
  for (const [what, there] of [
    ['accepted', page.getByRole('link', { name: furniture.event })],
    ['refused', page.getByText('token missing').first()],
  ] as const) {
    expect(await reach(page, bars)).toBe(true);
    // The first press goes to the first bar, and the second one round to the last.
    for (const key of ['ArrowLeft', 'ArrowLeft', ...later, 'Enter']) await page.keyboard.press(key);
    const number = page.getByRole('link', { name: new RegExp(`^1 ${what}, `) });
    await number.waitFor();
    expect(await reach(page, number)).toBe(true);
    await page.keyboard.press('Enter');
    await there.waitFor();
    expect(new URL(page.url()).hash).toMatch(/^#from=[^&]+&to=/);
    await page.goBack();
    await bars.waitFor();
  }
});

test('every dialog: it opens, keeps the focus, and gives it back at Escape', async () => {
  const { page } = await app.signedIn();
  const wrong: string[] = [];
  for (const dialog of dialogsOf(furniture)) {
    await goTo(page, dialog);
    await dialog.before?.(page);
    wrong.push(...(await lookInto(page, dialog)));
  }
  expect(wrong).toEqual([]);
});

test('every dialog: it does what it is for, and the focus is somewhere', async () => {
  const { page } = await app.signedIn();
  const wrong: string[] = [];
  for (const dialog of dialogsOf(furniture)) {
    await goTo(page, dialog);
    await dialog.before?.(page);
    wrong.push(...(await carryOut(page, dialog)));
  }
  expect(wrong).toEqual([]);
});
