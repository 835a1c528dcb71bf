/** The sign-in, the bar at the top, and the ways on from a page that shows nothing. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Answers, Refusal, unreachable } from './given-api.ts';
import { ownClock, stopClock } from './given-clock.ts';
import { type OpenConsole, openConsole, openSignedOut, origin, parts, until } from './given-console.ts';
import { aDestination, admin, anEvent, unconfigured } from './given-records.ts';
import { aTab, type OpenTab } from './given-tabs.ts';

const now = '2026-11-26T10:00:00.000Z';
const nothing = { items: [], nextCursor: null };
const lists = {
  'GET /v1/connections': nothing,
  'GET /v1/operators': { ...nothing, bootstrap: 'closed' as const },
};

describe('Sign in', () => {
  test('signs in with the token that was entered, after one that is refused', async () => {
    const app = await openSignedOut('/connections', { ...lists, 'GET /v1/me': new Refusal(403, 'No.') });
    await app.pressOnce('button', 'Sign in', { shows: ['Enter an operator token.'] });
    await app.enter('Operator token', 'hlo_wröng');
    await app.pressOnce('button', 'Sign in', {
      shows: ['This operator token is unknown'],
      hides: ['Enter an operator'],
    });
    await app.enter('Operator token', 'hlo_wrong');
    await app.pressOnce('button', 'Sign in', { reads: ['GET /v1/me'] });
    expect(app.text).toContain('This operator token is unknown');
    app.api.answer({ 'GET /v1/me': admin });
    await app.enter('Operator token', ' hlo_right ');
    await app.pressOnce('button', 'Sign in', { reads: ['GET /v1/me'], shows: ['No connections yet', 'Ada'] });
    expect([...new Set(app.api.tokens)]).toEqual(['hlo_wrong', 'hlo_right']);
  });
});

describe('another tab', () => {
  let tab: OpenTab;
  const beside = (token: string | undefined, api = origin) => {
    tab = aTab(token, api);
  };
  afterEach(() => tab.leave());

  test('that is signed in gives its token to a new one, which gives it to the next', async () => {
    beside('hlo_of-the-other-tab');
    const app = await openSignedOut('/operators', lists);
    await app.shows('No operators yet');
    expect([...new Set(app.api.tokens)]).toEqual(['hlo_of-the-other-tab']);
    tab.leave();
    beside(undefined);
    expect(await tab.ask()).toBe('hlo_of-the-other-tab');
  });

  test.each([
    ['is not signed in', undefined, origin],
    ['is signed in to another API', 'hlo_of-another-api', 'https://elsewhere.example.com'],
  ])('that %s gives none, so the token is asked for', async (_, token, api) => {
    beside(token, api);
    const app = await openSignedOut('/operators', lists);
    expect([app.titles, app.api.reads]).toEqual([['Sign in – Hooklatch', 'Sign in to Hooklatch'], []]);
    await app.enter('Operator token', 'hlo_right');
    await app.pressOnce('button', 'Sign in', { shows: ['No operators yet'] });
    expect(await tab.ask()).toBe(api === origin ? 'hlo_right' : undefined);
  });

  test.each([
    ['refuses it', new Refusal(403, 'No.'), 'This operator token is unknown'],
    ['fails', new Refusal(500, 'Not now.'), 'Not now.'],
    [
      'can’t be reached',
      () => {
        throw new TypeError('Failed to fetch');
      },
      "Can't reach http://localhost.",
    ],
  ])('has a token, but the API %s: the form says so', async (_, answer, message) => {
    beside('hlo_of-the-other-tab');
    const app = await openSignedOut('/connections', { ...lists, 'GET /v1/me': answer });
    await app.shows('Sign in to Hooklatch');
    expect(app.text).toContain(message);
    app.api.answer({ 'GET /v1/me': admin });
    await app.enter('Operator token', 'hlo_right');
    await app.pressOnce('button', 'Sign in', { shows: ['No connections yet'] });
    expect(await tab.ask()).toBe('hlo_right');
  });

  test('has a token, and the API can’t be reached: it is used by itself once it can, unless a person enters another one', async () => {
    ownClock(now);
    beside('hlo_of-the-other-tab');
    const app = await openSignedOut('/connections', { ...lists, ...unreachable({ 'GET /v1/me': admin }) });
    await app.enter('Operator token', 'hlo_');
    app.api.answer({ 'GET /v1/me': admin });
    await app.passes(20);
    expect(app.titles[1]).toBe('Sign in to Hooklatch');
    await app.user.clear(app.field('Operator token'));
    await app.passes(5);
    expect(app.text).toContain('No connections yet');
    expect([...new Set(app.api.tokens)]).toEqual(['hlo_of-the-other-tab']);
  });

  test('signs out, and so this one does: its place is kept, and nobody gets its token any more', async () => {
    beside('hlo_of-the-other-tab');
    const app = await openSignedOut('/operators', lists);
    await app.shows('No operators yet');
    tab.signOut();
    await app.shows('You signed out in another tab.');
    expect([app.titles[1], location.pathname]).toEqual(['Sign in to Hooklatch', '/console/operators']);
    tab.token = undefined;
    expect(await tab.ask()).toBeUndefined();
  });

  test('signs out while this one begins with its token: nobody is signed in after that', async () => {
    beside('hlo_of-the-other-tab');
    const me = Promise.withResolvers<typeof admin>();
    // Only who has the token asks for this. A sign-out before that would be one of another session.
    let hasToken = false;
    const whoAmI = () => {
      hasToken = true;
      return me.promise;
    };
    const opening = openSignedOut('/operators', { ...lists, 'GET /v1/me': whoAmI });
    await until(() => hasToken);
    tab.signOut();
    me.resolve(admin);
    const app = await opening;
    await app.settle();
    expect(app.titles).toEqual(['Sign in – Hooklatch', 'Sign in to Hooklatch']);
    tab.token = undefined;
    expect(await tab.ask()).toBeUndefined();
  });

  test('is signed out by a sign-out in this one', async () => {
    beside('hlo_of-the-other-tab');
    const app = await openSignedOut('/connections', lists);
    await app.shows('No connections yet');
    await app.press('button', /^Ada/, { turns: 'on' });
    await app.press('menuitem', 'Sign out', { shows: ['Sign in to Hooklatch'], hides: ['No connections yet'] });
    expect([tab.token, tab.signOuts, app.text.includes('in another tab.')]).toEqual([undefined, 1, false]);
  });

  test('is asked again by a page that the browser kept while it showed another one', async () => {
    beside('hlo_of-the-other-tab');
    const app = await openSignedOut('/operators', lists);
    await app.shows('No operators yet');
    const comeBack = async (persisted: boolean) => {
      window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));
      await app.settle();
    };
    await comeBack(false);
    expect(app.text).toContain('No operators yet');
    tab.token = 'hlo_of-somebody-else';
    await comeBack(true);
    await app.shows('No operators yet');
    expect([...new Set(app.api.tokens)]).toEqual(['hlo_of-the-other-tab', 'hlo_of-somebody-else']);
    tab.token = undefined;
    await comeBack(true);
    await app.shows('Sign in to Hooklatch');
  });
});

test('a session ends by a refusal of its own, and not by a late one of the session before', async () => {
  const late = Promise.withResolvers<Refusal>();
  const app = await openConsole('/connections', { ...lists, 'GET /v1/connections': () => late.promise });
  await app.press('button', /^Ada/, { turns: 'on' });
  await app.press('menuitem', 'Sign out', { shows: ['Sign in to Hooklatch'] });
  const ended = 'Your operator token is no longer accepted.';
  expect([document.title, app.text.includes(ended)]).toEqual(['Sign in – Hooklatch', false]);
  expect(document.activeElement).toBe(app.field('Operator token'));
  app.api.answer(lists);
  await app.enter('Operator token', 'hlo_second');
  await app.pressOnce('button', 'Sign in', { shows: ['No connections yet'] });
  late.resolve(new Refusal(403, 'No.'));
  await app.settle();
  expect(app.text).toContain('No connections yet');
  app.api.answer({ 'GET /v1/operators': new Refusal(403, 'No.') });
  await app.press('link', 'Operators', { page: '/console/operators', shows: ['Sign in to Hooklatch', ended] });
});

describe('a session that ends in the middle of a form', () => {
  const restored = 'This is what was entered before the session ended.';
  const valuesOf = (app: OpenConsole) =>
    [/^Name/, 'URL', /^Description/, 'Bearer token'].map((label) => app.field(label).value);

  const sent = [
    'POST /v1/destinations {"name":"crm","url":"https://crm.example/in?key=1","description":"Orders","auth":{"kind":"bearer","token":"a-fake-token"}}',
  ];
  const ended = ['Your operator token is no longer accepted.'];

  /** Fills the form, and sends it with a token that has just expired. */
  async function entered(): Promise<OpenConsole> {
    const app = await openConsole('/create-destination', { 'POST /v1/destinations': new Refusal(403, 'No.') });
    await app.enter(/^Name/, 'crm');
    await app.enter('URL', 'https://crm.example/in?key=1');
    await app.enter(/^Description/, 'Orders');
    await app.choose(/^Credentials/, 'Bearer token');
    await app.enter('Bearer token', 'a-fake-token');
    await app.press('button', 'Create destination', { sent, shows: ended });
    return app;
  }
  const signIn = async (app: OpenConsole) => {
    await app.enter('Operator token', 'hlo_new');
    await app.press('button', 'Sign in', { shows: ['Where requests go'] });
  };

  test('gives the same operator all of it back, once', async () => {
    const app = await entered();
    await signIn(app);
    expect(valuesOf(app)).toEqual(['crm', 'https://crm.example/in?key=1', 'Orders', 'a-fake-token']);
    expect(app.text).toContain(restored);
    app.api.answer({
      'POST /v1/destinations': aDestination({ name: 'crm' }),
      'GET /v1/destinations/{name}': aDestination(),
    });
    await app.press('button', 'Create destination', {
      sent,
      page: '/console/destinations/crm',
    });
    await app.goTo('/create-destination');
    expect(app.text).not.toContain(restored);
    expect(app.field(/^Name/).value).toBe('');
  });

  test('gives another operator what is no secret', async () => {
    const app = await entered();
    app.api.answer({ 'GET /v1/me': { ...admin, id: 'op-9', name: 'Eve' } });
    await signIn(app);
    expect(valuesOf(app)).toEqual(['crm', '', 'Orders', '']);
    expect(app.text).toContain(restored);
  });

  test('keeps what was entered for a connection', async () => {
    const app = await openConsole('/create', { 'POST /v1/connections': new Refusal(403, 'No.') });
    await app.enter(/^Name/, 'shop');
    await app.choose(/^Provider/, 'PayCo');
    await app.enter(/^Description/, 'Orders');
    const asked = ['POST /v1/connections {"name":"shop","provider":"pay","description":"Orders"}'];
    await app.press('button', 'Create connection', { sent: asked, shows: ended });
    await app.enter('Operator token', 'hlo_new');
    await app.press('button', 'Sign in', { shows: [restored] });
    app.api.answer({ 'POST /v1/connections': unconfigured(), 'GET /v1/connections/{name}': unconfigured() });
    await app.press('button', 'Create connection', {
      sent: asked,
      page: '/console/connections/shop',
    });
  });

  test('is forgotten by a sign-out', async () => {
    const app = await entered();
    await app.enter('Operator token', 'hlo_new');
    // Nobody comes back to the form: the list is open when the person signs out.
    history.replaceState(null, '', '/console/connections');
    await app.press('button', 'Sign in', { shows: ['No connections yet'] });
    await app.press('button', /^Ada/, { turns: 'on' });
    await app.press('menuitem', 'Sign out', { shows: ['Sign in to Hooklatch'] });
    history.replaceState(null, '', '/console/create-destination');
    await signIn(app);
    expect(['Name', 'URL'].map((label) => app.field(new RegExp(`^${label}`)).value)).toEqual(['', '']);
  });
});

describe('the bar at the top', () => {
  test('leads to the connections, the jobs, the operators and, by its name, the overview', async () => {
    const app = await openConsole('/connections', { ...lists, 'GET /v1/jobs': nothing });
    await app.press('link', 'Jobs', { page: '/console/jobs', shows: ['No jobs'] });
    await app.press('link', 'Operators', { page: '/console/operators', shows: ['No operators yet'] });
    await app.press('link', 'Connections', { page: '/console/connections', shows: ['No connections yet'] });
    await app.press('link', 'Operators', { page: '/console/operators', shows: ['No operators yet'] });
    await app.press('link', /Hooklatch/, { page: '/console/overview', shows: ['What needs somebody'] });
  });

  test('has the appearance', async () => {
    const app = await openConsole('/connections', lists);
    const body = document.body.classList;
    const seen: [string, boolean][] = [];
    const kept: (string | null)[] = [];
    for (const choice of ['Dark', 'Light', 'As in the system']) {
      await app.press('button', 'Appearance', { turns: 'on' });
      await app.press('menuitemcheckbox', choice, { hides: ['As in the system'] });
      for (const colours of ['dark', 'light'] as const) {
        app.colours.turn(colours);
        seen.push([`${choice}, system ${colours}`, body.contains('awsui-dark-mode')]);
      }
      kept.push(localStorage.getItem('hooklatch-appearance'));
    }
    expect(seen).toEqual([
      ['Dark, system dark', true],
      ['Dark, system light', true],
      ['Light, system dark', false],
      ['Light, system light', false],
      ['As in the system, system dark', true],
      ['As in the system, system light', false],
    ]);
    expect(kept).toEqual(['dark', 'light', 'system']);
  });

  test.each(['dark', 'light'])('begins with the appearance that was chosen before: %s', async (kept) => {
    localStorage.setItem('hooklatch-appearance', kept);
    const app = await openConsole('/connections', lists);
    expect(document.body.classList.contains('awsui-dark-mode')).toBe(kept === 'dark');
    await app.press('button', 'Appearance', { turns: 'on' });
    const ticked = [...document.querySelectorAll('[role=menuitemcheckbox][aria-checked=true]')];
    expect(ticked.map(({ textContent }) => textContent?.toLowerCase())).toEqual([kept]);
  });

  test('signs out, and keeps nothing in the browser', async () => {
    const app = await openConsole('/connections', lists);
    await app.press('button', /^Ada/, { turns: 'on' });
    await app.press('menuitem', 'Sign out', { shows: ['Sign in to Hooklatch'] });
    expect([sessionStorage.length, localStorage.length]).toEqual([0, 0]);
  });
});

describe('the breadcrumbs', () => {
  test('lead to the pages above, and the focus to the title of each', async () => {
    const app = await openConsole('/connections/shop/events/evt_1', {
      ...lists,
      'GET /v1/connections/{name}/events/{id}': anEvent('evt_1'),
      'GET /v1/connections/{name}': unconfigured(),
    });
    expect(app.crumbs).toBe('Connections > shop > Events > [evt_1]');
    await app.pressCrumb('shop', { page: '/console/connections/shop', shows: ['This connection has no endpoint'] });
    expect([app.crumbs, document.activeElement?.textContent]).toEqual(['Connections > [shop]', 'shop']);
    await app.pressCrumb('Connections', { page: '/console/connections', shows: ['No connections yet'] });
    expect([app.crumbs, document.activeElement?.tagName]).toEqual(['', 'H1']);
  });
});

test('the first link leads past the bar at the top, to the title of the page', async () => {
  const app = await openConsole('/operators', lists);
  await app.user.tab();
  const skip = app.control('link', 'Skip to the content');
  expect(document.activeElement).toBe(skip);
  await app.press('link', 'Skip to the content', { hides: [] });
  expect([document.activeElement?.textContent, location.hash]).toEqual(['Operators (0)', '']);
});

test('whoever clicks between the controls of a page stays there when the page reads again', async () => {
  stopClock('2026-11-26T12:00:00.000Z');
  const app = await openConsole('/operators', lists);
  await app.user.click(document.querySelector('.page') as HTMLElement);
  const place = document.activeElement;
  expect(place).toBe(document.querySelector('.page'));
  const bob = { id: 'op-7', name: 'Bob', role: 'flow_designer' as const, createdAt: '2026-11-26T10:00:00.000Z' };
  app.api.answer({
    'GET /v1/operators': {
      items: [{ ...bob, createdBy: 'Ada', expired: false, lastUsedAt: null }],
      ...{ nextCursor: null, bootstrap: 'open' },
    },
  });
  await app.comeBack();
  await app.shows('The bootstrap token still works.');
  expect(document.activeElement).toBe(place);
});

test('a page that is not there leads to the connections', async () => {
  const app = await openConsole('/nowhere', lists);
  await app.press('link', 'Go to the connections', { page: '/console/connections', shows: ['No connections yet'] });
});

test('a connection that is not there leads to the connections', async () => {
  const app = await openConsole('/connections/gone', {
    ...lists,
    'GET /v1/connections/{name}': new Refusal(404, 'There is no connection of this name.'),
  });
  expect(app.notices).toEqual([
    'Not foundThere is no connection of this name.Request id: r-1. The logs of Hooklatch have the same id.Go to the connections',
  ]);
  await app.press('link', 'Go to the connections', { page: '/console/connections', shows: ['No connections yet'] });
});

describe('a page that has an error', () => {
  const path = '/connections/shop/events/evt_1';
  const event = { 'GET /v1/connections/{name}/events/{id}': anEvent('evt_1', { body: undefined, bodyBase64: 'e30=' }) };
  const { atob } = globalThis;
  const failing = (): never => {
    throw new Error('This browser is broken.');
  };
  afterEach(() => {
    globalThis.atob = atob;
  });

  test('is shown at the next try', async () => {
    globalThis.atob = failing;
    const app = await openConsole(path, event);
    expect(app.titles[1]).toBe('This page could not be shown');
    globalThis.atob = atob;
    await app.press('button', 'Try again', { hides: ['This page could not be shown'], shows: ['SHA-256 of the body'] });
  });

  test('can be opened in a new tab, which gets the token from this one', async () => {
    globalThis.atob = failing;
    const app = await openConsole(path, event);
    await app.press('link', 'Open in a new tab', { opens: `${origin}/console${path}` });
    const tab = aTab(undefined, origin);
    expect(await tab.ask()).toBe('hlo_the-operator-token');
    tab.leave();
  });
});

describe('the file of the later pages', () => {
  const file = '/console/assets/pages-abc.js';

  /** Opens a console whose file the server answers with a status, or not at all. Each import is noted. */
  async function openWith(path: string, status: number | undefined, answers: Answers = lists, open = openConsole) {
    const { App, createElement, pagesLoader } = parts;
    const server = { status, imports: [] as string[] };
    const importOf = async (url: string) => {
      server.imports.push(url);
      if (server.status !== 200) throw new TypeError('not loaded');
      const Pages = () => createElement('h1', null, 'The page that was loaded');
      return {
        Pages,
        Palette: () => createElement('p', null, 'The palette that was loaded'),
        KeyList: () => createElement('p', null, 'The keys that were loaded'),
      };
    };
    const load = pagesLoader({
      first: () => importOf(file),
      url: () => file,
      again: importOf,
      fetch: async () => {
        if (server.status === undefined) throw new TypeError('not reached');
        return new Response(null, { status: server.status });
      },
    });
    const app = await open(path, answers, { ...parts, App: () => createElement(App, { load }) });
    return { app, server };
  }

  test('that can’t be reached is loaded by itself as soon as it can be', async () => {
    ownClock(now);
    const { app, server } = await openWith('/connections', undefined);
    await app.press('link', 'Overview', { page: '/console/overview' });
    await app.passes(4);
    expect(app.text).toContain('Its file can’t be reached. The console keeps trying');
    // The API answers who is signed in, so that nothing is wrong with it.
    expect(app.text).not.toContain('The API can’t be reached.');
    for (let second = 0; second < 10; second++) {
      await app.passes(1);
      expect(app.titles[1]).toBe('This page could not be shown');
    }
    server.status = 200;
    await app.passes(5);
    expect(app.titles[1]).toBe('The page that was loaded');
    expect(app.text).not.toContain('can’t be reached');
  });

  test('that is gone has no list of keys, and the page stays', async () => {
    ownClock(now);
    const { app, server } = await openWith('/connections', 404);
    await app.user.keyboard('?');
    await app.passes(2);
    expect([server.imports.length > 0, location.pathname, app.titles[1]]).toEqual([
      true,
      '/console/connections',
      expect.stringMatching(/^Connections/),
    ]);
    server.status = 200;
  });

  test('that can’t be reached is loaded at once at the next try', async () => {
    ownClock(now);
    const { app, server } = await openWith('/connections', undefined);
    await app.press('link', 'Overview', { page: '/console/overview' });
    await app.passes(4);
    server.status = 200;
    await app.press('button', 'Try again', { hides: ['This page could not be shown'], shows: ['that was loaded'] });
  });

  test('that an update removed is asked for no more, and a new tab shows the page', async () => {
    ownClock(now);
    const { app, server } = await openWith('/overview', 404);
    expect(app.titles[1]).toBe('This page could not be shown');
    expect(app.text).toContain('The console was updated since you opened this tab');
    expect(app.offered).toEqual(['Open in a new tab']);
    await app.passes(20);
    // To show the page, and ahead.
    expect(server.imports).toEqual([file, file]);
    await app.press('link', 'Open in a new tab', { opens: `${origin}/console/overview` });
  });

  test('is loaded ahead once the first page has read what it shows, and then shown at once', async () => {
    ownClock(now);
    const { promise, resolve } = Promise.withResolvers<typeof nothing>();
    const { app, server } = await openWith('/connections', 200, { ...lists, 'GET /v1/connections': () => promise });
    await app.passes(3);
    expect(server.imports).toEqual([]);
    resolve(nothing);
    await app.passes(2);
    expect(server.imports).toEqual([file]);
    server.status = undefined;
    await app.press('link', 'Overview', { page: '/console/overview', shows: ['The page that was loaded'] });
  });

  test('is loaded ahead while a person looks for the token, and signing in leads to the overview', async () => {
    ownClock(now);
    const { app, server } = await openWith('/index.html', undefined, lists, openSignedOut);
    await app.passes(2);
    expect(server.imports).toEqual([file]);
    server.status = 200;
    await app.enter('Operator token', 'hlo_right');
    await app.press('button', 'Sign in', { page: '/console/overview', shows: ['The page that was loaded'] });
  });

  test('is not loaded ahead for a person who saves data, but when it is needed', async () => {
    ownClock(now);
    Object.defineProperty(navigator, 'connection', { configurable: true, value: { saveData: true } });
    try {
      const { app, server } = await openWith('/connections', 200);
      await app.passes(3);
      expect(server.imports).toEqual([]);
      await app.press('link', 'Overview', { page: '/console/overview', shows: ['The page that was loaded'] });
    } finally {
      Reflect.deleteProperty(navigator, 'connection');
    }
  });
});
