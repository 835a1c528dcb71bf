import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { RuntimeOptions } from '../../local/runtime-options.ts';
import { only } from '../infra/given-template.ts';
import { testInFull } from '../support/full-counts.ts';
import {
  type ActiveEndpoint,
  aName,
  anActiveEndpoint,
  aSharedRuntime,
  bearer,
  deliver,
  ok,
  type World,
} from '../support/given.ts';
import { redriveAll } from './given-redrive.ts';

type FailEntry = NonNullable<RuntimeOptions['failEntry']>;
type Entry = Parameters<FailEntry>[0];

let world: World;
/** The details of all webhook entries that were sent to the bus, before the bus checked them. */
let handed: string[] = [];
const told: { failEntry?: FailEntry } = {};

beforeAll(async () => {
  world = await aSharedRuntime({
    failEntry: (entry) => {
      if (entry.Source === 'hooklatch') return undefined;
      handed.push(entry.Detail ?? '');
      return told.failEntry?.(entry);
    },
  });
});
afterEach(() => {
  delete told.failEntry;
  handed = [];
});
afterAll(() => world.end());

interface BusEvent {
  source: string;
  'detail-type': string;
  detail: Record<string, unknown> & { id: string; item?: { of: string; index: number; count: number } };
}

/** A connection's events on the bus, in order, once the relay has published everything that is stored. */
async function published({ name }: ActiveEndpoint): Promise<BusEvent[]> {
  await world.runtime.settled();
  const events = world.busEvents() as unknown as BusEvent[];
  return events.filter(({ source }) => source === `hooklatch.${name}`);
}

const idsOf = (events: BusEvent[]): string[] => events.map(({ detail }) => detail.id);

async function deliverTo({ url, token }: ActiveEndpoint, body: string, headers = {}): Promise<string> {
  const all = { ...bearer(token), 'content-type': 'application/json', ...headers };
  const answer = await deliver(url, { headers: all, body });
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return String(answer.json()['id']);
}

const split = { items: '/events', id: '/id', type: '/type' };

/** A delivery whose items are numbered from 1. */
const numbered = (count: number): string =>
  JSON.stringify({ events: Array.from({ length: count }, (_, at) => ({ item: at + 1 })) });

const says = ({ Detail = '' }: Entry, words: string): boolean => Detail.includes(words);
const refused = (code: string) => ({ ErrorCode: code, ErrorMessage: 'requested by the test' });

async function failures(): Promise<string[]> {
  const Bucket = world.runtime.outputs['FailuresBucket'] ?? '';
  const { Contents = [] } = await world.s3.send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key = '' }) => Key);
}

describe('a delivery with several items', () => {
  const texts = [
    '{"id":12345678901234567890,"type":"order.paid","n":1.0}',
    '{ "id" : "b", "n":1e400, "n":-0 }',
    '[{"type":"\\u00e9"}, "]"]',
  ];
  const body = `{"sent":1, "events":[ ${texts.join(' ,\n')} ]}`;

  test('is stored once byte for byte, and each item is published as its own event with its text unchanged', async () => {
    const given = await anActiveEndpoint(world, { split });
    const id = await deliverTo(given, body);
    const stored = await ok(world, 'GET', `${given.path}/events/${id}`);
    const { items } = (await ok(world, 'GET', `${given.path}/events`)) as { items: unknown[] };
    expect([stored['body'], stored['type'], items.length]).toEqual([body, 'webhook', 1]);
    const events = await published(given);
    const own = events.map(({ 'detail-type': type, detail }) => [
      detail.id,
      detail['type'],
      type,
      detail['deliveryId'],
    ]);
    expect(own).toEqual([
      [`${id}#1`, 'order.paid', 'order.paid', '12345678901234567890'],
      [`${id}#2`, 'webhook', 'webhook', 'b'],
      [`${id}#3`, 'webhook', 'webhook', undefined],
    ]);
    // An earlier test's events may still be on their way.
    const handedOn = handed.filter((entry) => entry.includes(id));
    for (const [at, text] of texts.entries()) {
      expect(handedOn[at]).toContain(`"item":{"of":"${id}","index":${at + 1},"count":3},"data":${text},"sha256":`);
    }
    expect(events).toHaveLength(3);
    for (const { detail } of events) {
      const { sha256, receivedAt, headers } = stored;
      expect(detail).toMatchObject({ connection: given.name, sha256, receivedAt, headers, size: body.length });
    }
  });

  test("can't be split with split true if the preset has no rule for splitting", async () => {
    const given = await anActiveEndpoint(world);
    const answer = await world.api('PUT', `${given.path}/endpoint`, { split: true });
    expect([answer.status, answer.json()]).toEqual([
      422,
      expect.objectContaining({ code: 'split_unknown', detail: expect.stringContaining('"split": {"items"') }),
    ]);
  });

  test('is split by the rule of the preset with split true', async () => {
    const name = aName();
    const path = `/v1/connections/${name}`;
    await ok(world, 'POST', '/v1/connections', { name, provider: 'sendgrid' });
    await ok(world, 'PUT', `${path}/endpoint`, { auth: { kind: 'token' }, split: true });
    await ok(world, 'POST', `${path}/endpoint/token`, {});
    const view = (await ok(world, 'POST', `${path}/endpoint/activate`)) as unknown as ActiveEndpoint['view'];
    const { token, url } = (await ok(world, 'GET', `${path}/endpoint/token`)) as { token: string; url: string };
    const given = { name, path, url, token, view };
    const id = await deliverTo(given, '[{"sg_event_id":"a","event":"open"},{"sg_event_id":"b","event":"click"}]');
    const events = await published(given);
    expect(events.map(({ 'detail-type': type, detail }) => [detail.id, type, detail['deliveryId']])).toEqual([
      [`${id}#1`, 'open', 'a'],
      [`${id}#2`, 'click', 'b'],
    ]);
  });

  test('is published as one event by default', async () => {
    const given = await anActiveEndpoint(world);
    const id = await deliverTo(given, body);
    const { detail } = only(await published(given));
    expect([detail.id, detail.item]).toEqual([id, undefined]);
    const own = only(handed.filter((entry) => entry.includes(id)));
    expect(own).toContain(`"data":${body},"sha256":`);
  });

  test('is split by the setting of the time when it arrived, even in a later replay', async () => {
    const given = await anActiveEndpoint(world, { split });
    await ok(world, 'POST', `${given.path}/endpoint/hold`);
    const id = await deliverTo(given, numbered(2));
    expect(await published(given)).toEqual([]);
    await ok(world, 'POST', `${given.path}/endpoint/release`);
    await world.runtime.settled();
    await ok(world, 'PUT', `${given.path}/endpoint`, { split: null });
    await ok(world, 'POST', `${given.path}/events/${id}/replay`);
    const told = (await published(given)).map(({ detail }) => [detail.id, detail['replay']]);
    expect(told.slice(-2)).toEqual([
      [`${id}#1`, 1],
      [`${id}#2`, 1],
    ]);
    const whole = await deliverTo(given, numbered(2));
    expect(idsOf(await published(given)).at(-1)).toBe(whole);
  });

  test('is published as one event if it has no items or is stored in the bodies bucket', async () => {
    const given = await anActiveEndpoint(world, { split });
    const large = JSON.stringify({ events: [1, 2], text: 'x'.repeat(300_000) });
    const ids: string[] = [];
    for (const sent of ['{"events":[]}', '{"event":[1]}', 'events', large]) ids.push(await deliverTo(given, sent));
    expect(idsOf(await published(given))).toEqual(ids);
  });

  testInFull('can have up to the maximum number of items', async () => {
    const given = await anActiveEndpoint(world, { split: { items: '' } });
    const most = 5_000;
    const id = await deliverTo(given, `[1${',1'.repeat(most - 1)}]`);
    expect(idsOf(await published(given))).toEqual(Array.from({ length: most }, (_, at) => `${id}#${at + 1}`));
    const calls = world.calls.filter(
      ({ operation, principal }) => operation === 'PutEvents' && /relay/.test(principal),
    );
    expect(calls.length).toBeGreaterThanOrEqual(500);
  });
});

describe('if the bus fails for one item of a delivery', () => {
  test('and recovers, the relay publishes every item and repeats no call but the failed one', async () => {
    const given = await anActiveEndpoint(world, { split });
    let times = 7;
    told.failEntry = (entry) => (says(entry, '{"item":15}') && times-- > 0 ? refused('InternalFailure') : undefined);
    const before = await deliverTo(given, numbered(1));
    const id = await deliverTo(given, numbered(30));
    const after = await deliverTo(given, numbered(1));
    const ids = idsOf(await published(given));
    const expected = [`${before}#1`, ...Array.from({ length: 30 }, (_, at) => `${id}#${at + 1}`), `${after}#1`];
    expect([...new Set(ids)].sort()).toEqual(expected.sort());
    expect([`${before}#1`, `${after}#1`, `${id}#25`].map((each) => ids.filter((one) => one === each).length)).toEqual([
      1, 1, 1,
    ]);
    expect(await failures()).toEqual([]);
  });

  test('for good, the relay publishes the other items, and redrive publishes all items', async () => {
    const given = await anActiveEndpoint(world, { split });
    // The event that the previous test releases may still arrive, and it has such an item too.
    const isGiven = ({ Source }: Entry) => Source === `hooklatch.${given.name}`;
    told.failEntry = (entry) => (isGiven(entry) && says(entry, '{"item":2}') ? refused('InvalidArgument') : undefined);
    const id = await deliverTo(given, numbered(3));
    const after = await deliverTo(given, numbered(1));
    expect(idsOf(await published(given))).toEqual([`${id}#1`, `${id}#3`, `${after}#1`]);
    expect(await failures()).toEqual([expect.stringContaining(`-${id}-`)]);
    delete told.failEntry;
    expect((await redriveAll(world)).left).toBe(0);
    expect(idsOf(await published(given)).slice(3)).toEqual([`${id}#1`, `${id}#2`, `${id}#3`]);
    expect(await failures()).toEqual([]);
  });
});

describe('the type of an event', () => {
  test('comes from the place that the setting names, and is stored, listed and published', async () => {
    const given = await anActiveEndpoint(world, { type: { in: 'header', name: 'X-Event' } });
    const id = await deliverTo(given, '{}', { 'x-event': 'order.paid' });
    const without = await deliverTo(given, '{}');
    expect(await ok(world, 'GET', `${given.path}/events/${id}`)).toMatchObject({ type: 'order.paid' });
    expect(await ok(world, 'GET', `${given.path}/events?type=order.paid`)).toMatchObject({ items: [{ id }] });
    const types = (await published(given)).map(({ 'detail-type': type, detail }) => [detail.id, type, detail['type']]);
    expect(types).toEqual([
      [id, 'order.paid', 'order.paid'],
      [without, 'webhook', 'webhook'],
    ]);
  });

  testInFull('comes from the place that the preset names, unless the setting names another', async () => {
    const name = aName();
    const path = `/v1/connections/${name}`;
    await ok(world, 'POST', '/v1/connections', { name, provider: 'github' });
    await ok(world, 'PUT', `${path}/endpoint`, { auth: { kind: 'token' } });
    await ok(world, 'POST', `${path}/endpoint/token`, {});
    const view = await ok(world, 'POST', `${path}/endpoint/activate`);
    const { token, url } = (await ok(world, 'GET', `${path}/endpoint/token`)) as { token: string; url: string };
    const typed = async () => {
      const headers = { ...bearer(token), 'content-type': 'application/json', 'x-github-event': 'push' };
      const { id } = (await deliver(url, { headers, body: '{"action":"opened"}' })).json();
      return (await ok(world, 'GET', `${path}/events/${id}`))['type'];
    };
    expect([view['endpoint'], await typed()]).toMatchObject([{ type: null, split: false }, 'push']);
    await ok(world, 'PUT', `${path}/endpoint`, { type: { in: 'body', path: '/action' } });
    expect(await typed()).toBe('opened');
  });

  test('can come from the body, but is never a token', async () => {
    const accept = [{ in: 'body', path: '/token' }];
    const given = await anActiveEndpoint(world, {
      auth: { kind: 'token', accept },
      type: { in: 'body', path: '/token' },
    });
    await deliverTo(given, JSON.stringify({ token: given.token, kind: 7 }), { authorization: 'none' });
    await ok(world, 'PUT', `${given.path}/endpoint`, { type: { in: 'body', path: '/kind' } });
    await deliverTo(given, JSON.stringify({ token: given.token, kind: 7 }), { authorization: 'none' });
    const types = (await published(given)).map(({ 'detail-type': type }) => type);
    expect(types).toEqual(['webhook', '7']);
  });
});
