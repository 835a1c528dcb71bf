/**
 * `node tools/bench/listing.ts [count]`: measures the cost of a page of 50 events. Compares a connection with `count` events
 * (default a million) to a connection with a thousandth of that number. Not part of `npm run bench`: loading a million
 * events takes minutes, and 3 GB of memory.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { synthesize } from '../../local/cloudformation/synthesis.ts';
import { startRuntime } from '../../local/runtime.ts';
import { defaultShards, eventTable } from '../../shared/events/event/event-table.ts';
import { copyOf, type Item, load } from './stored-events.ts';

const count = Number(process.argv[2] ?? 1_000_000);
const connections = [
  { id: 'few', events: count / 1_000 },
  { id: 'many', events: count },
];

/** A stored webhook of 1 KB that belongs to this connection. */
const anItem = (connectionId: string): Item => ({
  connectionId: { S: connectionId },
  connection: { S: 'github-orders' },
  provider: { S: 'generic' },
  endpointId: { S: 'AAAAAAAAAAAAAAAAAAAAAA' },
  requestId: { S: 'JKJaXmPLvHcESHA=' },
  type: { S: 'webhook' },
  method: { S: 'POST' },
  contentType: { S: 'application/json' },
  tokenId: { S: '0b6a1f6e-6c0c-4d3f-9a7a-3f1f8a1f0c11' },
  size: { N: '1024' },
  expiresAt: { N: '32503680000' },
  units: { N: '2' },
  payload: { B: Buffer.alloc(1_024, 'x') },
});

function* itemsOf({ id, events }: (typeof connections)[number]): Generator<Item> {
  const item = anItem(id);
  for (let n = 0; n < events; n += 1) yield copyOf(item, new Date(Date.now() - n * 1_000));
}

/**
 * Lists one page. Returns the number of calls, their read units as the local store counts them, and the milliseconds.
 */
async function pageOf(client: DynamoDBClient, table: string, connectionId: string, order: 'asc' | 'desc') {
  let [calls, units] = [0, 0];
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } as never });
      calls += 1;
      units += (result.output as QueryCommandOutput).ConsumedCapacity?.CapacityUnits ?? Number.NaN;
      return result;
    },
    { step: 'initialize', name: 'count', override: true },
  );
  const asked = {
    order,
    limit: 50,
    after: undefined,
    from: undefined,
    to: undefined,
    type: undefined,
    now: new Date(),
  };
  const began = performance.now();
  const { events } = await eventTable(client, table, defaultShards).list(connectionId, asked);
  return `${events.length} of ${connectionId} (${order}): ${calls} calls, ${units} read units, ${(performance.now() - began).toFixed(0)} ms`;
}

const folder = mkdtempSync(join(tmpdir(), 'hooklatch-listing-'));
try {
  const options = { assembly: join(folder, 'assembly'), dataDir: join(folder, 'data') };
  await synthesize(fileURLToPath(new URL('../..', import.meta.url)), options.assembly);
  const first = await startRuntime(options);
  await first.close();
  const [, table = ''] = Object.entries(first.tables).find(([id]) => id.startsWith('Events')) ?? [];
  for (const connection of connections) await load(options.dataDir, table, itemsOf(connection));
  console.log(`loaded ${count} events`);
  const { aws, close } = await startRuntime(options);
  const client = new DynamoDBClient({ endpoint: aws.url, region: aws.region, credentials: aws.administrator });
  // The first round warms up.
  for (const round of ['cold', 'warm'])
    for (const { id } of connections)
      for (const order of ['asc', 'desc'] as const) console.log(`${round}: ${await pageOf(client, table, id, order)}`);
  client.destroy();
  await close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
