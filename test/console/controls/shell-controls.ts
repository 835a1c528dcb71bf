/** The sign-in, the bar at the top, and the ways on from a page that shows nothing. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { Refusal } from './given-api.ts';
import { type OpenConsole, openConsole, openSignedOut, parts } from './given-console.ts';
import { admin, anEvent } from './given-records.ts';

const nothing = { items: [], nextCursor: null };
const lists = {
  'GET /v1/connections': nothing,
  'GET /v1/operators': { ...nothing, bootstrap: 'closed' as const },
};

describe('Sign in', () => {
  test('signs in with the token that was entered, after one that is refused', async () => {
    const app = await openSignedOut('/index.html', { ...lists, 'GET /v1/me': new Refusal(403, 'No.') });
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
    expect(sessionStorage).toHaveLength(0);
  });

  test('keeps the token in the tab only if that is ticked', async () => {
    const app = await openSignedOut('/index.html', lists);
    await app.enter('Operator token', 'hlo_right');
    await app.pressOnce('checkbox', /^Keep me signed in/, { turns: 'on' });
    await app.pressOnce('button', 'Sign in', { shows: ['No connections yet'] });
    expect(Object.values(sessionStorage)).toEqual(['hlo_right']);
  });

  test('forgets the token that the tab kept of somebody else, if the new one is not to be kept', async () => {
    const app = await openConsole('/index.html', { ...lists, 'GET /v1/me': new Refusal(500, 'Not now.') });
    await app.shows('Not now.');
    app.api.answer({ 'GET /v1/me': admin });
    await app.enter('Operator token', 'hlo_second');
    await app.pressOnce('checkbox', /^Keep me signed in/, { turns: 'off' });
    await app.pressOnce('button', 'Sign in', { shows: ['No connections yet'], hides: ['Not now.'] });
    expect(Object.values(sessionStorage)).toEqual([]);
  });
});

describe('a token that the tab keeps', () => {
  test.each([
    ['refuses it', new Refusal(403, 'No.'), []],
    ['fails', new Refusal(500, 'Not now.'), ['hlo_the-operator-token']],
    [
      'can’t be reached',
      () => {
        throw new TypeError('Failed to fetch');
      },
      ['hlo_the-operator-token'],
    ],
  ])('is forgotten only if it is refused: the API %s', async (_, answer, kept) => {
    const app = await openConsole('/index.html', { ...lists, 'GET /v1/me': answer });
    await app.shows('Sign in to Hooklatch');
    expect(Object.values(sessionStorage)).toEqual(kept);
  });
});

test('a session ends by a refusal of its own, and not by a late one of the session before', async () => {
  const late = Promise.withResolvers<Refusal>();
  const app = await openConsole('/index.html', { ...lists, 'GET /v1/connections': () => late.promise });
  await app.press('button', /^Ada/, { turns: 'on' });
  await app.press('menuitem', 'Sign out', { shows: ['Sign in to Hooklatch'] });
  const ended = 'Your operator token is no longer accepted.';
  expect([document.title, app.text.includes(ended)]).toEqual(['Sign in – Hooklatch', false]);
  expect(document.activeElement).toBe(app.field('Operator token'));
  app.api.answer(lists);
  await app.enter('Operator token', 'hlo_second');
  await app.pressOnce('checkbox', /^Keep me signed in/, { turns: 'on' });
  await app.pressOnce('button', 'Sign in', { shows: ['No connections yet'] });
  late.resolve(new Refusal(403, 'No.'));
  await app.settle();
  expect(app.text).toContain('No connections yet');
  app.api.answer({ 'GET /v1/operators': new Refusal(403, 'No.') });
  await app.press('link', 'Operators', { page: '/console/operators', shows: ['Sign in to Hooklatch', ended] });
  expect(sessionStorage).toHaveLength(0);
});

describe('the bar at the top', () => {
  test('leads to the connections and the operators', async () => {
    const app = await openConsole('/index.html', lists);
    await app.press('link', 'Operators', { page: '/console/operators', shows: ['No operators yet'] });
    await app.press('link', 'Connections', { page: '/console/index.html', shows: ['No connections yet'] });
    await app.press('link', 'Operators', { page: '/console/operators', shows: ['No operators yet'] });
    await app.press('link', /Hooklatch/, { page: '/console/index.html', shows: ['No connections yet'] });
  });

  test('has the appearance', async () => {
    const app = await openConsole('/index.html', lists);
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
    const app = await openConsole('/index.html', lists);
    expect(document.body.classList.contains('awsui-dark-mode')).toBe(kept === 'dark');
    await app.press('button', 'Appearance', { turns: 'on' });
    const ticked = [...document.querySelectorAll('[role=menuitemcheckbox][aria-checked=true]')];
    expect(ticked.map(({ textContent }) => textContent?.toLowerCase())).toEqual([kept]);
  });

  test('signs out, and forgets the token', async () => {
    const app = await openConsole('/index.html', lists);
    await app.press('button', /^Ada/, { turns: 'on' });
    await app.press('menuitem', 'Sign out', { shows: ['Sign in to Hooklatch'] });
    expect(sessionStorage).toHaveLength(0);
  });
});

test('a page that is not there leads to the connections', async () => {
  const app = await openConsole('/nowhere', lists);
  await app.press('link', 'Go to the connections', { page: '/console/index.html', shows: ['No connections yet'] });
});

test('a connection that is not there leads to the connections', async () => {
  const app = await openConsole('/connections/gone', {
    ...lists,
    'GET /v1/connections/{name}': new Refusal(404, 'There is no connection of this name.'),
  });
  expect(app.notices).toEqual([
    'Not foundThere is no connection of this name.Request id: r-1. The logs of Hooklatch have the same id.Go to the connections',
  ]);
  await app.press('link', 'Go to the connections', { page: '/console/index.html', shows: ['No connections yet'] });
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

  test('can load the console again', async () => {
    globalThis.atob = failing;
    const app = await openConsole(path, event);
    await app.press('button', 'Load the console again', { reloads: true });
  });

  test('can load the console again without another sign-in, once, also if the tab keeps no token', async () => {
    globalThis.atob = failing;
    const app = await openSignedOut(path, event);
    await app.enter('Operator token', 'hlo_right');
    await app.pressOnce('button', 'Sign in', { shows: ['This page could not be shown'] });
    await app.press('button', 'Load the console again', { reloads: true });
    globalThis.atob = atob;
    const loaded = await openSignedOut(path, event);
    await loaded.shows('SHA-256 of the body');
    expect([...new Set(loaded.api.tokens)]).toEqual(['hlo_right']);
    const later = await openSignedOut(path, event);
    await later.shows('Sign in to Hooklatch');
  });
});

describe('a page whose file does not load', () => {
  /** Shows a page whose file fails as often. @returns unmounts it */
  const showLazy = async (app: OpenConsole, failures: number) => {
    const { createElement, createRoot, lazyPage, PageBoundary, Suspense } = parts;
    let loads = 0;
    const Page = lazyPage(async () => {
      loads += 1;
      if (loads <= failures) throw new Error('no such file');
      return { default: () => createElement('p', null, 'The page that was loaded') };
    });
    const root = createRoot(document.body.appendChild(document.createElement('div')), { onCaughtError: () => {} });
    const content = createElement(Suspense, null, createElement(Page));
    root.render(createElement(PageBoundary, { page: '/lazy', children: content }));
    await app.shows('This page could not be shown');
    return () => root.unmount();
  };

  test('is loaded again at the next try', async () => {
    const app = await openConsole('/index.html', lists);
    const close = await showLazy(app, 1);
    await app.press('button', 'Try again', { hides: ['This page could not be shown'], shows: ['that was loaded'] });
    close();
  });

  test.each([
    ['by itself if that would work', '<script src="/console/assets/index-1.js"></script>', { reloads: true }],
    ['not while that would not work', '', { shows: [] }],
  ])('twice, loads the console again, %s', async (_, page, did) => {
    const app = await openConsole('/index.html', lists);
    const close = await showLazy(app, 2);
    globalThis.fetch = (async () => new Response(page)) as unknown as typeof fetch;
    await app.press('button', 'Try again', did);
    await app.shows('This page could not be shown');
    close();
  });
});
