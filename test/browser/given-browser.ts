/** Steps for tests that open the console in Chromium. */
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { World } from '../given.ts';

/** Debian's Chromium. The flags keep it from asking hosts on the internet, and let it run as root. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });

/** A window of the console, and what went wrong in it. */
export interface Window {
  page: Page;
  context: BrowserContext;
  /** The URLs of requests to another origin than the console's. */
  foreign: string[];
  /** Errors of scripts, and what the Content-Security-Policy refused. */
  faults: string[];
  /** Every line in the browser's console. */
  lines: string[];
}

export async function aWindow(browser: Browser, world: World, options: BrowserContextOptions = {}): Promise<Window> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    // A colour in the middle of its change has no meaning for a rule of contrast.
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const [foreign, faults, lines]: string[][] = [[], [], []];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(world.runtime.url) && !/^(data|blob):/.test(url)) foreign?.push(url);
  });
  page.on('pageerror', (error) => faults?.push(error.message));
  page.on('console', (message) => {
    lines?.push(message.text());
    if (message.text().includes('Content Security Policy')) faults?.push(message.text());
  });
  return { page, context, foreign: foreign ?? [], faults: faults ?? [], lines: lines ?? [] };
}

/** Opens a page of the console, and signs in. */
export async function signIn({ page }: Window, world: World, token: string, path = '/index.html'): Promise<void> {
  await page.goto(`${world.runtime.url}/console${path}`);
  await page.getByLabel('Operator token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Hooklatch' }).waitFor();
}

/** The accessibility rules that the page breaks now, each with its first element. While a dialog is open, only it can be used. */
export async function violations(page: Page): Promise<string[]> {
  const hasDialog = (await page.getByRole('dialog').count()) > 0;
  const axe = new AxeBuilder({ page });
  const { violations: found } = await (hasDialog ? axe.include('[role=dialog]') : axe).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
}
