/**
 * What the console costs the person who opens it: bytes, and time in a browser whose network and processor are slowed down. Needs
 * Debian's Chromium; without it, the figures are left out.
 */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CDPSession, chromium, type Page } from 'playwright-core';
import type { Sandbox } from '../../local/start/sandbox.ts';
import { type Figure, median } from './budget.ts';
import { longestTask } from './many-rows.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-gpu'];

/** A processor at a quarter of its speed, and 1.6 Mbit/s with a round trip of 150 ms, as Lighthouse has it for a slow mobile network. */
const slowdown = 4;
const slowNetwork = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 };
const runs = 5;

const mostKilobytes = 360;
const mostMs = { signIn: 2_000, list: 2_500 };
const mostRatio = 1.6;

/** Opens a window in a new profile, so that nothing is cached, and measures in it. */
async function inWindow<T>(use: (page: Page, session: CDPSession) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage();
    return await use(page, await page.context().newCDPSession(page));
  } finally {
    await browser.close();
  }
}

async function slow(session: CDPSession): Promise<void> {
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', slowNetwork);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
}

/** Milliseconds until something is done. */
async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await act();
  return performance.now() - begin;
}

/** Opens a page, and waits until it shows a button. */
async function opens(page: Page, url: string, button: string): Promise<void> {
  await page.goto(url, { waitUntil: 'commit' });
  await page.getByRole('button', { name: button }).waitFor();
}

/** Signs in, and waits until the list of connections is there, with what it says about them. */
async function signsIn(page: Page, token: string): Promise<void> {
  await page.getByLabel('Operator token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Find connections').or(page.getByPlaceholder('Find connections')).first().waitFor();
  await page.getByRole('row').nth(1).getByRole('link').waitFor();
}

/** Says to a page that a person saves data. What a browser has is not what this program is compiled for. */
const savingData = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })";

/**
 * The bytes of all files that are loaded while the list of connections is open, as they come over the network. For somebody who saves
 * data, nothing is loaded ahead, so these are the files that the list needs.
 */
const bytesOfList = (url: string, token: string, savesData: boolean): Promise<number> =>
  inWindow(async (page, session) => {
    const files = new Set<string>();
    let bytes = 0;
    session.on('Network.responseReceived', ({ requestId, response }) => {
      if (response.url.includes('/console/')) files.add(requestId);
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (files.has(requestId)) bytes += encodedDataLength;
    });
    await session.send('Network.enable');
    if (savesData) await page.addInitScript(savingData);
    await opens(page, url, 'Sign in');
    await signsIn(page, token);
    if (!savesData)
      await page.waitForFunction(
        `performance.getEntriesByType('resource').some(({ name }) => name.includes('/assets/pages-'))`,
      );
    await page.waitForLoadState('networkidle');
    return bytes;
  });

/** A page of so many bytes that does nothing, on a server of its own. */
async function aStaticPage(bytes: number): Promise<{ url: string; server: Server }> {
  const page = `<!doctype html><title>static</title><!--${'x'.repeat(bytes)}--><button>There</button>`;
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(page));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

/** Measures one after the other in turn, so that whatever else the machine does meets all of them. */
async function mediansOf(measures: readonly (() => Promise<number>)[]): Promise<number[]> {
  const times: number[][] = measures.map(() => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, measure] of measures.entries()) times[index]?.push(await measure());
  }
  return times.map(median);
}

const ms = (value: number): string => `${Math.round(value)} ms`;

export async function consoleFigures({
  runtime,
  assembly,
  operatorToken,
}: Pick<Sandbox, 'runtime' | 'assembly' | 'operatorToken'>): Promise<Figure[]> {
  if (!existsSync(executablePath)) return [];
  const url = `${runtime.url}/console/connections`;
  // The function's instance starts once for all visitors.
  const bytes = await bytesOfList(url, operatorToken, true);
  const withAhead = await bytesOfList(url, operatorToken, false);
  const { url: staticUrl, server } = await aStaticPage(bytes);
  const [ready = 0, cold = 0, plain = 0, list = 0] = await mediansOf([
    () =>
      inWindow(async (page, session) => {
        await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
        return timeOf(() => opens(page, url, 'Sign in'));
      }),
    () => inWindow((page, session) => slow(session).then(() => timeOf(() => opens(page, url, 'Sign in')))),
    () => inWindow((page, session) => slow(session).then(() => timeOf(() => opens(page, staticUrl, 'There')))),
    () =>
      inWindow(async (page, session) => {
        await slow(session);
        await opens(page, url, 'Sign in');
        return timeOf(() => signsIn(page, operatorToken));
      }),
  ]);
  server.close();
  const task = await longestTask(assembly, (use) => inWindow((page) => use(page)));
  return figuresOf({ bytes, withAhead, ready, cold, plain, list, task });
}

type Measured = Record<'bytes' | 'withAhead' | 'ready' | 'cold' | 'plain' | 'list' | 'task', number>;

function figuresOf({ bytes, withAhead, ready, cold, plain, list, task }: Measured): Figure[] {
  const kilobytes = bytes / 1_000;
  const ahead = (withAhead - bytes) / 1_000;
  const ratio = cold / plain;
  return [
    {
      what: 'list of connections, all files that it needs',
      value: kilobytes,
      shown: `${kilobytes.toFixed(1)} KB`,
      budget: { most: mostKilobytes, shown: `${mostKilobytes} KB` },
    },
    {
      what: 'file of the later pages, loaded after the list is there',
      value: ahead,
      shown: `${ahead.toFixed(1)} KB`,
    },
    {
      what: `console ready to sign in, processor at 1/${slowdown}`,
      value: ready,
      shown: ms(ready),
      budget: { most: mostMs.signIn, shown: ms(mostMs.signIn) },
    },
    {
      what: `list usable after signing in, processor at 1/${slowdown}, 1.6 Mbit/s`,
      value: list,
      shown: ms(list),
      budget: { most: mostMs.list, shown: ms(mostMs.list) },
    },
    {
      what: `console ready to sign in, to a static page of the same bytes (${ms(plain)}), the same slow`,
      value: ratio,
      shown: `${ratio.toFixed(2)} times`,
      budget: { most: mostRatio, shown: `${mostRatio} times` },
    },
    {
      what: 'longest task while 10,000 events are paged',
      value: task,
      shown: task === 0 ? '≤ 50 ms' : ms(task),
      budget: { most: 100, shown: '100 ms' },
    },
  ];
}
