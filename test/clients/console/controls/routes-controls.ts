/** The routes of a connection: the tab, and the form that edits them. */
import { describe, expect, test } from '@jest/globals';
import type { ApiAnswer } from '../../../../shared/operators/api/api-client.ts';
import { type Answers, inTurn, Refusal } from './given-api.ts';
import { stopClock } from './given-clock.ts';
import { type OpenConsole, openConsole } from './given-console.ts';
import { aDestination, anEvent, shop, unconfigured } from './given-records.ts';

type Routes = ApiAnswer<'GET /v1/connections/{name}/routes'>;

const api = '/v1/connections/shop';
const tab = '/console/connections/shop/routes';
const form = '/connections/shop/routes/edit';
const record = { 'GET /v1/connections/{name}': shop() };

const list = (rules: Routes['rules'], more: Partial<Routes> = {}): Routes => ({
  ...{ version: 3, mode: 'all', rules },
  ...more,
});
const destinations = (...names: string[]) => ({
  'GET /v1/destinations': { items: names.map((name) => aDestination({ name })), nextCursor: null },
});
const paid = { id: 'paid', when: { type: ['order.paid'] }, to: 'depot' };

/** Opens the form of a list, with two destinations. */
const openForm = (rules: Routes['rules'], answers: Answers = {}): Promise<OpenConsole> =>
  openConsole(form, {
    ...record,
    ...destinations('crm', 'depot'),
    'GET /v1/connections/{name}/routes': list(rules),
    ...answers,
  });

/** The request that replaces the list. */
const put = (rules: unknown[], { mode = 'all', version = 3 } = {}) =>
  `PUT ${api}/routes if-match "${version}" ${JSON.stringify({ mode, rules })}`;

/** Saves the form, and compares what is sent. */
const saves = (app: OpenConsole, ...sent: [rules: unknown[], more?: { mode?: string; version?: number }]) =>
  app.press('button', 'Save', { sent: [put(...sent)], page: tab, shows: ['The routes are saved.'] });

/** What the API finds wrong with a body. */
const wrong = (pointer: string, message: string) =>
  new Refusal(422, 'Its own text.', {
    code: 'invalid_request',
    errors: [{ path: pointer.slice(1).replaceAll('/', '.'), pointer, message }],
  });

describe('the tab', () => {
  test('is read again if it could not be read, and leads to a destination and its deliveries', async () => {
    const answers = {
      ...record,
      'GET /v1/connections/{name}/routes': inTurn(new Refusal(500, 'Not now.'), list([{ id: 'rest', to: 'depot' }])),
      'GET /v1/destinations/{name}': aDestination({ name: 'depot' }),
      'GET /v1/destinations/{name}/deliveries': { items: [], nextCursor: null },
    };
    const app = await openConsole('/connections/shop', answers);
    await app.press('tab', 'Routes', { page: tab, turns: 'on', shows: ['Not now.'] });
    await app.press('button', 'Try again', { hides: ['Not now.', 'Not loaded'], shows: ['1. rest'] });
    await app.press('link', 'depot', { page: '/console/destinations/depot', shows: ['Signing secret'] });
    await app.goTo('/connections/shop/routes');
    await app.press('link', 'Deliveries: depot', {
      page: '/console/destinations/depot/deliveries',
      shows: ['No deliveries'],
    });
  });

  test('leads to the form, which Cancel leaves', async () => {
    const app = await openConsole('/connections/shop/routes', {
      ...record,
      ...destinations('depot'),
      'GET /v1/connections/{name}/routes': list([paid]),
    });
    await app.press('link', 'Edit routes', { page: `${tab}/edit`, shows: ['For which events'] });
    await app.press('link', 'Cancel', { page: tab, shows: ['Send a test event'] });
  });

  test('without rules leads to a new one, once the destinations are read', async () => {
    const app = await openConsole('/connections/shop/routes', {
      ...record,
      'GET /v1/connections/{name}/routes': list([]),
      'GET /v1/destinations': inTurn(new Refusal(500, 'Not now.'), destinations('depot')['GET /v1/destinations']),
    });
    await app.press('button', 'Try again', { hides: ['Not now.'], shows: ['Add a route'] });
    await app.press('link', 'Add a route', { page: `${tab}/edit`, shows: ['1. rule-1', '→ depot'] });
  });

  test('sends a test event, and shows what became of it', async () => {
    const event = anEvent('evt_9');
    const app = await openConsole('/connections/shop/routes', {
      ...record,
      'GET /v1/connections/{name}/routes': list([paid]),
      'POST /v1/connections/{name}/endpoint/test': inTurn(
        { eventId: null, passed: false, steps: [] },
        { eventId: 'evt_9', passed: true, steps: [] },
      ),
      'POST /v1/connections/{name}/events/{id}/replay': { id: 'evt_9', replay: 1 },
      'GET /v1/connections/{name}/events/{id}': event,
    });
    const notTaken = 'The endpoint did not take the sample.';
    await app.press('button', 'Send a test event', { sent: [`POST ${api}/endpoint/test`], shows: [notTaken] });
    await app.pressOnce('button', 'Send a test event', {
      sent: [`POST ${api}/endpoint/test`, `POST ${api}/events/evt_9/replay`],
      page: '/console/connections/shop/events/evt_9',
      shows: ['Dry run of the routes'],
    });
  });

  test('says why no test event can be sent', async () => {
    const app = await openConsole('/connections/shop/routes', {
      'GET /v1/connections/{name}': unconfigured(),
      'GET /v1/connections/{name}/routes': list([paid]),
    });
    expect(app.isOffered('button', 'Send a test event')).toBe(false);
  });
});

describe('from nothing', () => {
  test('a connection without a destination leads to one, and that to its rule, which is saved', async () => {
    const app = await openConsole('/connections/shop/routes', {
      ...record,
      'GET /v1/destinations': inTurn({ items: [], nextCursor: null }, destinations('depot')['GET /v1/destinations']),
      'GET /v1/connections/{name}/routes': inTurn(list([]), list([]), list([{ id: 'rule-1', to: 'depot' }])),
      'POST /v1/destinations': aDestination({ name: 'depot' }),
      'PUT /v1/connections/{name}/routes': list([{ id: 'rule-1', to: 'depot' }]),
    });
    await app.press('link', 'Create destination', {
      page: '/console/create-destination?connection=shop',
      shows: ['Where requests go'],
    });
    await app.enter(/^Name/, 'depot');
    await app.enter('URL', 'https://depot.example/in');
    await app.press('button', 'Create destination', {
      sent: ['POST /v1/destinations {"name":"depot","url":"https://depot.example/in"}'],
      page: `${tab}/edit?to=depot`,
      shows: ['1. rule-1', '→ depot'],
    });
    await saves(app, [{ id: 'rule-1', to: 'depot' }]);
    expect(app.rows).toEqual(['depot']);
  });

  test('the form of a destination that is cancelled leads back to the routes', async () => {
    const app = await openConsole('/create-destination?connection=shop', {
      ...record,
      'GET /v1/connections/{name}/routes': list([]),
    });
    await app.press('link', 'Cancel', { page: tab, shows: ['There is none yet.'] });
  });

  test('the form without a destination leads to one', async () => {
    const app = await openConsole(form, { ...record, 'GET /v1/connections/{name}/routes': list([]) });
    await app.press('link', 'Create destination', {
      page: '/console/create-destination?connection=shop',
      shows: ['Where requests go'],
    });
  });

  test('the page of a destination leads to a rule of a connection', async () => {
    const connections = (...names: string[]) => ({
      items: names.map((name) => ({ ...shop({ name }), stats: undefined as never })),
      nextCursor: null,
    });
    const app = await openConsole('/destinations/depot', {
      ...record,
      ...destinations('depot', 'crm'),
      'GET /v1/destinations/{name}': aDestination({ name: 'depot' }),
      'GET /v1/connections': inTurn(
        new Refusal(500, 'Not now.'),
        { ...connections('a'), nextCursor: 'n1' },
        connections('shop'),
      ),
      'GET /v1/connections/{name}/routes': list([paid]),
    });
    await app.press('button', 'Try again', { hides: ['Not now.'], shows: ['Choose a connection'] });
    expect(app.isOffered('button', 'Add a route')).toBe(false);
    await app.choose(/^Connection/, 'shop');
    await app.press('link', 'Add a route', { page: `${tab}/edit?to=depot`, shows: ['1. paid', '2. rule-1'] });
  });

  test('the page of a destination without a connection leads to one', async () => {
    const app = await openConsole('/destinations/depot', {
      'GET /v1/destinations/{name}': aDestination({ name: 'depot' }),
    });
    await app.press('link', 'Create connection', { page: '/console/create', shows: ['Part of the webhook URL.'] });
  });
});

describe('the form', () => {
  test('is read again if it could not be read', async () => {
    const app = await openForm([], {
      'GET /v1/connections/{name}/routes': inTurn(new Refusal(500, 'Not now.'), list([paid])),
    });
    await app.press('button', 'Try again', { hides: ['Not now.'], shows: ['1. paid'] });
  });

  test('is not for a flow designer, who gets a way back', async () => {
    const app = await openForm([paid], {
      'GET /v1/me': { id: 'op-2', name: 'Bob', role: 'flow_designer', allowedActions: [] },
    });
    await app.press('link', 'Go to the routes', { page: tab, shows: ['1. paid'] });
  });

  test('sends the list as it was, with what was changed', async () => {
    const other = { id: 'other', when: { $or: [{ type: ['a'] }, { type: ['b'] }] }, transform: 'data', to: 'crm' };
    const app = await openForm([other], { 'PUT /v1/connections/{name}/routes': list([]) });
    await app.enter('Id', 'either');
    await app.choose(/^Destination/, 'depot');
    await app.enter(/^Transform/, '{ "id": data.id }');
    await app.pressOnce('radio', /^Only the first rule that matches/, { turns: 'on' });
    await app.press('button', 'Save', {
      sent: [put([{ ...other, id: 'either', transform: '{ "id": data.id }', to: 'depot' }], { mode: 'first' })],
      page: tab,
      shows: ['The routes are removed.'],
    });
  });

  test.each<[name: string, build: (app: OpenConsole) => Promise<void>, when: object | undefined]>([
    ['nothing', async () => {}, undefined],
    ['a type', (app) => app.enter('Value', 'order.paid'), { type: ['order.paid'] }],
    [
      'the beginning of a type',
      async (app) => {
        await app.choose(/Condition 1/, 'Header');
        await app.choose(/Condition 1/, 'Event type');
        await app.choose(/Test/, 'begins with');
        await app.enter('Value', 'order.');
      },
      { type: [{ prefix: 'order.' }] },
    ],
    [
      'a header',
      async (app) => {
        await app.choose(/Condition 1/, 'Header');
        await app.enter('Name', 'X-Shop');
        await app.choose(/Test/, 'is there');
      },
      { headers: { 'x-shop': [{ exists: true }] } },
    ],
    [
      'one of some values of a field',
      async (app) => {
        await app.choose(/Condition 1/, 'Body field');
        await app.enter('Path', 'customer.country');
        await app.choose(/Test/, 'is one of');
        await app.enter('Values, one per line', 'DE\n7');
      },
      { data: { customer: { country: ['DE', 7] } } },
    ],
    [
      'a number of a field',
      async (app) => {
        await app.choose(/Condition 1/, 'Body field');
        await app.enter('Path', 'amount');
        await app.choose(/Test/, 'is greater than');
        await app.enter('Value', '100');
      },
      { data: { amount: [{ numeric: ['>', 100] }] } },
    ],
  ])('builds a pattern of %s', async (name, build, when) => {
    const app = await openForm([{ id: 'paid', to: 'depot' }], { 'PUT /v1/connections/{name}/routes': list([paid]) });
    if (name !== 'nothing')
      await app.pressOnce('button', 'Add condition', { shows: ['For events that meet all of these conditions.'] });
    await build(app);
    await saves(app, [{ id: 'paid', ...(when && { when }), to: 'depot' }]);
  });

  test('takes a condition away, and keeps the others', async () => {
    const when = { type: ['order.sent'], data: { amount: [{ numeric: ['>', 100] }] } };
    const app = await openForm([{ ...paid, when }], { 'PUT /v1/connections/{name}/routes': list([paid]) });
    await app.pressOnce('button', 'Remove condition 1', { hides: ['order.sent'] });
    await saves(app, [{ id: 'paid', when: { data: when.data }, to: 'depot' }]);
  });

  test('writes conditions as JSON and back, and keeps what they can’t say', async () => {
    const app = await openForm([paid], { 'PUT /v1/connections/{name}/routes': list([paid]) });
    await app.pressOnce('button', 'Write as JSON', {
      shows: ['Event pattern as JSON', '{ "type": [ "order.paid" ] }'],
    });
    await app.pressOnce('button', 'Show as conditions', { shows: ['Condition 1'], hides: ['Event pattern as JSON'] });
    await app.pressOnce('button', 'Write as JSON', { shows: ['Event pattern as JSON'] });
    await app.enter('Event pattern as JSON', '{"sourceIp": ["192.0.2.7"]}');
    expect(app.isOffered('button', 'Show as conditions')).toBe(false);
    await saves(app, [{ id: 'paid', when: { sourceIp: ['192.0.2.7'] }, to: 'depot' }]);
  });

  test('does not write conditions as JSON that are not whole', async () => {
    const app = await openForm([paid]);
    await app.pressOnce('button', 'Add condition', { shows: ['Condition 2'] });
    await app.choose(/Condition 2/, 'Header');
    await app.enter('Name', 'x-shop');
    const says = 'First correct the conditions. As JSON, they would be lost.';
    await app.pressOnce('button', 'Write as JSON', { shows: [says] });
    await app.pressOnce('button', 'Remove condition 2', { hides: [says] });
    await app.pressOnce('button', 'Write as JSON', { shows: ['Event pattern as JSON'] });
  });

  test('adds, moves and removes rules; a rule that is moved keeps the focus on its button', async () => {
    const app = await openForm([paid, { id: 'rest', to: 'crm' }], {
      'PUT /v1/connections/{name}/routes': list([paid]),
    });
    await app.pressOnce('button', 'Add rule', { shows: ['3. rule-1', 'Choose a destination.'] });
    expect((document.activeElement as HTMLInputElement).value).toBe('rule-1');
    await app.pressOnce('button', 'Move rule-1 up', { shows: ['2. rule-1', '3. rest', 'rule-1 is rule 2 of 3 now.'] });
    expect(document.activeElement).toBe(app.control('button', 'Move rule-1 up'));
    await app.pressOnce('button', 'Move rule-1 up', { shows: ['1. rule-1', '2. paid'] });
    expect([document.activeElement, app.isOffered('button', 'Move rule-1 up')]).toEqual([
      ...[app.control('button', 'Move rule-1 up'), false],
    ]);
    await app.pressOnce('button', 'Move rule-1 down', { shows: ['2. rule-1', '1. paid'] });
    expect(document.activeElement).toBe(app.control('button', 'Move rule-1 down'));
    await app.pressOnce('button', 'Move rest up', { shows: ['2. rest', '3. rule-1'] });
    await app.pressOnce('button', 'Remove rule-1', { hides: ['3. rule-1'] });
    await app.pressOnce('button', 'Remove paid', { hides: ['→ depot'], shows: ['1. rest'] });
    await app.pressOnce('button', '1. rest', { turns: 'off' });
    await app.pressOnce('button', '1. rest', { turns: 'on' });
    await app.pressOnce('button', 'Remove rest', { shows: ['Without a rule, events go to the event bus alone.'] });
    await saves(app, []);
  });

  test('has each of many rules closed, and takes no more than 50', async () => {
    const app = await openForm(Array.from({ length: 50 }, (_, at) => ({ id: `r-${at}`, to: 'crm' })));
    expect(app.control('button', '50. r-49').getAttribute('aria-expanded')).toBe('false');
    expect(app.isOffered('button', 'Add rule')).toBe(false);
  });

  test('names the last rule of “first” that is for every event', async () => {
    const app = await openForm([paid, { id: 'rest', to: 'crm' }]);
    await app.pressOnce('radio', /^Only the first rule that matches/, { turns: 'on', shows: ['2. rest (Otherwise)'] });
    await app.pressOnce('button', 'Add rule', { shows: ['2. rule-1', '3. rest (Otherwise)'] });
    await app.pressOnce('radio', /^Every rule that matches/, { turns: 'on', hides: ['(Otherwise)'] });
  });

  test('leads to a new destination in another tab, so that nothing is lost', async () => {
    const app = await openForm([paid]);
    await app.pressOnce('link', /^Create destination/, { opens: '/console/create-destination' });
  });

  test('says what is missing, opens the rule in which it is, and sends nothing', async () => {
    const rules = ['a', 'b', 'c', 'd'].map((id) => ({ id, to: 'crm' }));
    const app = await openForm([{ ...paid, id: 'a' }, ...rules.slice(1)]);
    await app.pressOnce('button', '1. a', { turns: 'on' });
    await app.enter('Value', '');
    await app.pressOnce('button', '1. a', { turns: 'off' });
    await app.pressOnce('button', 'Save', { shows: ['Enter a value.'] });
    expect(app.control('button', '1. a').getAttribute('aria-expanded')).toBe('true');
    expect(document.activeElement).toBe(app.field('Value'));
    await app.does({ hides: ['Enter a value.'] }, () => app.enter('Value', 'x'));
  });

  test.each<[pointer: string, label: string | RegExp, message: string]>([
    ['/rules/0/id', 'Id', 'must be another one'],
    ['/rules/0/when/type/0', 'Value', 'must be shorter'],
    ['/rules/0/transform', /^Transform/, 'can’t be used: an error (at character 9)'],
  ])(
    'shows what the API finds wrong at %s in its field, until something is entered',
    async (pointer, label, message) => {
      const app = await openForm([paid], {
        'PUT /v1/connections/{name}/routes': inTurn(wrong(pointer, message), list([paid])),
      });
      await app.pressOnce('button', 'Save', { sent: [put([paid])], shows: [`It ${message}.`] });
      expect([app.field(label).getAttribute('aria-invalid'), app.notices]).toEqual(['true', []]);
      expect(document.activeElement).toBe(app.field(label));
      await app.does({ hides: [`It ${message}.`] }, () => app.enter('Id', 'another'));
    },
  );

  test('shows the place of a mistake in a pattern that is JSON', async () => {
    const app = await openForm([{ ...paid, when: { data: { a: [{ numeric: ['>', 0, '<', 5] }] } } }], {
      'PUT /v1/connections/{name}/routes': wrong('/rules/0/when/data/a/0', 'has a mistake'),
    });
    await app.pressOnce('button', 'Save', {
      sent: [put([{ ...paid, when: { data: { a: [{ numeric: ['>', 0, '<', 5] }] } } }])],
      shows: ['data.a.0 has a mistake.'],
    });
    expect(app.field('Event pattern as JSON').getAttribute('aria-invalid')).toBe('true');
  });

  test('asks before it is left with something that is not saved, but not for the rule that it offers', async () => {
    const app = await openForm([]);
    await app.press('link', 'Cancel', { page: tab });
    await app.goTo('/connections/shop/routes/edit');
    await app.enter('Id', 'paid');
    await app.press('link', 'Cancel', { dialog: 'Leave without saving?' });
    await app.press('button', 'Keep editing', { dialog: null });
    expect(app.field('Id').value).toBe('paid');
    await app.press('link', 'Cancel', { dialog: 'Leave without saving?' });
    await app.press('button', 'Discard', { dialog: null, page: tab });
  });
});

describe('a list that somebody else changed in the meantime', () => {
  const old = new Refusal(412, 'If-Match has version 3.', { code: 'version_mismatch', wanted: 3, version: 9 });

  test('is replaced at once if only something else of the connection was changed', async () => {
    const app = await openForm([paid], {
      'GET /v1/connections/{name}/routes': inTurn(list([paid]), list([paid], { version: 9 })),
      'PUT /v1/connections/{name}/routes': inTurn(old, list([paid])),
    });
    await app.pressOnce('button', 'Save', {
      sent: [put([paid]), put([paid], { version: 9 })],
      page: tab,
      shows: ['The routes are saved.'],
    });
  });

  /** Saves a change to a list to which Zoe has added a rule. */
  async function afterZoe(): Promise<OpenConsole> {
    stopClock('2026-11-26T12:00:00.000Z');
    const theirs = list([paid, { id: 'refunds', to: 'crm' }], { version: 9 });
    const at = '2026-11-26T11:59:00.000Z';
    const entry = { version: 9, at, by: 'op_0', from: 'active', to: 'active', requestId: 'r-2' } as const;
    const app = await openForm([paid], {
      'GET /v1/connections/{name}/routes': inTurn(list([paid]), theirs),
      'PUT /v1/connections/{name}/routes': inTurn(old, list([paid])),
      'GET /v1/connections/{name}/history': {
        items: [
          { ...entry, version: 10, verb: 'test' },
          { ...entry, verb: 'setRoutes', rules: { added: ['refunds'] } },
          { ...entry, version: 2, verb: 'setRoutes', rules: { removed: ['old'] } },
        ],
        nextCursor: null,
      },
    });
    await app.enter('Id', 'mine');
    await app.pressOnce('button', 'Save', {
      sent: [put([{ ...paid, id: 'mine' }])],
      shows: ['Somebody else changed the routes in the meantime', 'Zoe op_0, 1 minute ago: added refunds'],
    });
    expect(app.field('Id').value).toBe('mine');
    return app;
  }

  test('is shown, with who changed what, and the next “Save” replaces it', async () => {
    const app = await afterZoe();
    await app.pressOnce('button', 'The routes as they are now', { turns: 'on' });
    expect(app.rows).toEqual(['depot', 'crm']);
    await saves(app, [{ ...paid, id: 'mine' }], { version: 9 });
  });

  test('can be gone on with', async () => {
    const app = await afterZoe();
    await app.pressOnce('button', 'Discard mine, and go on with theirs', {
      hides: ['Somebody else changed the routes', '1. mine'],
    });
    expect(app.isOffered('button', 'Move refunds up')).toBe(true);
    await app.press('link', 'Cancel', { page: tab });
  });
});
