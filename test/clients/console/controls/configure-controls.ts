/** The form "Configure endpoint". */
import { describe, expect, test } from '@jest/globals';
import type { Verb } from '../../../../shared/endpoints/endpoint/lifecycle.ts';
import { type Answers, inTurn, Refusal, refusal } from './given-api.ts';
import { stopClock } from './given-clock.ts';
import { type OpenConsole, openConsole } from './given-console.ts';
import { type Connection, designer, inactive, providers, shop, tokenOf, unconfigured } from './given-records.ts';

const page = '/console/connections/shop';
const path = '/connections/shop/configure';
const endpoint = '/v1/connections/shop/endpoint';

/** Configured, but never active: no URL and no token. */
const configured = (change = {}, more = {}) =>
  shop(
    {
      status: 'configured',
      version: 4,
      allowedActions: ['configure', 'generateToken', 'revealToken', 'activate'],
      ...more,
    },
    { status: 'configured', url: null, tokens: [], ...change },
  );

test('Cancel leads back, and sends nothing', async () => {
  const app = await openConsole(path, { 'GET /v1/connections/{name}': unconfigured() });
  await app.press('link', 'Cancel', { page, shows: ['This connection has no endpoint'] });
});

test('Save without activating saves the places of the token', async () => {
  const app = await openConsole(path, {
    'GET /v1/connections/{name}': unconfigured(),
    'PUT /v1/connections/{name}/endpoint': configured(),
  });
  await app.add(/^Places for the token/, 'In the URL, as its last segment');
  await app.press('button', 'Save without activating', {
    sent: [
      `PUT ${endpoint} if-match "3" {"auth":{"kind":"token","accept":[{"in":"header","name":"authorization","scheme":"Bearer"},{"in":"query","name":"token"},{"in":"path"}]}}`,
    ],
    page,
  });
});

test('a token is generated, which saves the form first, and the endpoint is activated', async () => {
  const app = await openConsole(path, {
    'GET /v1/connections/{name}': unconfigured(),
    'PUT /v1/connections/{name}/endpoint': configured(),
    'POST /v1/connections/{name}/endpoint/token': tokenOf(configured({ tokens: shop().endpoint?.tokens })),
    'GET /v1/connections/{name}/endpoint/token': tokenOf(configured({ tokens: shop().endpoint?.tokens })),
    'POST /v1/connections/{name}/endpoint/activate': shop(),
  });
  expect(app.isOffered('button', 'Activate')).toBe(false);
  await app.press('button', 'Generate token', {
    sent: [`PUT ${endpoint} if-match "3"`, `POST ${endpoint}/token`],
    shows: ['You can copy the token now'],
  });
  // The form is still the one that makes the endpoint, and the token that it made is not offered for its removal.
  const { titles, text } = app;
  expect(titles[1]).toMatch(/^Configure endpoint: shop Provider: Acme. Its defaults are set/);
  expect(text.includes('Remove the token')).toBe(false);
  await app.press('button', 'Reveal', { sent: [`GET ${endpoint}/token`], shows: ['the-token'] });
  await app.press('button', 'Activate', { sent: [`POST ${endpoint}/activate`], page });
});

test('a sender’s secret is saved with the form, and activated before there is an endpoint', async () => {
  const signed = { secretFrom: 'sender', auth: { kind: 'signature', scheme: 'stripe' } };
  const app = await openConsole(path, {
    'GET /v1/connections/{name}': unconfigured({ provider: 'pay' }),
    'PUT /v1/connections/{name}/endpoint': configured(signed, { provider: 'pay' }),
    'POST /v1/connections/{name}/endpoint/token': tokenOf(
      configured({ ...signed, tokens: shop().endpoint?.tokens }, { provider: 'pay' }),
    ),
    'POST /v1/connections/{name}/endpoint/activate': shop({ provider: 'pay' }),
  });
  await app.enter('Paste the secret that PayCo shows', 'whsec_1');
  await app.press('button', 'Activate', {
    sent: [
      ...[`PUT ${endpoint} if-match "3"`, `POST ${endpoint}/token {"value":"whsec_1"}`, `POST ${endpoint}/activate`],
    ],
    page,
  });
});

test.each([
  ['no place', providers.acme, 'If empty, each webhook is stored, a repeat too.'],
  [
    'a place',
    { ...providers.acme, dedupe: { by: 'header', name: 'x-id' } } as const,
    'If empty, the id is where the provider puts it.',
  ],
])('a provider with %s for the delivery id says what an empty field means', async (_, provider, shown) => {
  const answers = { 'GET /v1/connections/{name}': shop(), 'GET /v1/providers/{id}': provider };
  expect((await openConsole(path, answers)).text).toContain(shown);
});

describe('Enter', () => {
  const days = 'Retention in days';
  const setting = (version: number) => `PUT ${endpoint} if-match "${version}" {"retentionDays":7}`;
  const withoutToken = configured({}, { allowedActions: ['configure', 'generateToken'] });
  const answers = (record: Connection): Answers => ({
    'GET /v1/connections/{name}': record,
    'PUT /v1/connections/{name}/endpoint': record,
    'POST /v1/connections/{name}/endpoint/token': tokenOf(configured({ tokens: shop().endpoint?.tokens })),
    'POST /v1/connections/{name}/endpoint/activate': shop(),
  });
  const pressIn = (app: OpenConsole, label: string) => async () => {
    app.field(label).focus();
    await app.user.keyboard('{Enter}');
  };

  test.each([
    ['updates an active endpoint', shop(), [setting(3)]],
    ['activates an inactive one', inactive(), [setting(4), `POST ${endpoint}/activate`]],
  ])('in a field %s', async (_, record, sent) => {
    const app = await openConsole(path, answers(record));
    await app.enter(days, '7');
    await app.does({ sent, page }, pressIn(app, days));
  });

  test('in a field asks before it removes the token of an active endpoint', async () => {
    const app = await openConsole(path, answers(shop()));
    await app.press('checkbox', 'Remove the token', { turns: 'on' });
    await app.does({ dialog: 'Update and deactivate?' }, pressIn(app, days));
  });

  test('in the field of a secret saves it, then activates', async () => {
    const app = await openConsole(path, answers(withoutToken));
    await app.press('button', 'Use a secret that Acme has', { shows: ['Secret from Acme'] });
    expect(app.isOffered('button', 'Activate')).toBe(false);
    await app.enter('Secret from Acme', 's-1');
    expect(app.isOffered('button', 'Activate')).toBe(true);
    const sent = [`POST ${endpoint}/token {"value":"s-1"}`, `POST ${endpoint}/activate`];
    await app.does({ sent, page }, pressIn(app, 'Secret from Acme'));
  });

  test.each([
    ['without a token', withoutToken],
    ['before the first configuration', unconfigured()],
  ])('%s sends nothing, as Activate is disabled', async (_, record) => {
    const app = await openConsole(path, answers(record));
    await app.enter(days, '7');
    await pressIn(app, days)();
    await app.settle();
    expect([app.isOffered('button', 'Activate'), app.api.acts]).toEqual([false, []]);
  });

  test('is a new line in a field with several, and sends nothing in a list', async () => {
    const app = await openConsole(path, answers(shop()));
    await pressIn(app, 'Allowed addresses')();
    expect(app.field('Allowed addresses').value).toBe('\n');
    app.control('button', /^Methods/).focus();
    await app.user.keyboard('{Enter}');
    await app.settle();
    expect([location.pathname, app.api.acts]).toEqual([`${page}/configure`, []]);
  });

  test.each([
    ['Update', shop()],
    ['Activate', inactive()],
    ['Activate', withoutToken],
    ['Activate', unconfigured()],
    ['Activate', unconfigured({ provider: 'pay' })],
    ['Activate', unconfigured({ provider: 'tasks' })],
  ])('is the button %s alone', async (button, record) => {
    const app = await openConsole(path, answers(record));
    for (const opens of ['Use a secret that Acme has'].filter((each) => app.text.includes(each)))
      await app.press('button', opens, { shows: ['Secret from Acme'] });
    const submits = document.querySelectorAll('form button[type=submit]');
    expect([...submits].map(({ textContent }) => textContent)).toEqual([expect.stringMatching(`^${button}`)]);
  });
});

describe('More settings', () => {
  test('opens, and leads to the description of the API', async () => {
    const app = await openConsole(path, { 'GET /v1/connections/{name}': unconfigured() });
    await app.press('button', 'More settings', { turns: 'on' });
    await app.press('link', /^description of the API/, { opens: '/docs' });
  });

  test('are sent as they were entered', async () => {
    const app = await openConsole(path, {
      'GET /v1/connections/{name}': unconfigured(),
      'PUT /v1/connections/{name}/endpoint': configured(),
    });
    await app.enter('Allowed addresses', '192.0.2.0/24\n198.51.100.7');
    await app.enter('Retention in days', '7');
    await app.add(/^Methods/, 'PUT');
    await app.enter('Header with the delivery id', 'X-Delivery');
    await app.press('checkbox', /^Exact bytes on the bus/, { turns: 'on' });
    await app.enter(/^Other settings as JSON/, '{"alerts": null}');
    await app.press('button', 'Save without activating', {
      sent: [
        `PUT ${endpoint} if-match "3" ${JSON.stringify({
          allowFrom: ['192.0.2.0/24', '198.51.100.7'],
          retentionDays: 7,
          methods: ['PUT'],
          dedupe: { by: 'header', name: 'x-delivery' },
          raw: true,
          alerts: null,
        })}`,
      ],
      page,
    });
  });
});

describe('a field with an error', () => {
  const retention = 'Retention in days';
  const focused = () => (document.activeElement as HTMLInputElement | null)?.value;
  const isOpen = (app: Awaited<ReturnType<typeof openConsole>>) =>
    app.control('button', 'More settings').getAttribute('aria-expanded');

  test('is shown and focused if the form is sent, and sends nothing', async () => {
    const app = await openConsole(path, { 'GET /v1/connections/{name}': shop() });
    await app.enter(retention, '0');
    expect(isOpen(app)).toBe('false');
    await app.user.click(app.control('button', 'Update'));
    await app.settle();
    expect([isOpen(app), focused(), app.api.acts]).toEqual(['true', '0', []]);
  });

  test.each([
    [
      'allowFrom',
      '/allowFrom/1',
      'Allowed addresses',
      '192.0.2.1\nhere',
      'must be an address',
      'here must be an address.',
    ],
    ['auth', '/auth/accept/0', null, '', 'is not possible', 'It is not possible.'],
    ['methods', '/methods/0', null, '', 'has no such method', 'It has no such method.'],
    ['retentionDays', '/retentionDays', retention, '300', 'must be at most 200', 'It must be at most 200.'],
    ['raw', '/raw', null, '', 'excludes split', 'It excludes split.'],
    ['dedupe', '/dedupe/name', 'Header with the delivery id', 'x-a', 'is taken', 'It is taken.'],
    [
      'dedup',
      '/dedup',
      /^Other settings as JSON/,
      '{"dedup":1}',
      'is unknown; did you mean dedupe?',
      'dedup is unknown; did you mean dedupe?',
    ],
    [
      '',
      undefined,
      /^Other settings as JSON/,
      '{"dedupe2":1}',
      'has no field "dedupe2"; it takes auth',
      'This JSON has no field "dedupe2"; it takes auth.',
    ],
    [
      'alerts.silence',
      '/alerts/silence',
      /^Other settings as JSON/,
      '{"alerts":{"silence":1}}',
      'must be an object',
      'alerts.silence must be an object.',
    ],
  ])(
    '%s that the API refuses is shown where it is, until it is changed',
    async (settingPath, pointer, label, value, message, shown) => {
      const errors = [{ path: settingPath, ...(pointer !== undefined && { pointer }), message }];
      const app = await openConsole(path, {
        'GET /v1/connections/{name}': shop(),
        'PUT /v1/connections/{name}/endpoint': inTurn(
          new Refusal(422, `${settingPath} in the body ${message}.`, { code: 'invalid_request', errors }),
          shop({ version: 8 }),
        ),
      });
      // A list of choices has no text to enter.
      if (label === null) await app.enter('Retention in days', '7');
      else await app.enter(label, value);
      await app.pressOnce('button', 'Update', {
        sent: [expect.stringMatching(/^PUT /) as unknown as string],
        shows: [shown],
      });
      const isAbove = settingPath === 'auth';
      const seen = [isOpen(app), label === null ? value : focused(), app.text.includes('in the body')];
      expect(seen).toEqual([String(!isAbove), value, false]);
      await app.enter(label ?? 'Retention in days', label === null ? '8' : value.replace('here', '192.0.2.2'));
      expect(app.text.includes(shown)).toBe(false);
    },
  );
});

describe('Update', () => {
  const answers = {
    'GET /v1/connections/{name}': shop(),
    'DELETE /v1/connections/{name}/endpoint/token': inactive({ tokens: [] }),
    'PUT /v1/connections/{name}/endpoint': shop({ version: 8 }),
  };

  test('says that the endpoint needs another token before it can be activated again', async () => {
    const app = await openConsole(path, answers);
    await app.press('checkbox', 'Remove the token', { turns: 'on' });
    const shows = ['until the endpoint has another token and you activate it again'];
    await app.press('button', 'Update', { dialog: 'Update and deactivate?', shows });
  });

  test('removes the token at the version that the settings made, after a question', async () => {
    const app = await openConsole(path, answers);
    await app.enter('Retention in days', '7');
    await app.press('checkbox', 'Remove the token', { turns: 'on' });
    await app.press('button', 'Update', { dialog: 'Update and deactivate?' });
    await app.press('button', 'Cancel', { dialog: null });
    await app.press('button', 'Update', { dialog: 'Update and deactivate?' });
    const settings = `PUT ${endpoint} if-match "3" {"retentionDays":7}`;
    app.api.refuseNext();
    await app.pressOnce('button', 'Update', { sent: [settings], dialog: null, shows: [refusal.detail] });
    await app.press('button', 'Update', { dialog: 'Update and deactivate?' });
    const sent = [settings, `DELETE ${endpoint}/token if-match "8"`];
    await app.pressOnce('button', 'Update', { sent, dialog: null, page });
  });

  test('removes the token of an inactive endpoint, which then can’t be activated beside it', async () => {
    const app = await openConsole(path, { ...answers, 'GET /v1/connections/{name}': inactive() });
    await app.press('checkbox', 'Remove the token', { turns: 'on', hides: ['Activate'] });
    await app.press('checkbox', 'Remove the token', { turns: 'off', shows: ['Activate'] });
    await app.press('checkbox', 'Remove the token', { turns: 'on', hides: ['Activate'] });
    await app.press('button', 'Update', { sent: [`DELETE ${endpoint}/token if-match "4"`], page });
  });

  test('no longer removes the token once somebody else did', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const app = await openConsole(path, {
      ...answers,
      'GET /v1/connections/{name}': inTurn(inactive(), inactive({ tokens: [] })),
    });
    await app.press('checkbox', 'Remove the token', { turns: 'on', hides: ['Activate'] });
    await app.does({ hides: ['Remove the token'], shows: ['Activate'] }, () => app.comeBack());
    await app.press('button', 'Update', { page });
  });

  test('is of the version that the form began with, so that it overwrites nothing that came since', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const theirs = shop({ version: 5 }, { retentionDays: 9 });
    const app = await openConsole(path, { ...answers, 'GET /v1/connections/{name}': inTurn(shop(), theirs) });
    await app.enter('Retention in days', '7');
    await app.comeBack();
    expect(app.api.reads.filter((each) => each === 'GET /v1/connections/shop')).toHaveLength(2);
    app.api.refuseNext();
    const sent = [`PUT ${endpoint} if-match "3" {"retentionDays":7}`];
    await app.pressOnce('button', 'Update', { sent, shows: [refusal.detail] });
  });

  test('that somebody else preceded keeps what was entered, and then works at the new version', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const change = { version: 5, updatedBy: 'op_0', updatedAt: '2026-11-26T11:58:00.000Z' };
    const app = await openConsole(path, {
      ...answers,
      'GET /v1/connections/{name}': inTurn(shop(), shop(change)),
      'PUT /v1/connections/{name}/endpoint': inTurn(
        new Refusal(412, 'It has version 5, not 3.', { code: 'version_mismatch', version: 5, wanted: 3 }),
        shop({ version: 6 }),
      ),
    });
    await app.enter('Retention in days', '7');
    await app.pressOnce('button', 'Update', {
      sent: [`PUT ${endpoint} if-match "3" {"retentionDays":7}`],
      shows: ['The endpoint was changed in the meantime', 'Zoe op_0, 2 minutes ago', 'is still here, and is not saved'],
    });
    expect(app.text).toContain('was changed in the meantime');
    expect(app.text).not.toContain('Somebody else changed this');
    await app.pressOnce('button', 'Update', { sent: [`PUT ${endpoint} if-match "5" {"retentionDays":7}`], page });
  });
});

describe('after a button that stays on the page, the next one sends only what is new:', () => {
  const allowedActions: Verb[] = ['configure', 'generateToken'];
  let retentionDays = 30;
  const answers: Answers = {
    'GET /v1/connections/{name}': { ...inactive({ tokens: [] }), allowedActions },
    'PUT /v1/connections/{name}/endpoint': ({ body }) => {
      ({ retentionDays } = body as { retentionDays: number });
      return { ...inactive({ tokens: [], retentionDays }), allowedActions };
    },
    'POST /v1/connections/{name}/endpoint/token': () => tokenOf(inactive({ retentionDays })),
    'POST /v1/connections/{name}/endpoint/activate': shop(),
  };
  const save = async (app: OpenConsole, sent: string[]) => {
    await app.press('button', 'Use a secret that Acme has', { shows: ['Secret from Acme'] });
    await app.enter('Secret from Acme', 's-1');
    await app.pressOnce('button', 'Save the secret', { sent, shows: ['Reveal'] });
    expect(app.text).toContain('Reveal');
    expect(app.text).not.toContain('Generated.');
  };
  const setting = (version: number, days: number) => `PUT ${endpoint} if-match "${version}" {"retentionDays":${days}}`;
  const secret = `POST ${endpoint}/token {"value":"s-1"}`;

  test('a secret, then the activation', async () => {
    const app = await openConsole(path, answers);
    await save(app, [secret]);
    await app.pressOnce('button', 'Activate', { sent: [`POST ${endpoint}/activate`], page });
  });

  test('a setting with a secret, then another setting', async () => {
    const app = await openConsole(path, answers);
    await app.enter('Retention in days', '7');
    await save(app, [setting(4, 7), secret]);
    await app.enter('Retention in days', '8');
    await app.pressOnce('button', 'Update', { sent: [setting(6, 8)], page });
  });

  test('a setting with a generated token, then another setting', async () => {
    const app = await openConsole(path, answers);
    await app.enter('Retention in days', '7');
    await app.pressOnce('button', 'Generate token', {
      sent: [setting(4, 7), `POST ${endpoint}/token`],
      shows: ['Reveal'],
    });
    await app.enter('Retention in days', '8');
    await app.pressOnce('button', 'Update', { sent: [setting(6, 8)], page });
  });
});

test.each([
  ['the connection', { 'GET /v1/connections/{name}': inTurn(new Refusal(500, 'Not now.'), unconfigured()) }],
  [
    'the provider',
    {
      'GET /v1/connections/{name}': unconfigured(),
      'GET /v1/providers/{id}': inTurn(new Refusal(500, 'Not now.'), providers.acme),
    },
  ],
])('if %s could not be read, it is read again', async (_, answers) => {
  const app = await openConsole(path, answers);
  await app.press('button', 'Try again', { hides: ['Not now.'], shows: ['Places for the token'] });
});

test('a token that was made is there, and its endpoint inactive, which Cancel says', async () => {
  const made = configured({ tokens: shop().endpoint?.tokens });
  const app = await openConsole(path, {
    'GET /v1/connections/{name}': unconfigured(),
    'PUT /v1/connections/{name}/endpoint': configured(),
    'POST /v1/connections/{name}/endpoint/token': tokenOf(made),
  });
  const sent = [`PUT ${endpoint} if-match "3"`, `POST ${endpoint}/token`];
  await app.press('button', 'Generate token', { sent });
  await app.press('link', 'Cancel', {
    dialog: 'Leave without activating?',
    shows: ['The settings and the token are saved, and stay.'],
  });
  await app.press('button', 'Keep editing', { dialog: null });
  await app.enter('Retention in days', '7');
  await app.press('link', 'Cancel', { dialog: 'Leave without saving?' });
  await app.press('button', 'Keep editing', { dialog: null });
  await app.enter('Retention in days', '30');
  await app.press('link', 'Cancel', { dialog: 'Leave without activating?' });
  await app.press('button', 'Leave', { page, dialog: null, shows: ['Status'] });
});

describe('what is not saved', () => {
  const leave = 'Leave without saving?';

  test.each<[string, (app: OpenConsole) => Promise<void>]>([
    ['a setting', (app) => app.enter('Retention in days', '7')],
    ['a place of the token', (app) => app.add(/^Places for the token/, 'In the URL, as its last segment')],
  ])('is not lost without a question: %s', async (_, change) => {
    const app = await openConsole(path, { 'GET /v1/connections/{name}': unconfigured() });
    await change(app);
    await app.press('link', 'Cancel', { dialog: leave });
    await app.press('button', 'Keep editing', { dialog: null });
    await app.press('link', 'Hooklatch', { dialog: leave });
    await app.press('button', 'Keep editing', { dialog: null });
    await app.press('link', 'Cancel', { dialog: leave });
    await app.press('button', 'Discard', { page, dialog: null, shows: ['This connection has no endpoint'] });
  });

  test('is not lost by a sign-out without a question', async () => {
    const app = await openConsole(path, { 'GET /v1/connections/{name}': unconfigured() });
    await app.enter('Retention in days', '7');
    await app.press('button', /^Ada/, { turns: 'on' });
    await app.press('menuitem', 'Sign out', { dialog: leave });
    await app.press('button', 'Keep editing', { dialog: null });
    await app.press('button', /^Ada/, { turns: 'on' });
    await app.press('menuitem', 'Sign out', { dialog: leave });
    await app.press('button', 'Discard', { dialog: null, shows: ['Sign in to Hooklatch'] });
  });

  test('may be a pasted secret, or the removal of a token', async () => {
    const app = await openConsole(path, { 'GET /v1/connections/{name}': unconfigured({ provider: 'pay' }) });
    await app.enter('Paste the secret that PayCo shows', 'whsec_1');
    await app.press('link', 'Cancel', { dialog: leave });
    const other = await openConsole(path, { 'GET /v1/connections/{name}': inactive() });
    await other.press('checkbox', /^Remove the token/, { turns: 'on' });
    await other.press('link', 'Cancel', { dialog: leave });
  });

  test('makes the browser ask before the console itself is left, and only then', async () => {
    const app = await openConsole(path, { 'GET /v1/connections/{name}': inactive() });
    const isAsking = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(isAsking()).toBe(false);
    await app.enter('Retention in days', '7');
    expect(isAsking()).toBe(true);
    await app.enter('Retention in days', '30');
    expect(isAsking()).toBe(false);
    await app.press('link', 'Cancel', { page });
  });
});

test('a flow designer is told at once that an admin configures, and gets no form', async () => {
  const app = await openConsole(path, {
    'GET /v1/me': designer,
    'GET /v1/connections/{name}': { ...unconfigured(), allowedActions: [] },
  });
  expect(app.text).toContain('Only a connection admin can configure an endpoint.');
  expect(app.text).not.toContain('Save without activating');
  await app.press('link', 'Go to the connection', { page, shows: ['This connection has no endpoint'] });
});
