/** Routes in the console: from an empty page to the first delivery, and the form that edits them. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { anActiveEndpoint, bearer, deliver, ok } from '../support/given.ts';
import { focused } from './given-browser.ts';
import { aConsole } from './given-console.ts';

const app = aConsole();
let receiver: Server;
let origin: string;
/** What the receiver got, as `POST /in`. */
let got: string[] = [];

beforeAll(async () => {
  receiver = createServer(({ method, url, headers }, response) => {
    got.push(`${method} ${url} ${headers['webhook-id'] === undefined ? 'without' : 'with'} an id`);
    response.end('thank you');
  });
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
  origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
afterAll(() => {
  receiver.close();
});

const routesOf = (name: string) => ok(app.world, 'GET', `/v1/connections/${name}/routes`);

/** Somebody who knows no more than what can be read on the screen, and counts what there is to do. */
function aPerson(page: Page) {
  let actions = 0;
  /** The first that can be seen: a long page has the button of an empty list above it too. */
  const seen = (all: Locator) => all.filter({ visible: true }).first();
  return {
    get actions() {
      return actions;
    },
    /** Waits until this can be read. */
    reads: (text: string | RegExp) => seen(page.getByText(text)).waitFor(),
    /** Presses what has exactly this text. */
    async presses(role: 'button' | 'link' | 'tab' | 'option', text: string) {
      actions += 1;
      const control = seen(page.getByRole(role, { name: text, exact: true }));
      await control.waitFor();
      // What has its name from elsewhere, nobody can read.
      expect(await control.textContent()).toContain(text);
      await control.click();
    },
    /** Fills in the field that has this label. */
    async enters(label: string, value: string) {
      actions += 1;
      await seen(page.getByLabel(label, { exact: true })).fill(value);
    },
    /** Chooses from the list with this label. */
    async chooses(label: string, option: string) {
      actions += 2;
      await seen(page.getByRole('button', { name: new RegExp(`^${label}`) })).click();
      await seen(page.getByRole('option', { name: option })).click();
    },
  };
}

type Person = ReturnType<typeof aPerson>;

/** From the form of a new destination to the first delivery. */
async function fromDestination(person: Person, path: string): Promise<void> {
  await person.enters('Name', path.slice(1));
  await person.enters('URL', `${origin}${path}`);
  await person.presses('button', 'Create destination');
}

/** From the saved routes to the answer of the receiver. */
async function toDelivery(person: Person): Promise<void> {
  await person.reads('The routes are saved.');
  await person.presses('button', 'Send a test event');
  await person.reads(/^Delivered$/);
}

test('from an empty console: a connection, then a destination and a route, and the first delivery', async () => {
  got = [];
  const { page } = await app.open();
  const person = aPerson(page);
  await page.goto(`${app.world.runtime.url}/`);
  const began = Date.now();
  await person.enters('Operator token', app.world.admin);
  await person.presses('button', 'Sign in');
  await person.reads('no endpoint is active');
  await person.presses('link', 'Go to the connections');
  await person.reads('No connections yet');
  await person.presses('link', 'Create connection');
  await person.enters('Name', 'orders');
  await person.chooses('Provider', 'GitHub');
  await person.presses('button', 'Create connection');
  await person.presses('link', 'Configure');
  await person.presses('button', 'Generate token');
  await person.presses('button', 'Activate');
  await person.presses('tab', 'Routes');
  await person.reads('A rule needs a destination');
  const [beganRoutes, before] = [Date.now(), person.actions];

  await person.presses('link', 'Create destination');
  await fromDestination(person, '/first');
  await person.reads('Without a condition, the rule is for every event.');
  await person.presses('button', 'Save');
  await toDelivery(person);
  const ended = Date.now();
  expect([before, person.actions - before]).toEqual([12, 6]);
  expect(got).toEqual(['POST /first with an id']);
  const seconds = (since: number) => ((ended - since) / 1000).toFixed(1);
  process.stdout.write(
    `To the first delivery: ${seconds(beganRoutes)} s from the empty page of routes, ${seconds(began)} s from the sign-in\n`,
  );

  // What the receiver said is one press away.
  await person.presses('link', 'rule-1, replay 1, test');
  await person.reads('thank you');
});

test('from the destinations: a destination, and from there a route of a connection', async () => {
  got = [];
  await ok(app.world, 'POST', '/v1/connections', { name: 'another' });
  const { name } = await anActiveEndpoint(app.world);
  const { page } = await app.signedIn();
  const person = aPerson(page);
  await person.presses('link', 'Destinations');
  await person.presses('link', 'Create destination');
  await fromDestination(person, '/second');
  await person.reads('Events come here by a rule in the routes of a connection.');
  await person.chooses('Connection', name);
  await person.presses('link', 'Add a route');
  await person.reads('→ second');
  await person.presses('button', 'Save');
  await toDelivery(person);
  expect([person.actions, got]).toEqual([10, ['POST /second with an id']]);
});

/** A connection with an event, and with rules to two destinations. */
async function aRoutedConnection(rules: object[]): Promise<string> {
  const { name, path, url, token } = await anActiveEndpoint(app.world);
  for (const destination of ['crm', 'depot'])
    await app.world.api('POST', '/v1/destinations', { name: destination, url: `${origin}/${destination}` });
  await ok(app.world, 'PUT', `${path}/routes`, { rules });
  const headers = { ...bearer(token), 'content-type': 'application/json' };
  await deliver(url, { headers, body: '{"order": {"total": 120}}' });
  return name;
}

test('by keyboard alone, a rule is moved through the list, and stays under the fingers', async () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const name = await aRoutedConnection(ids.map((id) => ({ id, to: 'crm' })));
  const { page } = await app.signedIn(`/connections/${name}/routes/edit`);
  await page.getByRole('button', { name: 'Move e up' }).focus();
  for (const place of [4, 3, 2]) {
    await page.keyboard.press('Enter');
    await page.getByText(`e is rule ${place} of 5 now.`).waitFor({ state: 'attached' });
    expect(await focused(page)).toBe('button Move e up');
    expect(await page.getByRole('button', { name: 'Move e up' }).isVisible()).toBe(true);
  }
  await page.getByRole('button', { name: 'Move a down' }).focus();
  await page.keyboard.press('Space');
  await page.getByText('a is rule 2 of 5 now.').waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Save' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('The routes are saved.').waitFor();
  expect((await routesOf(name)) as object).toMatchObject({ rules: ['e', 'a', 'b', 'c', 'd'].map((id) => ({ id })) });
});

test('a pattern is built, tried on a stored event before it is saved, and saved', async () => {
  const name = await aRoutedConnection([{ id: 'large', to: 'crm' }]);
  const { page } = await app.signedIn(`/connections/${name}/routes/edit`);
  await page.getByRole('button', { name: 'Add condition' }).click();
  const condition = page.getByRole('group', { name: 'Condition 1' });
  await condition.getByRole('button', { name: /Condition 1/ }).click();
  await page.getByRole('option', { name: 'Body field' }).click();
  await condition.getByLabel('Path').fill('order.total');
  await condition.getByRole('button', { name: /Test/ }).click();
  await page.getByRole('option', { name: 'is greater than' }).click();
  await condition.getByLabel('Value').fill('200');
  await page.getByRole('button', { name: 'Try the rules' }).click();
  await page.getByText('The first difference is at data.order.total.').waitFor();
  await condition.getByLabel('Value').fill('100');
  await page.getByText('The rules or the event have changed since. Try again.').waitFor();
  await page.getByRole('button', { name: 'Try the rules' }).click();
  await page.getByText('Matches', { exact: true }).waitFor();
  await page.getByText('"total": 120').waitFor();
  await page.getByRole('button', { name: 'Write as JSON' }).click();
  expect(JSON.parse(await page.getByLabel('Event pattern as JSON').inputValue())).toEqual({
    data: { order: { total: [{ numeric: ['>', 100] }] } },
  });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The routes are saved.').waitFor();
  expect(await routesOf(name)).toMatchObject({
    rules: [{ id: 'large', when: { data: { order: { total: [{ numeric: ['>', 100] }] } } }, to: 'crm' }],
  });
});

test('a transform is tried on an event that is written by hand, and its mistake is shown where it is', async () => {
  const name = await aRoutedConnection([{ id: 'text', to: 'crm' }]);
  const { page } = await app.signedIn(`/connections/${name}/routes/edit`);
  await page.getByText('An event as JSON').filter({ visible: true }).click();
  await page.getByLabel('Event as JSON', { exact: true }).fill('{"data": {"id": 42}}');
  const transform = page.getByLabel(/^Transform/);
  await transform.fill('{ "text": data.id');
  await page.getByRole('button', { name: 'Try the rules' }).click();
  await page.getByText('The rules have mistakes, which are shown at their fields.').waitFor();
  expect(await transform.getAttribute('aria-invalid')).toBe('true');
  await transform.fill('{ "text": data.id }');
  await page.getByRole('button', { name: 'Try the rules' }).click();
  await page.getByText('"text": 42').waitFor();
  expect((await routesOf(name))['rules']).toEqual([{ id: 'text', to: 'crm' }]);
});

test('what somebody else saved meanwhile is shown, and overwritten only by a further Save', async () => {
  const name = await aRoutedConnection([{ id: 'one', to: 'crm' }]);
  const edit = `/connections/${name}/routes/edit`;
  const { page: first } = await app.signedIn(edit);
  const { page: second } = await app.signedIn(edit);
  for (const [page, id] of [
    [first, 'first'],
    [second, 'second'],
  ] as const)
    await page.getByLabel('Id', { exact: true }).fill(id);
  await first.getByRole('button', { name: 'Save' }).click();
  await first.getByText('The routes are saved.').waitFor();
  await second.getByRole('button', { name: 'Save' }).click();
  await second.getByText('Somebody else changed the routes in the meantime').waitFor();
  await second.getByText('added first').waitFor();
  expect(await second.getByLabel('Id', { exact: true }).inputValue()).toBe('second');
  expect((await routesOf(name))['rules']).toEqual([{ id: 'first', to: 'crm' }]);
  await second.getByRole('button', { name: 'Save' }).click();
  await second.getByText('The routes are saved.').waitFor();
  expect((await routesOf(name))['rules']).toEqual([{ id: 'second', to: 'crm' }]);
});

test('a change that is not saved is not lost by a link, nor by the browser’s Back', async () => {
  const name = await aRoutedConnection([{ id: 'one', to: 'crm' }]);
  const { page } = await app.signedIn(`/connections/${name}/routes`);
  await page.getByRole('link', { name: 'Edit routes' }).click();
  const id = page.getByLabel('Id', { exact: true });
  await id.fill('two');
  await page.getByRole('link', { name: 'Operators' }).click();
  await page.getByRole('button', { name: 'Keep editing' }).click();
  await page.evaluate(() => history.back());
  await page.getByRole('button', { name: 'Keep editing' }).click();
  expect(await id.inputValue()).toBe('two');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByText('1. one').waitFor();
});
