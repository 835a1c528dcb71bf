/** Destinations: their list, the page of one, and the forms that create and edit one. */
import { describe, expect, test } from '@jest/globals';
import type { ApiAnswer } from '../../../../shared/operators/api/api-client.ts';
import { type Answers, inTurn, Refusal } from './given-api.ts';
import { stopClock } from './given-clock.ts';
import { type OpenConsole, openConsole } from './given-console.ts';
import { aDestination, designer } from './given-records.ts';

const page = '/console/destinations/shop';
const path = '/destinations/shop';
const form = '/destinations/shop/edit';
const api = '/v1/destinations/shop';
const at = '2026-11-26T10:00:00.000Z';

const list = (...names: string[]) => ({ items: names.map((name) => aDestination({ name })), nextCursor: null });
const record = (more: Parameters<typeof aDestination>[0] = {}): Answers => ({
  'GET /v1/destinations/{name}': aDestination(more),
});

/** What the API finds wrong with a body. */
const wrong = (pointer: string, message: string) =>
  new Refusal(422, 'Its own text.', {
    code: 'invalid_request',
    errors: [{ path: pointer.slice(1).replace('/', '.'), pointer, message }],
  });

describe('the rules that lead to a destination', () => {
  test('are on its page, each with the way to its connection', async () => {
    const routes = [{ connection: 'orders', rules: ['paid', 'sent'] }];
    const answer: Answers['GET /v1/destinations/{name}'] = ({ query }) => ({
      ...aDestination(),
      ...(query.get('include') === 'routes' && { routes }),
    });
    const app = await openConsole(path, { 'GET /v1/destinations/{name}': answer });
    expect(app.text).toContain('orders (rules paid, sent)');
    expect(app.control('link', 'orders').getAttribute('href')).toBe('/console/connections/orders/routes');
  });

  test('are read again after a failure', async () => {
    const routes = [{ connection: 'orders', rules: ['paid'] }];
    const read = inTurn(new Refusal(500, 'Not now.'), { ...aDestination(), routes });
    const answer: Answers['GET /v1/destinations/{name}'] = ({ query }) =>
      query.get('include') === 'routes' ? read() : aDestination();
    const app = await openConsole(path, { 'GET /v1/destinations/{name}': answer });
    expect(app.text).toContain('Not now.');
    await app.press('button', 'Try again', { shows: ['orders (rule paid)'], hides: ['Not now.'] });
  });

  test('are said to be none, and an earlier deployment says nothing of them', async () => {
    const none = await openConsole(path, { 'GET /v1/destinations/{name}': { ...aDestination(), routes: [] } });
    expect(none.text).toContain('No connection routes events to this destination.');
    const earlier = await openConsole(path, record());
    expect(earlier.text).toContain('Events come here by a rule in the routes of a connection.');
    expect(earlier.text.includes('No connection routes events')).toBe(false);
  });
});

describe('the list', () => {
  test('is read to its end, and leads to a destination', async () => {
    const pages = inTurn({ ...list('a', 'b'), nextCursor: 'n1' }, list('shop'));
    const app = await openConsole('/destinations', { 'GET /v1/destinations': pages, ...record() });
    expect(app.rows).toEqual(['a', 'b', 'shop']);
    expect(app.api.reads.slice(-5)).toEqual([
      'GET /v1/destinations?limit=200',
      'GET /v1/destinations?limit=200&cursor=n1',
      // How each row is that is in view.
      ...['a', 'b', 'shop'].map((name) => `GET /v1/destinations/${name}/health`),
    ]);
    await app.press('link', 'shop', { page, shows: ['Signing secret'] });
  });

  test('is searched by whatever names a destination, and the search cleared', async () => {
    const found = aDestination({
      ...{ name: 'b-1', description: 'Orders of Paris', origin: 'https://crm.example', method: 'PUT' },
      ...{ status: 'paused', authKind: 'bearer' },
    });
    const app = await openConsole('/destinations', {
      'GET /v1/destinations': { items: [aDestination({ name: 'a-1' }), found], nextCursor: null },
    });
    for (const word of ['b-1', 'paris', 'crm.example', 'put', 'paused', 'bearer'])
      await app.does({ rows: ['b-1'] }, () => app.enter('Find destinations', word));
    await app.does({ shows: ['No destination matches'] }, () => app.enter('Find destinations', 'nothing'));
    await app.press('button', 'Clear the search', { rows: ['a-1', 'b-1'] });
  });

  test('is sorted by each column as it shows it', async () => {
    const items = [
      aDestination({ name: 'a', status: 'paused', origin: 'https://y.example', updatedAt: '2026-11-25T10:00:00.000Z' }),
      aDestination({ name: 'b', method: 'PATCH', authKind: 'basic', origin: 'https://x.example' }),
    ];
    const app = await openConsole('/destinations', { 'GET /v1/destinations': { items, nextCursor: null } });
    for (const [column, rows] of [
      [/^Host/, ['b', 'a']],
      [/^Method/, ['b', 'a']],
      [/^Credentials/, ['a', 'b']],
      [/^Last changed/, ['a', 'b']],
      [/^Name/, ['a', 'b']],
    ] as const) {
      await app.press('button', column, { rows: [...rows] });
      await app.press('button', column, { rows: rows.toReversed() });
    }
  });

  test('has pages of 50', async () => {
    const names = Array.from({ length: 51 }, (_, index) => `d${String(index).padStart(2, '0')}`);
    const app = await openConsole('/destinations', { 'GET /v1/destinations': list(...names) });
    expect([app.rows, app.titles[1]]).toEqual([names.slice(0, 50), 'Destinations (51)']);
    expect(app.api.reads.filter((read) => read.endsWith('/health'))).toHaveLength(50);
    await app.press('button', /^Next page/, { rows: ['d50'] });
    await app.press('button', /^Previous page/, { rows: names.slice(0, 50) });
  });

  test('that could not be read is read again', async () => {
    const lists = inTurn(new Refusal(500, 'Not now.'), list('shop'));
    const app = await openConsole('/destinations', { 'GET /v1/destinations': lists });
    await app.press('button', 'Try again', { hides: ['Not now.', 'Not loaded'], rows: ['shop'] });
  });

  test('is where the bar at the top leads, and without a destination to the form', async () => {
    const app = await openConsole('/operators', {
      'GET /v1/operators': { items: [], nextCursor: null, bootstrap: 'closed' },
      'GET /v1/destinations': list(),
    });
    await app.press('link', 'Destinations', { page: '/console/destinations', shows: ['No destinations yet'] });
    expect(document.querySelectorAll('a[href="/console/create-destination"]')).toHaveLength(2);
  });
});

describe('Create destination', () => {
  test('leads to the form, and Cancel back to the list', async () => {
    const app = await openConsole('/destinations', { 'GET /v1/destinations': list('shop') });
    await app.press('link', 'Create destination', {
      page: '/console/create-destination',
      shows: ['Where requests go'],
    });
    expect(document.activeElement).toBe(app.field(/^Name/));
    await app.press('link', 'Cancel', { page: '/console/destinations', rows: ['shop'] });
  });

  test('is not offered to a flow designer, and its page gives none the form', async () => {
    const answers = { 'GET /v1/me': designer, 'GET /v1/destinations': list('shop') };
    expect((await openConsole('/destinations', answers)).isOffered('button', 'Create destination')).toBe(false);
    const app = await openConsole('/create-destination', answers);
    expect(app.notices).toEqual(['Only a connection admin can create destinations.Go to the destinations']);
    await app.press('link', 'Go to the destinations', { page: '/console/destinations', rows: ['shop'] });
  });

  const create = async (enter: (app: OpenConsole) => Promise<void>, body: object) => {
    const app = await openConsole('/create-destination', { 'POST /v1/destinations': aDestination(), ...record() });
    await app.enter(/^Name/, 'shop');
    await app.enter('URL', ' https://shop.example/in?key=1 ');
    await enter(app);
    await app.press('button', 'Create destination', {
      sent: [
        `POST /v1/destinations ${JSON.stringify({ name: 'shop', url: 'https://shop.example/in?key=1', ...body })}`,
      ],
      page,
      shows: ['Rotate secret'],
    });
  };

  test('sends nothing that was not entered', () => create(async () => {}, {}));

  test('sends all that was entered', () =>
    create(
      async (app) => {
        await app.enter(/^Description/, 'Orders');
        await app.press('button', 'More settings', { turns: 'on' });
        await app.choose(/^Method/, 'PUT');
        await app.enter('Headers', 'x-team: payments\n\n X-Key:  a value ');
        await app.enter('Seconds for an answer', '5');
        await app.enter('Rate limit', '100');
        await app.choose(/^Rate limit Unit/, 'requests a minute');
        await app.enter('Requests at once', '4');
        await app.enter('Hours for which a delivery is tried', '24');
        await app.enter('Waits between attempts', '30s, 5m');
        await app.enter('Answers after which a delivery is tried again', '408, 5xx');
        await app.enter('Headers of the sender that go on besides', 'x-a, x-b');
        await app.enter('Signing secret', 'whsec_1');
      },
      {
        ...{ description: 'Orders', method: 'PUT', headers: { 'x-team': 'payments', 'X-Key': 'a value' } },
        ...{ timeoutSeconds: 5, rate: { perMinute: 100 }, concurrency: 4, giveUpAfterHours: 24 },
        ...{ schedule: [30, 300], retryOn: ['408', '5xx'], forwardHeaders: ['x-a', 'x-b'] },
        signingSecret: 'whsec_1',
      },
    ));

  test.each<[kind: string, fields: [label: string, value: string][], auth: object]>([
    ['Bearer token', [['Bearer token', 't ']], { kind: 'bearer', token: 't ' }],
    [
      'User name and password',
      [
        ['User name', 'ada'],
        ['Password', ' p'],
      ],
      { kind: 'basic', username: 'ada', password: ' p' },
    ],
    ['User name and password', [['Password', 'p']], { kind: 'basic', username: '', password: 'p' }],
    [
      'A header of its own',
      [
        ['Name of the header', ' x-key '],
        ['Value of the header', 'v'],
      ],
      { kind: 'header', name: 'x-key', value: 'v' },
    ],
    [
      'OAuth 2 (client credentials)',
      [
        ['Token URL', ' https://id.example/token '],
        ['Client id', ' c '],
        ['Client secret', 's'],
        ['The credentials go', 'In the body'],
        ['The credentials go', 'As Basic authentication'],
      ],
      {
        ...{ kind: 'oauth2', tokenUrl: 'https://id.example/token', clientId: 'c', clientSecret: 's' },
        clientAuthentication: 'basic',
      },
    ],
    [
      'OAuth 2 (client credentials)',
      [
        ['Token URL', 'https://id.example/token'],
        ['Client id', 'c'],
        ['Client secret', 's'],
        ['Scope', ' a b '],
        ['The credentials go', 'In the body'],
      ],
      {
        ...{ kind: 'oauth2', tokenUrl: 'https://id.example/token', clientId: 'c', clientSecret: 's' },
        ...{ clientAuthentication: 'body', scope: 'a b' },
      },
    ],
  ])('takes the credentials %s %j', (kind, fields, auth) =>
    create(
      async (app) => {
        await app.choose(/^Credentials/, kind);
        for (const [label, value] of fields)
          await (label === 'The credentials go' ? app.choose(/^The credentials go/, value) : app.enter(label, value));
      },
      { auth },
    ),
  );

  test('says what is missing, opens the settings in which something is wrong, and sends nothing', async () => {
    const app = await openConsole('/create-destination');
    await app.choose(/^Credentials/, 'Bearer token');
    await app.enter('Headers', 'x-team: payments\nx-key');
    for (const field of [
      'Seconds for an answer',
      'Rate limit',
      'Requests at once',
      'Hours for which a delivery is tried',
    ])
      await app.enter(field, '1.5');
    await app.press('button', 'Create destination', {
      shows: [
        ...['Enter a name.', 'Enter a URL.', 'Enter a value.', 'Line 2 is not a header, such as x-team: payments.'],
        'Enter a whole number from 1.',
      ],
    });
    expect(document.activeElement).toBe(app.field(/^Name/));
    expect(app.text.split('Enter a whole number from 1.')).toHaveLength(5);
    expect(app.control('button', 'More settings').getAttribute('aria-expanded')).toBe('true');
    await app.does({ hides: ['Enter a URL.'] }, () => app.enter('URL', 'https://shop.example/'));
  });

  test.each([
    ['/url', 'URL', 'cannot be used: the host has an address that is not public'],
    ['/auth/token', 'Bearer token', 'must be 1 to 1024 printable ASCII characters'],
    ['/headers/host', 'Headers', 'cannot be used: the connection or Hooklatch sets this header'],
    ['/rate/perSecond', 'Rate limit', 'must be at most 1000'],
    ['/signingSecret', 'Signing secret', 'must be whsec_'],
  ])(
    'shows what the API finds wrong at %s in the field %s, until something is entered',
    async (pointer, label, message) => {
      const app = await openConsole('/create-destination', {
        'POST /v1/destinations': inTurn(wrong(pointer, message), aDestination()),
        ...record(),
      });
      await app.enter(/^Name/, 'shop');
      await app.enter('URL', 'https://10.0.0.1/');
      await app.choose(/^Credentials/, 'Bearer token');
      await app.enter('Bearer token', 't');
      await app.pressOnce('button', 'Create destination', {
        sent: ['POST /v1/destinations {"name":"shop","url":"https://10.0.0.1/","auth":{"kind":"bearer","token":"t"}}'],
        shows: [`It ${message}.`],
      });
      expect([app.field(label).getAttribute('aria-invalid'), app.notices]).toEqual(['true', []]);
      expect(document.activeElement).toBe(app.field(label));
      await app.does({ hides: [`It ${message}.`] }, () => app.enter(/^Description/, 'Orders'));
    },
  );

  test('says at the name that it is taken, until it is another one', async () => {
    const app = await openConsole('/create-destination', {
      'POST /v1/destinations': new Refusal(409, 'A destination with this name exists.', { code: 'destination_exists' }),
    });
    await app.enter(/^Name/, 'shop');
    await app.enter('URL', 'https://shop.example/');
    const taken = 'A destination has this name already; choose another one.';
    await app.pressOnce('button', 'Create destination', {
      sent: ['POST /v1/destinations {"name":"shop","url":"https://shop.example/"}'],
      shows: [taken],
    });
    expect([app.field(/^Name/).getAttribute('aria-invalid'), app.notices]).toEqual(['true', []]);
    expect(document.activeElement).toBe(app.field(/^Name/));
    await app.does({ hides: [taken] }, () => app.enter(/^Name/, 'shop-2'));
  });

  test.each([
    ['/auth/name', 'Name of the header'],
    ['/auth/value', 'Value of the header'],
  ])('shows what the API finds wrong at %s of a header in the field %s', async (pointer, label) => {
    const app = await openConsole('/create-destination', { 'POST /v1/destinations': wrong(pointer, 'is odd') });
    await app.enter(/^Name/, 'shop');
    await app.enter('URL', 'https://shop.example/');
    await app.choose(/^Credentials/, 'A header of its own');
    await app.enter('Name of the header', 'host');
    await app.enter('Value of the header', 'v');
    const auth = '"auth":{"kind":"header","name":"host","value":"v"}';
    await app.pressOnce('button', 'Create destination', {
      sent: [`POST /v1/destinations {"name":"shop","url":"https://shop.example/",${auth}}`],
      shows: ['It is odd.'],
    });
    expect(app.field(label).getAttribute('aria-invalid')).toBe('true');
  });

  test('asks before it is left with something that is not saved', async () => {
    const app = await openConsole('/create-destination', { 'GET /v1/destinations': list('shop') });
    await app.enter('URL', 'https://shop.example/');
    await app.press('link', 'Cancel', { dialog: 'Leave without saving?' });
    await app.press('button', 'Keep editing', { dialog: null });
    await app.press('link', 'Cancel', { dialog: 'Leave without saving?' });
    await app.press('button', 'Discard', { dialog: null, page: '/console/destinations', rows: ['shop'] });
  });
});

describe('the page of a destination', () => {
  test('pauses and resumes', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const app = await openConsole(path, {
      ...record(),
      'POST /v1/destinations/{name}/pause': aDestination({ status: 'paused', pausedSince: at }),
      'POST /v1/destinations/{name}/resume': aDestination(),
    });
    const says = 'The destination is paused: deliveries to it wait until it is resumed. Paused 2 hours ago.';
    await app.press('button', 'Pause', { sent: [`POST ${api}/pause`], shows: [says, 'Resume'] });
    await app.press('button', 'Resume', { sent: [`POST ${api}/resume`], hides: [says] });
  });

  test.each([{}, { 'GET /v1/me': designer }])('attempts what waits (%j)', async (me) => {
    const app = await openConsole(path, {
      ...{ ...record(), ...me },
      'POST /v1/destinations/{name}/attempt': aDestination(),
    });
    await app.press('button', 'Attempt what waits', { sent: [`POST ${api}/attempt`] });
    const paused = await openConsole(path, { ...record({ status: 'paused', pausedSince: at }), ...me });
    expect([paused.text.includes('Resume'), paused.text.includes('Attempt what waits')]).toEqual([true, false]);
  });

  test('says why what waits can not be attempted', async () => {
    const detail = 'This destination is paused. Resume it: then what waits is attempted at once.';
    const app = await openConsole(path, {
      ...record(),
      'POST /v1/destinations/{name}/attempt': new Refusal(409, detail, { code: 'destination_paused' }),
    });
    await app.press('button', 'Attempt what waits', { sent: [`POST ${api}/attempt`], shows: [detail] });
  });

  test('shows what a test found, and then what the next one did', async () => {
    const app = await openConsole(path, {
      ...record(),
      'POST /v1/destinations/{name}/test': inTurn(
        { delivered: true, id: 'test_1', ms: 1234, status: 204 },
        {
          ...{ delivered: false, id: 'test_2', ms: 7, status: 400, answer: 'no\u202e', reason: 'status' },
          ...{ detail: 'Its own text.', facts: [{ code: 'destination_refused' as const, status: 400 }] },
        },
      ),
    });
    const took = 'The destination took the request: it answered 204.';
    await app.pressOnce('button', 'Test', { sent: [`POST ${api}/test`], shows: [took, '1,234 ms'] });
    await app.press('button', 'Test', {
      sent: [`POST ${api}/test`],
      shows: ['The destination answered 400. Only 2xx means that it took the request.', '7 ms', 'no⟨U+202E⟩'],
      hides: [],
    });
  });

  test('reveals, hides and copies the secret', async () => {
    const app = await openConsole(path, { ...record(), 'GET /v1/destinations/{name}/secret': { secret: 'whsec_1' } });
    await app.press('button', 'Reveal', { sent: [`GET ${api}/secret`], shows: ['whsec_1'] });
    await app.press('button', 'Hide', { hides: ['whsec_1'] });
    await app.press('button', 'Copy secret', { sent: [`GET ${api}/secret`], copied: 'whsec_1' });
  });

  const rotated = { secret: 'whsec_2', previous: { secret: 'whsec_1', expiresAt: at } };
  test('rotates the secret, with the time for which the earlier one signs too', async () => {
    const app = await openConsole(path, { ...record(), 'POST /v1/destinations/{name}/secret/rotate': rotated });
    await app.press('button', 'Rotate secret', { dialog: 'Rotate secret' });
    await app.press('button', 'Cancel', { dialog: null });
    await app.press('button', 'Rotate secret', { dialog: 'Rotate secret' });
    await app.choose(/^Sign with the current secret for/, '1 hour');
    await app.press('button', 'Rotate secret', {
      sent: [`POST ${api}/secret/rotate {"graceSeconds":3600}`],
      dialog: null,
    });
  });

  test('rotates the secret during a grace only by force, and says so', async () => {
    const signing = { createdAt: at, createdBy: 'Ada', previousUntil: '2099-01-01T00:00:00.000Z' };
    const app = await openConsole(path, {
      ...record({ signing }),
      'POST /v1/destinations/{name}/secret/rotate': rotated,
    });
    await app.press('button', 'Rotate secret', {
      dialog: 'Rotate secret',
      shows: ['An earlier rotation still runs: its previous secret ends now.'],
    });
    await app.press('button', 'Rotate secret', {
      sent: [`POST ${api}/secret/rotate {"graceSeconds":86400,"force":true}`],
      dialog: null,
    });
  });

  test('deletes the destination after a question, and leads to the list', async () => {
    const app = await openConsole(path, {
      ...record(),
      'GET /v1/destinations': list(),
      'DELETE /v1/destinations/{name}': null,
    });
    await app.press('button', 'Delete destination', { dialog: 'Delete shop?' });
    await app.press('button', 'Cancel', { dialog: null });
    await app.press('button', 'Delete destination', { dialog: 'Delete shop?' });
    await app.press('button', 'Delete destination', {
      sent: [`DELETE ${api} if-match "3"`],
      ...{ dialog: null, page: '/console/destinations', shows: ['No destinations yet'] },
    });
  });

  test('is deleted by somebody who has read which routes lead to it, and what waits', async () => {
    const app = await openConsole(path, {
      ...record({ routes: [{ connection: 'orders', rules: ['big', 'all'] }] }),
      'GET /v1/destinations': list(),
      'GET /v1/destinations/{name}/health': { state: 'failing', waiting: { count: 2_000, isMore: true } },
      'DELETE /v1/destinations/{name}': null,
    });
    await app.press('button', 'Delete destination', { dialog: 'Delete shop?' });
    expect(app.text).toContain('Routes of orders lead to it: rules big, all.');
    expect(app.text).toContain('More than 2,000 deliveries wait for it, and will not be sent.');
    await app.press('checkbox', /^Delete it with force/, { turns: 'on' });
    await app.press('button', 'Delete destination', {
      sent: [`DELETE ${api}?force=true if-match "3"`],
      ...{ dialog: null, page: '/console/destinations' },
    });
  });

  test('is deleted also if nobody can say what is lost', async () => {
    const app = await openConsole(path, {
      ...record(),
      'GET /v1/destinations/{name}': ({ query }) =>
        query.has('include') ? new Refusal(409, 'Not now.') : aDestination(),
      'GET /v1/destinations': list(),
      'GET /v1/destinations/{name}/health': new Refusal(409, 'Not now.'),
      'DELETE /v1/destinations/{name}': null,
    });
    await app.press('button', 'Delete destination', { dialog: 'Delete shop?' });
    expect(app.text).toContain('Which routes lead to it could not be read.What waits for it could not be read.');
    await app.press('button', 'Delete destination', {
      sent: [`DELETE ${api} if-match "3"`],
      ...{ dialog: null, page: '/console/destinations' },
    });
  });

  test('to which routes lead is deleted only with force, which is offered after the refusal', async () => {
    const detail = 'Routes lead to this destination: those of orders.';
    const app = await openConsole(path, {
      ...record(),
      'GET /v1/destinations': list(),
      'DELETE /v1/destinations/{name}': ({ query }) =>
        query.get('force') === 'true'
          ? null
          : new Refusal(409, detail, { code: 'destination_in_use', connections: ['orders'] }),
    });
    await app.press('button', 'Delete destination', { dialog: 'Delete shop?' });
    await app.pressOnce('button', 'Delete destination', {
      sent: [`DELETE ${api} if-match "3"`],
      shows: [detail, 'Delete it with force', 'What routes send to it then fails.'],
    });
    await app.press('checkbox', /^Delete it with force/, { turns: 'on' });
    await app.press('checkbox', /^Delete it with force/, { turns: 'off' });
    await app.press('checkbox', /^Delete it with force/, { turns: 'on' });
    await app.press('button', 'Delete destination', {
      sent: [`DELETE ${api}?force=true if-match "3"`],
      ...{ dialog: null, page: '/console/destinations', shows: ['No destinations yet'] },
    });
  });

  test('has its history on a tab, page by page', async () => {
    type Line = ApiAnswer<'GET /v1/destinations/{name}/history'>['items'][number];
    const line = (version: number, verb: Line['verb'], settings?: string[]): Line => ({
      ...{ version, verb, at, by: 'Ada', requestId: `r-${version}` },
      ...(settings && { settings }),
    });
    const app = await openConsole(path, {
      ...record(),
      'GET /v1/destinations/{name}/history': ({ query }) =>
        query.has('cursor')
          ? { items: [line(2, 'create')], nextCursor: null }
          : { items: [line(4, 'revealSecret'), line(3, 'edit', ['headers', 'url'])], nextCursor: 'n1' },
    });
    await app.press('tab', 'History', { page: `${page}/history`, turns: 'on', rows: ['Reveal secret', 'Edit'] });
    expect(app.text).toContain('the headers, the URL');
    await app.press('button', 'Load older entries', { rows: ['Reveal secret', 'Edit', 'Create'] });
    await app.press('tab', 'Destination', { page, turns: 'on', shows: ['Signing secret'] });
  });

  test('that could not be read is read again', async () => {
    const app = await openConsole(path, {
      'GET /v1/destinations/{name}': inTurn(new Refusal(500, 'Not now.'), aDestination()),
    });
    await app.press('button', 'Try again', { hides: ['Not now.'], shows: ['Signing secret'] });
  });

  test.each([path, form])('of one that is not there leads from %s to the list', async (missing) => {
    const app = await openConsole(missing, {
      'GET /v1/destinations/{name}': new Refusal(404, 'There is no destination of this name.'),
      'GET /v1/destinations': list('other'),
    });
    expect(app.text).toContain('There is no destination of this name.');
    await app.press('link', 'Go to the destinations', { page: '/console/destinations', rows: ['other'] });
  });
});

describe('Edit destination', () => {
  const full: Parameters<typeof aDestination>[0] = {
    ...{ authKind: 'bearer', headerNames: ['x-team', 'x-key'], rate: { perMinute: 100 }, concurrency: 4 },
    description: 'Orders',
  };
  const edit = async (
    enter: (app: OpenConsole) => Promise<void>,
    body: object,
    more: Parameters<typeof aDestination>[0] = full,
  ) => {
    const app = await openConsole(form, {
      ...record(more),
      'PATCH /v1/destinations/{name}': aDestination({ ...more, version: 4 }),
    });
    await enter(app);
    await app.press('button', 'Update', { sent: [`PATCH ${api} if-match "3" ${JSON.stringify(body)}`], page });
  };

  test('is where Edit leads, begins with what is shown of the destination, and Cancel leads back', async () => {
    const app = await openConsole(path, record(full));
    await app.press('link', 'Edit', { page: `${page}/edit`, shows: ['It is at https://shop.example.'] });
    const fields = ['URL', 'Seconds for an answer', 'Rate limit', 'Requests at once'];
    expect([/^Description/, ...fields].map((label) => app.field(label).value)).toEqual([
      'Orders',
      '',
      '15',
      '100',
      '4',
    ]);
    for (const text of ['As they are: Bearer token', 'requests a minute', 'Replace the headers (now x-team, x-key)'])
      expect(app.text).toContain(text);
    await app.press('link', 'Cancel', { page, shows: ['Signing secret'] });
  });

  test('sends nothing if nothing was changed', async () => {
    const app = await openConsole(form, record(full));
    await app.press('button', 'Update', { page });
  });

  test('sends only what was changed', () =>
    edit((app) => app.enter('URL', 'https://new.example/'), { url: 'https://new.example/' }));

  test('sends all that was changed', () =>
    edit(
      async (app) => {
        await app.enter(/^Description/, '');
        await app.choose(/^Credentials/, 'None');
        await app.choose(/^Method/, 'PATCH');
        await app.press('checkbox', /^Replace the headers/, { turns: 'on' });
        await app.enter('Seconds for an answer', '30');
        await app.choose(/^Rate limit Unit/, 'requests a second');
        await app.enter('Requests at once', '5');
        await app.enter('Hours for which a delivery is tried', '1');
        await app.enter('Waits between attempts', '1h');
        await app.enter('Answers after which a delivery is tried again', '503');
      },
      {
        ...{ description: '', method: 'PATCH', auth: { kind: 'none' }, headers: {}, timeoutSeconds: 30 },
        ...{ rate: { perSecond: 100 }, concurrency: 5, giveUpAfterHours: 1, schedule: [3_600], retryOn: ['503'] },
      },
    ));

  test('takes an emptied limit away', () =>
    edit(
      async (app) => {
        await app.enter('Rate limit', '');
        await app.enter('Requests at once', '');
      },
      { rate: null, concurrency: null },
    ));

  test('adds headers and limits to a destination without any', () =>
    edit(
      async (app) => {
        await app.enter('Headers', 'x-team: payments');
        await app.enter('Rate limit', '5');
      },
      { headers: { 'x-team': 'payments' }, rate: { perSecond: 5 } },
      {},
    ));

  test('keeps the headers if they are to stay after all, and what is needed', async () => {
    const app = await openConsole(form, record(full));
    await app.press('checkbox', /^Replace the headers/, { turns: 'on', shows: ['One per line'] });
    await app.press('checkbox', /^Replace the headers/, { turns: 'off', hides: ['One per line'] });
    await app.enter('Seconds for an answer', '');
    await app.enter('Hours for which a delivery is tried', '');
    await app.press('button', 'Update', { shows: ['Enter a number.'] });
    expect(app.text.split('Enter a number.')).toHaveLength(3);
  });

  test('takes over what somebody else changed, and keeps what was entered', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const change = { version: 5, updatedBy: 'op_0', updatedAt: '2026-11-26T11:58:00.000Z' };
    const theirs = aDestination({ ...change, timeoutSeconds: 9, description: 'Theirs' });
    const app = await openConsole(form, {
      'GET /v1/destinations/{name}': inTurn(aDestination(), theirs),
      'PATCH /v1/destinations/{name}': inTurn(
        new Refusal(412, 'It has version 5, not 3.', { code: 'version_mismatch', version: 5, wanted: 3 }),
        aDestination({ version: 6 }),
      ),
    });
    await app.enter('Requests at once', '4');
    await app.pressOnce('button', 'Update', {
      sent: [`PATCH ${api} if-match "3" {"concurrency":4}`],
      shows: [
        'The destination was changed in the meantime',
        'Zoe op_0, 2 minutes ago',
        'is still here, and is not saved',
      ],
    });
    expect(app.text).toContain('was changed in the meantime');
    expect(app.text).not.toContain('Somebody else changed this');
    expect(
      [/^Description/, 'Seconds for an answer', 'Requests at once'].map((label) => app.field(label).value),
    ).toEqual([...['Theirs', '9', '4']]);
    await app.pressOnce('button', 'Update', { sent: [`PATCH ${api} if-match "5" {"concurrency":4}`], page });
  });

  test('gives a flow designer who opens its page no form', async () => {
    const app = await openConsole(form, { 'GET /v1/me': designer, ...record() });
    expect(app.notices).toEqual(['Only a connection admin can change destinations.Go to the destination']);
    await app.press('link', 'Go to the destination', { page, shows: ['Signing secret'] });
  });

  test('of a destination that could not be read is read again', async () => {
    const app = await openConsole(form, {
      'GET /v1/destinations/{name}': inTurn(new Refusal(500, 'Not now.'), aDestination()),
    });
    await app.press('button', 'Try again', { hides: ['Not now.'], shows: ['More settings'] });
  });
});
