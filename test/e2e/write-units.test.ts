import { createRequire } from 'node:module';
import { PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { itemBytes, writeUnits } from '../../shared/ground/aws/item-size.ts';
import {
  type ActiveEndpoint,
  anActiveEndpoint,
  aSharedRuntime,
  bearer,
  deliver,
  tableOf,
  type World,
} from '../support/given.ts';
import { itemOf } from './given-events.ts';

let world: World;
let given: ActiveEndpoint;
beforeAll(async () => {
  world = await aSharedRuntime({ streams: false });
  given = await anActiveEndpoint(world, { dedupe: { by: 'header', name: 'x-github-delivery' } });
});
afterAll(() => world.end());

const table = () => tableOf(world.runtime, 'Events');

interface Example {
  name: string;
  body: string;
}

/** GitHub's example payloads with a size between these numbers of bytes. */
function ofGitHub(least: number, most: number): Example[] {
  const all = createRequire(import.meta.url)('@octokit/webhooks-examples') as { name: string; examples: object[] }[];
  const examples = all.flatMap(({ name, examples }) => examples.map((each) => ({ name, body: JSON.stringify(each) })));
  return examples.filter(({ body }) => body.length >= least && body.length <= most);
}

/** An order without repeated texts or numbers. */
const anOrder = (size: number): Example => {
  const line = (n: number) => ({ sku: `SKU-${(n * 7919) % 10_007}`, title: `Article no. ${n * 31}`, cents: n * 1_237 });
  const lines = Array.from({ length: 70 }, (_, n) => line(n));
  return {
    name: 'order',
    body: JSON.stringify({ id: 4711, customer: 'Ada', lines }).slice(0, size).padEnd(size, '}'),
  };
};

/** Headers as GitHub sends them. */
const headersOf = ({ name }: Example) => ({
  ...bearer(given.token),
  'content-type': 'application/json',
  'user-agent': 'GitHub-Hookshot/6dc9f22',
  'x-github-delivery': crypto.randomUUID(),
  'x-github-event': name,
  'x-github-hook-id': '292430182',
  'x-github-hook-installation-target-id': '79929171',
  'x-github-hook-installation-target-type': 'repository',
  'x-hub-signature': 'sha1=7d38cdd689735b008b3c702edd92eea23791c5f6',
  'x-hub-signature-256': 'sha256=d57c68ca6f92289e6987922ff26938930f6e66a2d161ef06abdf1859230aa23c',
});

/** Delivers the example. Returns the stored item and its row in the index. */
async function stored(example: Example) {
  const answer = await deliver(given.url, { headers: headersOf(example), body: example.body });
  const item = (await itemOf(world, String(answer.json()['id']))) ?? {};
  const { Items: [row] = [] } = await world.dynamodb.send(
    new QueryCommand({
      TableName: table(),
      IndexName: 'byConnection',
      KeyConditionExpression: '#shard = :shard AND #at = :at',
      ExpressionAttributeNames: { '#shard': 'shard', '#at': 'at' },
      ExpressionAttributeValues: { ':shard': item['shard'] ?? { S: '' }, ':at': item['at'] ?? { S: '' } },
    }),
  );
  return { item, row: row ?? {} };
}

/** The write units of the item and of its row in the index. */
async function unitsOf(example: Example): Promise<[number, number]> {
  const { item, row } = await stored(example);
  expect(Number(item['size']?.N)).toBe(example.body.length);
  expect(Object.keys(row)).toEqual(expect.arrayContaining(['id', 'shard', 'at', 'type', 'expiresAt', 'units']));
  return [writeUnits(itemBytes(item)), writeUnits(itemBytes(row))];
}

test.each([...ofGitHub(900, 1_024), anOrder(1_024)])(
  'storing a JSON event of 1 KB takes 2 write units ($name)',
  async (example) => {
    expect(await unitsOf(example)).toEqual([1, 1]);
  },
);

test.each([...ofGitHub(3_500, 4_100), anOrder(4_096)])(
  'storing a JSON event of 4 KB takes at most 3 write units ($name)',
  async (example) => {
    const [item, row] = await unitsOf(example);
    expect(item).toBeLessThanOrEqual(2);
    expect(row).toBe(1);
  },
);

test.each([0, 300, 1_000, 3_000, 20_000])(
  'an event with a body of %d bytes records how many write units an update takes',
  async (size) => {
    const { item } = await stored({ name: 'bytes', body: crypto.randomUUID().repeat(600).slice(0, size) });
    const { ConsumedCapacity } = await world.dynamodb.send(
      new UpdateItemCommand({
        TableName: table(),
        Key: { id: item['id'] ?? { S: '' } },
        UpdateExpression: 'ADD replays :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
        ReturnConsumedCapacity: 'INDEXES',
      }),
    );
    expect(Number(item['units']?.N)).toBe(ConsumedCapacity?.Table?.CapacityUnits);
  },
);

describe('the computed size of an item', () => {
  const text = fc.string({ unit: 'binary-ascii', size: 'max', maxLength: 200 });
  const values = fc.oneof(
    text.map((S) => ({ S })),
    fc.boolean().map((BOOL) => ({ BOOL })),
    fc.maxSafeInteger().map((n) => ({ N: String(n) })),
    fc.integer({ min: 0, max: 40 }).map((n) => ({ N: String(10 ** (n % 15)) })),
    fc.uint8Array({ size: 'max', maxLength: 200 }).map((B) => ({ B })),
  );

  test('is the size that the store counts, to the byte', async () => {
    const names = fc.string({ unit: fc.constantFrom(...'abcdefgh'), minLength: 4, maxLength: 9 });
    const property = fc.asyncProperty(
      fc.dictionary(names, values, { maxKeys: 6, noNullPrototype: true }),
      fc.integer({ min: 2, max: 5 }),
      async (some, kb) => {
        const item = { id: { S: crypto.randomUUID() }, ...some, pad: { S: '' } };
        const missing = kb * 1024 - itemBytes(item);
        const units: (number | undefined)[] = [];
        for (const length of [missing, missing + 1]) {
          // Each item has its own id, because overwriting an item costs as much as the larger of the old and the new item.
          const Item = { ...item, id: { S: crypto.randomUUID() }, pad: { S: 'x'.repeat(length) } };
          const input = { TableName: table(), Item, ReturnConsumedCapacity: 'TOTAL' } as const;
          const written = await world.dynamodb.send(new PutItemCommand(input));
          units.push(written.ConsumedCapacity?.CapacityUnits);
        }
        expect(units).toEqual([kb, kb + 1]);
      },
    );
    await fc.assert(property, { numRuns: 40 });
  });

  test('counts names and texts in UTF-8', () => {
    expect(itemBytes({ é: { S: '💩' } })).toBe(6);
  });
});
