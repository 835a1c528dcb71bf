/** The page of an endpoint: its verbs, and the questions before them. */
import { describe, expect, test } from '@jest/globals';
import type { Verb } from '../../../../shared/endpoints/endpoint/lifecycle.ts';
import type { ApiAnswer } from '../../../../shared/operators/api/api-client.ts';
import { inTurn, Refusal, refusal } from './given-api.ts';
import { stopClock } from './given-clock.ts';
import { openConsole } from './given-console.ts';
import { aJob, anEvent, aToken, eventsOf, inactive, shop, tokenOf, unconfigured, url } from './given-records.ts';

const path = '/connections/shop';
const api = '/v1/connections/shop';

/** Every button of a verb, and the endpoint that shows it. */
const buttons: [button: string, verb: Verb, record: ReturnType<typeof shop>][] = [
  ['Edit', 'configure', shop()],
  ['Deactivate', 'deactivate', shop()],
  ['Hold', 'hold', shop()],
  ['Test', 'test', shop()],
  ['Rotate token', 'rotateToken', shop()],
  ['Activate', 'activate', inactive()],
  ['Release', 'release', shop({}, { held: true })],
  [
    'End grace now',
    'endGrace',
    shop({}, { tokens: [aToken('t2'), aToken('t1', { expiresAt: '2099-01-01T00:00:00.000Z' })] }),
  ],
  ['Generate token', 'generateToken', inactive({ tokens: [] })],
  ['Open handshake', 'openHandshake', shop({}, { secretFrom: 'handshake' })],
  ['Close handshake', 'closeHandshake', shop({}, { secretFrom: 'handshake' })],
  ['Confirm the secret', 'confirmHandshake', shop({}, { secretFrom: 'handshake' })],
  ['Delete connection', 'delete', unconfigured()],
  ['Configure', 'configure', unconfigured()],
];

const isOffered = (element: HTMLElement) => !element.matches(':disabled, [aria-disabled=true]');
const names = new Set(buttons.map(([button]) => button));
/** The buttons of verbs that can be pressed now. */
const offered = () =>
  [...document.querySelectorAll<HTMLElement>('button, a')]
    .filter((element) => names.has(element.textContent ?? '') && isOffered(element))
    .map(({ textContent }) => textContent);

describe('a button is offered by its own verb, and by no other', () => {
  test.each(buttons)('%s: %s', async (button, verb, record) => {
    await openConsole(path, { 'GET /v1/connections/{name}': { ...record, allowedActions: [verb] } });
    expect(offered()).toEqual([button]);
  });
});

test('a connection that could not be read is read again', async () => {
  const app = await openConsole(path, { 'GET /v1/connections/{name}': inTurn(new Refusal(500, 'Not now.'), shop()) });
  await app.press('button', 'Try again', { hides: ['Not now.'], shows: ['Endpoint URL'] });
});

test('Edit and Configure lead to the form', async () => {
  const app = await openConsole(path, { 'GET /v1/connections/{name}': shop() });
  await app.press('link', 'Edit', { page: `/console${path}/configure`, shows: ['Edit endpoint: shop'] });
});

test('Activate', async () => {
  const app = await openConsole(path, {
    'GET /v1/connections/{name}': inactive(),
    'POST /v1/connections/{name}/endpoint/activate': shop(),
  });
  await app.press('button', 'Activate', {
    ...{
      sent: [`POST ${api}/endpoint/activate`],
      hides: ['The endpoint refuses every webhook'],
      shows: ['Deactivate'],
    },
  });
});

describe('Deactivate', () => {
  test('asks first, and Cancel does nothing', async () => {
    const app = await openConsole(path, { 'GET /v1/connections/{name}': shop() });
    await app.press('button', 'Deactivate', { dialog: 'Deactivate the endpoint?' });
    await app.press('button', 'Cancel', { dialog: null });
  });

  test('deactivates', async () => {
    const app = await openConsole(path, {
      'GET /v1/connections/{name}': shop(),
      'POST /v1/connections/{name}/endpoint/deactivate': inactive(),
    });
    await app.press('button', 'Deactivate', { dialog: 'Deactivate the endpoint?' });
    await app.press('button', 'Deactivate', {
      sent: [`POST ${api}/endpoint/deactivate`],
      dialog: null,
      shows: ['Inactive'],
    });
  });
});

describe('Hold', () => {
  test('asks first, and Cancel does nothing', async () => {
    const app = await openConsole(path, { 'GET /v1/connections/{name}': shop() });
    await app.press('button', 'Hold', { dialog: 'Hold the endpoint?' });
    await app.press('button', 'Close modal', { dialog: null });
  });

  test('holds, and Release goes on', async () => {
    const app = await openConsole(path, {
      'GET /v1/connections/{name}': shop(),
      'POST /v1/connections/{name}/endpoint/hold': shop({ allowedActions: ['release'] }, { held: true }),
      'POST /v1/connections/{name}/endpoint/release': shop({ version: 5 }),
      'GET /v1/connections/{name}/replays/{id}': aJob({ kind: 'release' }),
    });
    await app.press('button', 'Hold', { dialog: 'Hold the endpoint?' });
    await app.press('button', 'Hold', {
      sent: [`POST ${api}/endpoint/hold`],
      dialog: null,
      shows: ['Active, held', '“Release” publishes the held events, the oldest first, and ends the hold.'],
    });
    const replays = { items: [aJob({ id: 'over', state: 'done' }), aJob({ kind: 'release' })], nextCursor: null };
    app.api.answer({ 'GET /v1/connections/{name}/replays': replays });
    await app.press('button', 'Release', {
      sent: [`POST ${api}/endpoint/release`],
      reads: [`GET ${api}/replays/job-1`],
      hides: ['Active, held'],
      shows: ['Release of the held events, the oldest first', '3 of 12 events'],
    });
    expect(app.offered).toContain('Hold');
    expect(app.offered).not.toContain('Cancel the replay');
  });
});

describe('A hold of an inactive endpoint', () => {
  const held = inactive({ held: true, heldCount: 3, heldCountComplete: true });

  test('says that nothing is accepted before it is active', async () => {
    const app = await openConsole(path, { 'GET /v1/connections/{name}': inactive() });
    await app.press('button', 'Hold', {
      dialog: 'Hold the endpoint?',
      shows: ['The endpoint refuses webhooks as long as it is inactive. Once you activate it, it stores them'],
    });
  });

  test.each(['', '/events', '/rejections', '/history'])('is said above the tab “%s”', async (tab) => {
    const app = await openConsole(`${path}${tab}`, {
      'GET /v1/connections/{name}': held,
      'GET /v1/connections/{name}/events': eventsOf([]),
      'GET /v1/connections/{name}/rejections': { items: [], nextCursor: null, asOf: '2026-11-26T10:00:00.000Z' },
      'GET /v1/connections/{name}/history': { items: [], nextCursor: null },
    });
    expect(app.text).toContain(
      'The endpoint is held: once it is active, it stores new webhooks, but publishes none of them. 3 events',
    );
    expect(app.text).not.toContain('held: it stores');
  });
});

test('An endpoint without a token has nothing to hold', async () => {
  const app = await openConsole(path, {
    'GET /v1/connections/{name}': inactive({ tokens: [] }),
  });
  expect(app.text).toContain('Edit');
  expect(() => app.control('button', 'Hold')).toThrow();
});

describe('Copying', () => {
  test('says so if the browser does not allow it', async () => {
    const app = await openConsole(path, { 'GET /v1/connections/{name}': shop() });
    navigator.clipboard.writeText = () => Promise.reject(new Error('no'));
    await app.press('button', 'Copy without token', { shows: ['The browser did not allow copying.'] });
  });

  test.each([
    ['an admin', shop(), ['What to do at Acme', 'Enter the token beside it.', 'Enter it there as the secret.']],
    ['a flow designer, who has no token to enter,', shop({ allowedActions: [] }), []],
  ])('to %s, what to do at the sender', async (_, { allowedActions }, shown) => {
    const auth = { kind: 'signature', scheme: 'stripe' } as const;
    const app = await openConsole(path, { 'GET /v1/connections/{name}': shop({ allowedActions }, { auth }) });
    const atSender = ['What to do at Acme', 'Enter the token beside it.', 'Enter it there as the secret.'];
    expect(app.text).toContain('Acme signs each webhook with it.');
    expect(atSender.filter((each) => app.text.includes(each))).toEqual(shown);
    await app.press('link', /^Documentation of Acme/, { opens: 'https://acme.example/docs' });
  });

  test('without a right to the token, the endpoint without it', async () => {
    const app = await openConsole(path, { 'GET /v1/connections/{name}': shop({ allowedActions: [] }) });
    expect(app.text).toContain(
      'The sender needs the token too. A connection admin can copy the URL with the token in it.',
    );
    expect(app.offered.filter((each) => each.startsWith('Copy'))).toEqual(['Copy without token']);
    await app.press('button', 'Copy without token', { copied: url });
  });

  test.each([
    ['an admin', shop()],
    ['a flow designer', shop({ allowedActions: [] })],
  ])('to %s, the endpoint whose URL has no token is called the same', async (_, { allowedActions }) => {
    const auth = { kind: 'token', accept: [{ in: 'header', name: 'x-token' }] } as const;
    const app = await openConsole(path, { 'GET /v1/connections/{name}': shop({ allowedActions }, { auth }) });
    expect(app.offered.filter((each) => /Copy endpoint|without/.test(each))).toEqual(['Copy endpoint']);
    await app.press('button', 'Copy endpoint', { copied: url });
  });

  test('the endpoint, with the token and without it, and a curl command', async () => {
    const app = await openConsole(path, {
      'GET /v1/connections/{name}': shop(),
      'GET /v1/connections/{name}/endpoint/token': tokenOf(shop()),
    });
    const sent = [`GET ${api}/endpoint/token`];
    await app.press('button', 'Copy endpoint', { sent, copied: `${url}?key=the-token` });
    await app.press('button', 'Copy without token', { copied: url });
    await app.press('button', 'Copy a curl command', { sent, copied: `curl -d '{}' '${url}?key=the-token'` });
  });
});

describe('Test', () => {
  const passed = { step: 'stored', outcome: 'passed', ms: 12 } as const;

  test('shows the result of each step, and leads to the event', async () => {
    const app = await openConsole(path, {
      'GET /v1/connections/{name}': shop(),
      'POST /v1/connections/{name}/endpoint/test': { eventId: 'evt_test', passed: true, steps: [passed] },
      'GET /v1/connections/{name}/events/{id}': anEvent('evt_test'),
    });
    await app.press('button', 'Test', {
      sent: [`POST ${api}/endpoint/test`],
      reads: [`GET ${api}`],
      shows: ['The endpoint works.', 'Store the event (12 ms)'],
    });
    await app.press('link', 'Show the event', {
      page: `/console${path}/events/evt_test`,
      shows: ['SHA-256 of the body'],
    });
  });

  test('that failed says at which step, why, and what was not reached', async () => {
    const answer = Promise.withResolvers<ApiAnswer<'POST /v1/connections/{name}/endpoint/test'>>();
    const app = await openConsole(path, {
      'GET /v1/connections/{name}': shop(),
      'POST /v1/connections/{name}/endpoint/test': () => answer.promise,
    });
    await app.user.click(app.control('button', 'Test'));
    await app.shows('A sample goes through the public URL');
    const steps = () =>
      [...document.querySelectorAll('ol[aria-label="Test of the endpoint"] li')].map((step) => [
        step.querySelector('[role=img]')?.getAttribute('aria-label'),
        step.textContent,
      ]);
    expect(steps().map(([outcome]) => outcome)).toEqual(Array(6).fill('Waiting'));
    answer.resolve({
      ...{ eventId: null, passed: false, note: 'Nothing is lost.' },
      steps: [
        { step: 'resolved', outcome: 'passed', ms: 1.6 },
        { step: 'reached', outcome: 'failed', detail: 'No answer came.' },
        { step: 'stored', outcome: 'skipped' },
      ],
    });
    await app.shows('The endpoint does not work yet. Nothing is lost.');
    expect(steps()).toEqual([
      ['Passed', 'Find the host (2 ms)'],
      ['Failed', 'Get an answer from the URLNo answer came.'],
      ['Skipped', 'Store the event'],
    ]);
  });

  test('that was refused is forgotten once something else works', async () => {
    const app = await openConsole(path, {
      'GET /v1/connections/{name}': shop({ allowedActions: ['release', 'test', 'rotateToken'] }, { held: true }),
      'POST /v1/connections/{name}/endpoint/release': shop(),
    });
    const refuseTest = async () => {
      app.api.refuseNext();
      const sent = [`POST ${api}/endpoint/test`];
      await app.pressOnce('button', 'Test', { sent, shows: [refusal.detail] });
    };
    await refuseTest();
    await app.pressOnce('button', 'Rotate token', { dialog: 'Rotate token', hides: [refusal.detail] });
    await app.press('button', 'Close modal', { dialog: null });
    await refuseTest();
    const sent = [`POST ${api}/endpoint/release`];
    await app.pressOnce('button', 'Release', { sent, hides: [refusal.detail] });
    expect(app.text).toContain('Endpoint URL');
    expect(app.text).not.toContain('Test of the endpoint');
  });

  test('hides why an earlier action was refused', async () => {
    const app = await openConsole(path, {
      'GET /v1/connections/{name}': shop({ allowedActions: ['release', 'test'] }, { held: true }),
      'POST /v1/connections/{name}/endpoint/test': { eventId: null, passed: true, steps: [passed] },
    });
    app.api.refuseNext();
    await app.pressOnce('button', 'Release', { sent: [`POST ${api}/endpoint/release`], shows: [refusal.detail] });
    const sent = [`POST ${api}/endpoint/test`];
    await app.pressOnce('button', 'Test', { sent, hides: [refusal.detail], shows: ['The endpoint works.'] });
  });

  test('is over once the endpoint is closed, and does not come back with it', async () => {
    const app = await openConsole(path, {
      'GET /v1/connections/{name}': shop(),
      'POST /v1/connections/{name}/endpoint/test': { eventId: null, passed: true, steps: [passed] },
      'POST /v1/connections/{name}/endpoint/deactivate': inactive(),
      'POST /v1/connections/{name}/endpoint/activate': shop(),
    });
    await app.press('button', 'Test', { sent: [`POST ${api}/endpoint/test`], shows: ['The endpoint works.'] });
    await app.press('button', 'Deactivate', { dialog: 'Deactivate the endpoint?' });
    const sent = [`POST ${api}/endpoint/deactivate`];
    await app.press('button', 'Deactivate', { sent, dialog: null, hides: ['The endpoint works.'] });
    await app.press('button', 'Activate', { sent: [`POST ${api}/endpoint/activate`], shows: ['Deactivate'] });
    expect([app.text.includes('Deactivate'), app.text.includes('The endpoint works.')]).toEqual([true, false]);
  });
});

describe('Deconfigure', () => {
  const name = 'To confirm, enter the name of the connection: shop';

  test('removes the token, then the endpoint with what it holds, each at the version that was seen', async () => {
    const app = await openConsole(path, {
      'GET /v1/connections/{name}': inactive({ held: true }),
      'DELETE /v1/connections/{name}/endpoint/token': inactive({ held: true, tokens: [] }),
      'DELETE /v1/connections/{name}/endpoint': unconfigured({ version: 6 }),
    });
    await app.press('button', 'Deconfigure', { dialog: 'Deconfigure the endpoint?', shows: ['Held events'] });
    await app.press('button', 'Cancel', { dialog: null });
    await app.press('button', 'Deconfigure', { dialog: 'Deconfigure the endpoint?' });
    for (const typed of ['', 'sho', 'depot']) {
      await app.enter(name, typed);
      expect([typed, app.isOffered('button', 'Deconfigure')]).toEqual([typed, false]);
    }
    await app.enter(name, 'shop');
    await app.press('button', 'Deconfigure', {
      sent: [`DELETE ${api}/endpoint/token if-match "4"`, `DELETE ${api}/endpoint?discardHeld=true if-match "5"`],
      dialog: null,
      shows: ['The endpoint is deconfigured'],
    });
  });

  test.each([
    [3, true, 'Held events that were never published are discarded: 3.'],
    [3, false, 'Held events that were never published are discarded: 3 or more.'],
    [0, false, 'Held events that were never published are discarded: 0 or more.'],
  ])('warns of the events that it discards: %s, all counted: %s', async (heldCount, heldCountComplete, shown) => {
    const held = { held: true, heldCount, heldCountComplete };
    const app = await openConsole(path, { 'GET /v1/connections/{name}': inactive(held) });
    const least = heldCountComplete ? '3 events wait' : `At least ${heldCount} events wait`;
    expect(app.text).toContain(least);
    await app.press('button', 'Deconfigure', { dialog: 'Deconfigure the endpoint?', shows: [shown] });
  });

  test('of an endpoint without a token and without a hold only takes it away', async () => {
    const bare = inactive({ tokens: [] });
    const app = await openConsole(path, {
      'GET /v1/connections/{name}': { ...bare, allowedActions: ['deconfigure'] },
      'DELETE /v1/connections/{name}/endpoint': unconfigured({ version: 6 }),
    });
    await app.press('button', 'Deconfigure', { dialog: 'Deconfigure the endpoint?' });
    expect(app.text).toContain('Deconfigure the endpoint?');
    expect(app.text).not.toContain('The token is removed too.');
    await app.enter(name, 'shop');
    await app.pressOnce('button', 'Deconfigure', { sent: [`DELETE ${api}/endpoint if-match "4"`], dialog: null });
  });

  test('warns of no discarded events where none is held', async () => {
    const none = { held: true, heldCount: 0, heldCountComplete: true };
    const app = await openConsole(path, { 'GET /v1/connections/{name}': inactive(none) });
    await app.press('button', 'Deconfigure', {
      dialog: 'Deconfigure the endpoint?',
      shows: ['The token is removed too.'],
    });
    expect(['To confirm', 'Held events that'].map((part) => app.text.includes(part))).toEqual([true, false]);
  });
});

test('Delete connection asks first, and then leads to the list', async () => {
  const app = await openConsole(path, {
    'GET /v1/connections/{name}': unconfigured(),
    'DELETE /v1/connections/{name}': null,
    'GET /v1/connections': { items: [], nextCursor: null },
  });
  await app.press('button', 'Delete connection', { dialog: 'Delete shop?' });
  await app.press('button', 'Cancel', { dialog: null });
  await app.press('button', 'Delete connection', { dialog: 'Delete shop?' });
  await app.press('button', 'Delete connection', {
    ...{
      sent: [`DELETE ${api} if-match "3"`],
      dialog: null,
      page: '/console/connections',
      shows: ['No connections yet'],
    },
  });
});

test('a handshake is opened, closed and confirmed, and its verify token copied', async () => {
  const allowedActions: Verb[] = ['openHandshake', 'closeHandshake', 'confirmHandshake'];
  const record = (handshake: NonNullable<ReturnType<typeof shop>['endpoint']>['handshake']) =>
    shop({ allowedActions, provider: 'tasks' }, { secretFrom: 'handshake', handshake });
  const app = await openConsole(path, {
    'GET /v1/connections/{name}': record({ verifyToken: 'verify-me' }),
    'POST /v1/connections/{name}/endpoint/handshake': record({ openUntil: '2026-11-26T10:10:00.000Z' }),
    'DELETE /v1/connections/{name}/endpoint/handshake': record({
      delivered: { at: '2026-11-26T10:01:00.000Z', sourceIp: '192.0.2.9' },
    }),
    'POST /v1/connections/{name}/endpoint/handshake/confirm': record({}),
  });
  await app.press('button', 'Copy verify token', { copied: 'verify-me' });
  await app.press('button', 'Open handshake', {
    sent: [`POST ${api}/endpoint/handshake`],
    shows: ['deliver its secret until'],
  });
  await app.press('button', 'Close handshake', { sent: [`DELETE ${api}/endpoint/handshake`], hides: ['secret until'] });
  await app.press('button', 'Confirm the secret', {
    sent: [`POST ${api}/endpoint/handshake/confirm`],
    hides: ['A secret was delivered'],
  });
});

test('the documentation of the sender opens', async () => {
  const app = await openConsole(path, { 'GET /v1/connections/{name}': shop() });
  await app.press('link', /^Documentation of Acme/, { opens: 'https://acme.example/docs' });
});

test('the tabs of a connection', async () => {
  const app = await openConsole(path, {
    'GET /v1/connections/{name}': shop(),
    'GET /v1/connections/{name}/events': eventsOf([]),
    'GET /v1/connections/{name}/rejections': { items: [], nextCursor: null, asOf: '2026-11-26T10:00:00.000Z' },
    'GET /v1/connections/{name}/history': { items: [], nextCursor: null },
  });
  await app.press('tab', 'Traffic', { page: `/console${path}/traffic`, shows: ['Nothing came in this time'] });
  await app.press('tab', 'Events', { page: `/console${path}/events`, shows: ['No events yet'] });
  await app.press('tab', 'Rejections', { page: `/console${path}/rejections`, shows: ['No rejections in this time'] });
  await app.press('tab', 'History', { page: `/console${path}/history`, shows: ['Nothing has happened yet'] });
  await app.press('tab', 'Endpoint', { page: `/console${path}`, shows: ['Endpoint URL'] });
});

describe('the description of a connection', () => {
  const edit = 'Edit description';

  test('is edited, by the button or by Enter, and the page shows it', async () => {
    const named = shop({ description: 'Orders' });
    const edited = { ...named, description: 'Orders of shop', version: 5 };
    let now = named;
    const app = await openConsole(path, {
      'GET /v1/connections/{name}': () => now,
      'PATCH /v1/connections/{name}': () => {
        now = edited;
        return edited;
      },
    });
    await app.press('button', edit, { dialog: edit });
    expect(app.isOffered('button', 'Save')).toBe(false);
    await app.enter('Description', 'Orders of shop');
    await app.press('button', 'Save', {
      sent: [`PATCH /v1/connections/shop if-match "3" {"description":"Orders of shop"}`],
      dialog: null,
      shows: ['Acme: Orders of shop'],
    });
    await app.press('button', edit, { dialog: edit });
    await app.enter('Description', '');
    const sent = ['PATCH /v1/connections/shop if-match "5" {"description":""}'];
    await app.does({ sent, dialog: null }, () => app.user.keyboard('{Enter}'));
  });

  test.each([
    ['with another description', 'Theirs'],
    ['with the same description', 'Orders'],
  ])('of a connection that was changed in the meantime, %s, is kept as entered, and then saved', async (_, theirs) => {
    const entered = 'Orders of shop';
    stopClock('2026-11-26T12:00:00.000Z');
    const change = { version: 5, updatedBy: 'op_0', updatedAt: '2026-11-26T11:58:00.000Z' };
    const app = await openConsole(path, {
      'GET /v1/connections/{name}': inTurn(shop({ description: 'Orders' }), shop({ ...change, description: theirs })),
      'PATCH /v1/connections/{name}': inTurn(
        new Refusal(412, 'It has version 5, not 3.', { code: 'version_mismatch', version: 5, wanted: 3 }),
        shop({ version: 6, description: entered }),
      ),
    });
    await app.press('button', edit, { dialog: edit });
    await app.enter('Description', entered);
    await app.pressOnce('button', 'Save', {
      sent: [`PATCH /v1/connections/shop if-match "3" {"description":"${entered}"}`],
      shows: ['The connection was changed in the meantime', 'Zoe op_0, 2 minutes ago'],
    });
    expect(app.text).toContain('was changed in the meantime');
    expect(app.text).not.toContain('Somebody else changed this');
    expect(app.field('Description').value).toBe(entered);
    await app.pressOnce('button', 'Save', {
      sent: [`PATCH /v1/connections/shop if-match "5" {"description":"${entered}"}`],
      dialog: null,
    });
  });

  test('is saved to the version that the dialog began with, so that it overwrites nothing that came since', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const app = await openConsole(path, {
      'GET /v1/connections/{name}': inTurn(
        shop({ description: 'Orders' }),
        shop({ version: 5, description: 'Theirs' }),
      ),
    });
    await app.press('button', edit, { dialog: edit });
    await app.enter('Description', 'Orders of shop');
    await app.comeBack();
    expect(app.api.reads.filter((each) => each === 'GET /v1/connections/shop')).toHaveLength(2);
    app.api.refuseNext();
    await app.pressOnce('button', 'Save', {
      sent: [`PATCH /v1/connections/shop if-match "3" {"description":"Orders of shop"}`],
      shows: [refusal.detail],
    });
  });

  test('stays as it was if the dialog is left', async () => {
    const app = await openConsole(path, { 'GET /v1/connections/{name}': shop({ description: 'Orders' }) });
    await app.press('button', edit, { dialog: edit });
    await app.enter('Description', 'Other');
    await app.press('button', 'Cancel', { dialog: null });
    await app.press('button', edit, { dialog: edit });
    expect(app.field('Description').value).toBe('Orders');
  });
});

test('Enter in a field does not do what its dialog does not allow yet', async () => {
  const app = await openConsole(path, { 'GET /v1/connections/{name}': shop() });
  await app.press('button', 'Edit description', { dialog: 'Edit description' });
  await app.user.click(app.field('Description'));
  await app.user.keyboard('{Enter}');
  await app.settle();
  expect(app.api.acts).toEqual([]);
});

test('the settings in force are opened and closed', async () => {
  const app = await openConsole(path, { 'GET /v1/connections/{name}': shop() });
  await app.press('button', 'Settings in force', { turns: 'on' });
});
