import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { StoredEvent } from '../../../../shared/events/event/event.ts';
import { eventAppender } from '../../../../shared/events/event/event-table.ts';
import { type ReplayRequest, type Republisher, republisher } from '../../../../shared/events/event/republish.ts';
import { givenDynamodb } from '../../given-dynamodb.ts';
import { aStoredEvent } from './given-event.ts';

const { client, sent, createTable } = givenDynamodb();
const id = `evt_${'0'.repeat(26)}`;
const now = new Date('2026-03-01T12:30:00.000Z');
let table: string;
let republish: Republisher;
beforeEach(async () => {
  table = await createTable({ hash: 'id' });
  republish = republisher(client, table);
});

const stored = (more: Partial<StoredEvent> = {}) => eventAppender(client, table, 4)(aStoredEvent({}, more));
const attributes = async () =>
  (await client.send(new GetItemCommand({ TableName: table, Key: { id: { S: id } } }))).Item ?? {};
const replayed = (more: Partial<ReplayRequest> = {}) =>
  republish.replay(id, {
    connectionId: 'c1',
    hold: undefined,
    routes: undefined,
    now,
    ...more,
    ...(more.jobId === undefined ? { jobId: undefined, by: 'op_1' } : { jobId: more.jobId, by: undefined }),
  });

describe('a replay', () => {
  test('counts in the item how often the event was replayed', async () => {
    await stored();
    expect(await replayed()).toEqual({ kind: 'replayed', replays: 1 });
    expect(await replayed()).toEqual({ kind: 'replayed', replays: 2 });
    expect(await attributes()).toMatchObject({ replays: { N: '2' } });
    expect(await attributes()).not.toHaveProperty('replayRun');
  });

  test('says in the item who asked for it and when, unless a job did', async () => {
    await stored();
    await replayed();
    expect(await attributes()).toMatchObject({ replayedBy: { S: 'op_1' }, replayedAt: { S: now.toISOString() } });
    await replayed({ jobId: 'run_1' });
    expect(Object.keys(await attributes())).not.toEqual(expect.arrayContaining([expect.stringMatching(/^replayed/)]));
  });

  test('by a job is marked with the job, and not repeated by it', async () => {
    await stored();
    expect(await replayed({ jobId: 'run_1' })).toEqual({ kind: 'replayed', replays: 1 });
    expect(await replayed({ jobId: 'run_1' })).toEqual({ kind: 'repeated' });
    expect(await replayed({ jobId: 'run_2' })).toEqual({ kind: 'replayed', replays: 2 });
    expect(await attributes()).toMatchObject({ replays: { N: '2' }, replayRun: { S: 'run_2' } });
  });

  test.each<[string, Partial<StoredEvent>, Partial<ReplayRequest>]>([
    ['of another connection', {}, { connectionId: 'c2' }],
    ['that has expired', { expiresAt: now.getTime() / 1000 }, {}],
    ['that has expired, by a job', { expiresAt: now.getTime() / 1000 }, { jobId: 'run_1' }],
    ['that does not exist', { id: `evt_${'1'.repeat(26)}` }, {}],
  ])('finds no event %s', async (_, event, request) => {
    await stored(event);
    expect(await replayed(request)).toEqual({ kind: 'gone' });
    expect(await attributes()).not.toHaveProperty('replays');
  });

  test('publishes an event until the second of its expiry', async () => {
    await stored({ expiresAt: now.getTime() / 1000 + 1 });
    expect(await replayed({ now: new Date(now.getTime() + 999) })).toEqual({ kind: 'replayed', replays: 1 });
  });

  test('skips an event of the hold in force, and no event of an earlier hold', async () => {
    await stored({ held: 'h1' });
    expect(await replayed({ hold: 'h1' })).toEqual({ kind: 'held' });
    expect(await replayed({ hold: 'h1', jobId: 'run_1' })).toEqual({ kind: 'held' });
    expect(await replayed({ hold: 'h2' })).toEqual({ kind: 'replayed', replays: 1 });
    expect(await replayed()).toEqual({ kind: 'replayed', replays: 2 });
  });

  test('publishes an event without a hold while a hold is in force', async () => {
    await stored();
    expect(await replayed({ hold: 'h1' })).toEqual({ kind: 'replayed', replays: 1 });
  });

  test('publishes the event of a test if an operator asks for this event', async () => {
    await stored({ test: true });
    expect(await replayed()).toEqual({ kind: 'replayed', replays: 1 });
  });

  test('says that the event of a test is held, if an operator asks for this event', async () => {
    await stored({ test: true, held: 'h1' });
    expect(await replayed({ hold: 'h1' })).toEqual({ kind: 'held' });
  });

  test('publishes an event that is stored between the write and the read', async () => {
    let isStored = false;
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (operation) => {
          if (commandName === 'GetItemCommand' && !isStored) {
            isStored = true;
            await stored();
          }
          return next(operation);
        },
      { step: 'initialize', name: 'store' },
    );
    expect(await replayed()).toEqual({ kind: 'replayed', replays: 1 });
    client.middlewareStack.remove('store');
    expect(isStored).toBe(true);
  });

  test('reports a failed write although the event is gone', async () => {
    const send = async (command: object) => {
      if (command instanceof GetItemCommand) return {};
      throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    };
    const throttled = republisher({ send } as unknown as DynamoDBClient, 'events');
    await expect(
      throttled.replay(id, { connectionId: 'c1', hold: undefined, routes: undefined, now, by: 'op_1' }),
    ).rejects.toThrow('slow down');
  });

  test('publishes an event whose hold is released between the write and the read', async () => {
    await stored({ held: 'h1' });
    let isReleased = false;
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (operation) => {
          if (commandName === 'GetItemCommand' && !isReleased) {
            isReleased = true;
            await republish.release(id, { hold: 'h1', routes: undefined, now });
          }
          return next(operation);
        },
      { step: 'initialize', name: 'release' },
    );
    expect(await replayed({ hold: 'h1' })).toEqual({ kind: 'replayed', replays: 1 });
    client.middlewareStack.remove('release');
    expect(isReleased).toBe(true);
  });

  test('reads the event with a strongly consistent read', async () => {
    sent.length = 0;
    await replayed();
    expect(sent.at(-1)).toMatchObject({ name: 'GetItem', input: { ConsistentRead: true } });
  });
});

describe.each<[string, (routes: string | undefined) => Promise<unknown>]>([
  ['a replay of one event', (routes) => replayed({ routes })],
  ['a replay by a job', (routes) => replayed({ jobId: 'run_1', routes })],
  ['a release', (routes) => republish.release(id, { hold: 'h1', routes, now })],
])('the version of the routes after %s', (_, write) => {
  test.each([
    ['is set', undefined, 'v2', { S: 'v2' }],
    ['replaces the one of its arrival', 'v1', 'v2', { S: 'v2' }],
    ['is removed if there are none', 'v1', undefined, undefined],
    ['is absent if there were none before', undefined, undefined, undefined],
  ])('%s', async (_, before, routes, expected) => {
    await stored({ held: 'h1', ...(before !== undefined && { routes: before }) });
    expect(await write(routes)).toBeTruthy();
    expect((await attributes())['routes']).toEqual(expected);
  });
});

describe('a release', () => {
  test('removes the hold, and notes the time', async () => {
    await stored({ held: 'h1' });
    expect(await republish.release(id, { hold: 'h1', routes: undefined, now })).toBe(true);
    const item = await attributes();
    expect(item).not.toHaveProperty('held');
    expect(item).toMatchObject({ releasedAt: { S: now.toISOString() } });
  });

  test.each<[string, Partial<StoredEvent>]>([
    ['is not held', {}],
    ['has another hold', { held: 'h2' }],
    ['does not exist', { id: `evt_${'1'.repeat(26)}` }],
  ])('does nothing if the event %s', async (_, event) => {
    await stored(event);
    const before = await attributes();
    expect(await republish.release(id, { hold: 'h1', routes: undefined, now })).toBe(false);
    expect(await attributes()).toEqual(before);
  });
});

test('a failure of the table is reported', async () => {
  const other = republisher(client, 'no-table');
  await expect(
    other.replay(id, { connectionId: 'c1', hold: undefined, routes: undefined, now, by: 'op_1' }),
  ).rejects.toThrow('resource not found');
  await expect(other.release(id, { hold: 'h1', routes: undefined, now })).rejects.toThrow('resource not found');
});
