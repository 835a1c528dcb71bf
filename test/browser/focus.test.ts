/** After each change of what is shown, the focus is on something that says what it is: never on the document, which says nothing. */
import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { filled } from '../support/filled.ts';
import { anActiveEndpoint, bearer, deliver, ok } from '../support/given.ts';
import { focused } from './given-browser.ts';
import { aConsole } from './given-console.ts';
import { dialogsOf, type Furniture, furnish, goTo, pagesOf } from './places.ts';

const app = aConsole();
let furniture: Furniture;
/** A connection with 120 events and a long history. */
let long: string;

beforeAll(async () => {
  const { world } = app;
  furniture = await furnish(world);
  const { name, url, token, path } = await anActiveEndpoint(world);
  long = name;
  for (let n = 0; n < 120; n++) await deliver(url, { headers: bearer(token), body: String(n) });
  for (let n = 0; n < 60; n++) await ok(world, 'PATCH', path, { description: `Text ${n}` });
  await Promise.all(
    Array.from({ length: 55 }, (_, n) => ok(world, 'POST', '/v1/connections', { name: `row-${n + 1}` })),
  );
  await ok(world, 'POST', '/v1/connections', { name: 'fresh' });
  await ok(world, 'PUT', '/v1/connections/fresh/endpoint', {});
  await world.runtime.settled();
});

/** Presses Enter on a control, as whoever works with the keyboard does. */
const press = async (page: Page, role: 'button' | 'link' | 'tab', name: string | RegExp) => {
  const control = page.getByRole(role, { name, exact: typeof name === 'string' }).first();
  await control.focus();
  await page.keyboard.press('Enter');
};

/** Presses a control of a page, and compares what has the focus once it stays there. */
async function leadsTo(
  page: Page,
  control: Parameters<typeof press>[1],
  name: string | RegExp,
  focus: string | RegExp,
) {
  await press(page, control, name);
  await settles(page, `${control} ${name}`, focus);
}

async function settles(page: Page, after: string, focus: string | RegExp): Promise<void> {
  const isThere = async () => {
    const now = await focused(page);
    return typeof focus === 'string' ? now === focus : focus.test(now);
  };
  for (let wait = 0; wait < 100 && !(await isThere()); wait++) await page.waitForTimeout(50);
  expect([after, await focused(page)]).toEqual([
    after,
    typeof focus === 'string' ? focus : expect.stringMatching(focus),
  ]);
}

test('from page to page: the title of the next one, or what was opened there', async () => {
  const { page } = await app.signedIn(`/connections/${long}/events`);
  await page.getByRole('link', { name: /^evt_/ }).first().waitFor();
  const [first = ''] = await page.getByRole('link', { name: /^evt_/ }).allTextContents();
  await leadsTo(page, 'link', first, 'heading webhook');
  await leadsTo(page, 'link', 'Events', `link ${first}`);
  await leadsTo(page, 'tab', 'History', 'tab History');
  await leadsTo(page, 'tab', 'Rejections', 'tab Rejections');
  await leadsTo(page, 'tab', 'Endpoint', 'tab Endpoint');
  await leadsTo(page, 'link', 'Edit', `heading Edit endpoint: ${long}`);
  await leadsTo(page, 'link', 'Cancel', `heading ${long}`);
  await page.goBack();
  await settles(page, 'back', `heading Edit endpoint: ${long}`);
  await leadsTo(page, 'link', long, `heading ${long}`);
  await leadsTo(page, 'link', 'Operators', /^heading Operators \(\d+\)$/);
  await leadsTo(page, 'link', 'Connections', /^heading Connections \(\d+\)$/);
  await leadsTo(page, 'link', 'Create connection', 'textbox Name');
  await leadsTo(page, 'link', 'Cancel', /^heading Connections \(\d+\)$/);
  await goTo(page, { path: '/nowhere', ready: (there) => there.getByText('There is no such page') });
  await leadsTo(page, 'link', 'Go to the connections', /^heading Connections \(\d+\)$/);
});

/** The elements that Tab reaches, in their order. */
const stops = 'a[href], button:enabled, input:enabled, [tabindex="0"]';

test('every page: the first stop of the keyboard leads to its title, in the main part', async () => {
  const { page } = await app.signedIn();
  for (const place of filled(pagesOf(furniture))) {
    await goTo(page, place);
    await page.locator(stops).first().focus();
    expect([place.name, await focused(page)]).toEqual([place.name, 'link Skip to the content']);
    expect(await page.getByRole('link', { name: 'Skip to the content' }).boundingBox()).toMatchObject({ x: 8, y: 4 });
    await page.keyboard.press('Enter');
    const title = await page.getByRole('main').getByRole('heading', { level: 1 }).textContent();
    expect([place.name, await focused(page)]).toEqual([place.name, `heading ${title}`]);
  }
});

test('a page that is loaded begins at its top', async () => {
  const { page: first, context } = await app.signedIn();
  const page = await context.newPage();
  await page.goto(`${app.world.runtime.url}/console/operators`);
  await page.getByRole('heading', { name: /^Operators \(/ }).waitFor();
  expect([await focused(page), await focused(first)]).toEqual([
    'the document',
    expect.stringMatching(/^heading Connections/),
  ]);
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('link Skip to the content');
});

test('a list: the number of its page, its title, or the row', async () => {
  const { page } = await app.signedIn();
  await page.getByRole('link', { name: 'row-1', exact: true }).waitFor();
  await leadsTo(page, 'button', 'Next page', 'button Next page');
  await leadsTo(page, 'button', 'Previous page', 'button Previous page');
  await goTo(page, {
    path: `/connections/${long}/events`,
    ready: (there) => there.getByRole('link', { name: /^evt_/ }),
  });
  await leadsTo(page, 'button', 'Next page', 'button Next page');
  await page.locator('[aria-current=true]', { hasText: '2' }).waitFor();
  await leadsTo(page, 'button', 'Next page', 'button Next page');
  await page.locator('[aria-current=true]', { hasText: '3' }).waitFor();
  await settles(page, 'the last page', 'button Next page');
  await goTo(page, {
    path: `/connections/${long}/events#type=nothing`,
    ready: (there) => there.getByText('No event matches'),
  });
  await leadsTo(page, 'button', 'Clear filters', 'combobox Filter');
  await leadsTo(page, 'tab', 'History', 'tab History');
  await page.getByRole('button', { name: 'Load older entries' }).waitFor();
  await leadsTo(page, 'button', 'Load older entries', 'heading History');
});

test('new events that are shown: the title of the list', async () => {
  const { name, url, token } = await anActiveEndpoint(app.world);
  await deliver(url, { headers: bearer(token), body: 'old' });
  const { page } = await app.signedIn(`/connections/${name}/events`);
  await page.getByRole('link', { name: /^evt_/ }).waitFor();
  await deliver(url, { headers: bearer(token), body: 'new' });
  await page.getByRole('button', { name: 'Show 1 new event' }).waitFor();
  await leadsTo(page, 'button', 'Show 1 new event', 'heading Events');
});

test('what is done with a destination: the button, or the title of its part of the page', async () => {
  await ok(app.world, 'POST', '/v1/destinations', { name: 'shop', url: 'http://127.0.0.1:1099/' });
  const { page } = await app.signedIn('/destinations');
  await leadsTo(page, 'link', 'shop', 'heading shop');
  await leadsTo(page, 'button', 'Pause', 'button Resume');
  await leadsTo(page, 'button', 'Resume', 'button Pause');
  await leadsTo(page, 'button', 'Test', 'button Test');
  await page.getByText('Nothing came back').first().waitFor();
  await settles(page, 'tested', 'button Test');
  await leadsTo(page, 'link', 'Edit', 'heading Edit destination: shop');
  await leadsTo(page, 'link', 'Cancel', 'heading shop');
  await leadsTo(page, 'link', 'Destinations', /^heading Destinations \(\d+\)$/);
  await leadsTo(page, 'link', 'Create destination', 'textbox Name');
});

test('a verb whose button is gone: the title of its part of the page', async () => {
  const { page } = await app.signedIn(`/connections/fresh`);
  await leadsTo(page, 'button', 'Generate token', 'heading Current token');
  await leadsTo(page, 'button', 'Activate', 'button Deactivate');
  await leadsTo(page, 'button', 'Reveal', /^button/);
  await leadsTo(page, 'button', 'Hide', /^button/);
  await leadsTo(page, 'button', 'Test', 'button Test');
  await page.getByText('The endpoint works.').first().waitFor();
  await settles(page, 'tested', 'button Test');
});

test('the steps of a handshake, and what is saved in a form', async () => {
  const { page } = await app.signedIn(`/connections/${furniture.shaken}`);
  await leadsTo(page, 'button', 'Close handshake', 'button Close handshake');
  await page.getByText('A secret was delivered').waitFor({ state: 'hidden' });
  await settles(page, 'closed', 'button Close handshake');
  await leadsTo(page, 'button', 'Open handshake', 'button Open handshake');
  await page.getByText('The sender can deliver its secret until').waitFor();
  await settles(page, 'opened', 'button Open handshake');
  await leadsTo(page, 'link', 'Edit', `heading Edit endpoint: ${furniture.shaken}`);
  await leadsTo(page, 'button', 'Update', `heading ${furniture.shaken}`);
});

/** What has the focus once a dialog has done what it is for. Its button on the page may be gone, or the page itself. */
const afterDialogs: Record<string, string | RegExp> = {
  'Go to': 'heading bare',
  Replay: 'button Replay',
  'End grace now': 'heading Token',
  'Rotate token': 'button Rotate token',
  'Rotate token, pasted': 'button Rotate token',
  Hold: 'button Release',
  Deactivate: 'button Activate',
  Deconfigure: 'heading Endpoint',
  Update: /^heading tasks$/,
  'Leave without saving': /^heading/,
  Keys: 'button bootstrap',
  'Edit description': 'button Edit description',
  'Delete connection': /^heading Connections \(\d+\)$/,
  'Replay many': 'button Replay many',
  'Redeliver these': 'button Redeliver these',
  'Rotate secret': 'button Rotate secret',
  'Delete destination': /^heading Destinations \(\d+\)$/,
  'Add operator': 'button Add operator',
  Revoke: /^heading Operators \(\d+\)$/,
};

test('every dialog that is done: its button, or the title of the part of the page in which it was', async () => {
  const { page } = await app.signedIn();
  for (const dialog of filled(dialogsOf(furniture))) {
    await goTo(page, dialog);
    await dialog.before?.(page);
    await dialog.opener(page).focus();
    await page.keyboard.press('Enter');
    await dialog.onward?.(page);
    await page.getByRole('dialog').waitFor();
    await dialog.enter?.(page);
    const action = page.getByRole('dialog').getByRole('button', { name: dialog.action, exact: true });
    await action.focus();
    await page.keyboard.press('Enter');
    if (dialog.done) {
      await dialog.done(page).waitFor();
      if (dialog.leave) await dialog.leave(page).click();
      else await page.keyboard.press('Escape');
    }
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await settles(page, dialog.name, afterDialogs[dialog.name] ?? 'no dialog of this name');
  }
});

test('signing in and out: the title of the page, and the field for the token', async () => {
  const { page, context } = await app.open();
  await page.goto(`${app.world.runtime.url}/console/operators`);
  await page.getByLabel('Operator token').waitFor();
  await settles(page, 'opened', 'textbox Operator token');
  await page.keyboard.insertText(app.world.admin);
  await page.keyboard.press('Enter');
  await settles(page, 'signed in', /^heading Operators/);
  const other = await context.newPage();
  await other.goto(`${app.world.runtime.url}/console/operators`);
  await other.getByRole('heading', { name: /^Operators/ }).waitFor();
  await press(other, 'button', 'bootstrap');
  await other.getByRole('menuitem', { name: 'Sign out' }).click();
  await settles(other, 'signed out', 'textbox Operator token');
  await page.bringToFront();
  await settles(page, 'signed out elsewhere', 'textbox Operator token');
});

test('what could not be read, and then could: the title of the page', async () => {
  const { page } = await app.signedIn();
  await page.route(/\/v1\/operators/, (route) => route.fulfill({ status: 500, body: '{}' }));
  await page.getByRole('link', { name: 'Operators' }).click();
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await page.unrouteAll();
  await leadsTo(page, 'button', 'Try again', /^heading Operators \(\d+\)$/);
});

test('the form of routes: the field of a new rule, the button of one that was moved, the field with a mistake', async () => {
  const { name, path } = await anActiveEndpoint(app.world);
  await ok(app.world, 'PUT', `${path}/routes`, {
    rules: ['a', 'b'].map((id) => ({ id, to: furniture.receiver })),
  });
  const { page } = await app.signedIn(`/connections/${name}/routes`);
  await leadsTo(page, 'link', 'Edit routes', `heading Edit routes: ${name}`);
  await leadsTo(page, 'button', 'Add rule', 'textbox Id');
  await leadsTo(page, 'button', 'Move rule-1 up', 'button Move rule-1 up');
  await leadsTo(page, 'button', 'Remove rule-1', 'button Remove b');
  await leadsTo(page, 'button', 'Remove b', 'button Remove a');
  await leadsTo(page, 'button', 'Add condition', 'button Add condition');
  await leadsTo(page, 'button', 'Save', 'textbox For which events Value');
  await leadsTo(page, 'button', 'Remove condition 1', 'button Add condition');
  await leadsTo(page, 'button', 'Write as JSON', 'textbox Event pattern as JSON');
  await leadsTo(page, 'button', 'Show as conditions', 'button Add condition');
  await leadsTo(page, 'button', 'Remove a', 'button Add rule');
});
