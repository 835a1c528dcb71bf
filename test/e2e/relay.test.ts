import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { RuntimeOptions } from '../../local/runtime-options.ts';
import { only } from '../infra/given-template.ts';
import { filled } from '../support/filled.ts';
import { describeInFull, every, testInFull } from '../support/full-counts.ts';
import {
  type ActiveEndpoint,
  anActiveEndpoint,
  aRuntime,
  aSharedRuntime,
  bearer,
  deliver,
  ok,
  tableOf,
  type World,
} from '../support/given.ts';
import { redriveAll, redrive as redriveIn } from './given-redrive.ts';

type FailEntry = NonNullable<RuntimeOptions['failEntry']>;
type Entry = Parameters<FailEntry>[0];

let world: World;
let s3: S3Client;
/** Every webhook entry that was sent to the bus, with its texts unchanged, before the bus checked it. */
let handed: Entry[] = [];
const told: { failEntry?: FailEntry; fault?: RuntimeOptions['fault'] } = {};

beforeAll(async () => {
  world = await aSharedRuntime({
    failEntry: (entry) => {
      // The relay does not send these entries: another function publishes the changes of endpoints.
      if (entry.Source === 'hooklatch') return undefined;
      handed.push(entry);
      return told.failEntry?.(entry);
    },
    fault: (call) => told.fault?.(call),
  });
  const { url: endpoint, region, administrator: credentials } = world.runtime.aws;
  s3 = new S3Client({ endpoint, region, credentials });
});
afterEach(async () => {
  delete told.failEntry;
  delete told.fault;
  await world.runtime.settled();
  for (const Key of await keys()) await s3.send(new DeleteObjectCommand({ Bucket: bucket(), Key }));
  handed = [];
  world.logs.length = 0;
});
afterAll(async () => {
  s3.destroy();
  await world.end();
});

interface BusEvent {
  source: string;
  'detail-type': string;
  time: string;
  detail: Record<string, unknown> & { id: string };
}

/** A connection's events on the bus, in order, once the relay has published everything that is stored. */
async function published({ name }: ActiveEndpoint, where = world): Promise<BusEvent[]> {
  await where.runtime.settled();
  const events = where.busEvents() as unknown as BusEvent[];
  return events.filter(({ source }) => source === `hooklatch.${name}`);
}

const json = { 'content-type': 'application/json' };

async function deliverTo({ url, token }: ActiveEndpoint, body: Buffer | string, headers = {}): Promise<string> {
  const answer = await deliver(url, { headers: { ...bearer(token), ...headers }, body });
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return String(answer.json()['id']);
}

const refused = (code: string) => ({ ErrorCode: code, ErrorMessage: 'requested by the test' });

/** Whether the delivery in an entry contains this text. */
const says = ({ Detail = '' }: Entry, words: string): boolean => Detail.includes(words);

describe('a webhook on the bus', () => {
  test('has its origin and its properties, but no token', async () => {
    const given = await anActiveEndpoint(world);
    const body = '{"order": 7}';
    const answer = await deliver(`${given.url}/a/b?x=1&token=${given.token}`, {
      method: 'PUT',
      headers: { ...json, 'x-shop': 'é', cookie: 'session=1' },
      body,
    });
    const [event, ...more] = await published(given);
    const stored = await ok(world, 'GET', `${given.path}/events/${answer.json()['id']}`);
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      source: `hooklatch.${given.name}`,
      'detail-type': 'webhook',
      time: String(stored['receivedAt']).replace(/\.\d+Z$/, 'Z'),
      detail: {
        id: stored['id'],
        connection: given.name,
        provider: 'generic',
        type: 'webhook',
        receivedAt: stored['receivedAt'],
        method: 'PUT',
        contentType: 'application/json',
        headers: stored['headers'],
        query: 'x=1&token=REDACTED',
        path: 'a/b',
        data: { order: 7 },
        sha256: stored['sha256'],
        size: body.length,
      },
    });
    expect(JSON.stringify(handed)).toContain('token=REDACTED');
    expect(JSON.stringify([event, handed])).not.toMatch(/hle_|session=/);
  });

  // `npm test` has some of these texts and bodies; test/shared/events/bus/publication.test.ts has the rule for any.
  const texts: [string, string][] = [
    ['numbers beyond double precision', '{"a":12345678901234567890,"b":1.0,"c":1e400,"d":-0}'],
    ['repeated keys', '{"a":1,"a":2,"__proto__":{"b":1}}'],
    ['white space', ' \t{\n  "a" : [ ]\r\n}\n'],
    ['escapes', '{"a":"\\u00e9\\/\\ud83d\\ude00\\ud800","b":"é😀\u2028"}'],
    ['a list', '[1,2]'],
    ['only a number', '7.50'],
    ['500 nested arrays', '['.repeat(500) + ']'.repeat(500)],
    ['180 KiB', JSON.stringify({ a: 'é"\\'.repeat(30_600) })],
  ];

  test.each(every(4, texts))('has its JSON unchanged if it contains %s', async (_, text) => {
    const given = await anActiveEndpoint(world);
    await deliverTo(given, text, json);
    const { detail } = only(await published(given));
    expect(handed.map(({ Detail }) => Detail)).toEqual([expect.stringContaining(`"data":${text},"sha256":`)]);
    expect(detail['data']).toEqual(JSON.parse(text));
  });

  const others: [string, Buffer | string, string | undefined][] = [
    ['an empty body', '', undefined],
    ['an empty body with the content type of JSON', '', 'application/json'],
    ['a form', 'payload=%7B%22a%22%3A1%7D&b=%ff', 'application/x-www-form-urlencoded'],
    ['text', 'é', 'text/plain'],
    ['XML', '<a>é</a>', 'application/xml'],
    ['incomplete JSON', '{"a":', 'application/json'],
    ['gzip data', gzipSync('{"a":1}'), 'application/json; x=gzip'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0, 0x7d]), undefined],
  ];

  test.each(every(4, others))('has %s as base64', async (_, sent, contentType) => {
    const given = await anActiveEndpoint(world);
    const id = await deliverTo(given, sent, contentType === undefined ? {} : { 'content-type': contentType });
    const { detail } = only(await published(given));
    const stored = await ok(world, 'GET', `${given.path}/events/${id}`);
    const { body, bodyBase64 } = stored as { body?: string; bodyBase64?: string };
    const bytes = body === undefined ? Buffer.from(bodyBase64 ?? '', 'base64') : Buffer.from(body);
    expect(detail).not.toHaveProperty('data');
    expect(detail['dataBase64']).toBe(bytes.toString('base64'));
  });

  testInFull('has its JSON as base64 if it is nested too deeply for the bus', async () => {
    const given = await anActiveEndpoint(world);
    const text = '['.repeat(2_000) + ']'.repeat(2_000);
    await deliverTo(given, text, json);
    const { detail } = only(await published(given));
    expect(Buffer.from(String(detail['dataBase64']), 'base64').toString()).toBe(text);
  });

  test('has the location of its body if the body is too large for the bus', async () => {
    const given = await anActiveEndpoint(world);
    const body = JSON.stringify({ text: 'x'.repeat(1_500_000) });
    await deliverTo(given, body, json);
    const { detail } = only(await published(given));
    expect(detail).toMatchObject({
      size: body.length,
      bodyLocation: { bucket: world.runtime.outputs['BodiesBucket'] },
    });
    expect(detail).not.toHaveProperty('data');
    expect(detail).not.toHaveProperty('dataBase64');
    const { bucket: Bucket, key: Key } = detail['bodyLocation'] as { bucket: string; key: string };
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(await Body?.transformToString()).toBe(body);
  });

  test('is published once for all its repeats, and again for each different body with the same delivery id', async () => {
    const given = await anActiveEndpoint(world, { dedupe: { by: 'header', name: 'x-delivery' } });
    const ids: string[] = [];
    for (const body of ['{"a":1}', '{"a":1}', '{"a":2}', '{"a":1}', '{"a":2}']) {
      ids.push(await deliverTo(given, body, { ...json, 'x-delivery': 'd-1' }));
    }
    const details = (await published(given)).map(({ detail }) => detail);
    expect(details.map(({ id, deliveryId, conflictsWith }) => [id, deliveryId, conflictsWith])).toEqual([
      [ids[0], 'd-1', undefined],
      [ids[2], 'd-1', ids[0]],
    ]);
  });
});

interface Definition {
  name: string;
  examples: unknown[];
}

// `test/shared/events/bus/publication.test.ts` has the rule for any JSON.
testInFull('example payloads of GitHub are stored byte for byte, and published as the same text', async () => {
  const definitions: Definition[] = createRequire(import.meta.url)('@octokit/webhooks-examples');
  const bodies = definitions.flatMap(({ examples }, at) =>
    examples.map((example) => JSON.stringify(example, null, at % 3) + '\n'.repeat(at % 2)),
  );
  expect(bodies).toHaveLength(329);
  const given = await anActiveEndpoint(world);
  const ids: string[] = [];
  for (let at = 0; at < bodies.length; at += 10) {
    ids.push(...(await Promise.all(bodies.slice(at, at + 10).map((body) => deliverTo(given, body, json)))));
  }
  await published(given);
  const detailOf = new Map(handed.map(({ Detail = '' }) => [JSON.parse(Detail).id, Detail]));
  for (const [at, body] of bodies.entries()) {
    const id = ids[at] ?? '';
    expect((await ok(world, 'GET', `${given.path}/events/${id}`))['body']).toBe(body);
    expect(detailOf.get(id)?.includes(`"data":${body},"sha256":`)).toBe(true);
  }
  expect(handed).toHaveLength(bodies.length);
});

describe('the bus gets all events in order in the end', () => {
  /** Numbered deliveries, one after another. */
  async function deliverNumbers(given: ActiveEndpoint, count: number): Promise<number[]> {
    const numbers = Array.from({ length: count }, (_, at) => at);
    for (const number of numbers) await deliverTo(given, `{"number":${number}}`, json);
    return numbers;
  }

  const numbersOf = (events: BusEvent[]): number[] =>
    events.map(({ detail }) => (detail['data'] as { number: number }).number);

  /** Expects all numbers. The last attempt of each number must come after the first attempt of the number before it. */
  function expectInOrder(order: number[], numbers: number[]): void {
    expect([...new Set(order)].sort((a, b) => a - b)).toEqual(numbers);
    for (const number of filled(numbers.slice(1))) {
      expect(order.lastIndexOf(number)).toBeGreaterThan(order.indexOf(number - 1));
    }
  }

  const failures: [string, number, (times: number) => Partial<typeof told>][] = [
    [
      'if it fails for single entries',
      3,
      (times) => ({
        failEntry: (entry) => (says(entry, '"number":3}') && times-- > 0 ? refused('InternalFailure') : undefined),
      }),
    ],
    [
      'if it throttles',
      4,
      (times) => ({ fault: ({ operation }) => (operation === 'PutEvents' && times-- > 0 ? 'throttle' : undefined) }),
    ],
    [
      'if whole calls fail',
      12,
      (times) => ({
        fault: ({ operation }) => (operation === 'PutEvents' && times-- > 0 ? 'error-before' : undefined),
      }),
    ],
    [
      'if its answers are lost',
      4,
      (times) => ({ fault: ({ operation }) => (operation === 'PutEvents' && times-- > 0 ? 'lost-answer' : undefined) }),
    ],
  ];

  test.each(every(4, failures))('%s', async (_, times, hooks) => {
    const given = await anActiveEndpoint(world);
    Object.assign(told, hooks(times));
    const numbers = await deliverNumbers(given, 12);
    expectInOrder(numbersOf(await published(given)), numbers);
    expect(await keys()).toEqual([]);
  });
});

describeInFull('a bus that accepts 256 KB in a call', () => {
  let small: World;
  beforeAll(async () => {
    small = await aRuntime({ maxCallBytes: 262_144, maxInstances: 3 });
  });
  afterAll(() => small.end());

  test('gets ten events of 30 KB that were delivered at once', async () => {
    const given = await anActiveEndpoint(small);
    const body = JSON.stringify({ text: 'x'.repeat(30_000) });
    const ids = await Promise.all(Array.from({ length: 10 }, () => deliverTo(given, body, json)));
    const details = (await published(given, small)).map(({ detail }) => detail);
    expect(details.map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  test('gets every event, because a body whose entry would be too large is in the bucket', async () => {
    const given = await anActiveEndpoint(small);
    const large = await deliverTo(given, JSON.stringify({ text: 'x'.repeat(262_000) }), json);
    const id = await deliverTo(given, '{}', json);
    const details = (await published(given, small)).map(({ detail }) => detail);
    expect(details.map((detail) => detail.id).sort()).toEqual([large, id].sort());
    expect(details.map((detail) => 'bodyLocation' in detail).sort()).toEqual([false, true]);
  });
});

/** The keys in the dead-letter bucket. */
async function keys(): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket() }));
  return Contents.map(({ Key = '' }) => Key);
}

const bucket = () => world.runtime.outputs['FailuresBucket'] ?? '';

async function textOf(Key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket(), Key }));
  return (await Body?.transformToString()) ?? '';
}

const redrive = (...flags: string[]) => redriveIn(world, ...flags);

describe('dead letters', () => {
  test('an event that the bus refuses goes to the dead-letter bucket without delaying others, and redrive publishes it after the cause is gone', async () => {
    const given = await anActiveEndpoint(world);
    told.failEntry = (entry) => (says(entry, '"bad"') ? refused('InvalidArgument') : undefined);
    const ids: string[] = [];
    for (const body of ['{"a":"good"}', '{"a":"bad"}', '{"a":"better"}']) ids.push(await deliverTo(given, body, json));
    expect((await published(given)).map(({ detail }) => detail.id)).toEqual([ids[0], ids[2]]);
    const [key = '', ...more] = await keys();
    expect([key, ...more]).toEqual([expect.stringMatching(new RegExp(`^refused/.*-${ids[1]}-[0-9a-f]{16}\\.json$`))]);
    expect(world.logs.filter((line) => line.includes('given_up')).map((line) => JSON.parse(line))).toMatchObject([
      {
        level: 'ERROR',
        message: { outcome: 'given_up', event: ids[1], connection: given.name, code: 'InvalidArgument' },
      },
    ]);

    expect(await redrive('--dry-run')).toEqual({
      exitCode: 1,
      lines: [`there  ${key}`, `0 done, 1 left in ${bucket()}`],
    });
    expect(await redriveAll(world)).toEqual({
      lines: [`left   ${key}: was refused again, see the log of the function`],
      done: 0,
      left: 1,
    });
    delete told.failEntry;
    told.fault = ({ operation }) => (operation === 'PutEvents' ? 'error-before' : undefined);
    expect(await redriveAll(world)).toMatchObject({
      lines: [`left   ${key}: the function still can't process it, see its log`],
      left: 1,
    });
    delete told.fault;
    expect(await redrive()).toEqual({ exitCode: 0, lines: [`done   ${key}`, `1 done, 0 left in ${bucket()}`] });
    expect((await published(given)).map(({ detail }) => detail.id)).toEqual([ids[0], ids[2], ids[1]]);
    expect(await redriveAll(world)).toEqual({ lines: [], done: 0, left: 0 });
  });

  testInFull("an event that the bus refuses is retried while the dead-letter bucket can't be written", async () => {
    const given = await anActiveEndpoint(world);
    let times = 8;
    told.failEntry = (entry) => (says(entry, '"bad"') ? refused('NotAuthorizedForSourceException') : undefined);
    told.fault = ({ operation }) => (operation === 'PutObject' && times-- > 0 ? 'error-before' : undefined);
    await deliverTo(given, '{"a":"bad"}', json);
    const id = await deliverTo(given, '{"a":"good"}', json);
    const order = (await published(given)).map(({ detail }) => detail.id);
    expect(new Set(order)).toEqual(new Set([id]));
    expect(await keys()).toHaveLength(1);
    delete told.failEntry;
    expect((await redriveAll(world)).left).toBe(0);
  });

  testInFull("a record that can't be read goes to the dead-letter bucket, and a redrive leaves it there", async () => {
    const given = await anActiveEndpoint(world);
    const TableName = tableOf(world.runtime, 'Events');
    await world.dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: 'poison' }, payload: { S: 'x' } } }));
    const id = await deliverTo(given, '{}', json);
    expect((await published(given)).map(({ detail }) => detail.id)).toEqual([id]);
    const [key = ''] = await keys();
    expect(JSON.parse(await textOf(key))).toMatchObject({ requestContext: { condition: 'Unreadable' } });
    expect((await redriveAll(world)).lines[0]).toBe(`left   ${key}: was refused again, see the log of the function`);
    await world.runtime.settled();
    expect(await keys()).toEqual([key]);
  });

  testInFull(
    'redrive publishes a batch that Lambda gave up, and leaves objects that are not dead letters',
    async () => {
      const given = await anActiveEndpoint(world);
      told.failEntry = () => refused('InvalidArgument');
      const ids = [await deliverTo(given, '{"a":1}', json), await deliverTo(given, '{"a":2}', json)];
      expect(await published(given)).toEqual([]);
      delete told.failEntry;
      const found = (await keys()).filter((key) => ids.some((id) => key.includes(id)));
      const failures = await Promise.all(found.map(async (key) => JSON.parse(await textOf(key))));
      const Records = failures.flatMap(({ payload }) => JSON.parse(payload).Records);
      const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket: bucket(), Key, Body }));
      await put('aws/lambda/m/s/batch', JSON.stringify({ ...failures[0], payload: JSON.stringify({ Records }) }));
      await put('aws/lambda/notes', 'not for a function');
      const gone = { ...failures[0], requestContext: { condition: 'x', functionArn: 'gone' } };
      await put('aws/lambda/of-another', JSON.stringify(gone));
      const { exitCode, lines } = await redrive('--prefix', 'aws/');
      expect(exitCode).toBe(1);
      expect(lines).toEqual([
        'done   aws/lambda/m/s/batch',
        'left   aws/lambda/notes: is not a dead letter',
        expect.stringMatching(/^left {3}aws\/lambda\/of-another: ResourceNotFoundException: .*gone/),
        `1 done, 2 left in ${bucket()}`,
      ]);
      expect((await published(given)).map(({ detail }) => detail.id).sort()).toEqual([...ids].sort());
      const { functionArn } = failures[0].requestContext;
      expect((await redrive('--prefix', 'aws/lambda/of', '--function', functionArn)).exitCode).toBe(0);
    },
  );
});

testInFull('an event that is stored with the id of an ended hold is published at once', async () => {
  const given = await anActiveEndpoint(world);
  const id = await deliverTo(given, '{}', json);
  await published(given);
  const TableName = tableOf(world.runtime, 'Events');
  const { Item } = await world.dynamodb.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }));
  const later = `evt_${'z'.repeat(26)}`;
  await world.dynamodb.send(
    new PutItemCommand({ TableName, Item: { ...Item, id: { S: later }, held: { S: 'hold-1' } } }),
  );
  expect((await published(given)).map(({ detail }) => detail.id)).toEqual([id, later]);
});
