/** The setup in one step: what it sends in which order, where it goes on after a failure, and how it greets the first webhook. */
import { describe, expect, test } from '@jest/globals';
import type { ApiAnswer } from '../../../../shared/operators/api/api-client.ts';
import { type Answers, inTurn, Refusal } from './given-api.ts';
import { stopClock } from './given-clock.ts';
import { openConsole } from './given-console.ts';
import { anEvent, designer, providers, shop, tokenOf, unconfigured } from './given-records.ts';

const path = '/connections/shop/setup';
const api = '/v1/connections/shop/endpoint';

/** The endpoint without a token, and with one that is not active yet. */
const configured = (secretFrom: 'operator' | 'sender' | 'handshake' = 'operator') =>
  shop(
    { status: 'configured', allowedActions: ['edit', 'configure', 'generateToken'] },
    { status: 'configured', tokens: [], secretFrom },
  );
const withToken = () =>
  shop(
    { status: 'configured', allowedActions: ['edit', 'configure', 'activate', 'revealToken'] },
    { status: 'configured' },
  );

const none = { items: [], nextCursor: null };
const noEvents = { ...none, upTo: '2026-11-26T10:00:00.000Z' };
const noRejections = { ...none, asOf: '2026-11-26T10:00:00.000Z' };

/** What is answered while everything works. */
const works: Answers = {
  'POST /v1/connections': unconfigured(),
  'GET /v1/connections/{name}': unconfigured(),
  'PUT /v1/connections/{name}/endpoint': configured(),
  'POST /v1/connections/{name}/endpoint/token': tokenOf(withToken()),
  'POST /v1/connections/{name}/endpoint/activate': shop(),
  'GET /v1/connections/{name}/endpoint/token': tokenOf(shop()),
  'GET /v1/connections/{name}/events': noEvents,
  'GET /v1/connections/{name}/rejections': noRejections,
};

type ListedEvent = ApiAnswer<'GET /v1/connections/{name}/events'>['items'][number];
const listed = (id: string, more: Partial<ListedEvent> = {}): ListedEvent => {
  const { endpointId, tokenId, method, type, receivedAt, size } = anEvent(id);
  return { id, endpointId, tokenId, method, type, receivedAt, size, ...more };
};

test('Create and activate does all, and shows what to enter at the sender', async () => {
  const app = await openConsole('/create', works);
  await app.enter(/^Name/, 'shop');
  await app.choose(/^Provider/, 'Acme');
  const did = {
    sent: [
      'POST /v1/connections {"name":"shop","provider":"acme","description":""}',
      `PUT ${api}`,
      `POST ${api}/token`,
      `POST ${api}/activate`,
      `GET ${api}/token`,
    ],
    page: `/console${path}`,
    shows: ['The endpoint is active.', 'What to enter at Acme', 'Waiting for the first webhook.'],
  };
  await app.does(did, () => app.user.click(app.control('button', 'Create and activate')));
  expect(app.field('URL').value).toBe('https://hooks.example/hooks/shop/e1?key=••••••');
  expect([app.titles[1], app.crumbs]).toEqual(['Set up: shop Acme', 'Connections > shop > [Set up]']);
  await app.press('button', 'Copy the URL', { copied: 'https://hooks.example/hooks/shop/e1?key=the-token' });
  await app.press('button', 'Copy token', { copied: 'the-token' });
  await app.press('button', 'Reveal', { shows: ['the-token'] });
  await app.press('link', 'Go to the connection', { page: '/console/connections/shop', shows: ['Settings in force'] });
});

describe('a step that fails', () => {
  /** The step, what is refused, the record by then, and the requests that are left. */
  const failures: [string, keyof Answers, ReturnType<typeof shop>, string[]][] = [
    [
      'Configure the endpoint',
      'PUT /v1/connections/{name}/endpoint',
      unconfigured(),
      [`PUT ${api}`, `POST ${api}/token`, `POST ${api}/activate`, `GET ${api}/token`],
    ],
    [
      'Generate the token',
      'POST /v1/connections/{name}/endpoint/token',
      configured(),
      [`POST ${api}/token`, `POST ${api}/activate`, `GET ${api}/token`],
    ],
    ['Activate the endpoint', 'POST /v1/connections/{name}/endpoint/activate', withToken(), [`POST ${api}/activate`]],
  ];

  test.each(failures)('is named, and the rest is done from there: %s', async (step, route, byThen, rest) => {
    const app = await openConsole('/create', { ...works, [route]: new Refusal(500, 'Not now.') });
    await app.enter(/^Name/, 'shop');
    await app.choose(/^Provider/, 'Acme');
    app.api.answer({ 'GET /v1/connections/{name}': byThen });
    await app.user.click(app.control('button', 'Create and activate'));
    await app.shows(`“${step}” did not work. What was done before it stays, and “Go on” begins there.`);
    expect(app.text).toContain(`${step}: failed`);
    app.api.answer({ [route]: works[route] });
    await app.pressOnce('button', 'Go on', {
      sent: rest,
      shows: ['The endpoint is active.'],
      hides: ['Not now.', `${step}: failed`],
    });
  });
});

test('who comes back finds what is left, and begins it', async () => {
  const app = await openConsole(path, { ...works, 'GET /v1/connections/{name}': withToken() });
  expect(app.text).toContain('Generate the token: done');
  expect(app.text).toContain('Activate the endpoint: not done yet');
  expect(app.text).toContain('What is done stays. “Go on” does the rest.');
  await app.press('button', 'Go on', { sent: [`POST ${api}/activate`], shows: ['The endpoint is active.'] });
  // The token was made before: it is not shown, but who asks gets it.
  expect(app.isOffered('button', 'Reveal')).toBe(true);
  expect(app.field('Endpoint URL').value).toBe('https://hooks.example/hooks/shop/e1?key=••••••');
});

test('a secret that the sender makes is pasted when the URL is there', async () => {
  const pay = { provider: 'pay' };
  const waiting = shop(pay, { tokens: [], secretFrom: 'sender' });
  const app = await openConsole(path, {
    ...works,
    'GET /v1/connections/{name}': unconfigured(pay),
    'PUT /v1/connections/{name}/endpoint': { ...configured('sender'), ...pay },
    'POST /v1/connections/{name}/endpoint/activate': waiting,
  });
  expect(['Configure the endpoint', 'Generate the token'].map((step) => app.text.includes(step))).toEqual([
    true,
    false,
  ]);
  await app.pressOnce('button', 'Go on', {
    sent: [`PUT ${api}`, `POST ${api}/activate`],
    shows: [
      'Every webhook is refused until the secret of PayCo is here',
      'What to enter at PayCo',
      'Paste the secret that PayCo shows',
    ],
  });
});

test('a connection without an endpoint leads there, and so does a name that is taken', async () => {
  const app = await openConsole('/connections/shop', works);
  await app.press('link', 'Set up in one step', {
    page: `/console${path}`,
    shows: ['“Go on” does these steps, with the defaults of the provider.'],
  });
  app.api.answer({ 'POST /v1/connections': new Refusal(409, 'Taken.', { code: 'connection_exists' }) });
  await app.goTo('/create');
  await app.enter(/^Name/, 'shop');
  await app.choose(/^Provider/, 'Acme');
  await app.user.click(app.control('button', 'Create and activate'));
  await app.shows('Set up the existing connection shop');
  await app.press('link', 'Set up the existing connection shop', {
    page: `/console${path}`,
    shows: ['“Go on” does these steps, with the defaults of the provider.'],
  });
});

test.each<[string, Answers]>([
  ['the connection', { 'GET /v1/connections/{name}': inTurn(new Refusal(500, 'Not now.'), unconfigured()) }],
  ['the provider', { 'GET /v1/providers/{id}': inTurn(new Refusal(500, 'Not now.'), providers.acme) }],
])('%s that could not be read is read again', async (_, answers) => {
  const app = await openConsole(path, { ...works, ...answers });
  await app.press('button', 'Try again', {
    hides: ['Not now.'],
    shows: ['“Go on” does these steps, with the defaults of the provider.'],
  });
});

test('a flow designer is told who can', async () => {
  const bare = unconfigured({ allowedActions: [] });
  const app = await openConsole(path, { 'GET /v1/me': designer, 'GET /v1/connections/{name}': bare });
  expect(app.notices).toEqual(['Only a connection admin can set up an endpoint.Go to the connection']);
  await app.press('link', 'Go to the connection', {
    page: '/console/connections/shop',
    shows: ['A connection admin can configure one.'],
  });
  expect(app.isOffered('button', 'Set up in one step')).toBe(false);
});

describe('the first webhook', () => {
  const active: Answers = { ...works, 'GET /v1/connections/{name}': shop() };

  test('is greeted when it is there, and a test of an operator is none', async () => {
    const events = inTurn(
      { ...noEvents, items: [listed('evt_0', { test: true })] },
      { ...noEvents, items: [listed('evt_1'), listed('evt_0', { test: true })] },
    );
    stopClock('2026-11-26T12:00:00.000Z');
    const app = await openConsole(path, {
      ...active,
      'GET /v1/connections/{name}/events': events,
      'GET /v1/connections/{name}/events/{id}': anEvent('evt_1'),
    });
    expect(app.text).toContain('Waiting for the first webhook.');
    await app.comeBack();
    await app.shows('A webhook of the type order.paid has come. It was verified and stored.');
    await app.press('link', 'Show the event', { page: '/console/connections/shop/events/evt_1' });
  });

  test('of which nobody can know says so, and is looked for again', async () => {
    const events = inTurn(new Refusal(500, 'Not now.'), { ...noEvents, items: [listed('evt_1')] });
    const app = await openConsole(path, { ...active, 'GET /v1/connections/{name}/events': events });
    await app.shows('Whether a webhook has come could not be read');
    expect(app.text.includes('Waiting for the first webhook.')).toBe(false);
    await app.press('button', 'Try again', {
      hides: ['Not now.'],
      shows: ['A webhook of the type order.paid has come. It was verified and stored.'],
    });
  });

  test('that is refused is explained', async () => {
    const app = await openConsole(path, {
      ...active,
      'GET /v1/connections/{name}/rejections': {
        ...noRejections,
        items: [
          {
            minute: '2026-11-26T10:00Z',
            reason: 'token_missing' as const,
            count: 2,
            explanation: 'The request has no token.',
            facts: [{ code: 'token_missing' as const }],
          },
        ],
      },
    });
    expect(app.text).toContain('2 webhooks were refused: Token missing');
    await app.press('link', 'All rejections', { page: '/console/connections/shop/rejections' });
  });
});
