/** What holds for every window of every browser test: nothing leaves the origin, no script fails, and no token lies around. */
import { afterEach, expect } from '@jest/globals';
import { takeWindows, type Window } from './given-browser.ts';

/** Everything that a browser keeps or shows of the page: its storage, its history, its content. */
const contentOf = ({ page }: Window): Promise<Record<string, string>> =>
  page.evaluate(async () => ({
    url: location.href,
    title: document.title,
    'history state': JSON.stringify(history.state),
    'local storage': JSON.stringify({ ...localStorage }),
    'session storage': JSON.stringify({ ...sessionStorage }),
    cookies: document.cookie,
    databases: JSON.stringify(await indexedDB.databases()),
    caches: JSON.stringify(await caches.keys()),
    page: document.documentElement.outerHTML,
    fields: JSON.stringify(
      [...document.querySelectorAll('input, textarea')].map((each) => (each as HTMLInputElement).value),
    ),
  }));

const tokenForm = /hl[eo]_[0-9A-Za-z]{49}/;

/** Where there is a token. A test that reveals one hides it again, as a person does. */
async function leaksOf(window: Window): Promise<string[]> {
  const places = {
    ...(await contentOf(window)),
    'requested URLs': window.requests.join('\n'),
    'browser console': window.lines.join('\n'),
  };
  const isLeak = (content: string) =>
    tokenForm.test(content) || [...window.secrets].some((each) => content.includes(each));
  return Object.entries(places).flatMap(([place, content]) => (isLeak(content) ? [place] : []));
}

async function faultsOf(window: Window): Promise<string[]> {
  const { faults, foreign, context } = window;
  const leaks = await leaksOf(window);
  await context.close();
  return [...faults, ...foreign.map((url) => `a request to ${url}`), ...leaks.map((place) => `a token in ${place}`)];
}

afterEach(async () => {
  const faults: string[] = [];
  for (const window of takeWindows()) faults.push(...(await faultsOf(window)));
  expect(faults).toEqual([]);
});
