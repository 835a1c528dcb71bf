import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResponse,
} from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AwsCall, LocalAws } from '../../../local/aws/local-aws.ts';
import { codePoint } from '../../support/any-text.ts';
import { count } from '../../support/full-counts.ts';
import { readBusEvents } from '../../support/given.ts';
import { aDataFolder, anAws, eventBridge } from '../aws/given-aws.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const limit = 1_048_576;

const put = (client: EventBridgeClient, ...Entries: PutEventsRequestEntry[]): Promise<PutEventsResponse> =>
  client.send(new PutEventsCommand({ Entries }));

const anEntry = (more: PutEventsRequestEntry = {}): PutEventsRequestEntry => ({
  Source: 'shop',
  DetailType: 'order.paid',
  Detail: '{}',
  ...more,
});

const rawLog = (dataDir: string): string => readFileSync(join(dataDir, 'bus.ndjson'), 'utf8');

async function aBus(): Promise<{ client: EventBridgeClient; dataDir: string; aws: LocalAws }> {
  const dataDir = aDataFolder();
  const aws = await anAws({ dataDir });
  aws.buses.create('orders');
  return { client: eventBridge(aws), dataDir, aws };
}

describe('an event that the bus accepts', () => {
  test("is logged in EventBridge's form with the id of the answer", async () => {
    const dataDir = aDataFolder();
    const now = new Date();
    const aws = await anAws({ dataDir, now: () => now });
    const Time = new Date('2022-01-01T00:00:00Z');
    const answer = await put(eventBridge(aws), anEntry({ Time, Resources: ['arn:a'] }), anEntry({ Source: 'till' }));
    const [first, second] = answer.Entries ?? [];
    expect(answer).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.stringMatching(uuid) }, {}] });
    expect(readBusEvents(dataDir)).toEqual([
      {
        version: '0',
        id: first?.EventId,
        'detail-type': 'order.paid',
        source: 'shop',
        account: '123456789012',
        time: '2022-01-01T00:00:00Z',
        region: 'eu-central-1',
        resources: ['arn:a'],
        detail: {},
      },
      expect.objectContaining({
        id: second?.EventId,
        source: 'till',
        time: `${now.toISOString().slice(0, 19)}Z`,
        resources: [],
      }),
    ]);
  });

  test('is logged with the exact text of its detail', async () => {
    const { client, dataDir } = await aBus();
    const Detail = '{ "big":12345678901234567890,"one":1.0, "e":1E2,"a":1,"a":2,"u":"\\u00e9é\u2028","__proto__":{} }';
    await put(client, anEntry({ Detail }));
    expect(rawLog(dataDir).endsWith(`,"detail":${Detail}}\n`)).toBe(true);
  });

  test('is logged on one line, even if its detail has several', async () => {
    const { client, dataDir } = await aBus();
    await put(client, anEntry({ Detail: '{\r\n  "a": "b\\nc"\n}' }), anEntry());
    expect(rawLog(dataDir).split('\n')).toHaveLength(3);
    expect(readBusEvents(dataDir)[0]?.['detail']).toEqual({ a: 'b\nc' });
  });

  test('is logged unchanged, whatever JSON object its detail is', async () => {
    const { client, dataDir } = await aBus();
    const detail = fc.dictionary(fc.string({ unit: codePoint }), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(detail, fc.integer({ min: 0, max: 3 }), async (value, indent) => {
        await put(client, anEntry({ Detail: JSON.stringify(value, null, indent) }));
        expect(JSON.stringify(readBusEvents(dataDir).at(-1)?.['detail'])).toBe(JSON.stringify(value));
      }),
      { numRuns: count({ usual: 15, full: 50 }) },
    );
  });

  test('can name its bus by name or ARN', async () => {
    const { client, dataDir } = await aBus();
    const arn = 'arn:aws:events:eu-central-1:123456789012:event-bus/orders';
    const answer = await put(client, anEntry({ EventBusName: 'orders' }), anEntry({ EventBusName: arn }));
    expect([answer.FailedEntryCount, readBusEvents(dataDir).length]).toEqual([0, 2]);
  });
});

describe('the bus refuses an entry', () => {
  const deep = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

  test.each<[string, PutEventsRequestEntry, string, string]>([
    ['no source', { Source: undefined }, 'InvalidArgument', 'Parameter Source is not valid.'],
    ['an empty source', { Source: '' }, 'InvalidArgument', 'Reason: Source is a required argument.'],
    ['no detail type', { DetailType: undefined }, 'InvalidArgument', 'Reason: DetailType is a required argument.'],
    ['no detail', { Detail: undefined }, 'InvalidArgument', 'Reason: Detail is a required argument.'],
    [
      'a detail type of 129 characters',
      { DetailType: 'x'.repeat(129) },
      'InvalidArgument',
      'Parameter DetailType is not valid.',
    ],
    [
      'a source that belongs to AWS',
      { Source: 'aws.s3' },
      'NotAuthorizedForSourceException',
      'Not authorized for the source.',
    ],
    ['a detail that is not JSON', { Detail: '{"a":' }, 'MalformedDetail', 'Detail is malformed.'],
    ['a string as detail', { Detail: '"a"' }, 'MalformedDetail', 'Detail is malformed.'],
    ['an array as detail', { Detail: '[{}]' }, 'MalformedDetail', 'Detail is malformed.'],
    ['null as detail', { Detail: 'null' }, 'MalformedDetail', 'Detail is malformed.'],
    ['a detail with 1001 levels', { Detail: deep(1001) }, 'MalformedDetail', 'Detail is malformed.'],
    ['an unknown bus', { EventBusName: 'nowhere' }, 'ResourceNotFoundException', 'Event bus nowhere does not exist.'],
  ])('with %s', async (_, wrong, code, message) => {
    const { client, dataDir } = await aBus();
    const answer = await put(client, anEntry({ Source: 'before' }), anEntry(wrong), anEntry({ Source: 'after' }));
    expect(answer.FailedEntryCount).toBe(1);
    expect(answer.Entries?.[1]).toEqual({ ErrorCode: code, ErrorMessage: expect.stringContaining(message) });
    const ids = [answer.Entries?.[0]?.EventId, answer.Entries?.[2]?.EventId];
    expect(readBusEvents(dataDir).map(({ id }) => id)).toEqual(ids);
  });

  test.each<[string, PutEventsRequestEntry]>([
    ['a detail type of 128 characters', { DetailType: 'é'.repeat(128) }],
    ['the source aws, without a dot', { Source: 'aws' }],
    ['a detail with 1000 levels', { Detail: deep(1000) }],
    ['brackets inside a string', { Detail: JSON.stringify({ a: `\\"${'['.repeat(2000)}` }) }],
  ])('but not an entry with %s', async (_, right) => {
    const { client } = await aBus();
    expect((await put(client, anEntry(right))).FailedEntryCount).toBe(0);
  });

  test('that the test chooses', async () => {
    const dataDir = aDataFolder();
    const failure = { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' };
    const aws = await anAws({ dataDir, failEntry: ({ Source }) => (Source === 'fails' ? failure : undefined) });
    const answer = await put(eventBridge(aws), anEntry({ Source: 'fails' }), anEntry());
    expect(answer).toMatchObject({ FailedEntryCount: 1, Entries: [failure, { EventId: expect.any(String) }] });
    expect(readBusEvents(dataDir)).toHaveLength(1);
  });
});

describe('a call', () => {
  const eleven = Array.from({ length: 11 }, () => anEntry());
  const total = 'Total size of the entries in the request is over the limit.';
  /** An entry of this size, as EventBridge counts it. */
  const sized = (bytes: number, more: PutEventsRequestEntry = {}): PutEventsRequestEntry =>
    anEntry({ Source: 's', DetailType: 't', Detail: `{"a":"${'é'.repeat((bytes - 10) / 2)}"}`, ...more });

  test.each<[string, PutEventsRequestEntry[], string]>([
    ['no entry', [], "Value at 'Entries'"],
    ['eleven entries', eleven, "Value at 'Entries'"],
    ['one entry that is too large', [sized(limit), anEntry()], total],
    ['a time that makes the entry too large', [sized(limit - 12, { Time: new Date() })], total],
    ['a resource that makes the entry too large', [sized(limit, { Resources: ['x'] })], total],
    ['entries that are too large together', Array.from({ length: 4 }, () => sized(limit / 4 + 2)), total],
  ])('with %s fails as a whole', async (_, entries, message) => {
    const { client, dataDir } = await aBus();
    await expect(put(client, ...entries)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
      $metadata: { httpStatusCode: 400 },
    });
    expect(rawLog(dataDir)).toBe('');
  });

  test.each<[string, PutEventsRequestEntry[]]>([
    ['one entry', [sized(limit)]],
    ['one entry with a time', [sized(limit - 14, { Time: new Date() })]],
    ['ten entries', [...Array.from({ length: 9 }, () => sized(100)), sized(limit - 900)]],
  ])('of the maximum size with %s is accepted', async (_, entries) => {
    const { client, dataDir } = await aBus();
    expect((await put(client, ...entries)).FailedEntryCount).toBe(0);
    expect(readBusEvents(dataDir)).toHaveLength(entries.length);
  });

  test('needs the permission for the bus of each entry, and is reported with its number of entries', async () => {
    const calls: AwsCall[] = [];
    const aws = await anAws({ onCall: (call) => calls.push(call) });
    aws.buses.create('orders');
    const Resource = 'arn:aws:events:eu-central-1:123456789012:event-bus/orders';
    const relay = aws.addPrincipal('relay', 'role', () => [{ Effect: 'Allow', Action: 'events:PutEvents', Resource }]);
    const client = eventBridge(aws, relay);
    await put(client, anEntry({ EventBusName: 'orders' }), anEntry({ EventBusName: Resource }));
    await expect(put(client, anEntry({ EventBusName: 'orders' }), anEntry())).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(/relay is not authorized to perform: events:PutEvents on .*:event-bus\/default /),
    });
    const call = { service: 'events', operation: 'PutEvents', principal: 'relay', entries: 2, status: 200 };
    expect(calls).toMatchObject([call]);
  });

  test('can be allowed only for some sources', async () => {
    const aws = await anAws();
    const Condition = { StringEquals: { 'events:source': 'shop' } };
    const right = { Effect: 'Allow', Action: 'events:PutEvents', Resource: '*', Condition } as const;
    const client = eventBridge(
      aws,
      aws.addPrincipal('relay', 'role', () => [right]),
    );
    expect((await put(client, anEntry())).FailedEntryCount).toBe(0);
    await expect(put(client, anEntry({ Source: 'till' }))).rejects.toThrow('not authorized');
  });
});

describe('the log of the bus', () => {
  test('keeps the order of calls, and contains all simultaneous calls', async () => {
    const { client, dataDir } = await aBus();
    const answers = await Promise.all(Array.from({ length: 30 }, () => put(client, anEntry(), anEntry())));
    const events = readBusEvents(dataDir);
    expect(new Set(events.map(({ id }) => id)).size).toBe(60);
    for (const { Entries = [] } of answers) {
      const at = events.findIndex(({ id }) => id === Entries[0]?.EventId);
      expect(events[at + 1]?.['id']).toBe(Entries[1]?.EventId);
    }
  });

  test.each([
    ['nothing', '', 1],
    ['the beginning of a line', '{"version":"0","id":"', 1],
    ['a long incomplete line', `{"version":"0","detail":"${'x'.repeat(200_000)}`, 1],
    ['a complete line', '{"id":"whole"}\n', 2],
  ])('is repaired after a crash that left %s', async (_, rest, whole) => {
    const dataDir = aDataFolder();
    const first = await anAws({ dataDir });
    await put(eventBridge(first), anEntry());
    await first.close();
    appendFileSync(join(dataDir, 'bus.ndjson'), rest);

    const second = await anAws({ dataDir });
    expect(readBusEvents(dataDir)).toHaveLength(whole);
    await put(eventBridge(second), anEntry({ Source: 'after' }));
    expect(readBusEvents(dataDir).at(-1)).toMatchObject({ source: 'after' });
    expect(readBusEvents(dataDir)).toHaveLength(whole + 1);
  });

  test('is emptied if a crash left only an incomplete first line', async () => {
    const dataDir = aDataFolder();
    writeFileSync(join(dataDir, 'bus.ndjson'), '{"half');
    await anAws({ dataDir });
    expect(rawLog(dataDir)).toBe('');
  });

  test('loses no complete line if it is cut at any byte', async () => {
    const { client, dataDir, aws } = await aBus();
    for (const Source of ['a', 'é', 'c']) await put(client, anEntry({ Source }));
    await aws.close();
    const path = join(dataDir, 'bus.ndjson');
    const whole = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (bytes) => {
        writeFileSync(path, whole);
        truncateSync(path, bytes);
        await (await anAws({ dataDir: dataDir })).close();
        const kept = whole.subarray(0, bytes);
        expect(readFileSync(path)).toEqual(kept.subarray(0, kept.lastIndexOf('\n') + 1));
      }),
      { numRuns: count({ usual: 10, full: 30 }) },
    );
  });

  test('is readable only by its owner', async () => {
    const { dataDir } = await aBus();
    expect(statSync(join(dataDir, 'bus.ndjson')).mode & 0o777).toBe(0o600);
  });

  test('has each event before a listener gets it, and no listener gets one that could not be written', async () => {
    const { client, dataDir, aws } = await aBus();
    const heard: [line: string, isLogged: boolean][] = [];
    aws.buses.subscribe(({ line }) => void heard.push([line, rawLog(dataDir).includes(line)]));
    await put(client, anEntry());
    await aws.buses.log.close();
    await expect(put(client, anEntry())).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    expect(heard).toEqual([[rawLog(dataDir).trim(), true]]);
  });
});
