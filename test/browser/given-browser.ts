/** Steps for tests that open the console in Chromium. After each test, `check-windows.ts` looks at every window that it opened. */
import axe from 'axe-core';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import type { World } from '../support/given.ts';

/** Debian's Chromium. The flags keep it from asking hosts on the internet, and let it run as root. @param flags more of them */
export const openBrowser = (...flags: string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ...flags,
    ],
  });

/** A window of the console, and what was seen of it. */
export interface Window {
  page: Page;
  context: BrowserContext;
  /** Every request, as `GET http://…`. */
  requests: string[];
  /** The URLs of requests to another origin than the console's. */
  foreign: string[];
  /** Errors of scripts, and what the Content-Security-Policy refused. */
  faults: string[];
  /** Every line in the browser's console. */
  lines: string[];
  /** The tokens that the page has got from its operator and from the API. */
  secrets: Set<string>;
}

const opened: Window[] = [];

/** The windows that were opened since the last call. */
export const takeWindows = (): Window[] => opened.splice(0);

/** Notes the tokens in an answer of the API. */
async function noteSecrets(secrets: Set<string>, json: Promise<unknown>): Promise<void> {
  type Answer = { token?: unknown; secret?: unknown; previous?: Answer };
  const { previous, ...current } = ((await json.catch(() => undefined)) ?? {}) as Answer;
  for (const each of [current, previous].flatMap((answer) => [answer?.token, answer?.secret])) {
    if (typeof each === 'string') secrets.add(each);
  }
}

/**
 * Cloudscape says what changes once more to screen readers, in elements at the end of the page, and some seconds later. Without them,
 * `page.getByText` finds what a person sees, however long the test took to look.
 */
function leaveOutAnnouncements(page: Page): void {
  const getByText = page.getByText.bind(page);
  const ofPage = page.locator(':not(body > [aria-live])');
  page.getByText = (...args) => getByText(...args).and(ofPage);
}

export async function aWindow(browser: Browser, world: World, options: BrowserContextOptions = {}): Promise<Window> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    // A colour in the middle of its change has no meaning for a rule of contrast.
    reducedMotion: 'reduce',
    ...options,
  });
  context.on('page', leaveOutAnnouncements);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const window: Window = {
    page,
    context,
    requests: [],
    foreign: [],
    faults: [],
    lines: [],
    secrets: new Set([world.admin]),
  };
  const { requests, foreign, faults, lines, secrets } = window;
  context.on('request', (request) => {
    const url = request.url();
    requests.push(`${request.method()} ${url}`);
    if (!url.startsWith(`${world.runtime.url}/`) && !/^(data|blob):/.test(url)) foreign.push(url);
  });
  context.on('response', (response) => {
    if (/\/(token|operators|secret)(\/|$)/.test(response.url())) void noteSecrets(secrets, response.json());
  });
  context.on('weberror', (error) => faults.push(error.error().message));
  context.on('console', (message) => {
    lines.push(message.text());
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  opened.push(window);
  return window;
}

/** Opens a page of the console, and signs in. */
export async function signIn(window: Window, world: World, token: string, path = '/connections'): Promise<void> {
  const { page, secrets } = window;
  secrets.add(token);
  await page.goto(`${world.runtime.url}/console${path}`);
  await page.getByLabel('Operator token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Hooklatch' }).waitFor();
}

/** What the page of this event has alone: its heading is the event's type. */
export const eventOf = (page: Page, id: string): Locator => page.getByRole('definition').filter({ hasText: id });

/**
 * The requests to the API in a minute of the page's clock, which must be installed.
 * @param stepMs how far the clock goes at once: no further than the shortest time between two requests
 */
export async function requestsOfMinute({ page, requests }: Window, stepMs = 1_000): Promise<string[]> {
  const before = requests.length;
  for (let ms = 0; ms < 60_000; ms += stepMs) {
    await page.clock.runFor(stepMs);
    // The answers come in real time.
    await page.waitForLoadState('networkidle');
  }
  return requests.slice(before).filter((request) => request.includes('/v1/'));
}

/**
 * The accessibility rules that the page breaks now, each with its first element. While a dialog is open, only it can be used.
 * The script that looks stays in the page for the next time.
 */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: rules } = globalThis as unknown as { axe: typeof axe };
    const place = document.querySelector('[role=dialog]') ?? document;
    const { violations: found } = await rules.run(place, { resultTypes: ['violations'] });
    return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
  });
}

/** The tables that are wider than their places, so that a person has to look sideways, each with its columns. */
export const wideTables = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('table')].flatMap((table) => {
      const room = table.parentElement?.clientWidth ?? 0;
      const columns = [...table.querySelectorAll('th')].map(({ textContent }) => textContent.trim()).filter(Boolean);
      return table.scrollWidth > room + 1 ? [`${table.scrollWidth} px in ${room}: ${columns.join(', ')}`] : [];
    }),
  );

/** The role and the name of what has the focus, as a screen reader hears them, such as `button Hold`. The document has no name. */
export async function focused(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  try {
    const { result } = await session.send('Runtime.evaluate', { expression: 'document.activeElement' });
    const { objectId } = result;
    if (!objectId) return 'nothing';
    const { nodes } = await session.send('Accessibility.getPartialAXTree', { objectId, fetchRelatives: false });
    const [node] = nodes;
    const isDocument = await page.evaluate(() => document.activeElement === document.body);
    const name = String(node?.name?.value ?? '').trim();
    return isDocument ? 'the document' : `${node?.role?.value ?? ''} ${name}`;
  } finally {
    await session.detach();
  }
}
