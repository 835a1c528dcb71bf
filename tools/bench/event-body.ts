/**
 * How long the page of an event keeps the browser busy at once, while 1 MiB of JSON is opened, searched, scrolled and folded. Needs
 * Debian's Chromium; without it, the figure is left out.
 */
import { existsSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import type { Sandbox } from '../../local/start/sandbox.ts';
import { hooklatchClient } from '../../shared/operators/api/client.ts';
import { type Figure, median } from './budget.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const name = 'large-bodies';
const bodyBytes = 1024 * 1024;
const runs = 3;
const mostMs = 100;

/** A list of orders with exactly so many bytes. */
function largeJson(): string {
  const orders: string[] = [];
  for (let bytes = 0, id = 0; bytes < bodyBytes - 200; id += 1) {
    const order = JSON.stringify({ id, total: id / 4, paid: id % 3 === 0, customer: { name: `Customer ${id}` } });
    orders.push(order);
    bytes += order.length + 1;
  }
  const json = `{"orders":[${orders.join(',')}],"rest":""}`;
  return `${json.slice(0, -2)}${'x'.repeat(bodyBytes - json.length)}"}`;
}

/** Delivers the body. Returns the id of the event. */
async function deliverLarge({ runtime, operatorToken }: Pick<Sandbox, 'runtime' | 'operatorToken'>): Promise<string> {
  const api = hooklatchClient({ url: runtime.url, token: operatorToken });
  const params = { name };
  await api.call('POST /v1/connections', { body: { name, provider: 'generic' } });
  await api.call('PUT /v1/connections/{name}/endpoint', { params, body: {} });
  const { token } = await api.call('POST /v1/connections/{name}/endpoint/token', { params });
  const { endpoint } = await api.call('POST /v1/connections/{name}/endpoint/activate', { params });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(endpoint?.url ?? '', { method: 'POST', headers, body: largeJson() });
  if (answer.status !== 202) throw new Error(`the webhook was answered with ${answer.status}`);
  await runtime.settled();
  return ((await answer.json()) as { id: string }).id;
}

/** Reads the body as a person does. Returns the milliseconds of the longest task. The browser reports none below 50 ms. */
async function readThrough(page: Page, url: string, token: string, id: string): Promise<number> {
  await page.goto(`${url}/console/connections/${name}/events`);
  await page.getByLabel('Operator token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const link = page.getByRole('link', { name: id });
  await link.waitFor();
  // Its types are those of a browser, which this program is not compiled for.
  await page.evaluate(`
    globalThis.longest = 0;
    new PerformanceObserver((list) => {
      longest = Math.max(longest, ...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: 'longtask' });
  `);
  await link.click();
  const lines = page.getByRole('tree');
  await lines.getByText('"orders"').waitFor();
  await lines.hover();
  for (let step = 0; step < 30; step++) await page.mouse.wheel(0, 2_000);
  await lines.press('End');
  await lines.getByText('"rest"').waitFor();
  await page.getByLabel('Search in the body').fill('Customer 9');
  await page.getByText(/^1 of /).waitFor();
  for (let step = 0; step < 20; step++) await page.getByRole('button', { name: 'Next find' }).click();
  await page.getByRole('button', { name: 'Fold all', exact: true }).click();
  await page.getByRole('button', { name: 'Unfold all' }).click();
  await lines.press('Home');
  await lines.getByText('"orders"').waitFor();
  return page.evaluate<number>('longest');
}

export async function eventBody(sandbox: Pick<Sandbox, 'runtime' | 'operatorToken'>): Promise<Figure[]> {
  if (!existsSync(executablePath)) return [];
  const id = await deliverLarge(sandbox);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const times: number[] = [];
  try {
    for (let run = 0; run < runs; run++) {
      const page = await browser.newPage();
      times.push(await readThrough(page, sandbox.runtime.url, sandbox.operatorToken, id));
      await page.close();
    }
  } finally {
    await browser.close();
  }
  const value = median(times);
  const shown = value === 0 ? '≤ 50 ms' : `${Math.round(value)} ms`;
  const budget = { most: mostMs, shown: `${mostMs} ms` };
  return [{ what: 'longest task while 1 MiB of JSON is opened, scrolled and searched', value, shown, budget }];
}
