/** The palette, which leads to whatever somebody names. */
import { describe, expect, test } from '@jest/globals';
import { type Answers, inTurn, Refusal } from './given-api.ts';
import { type OpenConsole, openConsole } from './given-console.ts';
import { aDestination, anEvent, shop } from './given-records.ts';

const id = `evt_${'0'.repeat(26)}`;
const field = 'Name, id or text';
const answers: Answers = {
  'GET /v1/connections': { items: [shop()], nextCursor: null },
  'GET /v1/connections/{name}': shop(),
  'GET /v1/destinations': { items: [aDestination({ name: 'crm' })], nextCursor: null },
  'GET /v1/destinations/{name}': aDestination({ name: 'crm' }),
  'GET /v1/jobs': { items: [], nextCursor: null },
};

async function open(more: Answers = {}): Promise<OpenConsole> {
  const app = await openConsole('/jobs', { ...answers, ...more });
  await app.press('button', 'Go to', { dialog: 'Go to' });
  return app;
}

/** What is offered, by group. */
const offered = (): string[] => [...document.querySelectorAll('[role=option]')].map((each) => each.textContent ?? '');

const option = (value: string): Element => {
  const found = document.querySelector(`[role=option] [data-value="${value}"]`);
  if (!found) throw new Error(`${value} is not offered: ${offered().join(', ')}`);
  return found;
};

describe('the palette', () => {
  test('offers pages and names, and leads to the one that is chosen', async () => {
    const app = await open();
    await app.user.click(app.field(field));
    expect(offered()).toEqual(['Overview', 'Connections', 'Destinations', 'Jobs', 'Operators', 'shop', 'crm']);
    await app.enter(field, 'cr');
    expect(offered()).toEqual(['crm', 'Search all connections for “cr”']);
    await app.does({ dialog: null, page: '/console/destinations/crm' }, () =>
      app.user.click(option('/destinations/crm')),
    );
  });

  test('reads the names once', async () => {
    const app = await open();
    await app.press('button', 'Cancel', { dialog: null });
    await app.press('button', 'Go to', { dialog: 'Go to' });
    expect(app.api.reads.filter((read) => /\?limit=200$/.test(read))).toEqual([
      'GET /v1/connections?limit=200',
      'GET /v1/destinations?limit=200',
    ]);
  });

  test('leads to a name that was typed whole, and else to a search for the text', async () => {
    const app = await open({ 'POST /v1/connections/{name}/events/search': new Refusal(422, 'No.') });
    await app.enter(field, 'Shop');
    await app.pressOnce('button', 'Go', { dialog: null, page: '/console/connections/shop' });
    await app.press('button', 'Go to', { dialog: 'Go to' });
    await app.enter(field, 'order 4711');
    await app.does(
      {
        ...{ dialog: null, page: '/console/search' },
        sent: ['POST /v1/connections/shop/events/search {"contains":"order 4711"}'],
      },
      () => app.user.click(option('/search#contains=order+4711')),
    );
    expect(location.hash).toBe('#contains=order+4711');
  });

  test('leads to an event by its id, and says if there is none', async () => {
    const gone = 'No connection has an event with this id.';
    const app = await open({
      'GET /v1/events/{id}': inTurn(new Refusal(404, gone), { id, connection: 'shop' }),
      'GET /v1/connections/{name}/events/{id}': anEvent(id),
    });
    await app.enter(field, id);
    expect(offered()).toEqual([id]);
    await app.pressOnce('button', 'Go', { shows: [gone], reads: [`GET /v1/events/${id}`] });
    await app.pressOnce('button', 'Go', { dialog: null, page: `/console/connections/shop/events/${id}` });
  });

  test('leads to a delivery by its id', async () => {
    const delivery = `dlv_${id}_1772366400000_to-crm_0`;
    const row = {
      ...{ id: delivery, event: id, connection: 'shop', receivedAt: '2026-03-01T12:00:00.000Z', rule: 'to-crm' },
      ...{ destination: 'crm', status: 'delivered' as const, attempts: 1, history: [] },
    };
    const app = await open({ 'GET /v1/deliveries/{id}': row });
    await app.enter(field, delivery);
    await app.does({ dialog: null, page: `/console/destinations/crm/deliveries/${delivery}` }, () =>
      app.user.click(option(delivery)),
    );
  });

  test('is there without the names, if they can’t be read', async () => {
    const app = await open({ 'GET /v1/destinations': new Refusal(422, 'No.') });
    await app.user.click(app.field(field));
    expect(offered()).toEqual(['Overview', 'Connections', 'Destinations', 'Jobs', 'Operators']);
    expect(document.body.textContent).toContain('The names could not be loaded.');
  });

  test.each([
    ['Ctrl+K', '{Control>}k{/Control}'],
    ['⌘K', '{Meta>}k{/Meta}'],
    ['Ctrl+K with a capital lock', '{Control>}K{/Control}'],
  ])('opens by %s', async (_, keys) => {
    const app = await openConsole('/jobs', answers);
    await app.does({ dialog: 'Go to' }, () => app.user.keyboard(keys));
  });

  test('closes at the first Escape, with its list open', async () => {
    const app = await open();
    await app.enter(field, 'sh');
    await app.does({ dialog: null }, () => app.user.keyboard('{Escape}'));
  });

  test('does not open by a letter, by another key, or over a dialog', async () => {
    const app = await openConsole('/jobs', answers);
    await app.user.keyboard(
      'k{Control>}j{/Control}{Control>}{Shift>}k{/Shift}{/Control}{Control>}{Alt>}k{/Alt}{/Control}',
    );
    expect(document.querySelector('[role=dialog]')).toBeNull();
    await app.press('button', 'Go to', { dialog: 'Go to' });
    await app.user.keyboard('{Control>}k{/Control}');
    expect(document.querySelectorAll('[role=dialog]')).toHaveLength(1);
  });
});

describe('the list of keys', () => {
  test('opens by its key', async () => {
    const app = await openConsole('/jobs', answers);
    await app.does({ dialog: 'Keys', shows: ['Ctrl+K, ⌘K', 'Goes to a page, a name or an id'] }, () =>
      app.user.keyboard('?'),
    );
    await app.press('button', 'Close', { dialog: null });
  });

  test('does not open where somebody types, or over a dialog', async () => {
    const app = await open();
    await app.enter(field, 'sh?');
    expect(app.field(field).value).toBe('sh?');
    expect(document.querySelectorAll('[role=dialog]')).toHaveLength(1);
    await app.press('button', 'Cancel', { dialog: null });
    await app.does({ dialog: 'Keys' }, () => app.user.keyboard('{Shift>}?{/Shift}'));
  });
});
