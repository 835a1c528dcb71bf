/** The tokens of an endpoint: their value, their rotation, and the first one. */
import { describe, expect, test } from '@jest/globals';
import { Refusal } from './given-api.ts';
import { stopClock } from './given-clock.ts';
import { type OpenConsole, openConsole } from './given-console.ts';
import { aToken, inactive, shop, tokenOf } from './given-records.ts';

const path = '/connections/shop';
const token = '/v1/connections/shop/endpoint/token';
const revealed = { 'GET /v1/connections/{name}/endpoint/token': tokenOf(shop()) };

describe('the value of a token', () => {
  test('is revealed and hidden', async () => {
    const app = await openConsole(path, { 'GET /v1/connections/{name}': shop(), ...revealed });
    await app.press('button', 'Reveal', { sent: [`GET ${token}`], shows: ['the-token', 'Hide'] });
    await app.press('button', 'Hide', { hides: ['the-token'] });
  });

  test('is copied, whether it is shown or not', async () => {
    const app = await openConsole(path, { 'GET /v1/connections/{name}': shop(), ...revealed });
    await app.press('button', 'Copy token', { sent: [`GET ${token}`], copied: 'the-token' });
    await app.press('button', 'Reveal', { sent: [`GET ${token}`], shows: ['the-token'] });
    await app.press('button', 'Copy token', { copied: 'the-token' });
  });
});

describe('once another token takes its place, a value is hidden', () => {
  const now = '2026-11-26T12:00:00.000Z';
  const rotated = shop(
    { version: 9 },
    { tokens: [aToken('t2'), aToken('t1', { expiresAt: '2099-01-01T00:00:00.000Z' })] },
  );
  const open = async (page: string) => {
    const rotate = { 'POST /v1/connections/{name}/endpoint/token/rotate': tokenOf(rotated) };
    const app = await openConsole(page, { 'GET /v1/connections/{name}': shop(), ...revealed, ...rotate });
    await app.press('button', 'Reveal', { sent: [`GET ${token}`], shows: ['the-token'] });
    return app;
  };

  test('by a rotation here', async () => {
    const app = await open(path);
    await app.press('button', 'Rotate token', { dialog: 'Rotate token' });
    const sent = [`POST ${token}/rotate {"graceSeconds":86400}`];
    await app.press('button', 'Rotate token', { sent, dialog: null, hides: ['the-token'], shows: ['Previous token'] });
  });

  test.each([path, `${path}/configure`])('by somebody else, on %s', async (page) => {
    stopClock(now);
    const app = await open(page);
    app.api.answer({ 'GET /v1/connections/{name}': rotated });
    await app.does({ hides: ['the-token'] }, () => app.comeBack());
  });
});

describe('Rotate token', () => {
  const graces: [choice: string, seconds: number][] = [
    ...([
      ['1 day', 86_400],
      ['1 hour', 3_600],
      ['7 days', 604_800],
      ['30 days', 2_592_000],
    ] as [string, number][]),
    ['No more time: it ends now', 0],
  ];

  test('sends the grace that was chosen, whichever it is', async () => {
    const app = await openConsole(path, {
      'GET /v1/connections/{name}': shop(),
      'POST /v1/connections/{name}/endpoint/token/rotate': tokenOf(shop({ version: 5 })),
    });
    for (const [choice, seconds] of graces) {
      await app.press('button', 'Rotate token', { dialog: 'Rotate token' });
      // The first one is chosen already, and choosing it again would tell nothing.
      if (choice === '1 day') await app.choose(/^Accept the current token for/, '1 hour');
      await app.choose(/^Accept the current token for/, choice);
      await app.pressOnce('button', 'Rotate token', {
        sent: [`POST ${token}/rotate {"graceSeconds":${seconds}}`],
        dialog: null,
      });
    }
  });

  test('Cancel does nothing', async () => {
    const app = await openConsole(path, { 'GET /v1/connections/{name}': shop() });
    await app.press('button', 'Rotate token', { dialog: 'Rotate token' });
    await app.press('button', 'Cancel', { dialog: null });
  });

  test('takes the new secret of a sender that makes it', async () => {
    const app = await openConsole(path, {
      'GET /v1/connections/{name}': shop({ provider: 'pay' }, { secretFrom: 'sender' }),
      'POST /v1/connections/{name}/endpoint/token/rotate': tokenOf(shop({ version: 5 })),
    });
    await app.press('button', 'Rotate token', { dialog: 'Rotate token' });
    expect(app.isOffered('button', 'Rotate token')).toBe(false);
    await app.enter('New secret of PayCo', ' whsec_new ');
    await app.press('button', 'Rotate token', {
      sent: [`POST ${token}/rotate {"graceSeconds":86400,"value":"whsec_new"}`],
      dialog: null,
    });
  });
});

describe('a secret that the API refuses', () => {
  const both = { kind: 'both', scheme: 'stripe', accept: [{ in: 'query', name: 'key' }] } as const;
  const wrong = new Refusal(422, 'The secret is too short.', { code: 'invalid_secret' });
  const change = { secretFrom: 'sender', auth: both } as const;
  const underField = (app: OpenConsole, label: string) => {
    const ids = (app.field(label).getAttribute('aria-describedby') ?? '').split(' ');
    return ids.map((id) => document.getElementById(id)?.textContent).filter((text) => text?.includes('too short'));
  };

  test('is marked at its field, the first one as the value that signs beside a token', async () => {
    const label = 'Paste the secret that PayCo shows';
    const bare = {
      ...inactive({ tokens: [], ...change }),
      provider: 'pay',
      allowedActions: ['generateToken' as const],
    };
    const app = await openConsole(path, {
      'GET /v1/connections/{name}': bare,
      'POST /v1/connections/{name}/endpoint/token': wrong,
    });
    await app.enter(label, ' s-1 ');
    await app.pressOnce('button', 'Save the secret', {
      sent: [`POST ${token} {"signingSecret":"s-1"}`],
      shows: ['The secret is too short.'],
    });
    expect([underField(app, label).length, app.notices.filter((each) => each.includes('too short'))]).toEqual([1, []]);
  });

  test('is marked at its field in the dialog of a rotation', async () => {
    const app = await openConsole(path, {
      'GET /v1/connections/{name}': shop({ provider: 'pay' }, change),
      'POST /v1/connections/{name}/endpoint/token/rotate': wrong,
    });
    await app.press('button', 'Rotate token', { dialog: 'Rotate token' });
    await app.enter('New secret of PayCo', 's-1');
    await app.pressOnce('button', 'Rotate token', {
      sent: [`POST ${token}/rotate {"graceSeconds":86400,"signingSecret":"s-1"}`],
      shows: ['The secret is too short.'],
    });
    const notices = app.notices.filter((each) => each.includes('too short'));
    expect([underField(app, 'New secret of PayCo').length, notices]).toEqual([1, []]);
  });
});

test('End grace now does not warn of a previous token that was last used a day ago', async () => {
  const lastUsedAt = new Date(Date.now() - 86_400_000).toISOString();
  const previous = aToken('t1', { expiresAt: '2099-01-01T00:00:00.000Z', lastUsedAt });
  const app = await openConsole(path, {
    'GET /v1/connections/{name}': shop({ allowedActions: ['endGrace'] }, { tokens: [previous, aToken('t2')] }),
  });
  await app.press('button', 'End grace now', { dialog: 'End grace now?' });
  expect(app.text).toContain('End grace now?');
  expect(app.text).not.toContain('The previous token was used');
});

test('End grace now asks first, warns if the previous token is in use, and then ends it', async () => {
  const previous = aToken('t1', { expiresAt: '2099-01-01T00:00:00.000Z', lastUsedAt: new Date().toISOString() });
  const app = await openConsole(path, {
    'GET /v1/connections/{name}': shop({ allowedActions: ['endGrace'] }, { tokens: [previous, aToken('t2')] }),
    'DELETE /v1/connections/{name}/endpoint/token/previous': shop({}, { tokens: [aToken('t2')] }),
  });
  await app.press('button', 'End grace now', { dialog: 'End grace now?', shows: ['The previous token was used'] });
  await app.press('button', 'Cancel', { dialog: null });
  await app.press('button', 'End grace now', { dialog: 'End grace now?' });
  await app.press('button', 'End grace now', {
    sent: [`DELETE ${token}/previous`],
    dialog: null,
    hides: ['Previous token'],
  });
});

describe('the first token', () => {
  const withoutToken = { ...inactive({ tokens: [] }), allowedActions: ['generateToken' as const] };
  const answers = {
    'GET /v1/connections/{name}': withoutToken,
    'POST /v1/connections/{name}/endpoint/token': tokenOf(inactive()),
  };

  test('is generated', async () => {
    const app = await openConsole(path, answers);
    await app.press('button', 'Generate token', { sent: [`POST ${token}`], shows: ['Current token'] });
  });

  test('is the secret of the sender', async () => {
    const app = await openConsole(path, answers);
    await app.press('button', 'Use a secret that Acme has', { shows: ['Secret from Acme'], hides: ['Generate token'] });
    expect(document.activeElement).toBe(app.field('Secret from Acme'));
    await app.enter('Secret from Acme', 'abc');
    await app.press('button', 'Cancel', { shows: ['Generate token'], hides: ['Secret from Acme'] });
    await app.press('button', 'Use a secret that Acme has', { shows: ['Secret from Acme'] });
    expect(app.isOffered('button', 'Save the secret')).toBe(false);
    await app.enter('Secret from Acme', ' own-secret ');
    await app.press('button', 'Save the secret', {
      sent: [`POST ${token} {"value":"own-secret"}`],
      shows: ['Current token'],
    });
  });
});
