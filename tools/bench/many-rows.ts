/** How long the console's list of events keeps the browser busy at once, while a person pages through many of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Page } from 'playwright-core';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import { readBootstrapToken } from '../../local/start/bootstrap-token.ts';
import { hooklatchClient } from '../../shared/operators/api/client.ts';
import { copyOf, type Item, load } from './stored-events.ts';

const name = 'orders';
const rows = 10_000;
const rowsOfPage = 50;

/** Makes an endpoint, and delivers one webhook to it. */
async function deliverOne(runtime: Runtime): Promise<void> {
  const api = hooklatchClient({ url: runtime.url, token: (await readBootstrapToken(runtime)) ?? '' });
  const params = { name };
  await api.call('POST /v1/connections', { body: { name, provider: 'generic' } });
  await api.call('PUT /v1/connections/{name}/endpoint', { params, body: {} });
  const { token } = await api.call('POST /v1/connections/{name}/endpoint/token', { params });
  const { endpoint } = await api.call('POST /v1/connections/{name}/endpoint/activate', { params });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(endpoint?.url ?? '', { method: 'POST', headers, body: '{"order":1}' });
  if (answer.status !== 202) throw new Error(`the webhook was answered with ${answer.status}`);
  await runtime.settled();
}

/** The event that is stored. */
async function theEvent({ aws, tables }: Runtime): Promise<{ table: string; item: Item }> {
  const [, table = ''] = Object.entries(tables).find(([id]) => id.startsWith('Events')) ?? [];
  const client = new DynamoDBClient({ endpoint: aws.url, region: aws.region, credentials: aws.administrator });
  const { Items: [item] = [] } = await client.send(new ScanCommand({ TableName: table }));
  client.destroy();
  if (!item) throw new Error('there is no event');
  return { table, item };
}

function* copiesOf(item: Item): Generator<Item> {
  const last = Date.now() - 60_000;
  for (let n = 1; n < rows; n += 1) yield copyOf(item, new Date(last - n * 1_000));
}

/** Pages to the oldest event. Returns the milliseconds of the longest task. Tasks below 50 ms are not reported by the browser. */
async function pageThrough(page: Page, runtime: Runtime): Promise<number> {
  await page.goto(`${runtime.url}/console/connections/${name}/events`);
  await page.getByLabel('Operator token').fill((await readBootstrapToken(runtime)) ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: /^evt_/ }).first().waitFor();
  // Its types are those of a browser, which this program is not compiled for.
  await page.evaluate(`
    globalThis.longest = 0;
    new PerformanceObserver((list) => {
      longest = Math.max(longest, ...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: 'longtask' });
  `);
  const next = page.getByRole('button', { name: 'Next page' });
  for (let shown = 1; shown < rows / rowsOfPage; shown++) {
    await next.click();
    await page
      .getByRole('button', { name: `Page ${shown + 1}`, exact: false })
      .and(page.locator('[aria-current]'))
      .waitFor();
  }
  return page.evaluate<number>('longest');
}

/**
 * @param assembly the folder of the synthesized app
 * @param inWindow opens a window, and closes it afterwards
 */
export async function longestTask(
  assembly: string,
  inWindow: (use: (page: Page) => Promise<number>) => Promise<number>,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'hooklatch-rows-'));
  try {
    const options = { assembly, dataDir: join(folder, 'data') };
    const first = await startRuntime(options);
    const { table, item } = await deliverOne(first).then(() => theEvent(first));
    await first.close();
    await load(options.dataDir, table, copiesOf(item));
    const runtime = await startRuntime(options);
    try {
      return await inWindow((page) => pageThrough(page, runtime));
    } finally {
      await runtime.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
