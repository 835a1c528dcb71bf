import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { APIGatewayRequestAuthorizerEventV2 as Knock } from 'aws-lambda';
import { originCheck } from '../../shared/endpoints/credential/request-origin.ts';
import { digestReader } from '../../shared/endpoints/credential/secret-store.ts';
import { generateToken } from '../../shared/endpoints/credential/token.ts';
import { stateReader } from '../../shared/endpoints/endpoint/state-table.ts';
import { type RejectionSample, rejectionSampleOf } from '../../shared/events/arrival/rejection.ts';
import { rejectionReader } from '../../shared/events/arrival/rejection-reader.ts';
import { rejectionCounter } from '../../shared/events/arrival/rejection-table.ts';
import type { RejectionView } from '../../shared/events/arrival/rejection-view.ts';
import { every, testInFull } from '../support/full-counts.ts';
import {
  type ActiveEndpoint,
  aFlowDesigner,
  aName,
  anActiveEndpoint,
  aSharedRuntime,
  bearer,
  deliver,
  ok,
  tableOf,
  type World,
} from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime();
});
afterAll(() => world.end());

interface Rejections {
  items: RejectionView[];
  nextCursor: string | null;
  totals?: Record<string, number>;
  complete?: boolean;
}

const rejectionsOf = async ({ path }: Pick<ActiveEndpoint, 'path'>, query = '') =>
  (await ok(world, 'GET', `${path}/rejections${query}`)) as unknown as Rejections;

/** The writes of rejections after the first `calls` calls. Other functions write counts of events and operators' last uses. */
const writesSince = (calls: number) =>
  world.calls
    .slice(calls)
    .filter(
      ({ operation, principal }) =>
        operation === 'UpdateItem' && !/countevents|authorizeoperator|relay/i.test(principal),
    );

/** A log that throws, because no write may fail. */
const noWarning = (line: Record<string, unknown>): void => {
  throw new Error(JSON.stringify(line));
};

const journal = () => tableOf(world.runtime, 'Journal');

/** A connection id that nothing else uses, for tests that only read and write the Journal. */
let ids = 0;
const anId = (): string => `con-${++ids}`;

describe('rejections with the same reason in the same minute', () => {
  const at = new Date('2026-02-01T10:00:00Z');
  const base = { method: 'POST', sourceIp: '192.0.2.1', headers: ['host'], faults: [] };
  /**
   * The rejection that an operator reads after these samples were rejected in this order, each by a separate instance.
   */
  async function readAfter(samples: RejectionSample[], shard = (_: number) => 0): Promise<RejectionView | undefined> {
    const connectionId = anId();
    for (const [turn, sample] of samples.entries()) {
      const reject = rejectionCounter(world.dynamodb, journal(), noWarning, { random: () => shard(turn) });
      await reject({ connectionId, reason: 'signature_mismatch', sample, at });
    }
    const range = { from: at, to: at, limit: 5, before: undefined };
    return (await rejectionReader(world.dynamodb, journal()).list(connectionId, range)).items[0];
  }

  test('keep the first sample of each cause, and list causes with advice first', async () => {
    const read = await readAfter([
      { ...base, userAgent: 'first' },
      { ...base, userAgent: 'second', hint: 'secret_form' },
      { ...base, userAgent: 'third' },
      { ...base, userAgent: 'fourth', hint: 'secret_form' },
      { ...base, userAgent: 'fifth', hint: 'url_other' },
    ]);
    const told = [read?.sample, ...(read?.otherSamples ?? [])].map((sample) => sample?.userAgent).sort();
    expect(told).toEqual(['fifth', 'first', 'second']);
    expect(read).toMatchObject({ count: 5, sample: { advice: expect.stringMatching(/\.$/) } });
    expect(read?.sample?.hint).toBeDefined();
    expect(read?.otherSamples?.map(({ hint, advice }) => [hint !== undefined, advice !== undefined])).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  test('keep samples of the first three causes if one instance counts them all', async () => {
    const connectionId = anId();
    const reject = rejectionCounter(world.dynamodb, journal(), noWarning, { random: () => 0 });
    for (const hint of ['secret_form', 'url_other', 'older_scheme', 'days_off'] as const)
      await reject({ connectionId, reason: 'signature_mismatch', sample: { ...base, hint }, at });
    const range = { from: at, to: at, limit: 5, before: undefined };
    const [read] = (await rejectionReader(world.dynamodb, journal()).list(connectionId, range)).items;
    const hints = [read?.sample, ...(read?.otherSamples ?? [])].map((sample) => sample?.hint).sort();
    expect(hints).toEqual(['older_scheme', 'secret_form', 'url_other']);
    expect(read?.count).toBe(4);
  });

  test('keep one sample if two instances saw the same cause', async () => {
    const read = await readAfter([base, base], (turn) => turn / 2);
    expect([read?.count, read?.otherSamples]).toEqual([2, undefined]);
  });
});

describe('a rejection', () => {
  test('with the reason secret_missing explains how to get the secret from the sender', async () => {
    const path = `/v1/connections/${aName()}`;
    await ok(world, 'POST', '/v1/connections', { name: path.split('/').at(-1), provider: 'stripe' });
    await ok(world, 'PUT', `${path}/endpoint`, {});
    const { endpoint } = (await ok(world, 'POST', `${path}/endpoint/activate`)) as { endpoint: { url: string } };
    await deliver(endpoint.url);
    const { items } = await rejectionsOf({ path });
    expect(items.map(({ reason, explanation }) => [reason, explanation])).toEqual([
      [
        'secret_missing',
        'The endpoint had no live secret, so it refused every request. Adopt the signing secret that Stripe shows beside its endpoint, including the prefix whsec_. Then send it as value: POST …/endpoint/token {"value": "…"}.',
      ],
    ]);
  });

  test('shows what was wrong in each placement that was checked', async () => {
    const accept = [{ in: 'query', name: 'key' }, { in: 'path' }, { in: 'header', name: 'x-hook' }];
    const given = await anActiveEndpoint(world, { auth: { kind: 'token', accept } });
    await deliver(`${given.url}/${given.token}?key=wrong-token`, { headers: { 'user-agent': 'Sender/1.0' } });
    const { items, totals, complete } = await rejectionsOf(given);
    expect({ items, totals, complete }).toEqual({
      items: [
        {
          minute: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/),
          reason: 'token_unknown',
          count: 1,
          explanation:
            'The token that was sent is not live. Either it never existed here, or a rotation or a removal ended it; Hooklatch does not store which. Enter the token of this endpoint at the sender.',
          facts: [{ code: 'token_unknown' }],
          sample: {
            method: 'POST',
            sourceIp: '127.0.0.1',
            userAgent: 'Sender/1.0',
            headers: expect.arrayContaining(['host', 'user-agent']),
            faults: [
              { placement: 'query key', fault: 'unknown' },
              { placement: 'header x-hook', fault: 'missing' },
            ],
            cause: 'missing+unknown',
            count: 1,
          },
        },
      ],
      totals: { token_unknown: 1 },
      complete: true,
    });
  });

  test('has advice if the scheme word before the token is missing or not expected', async () => {
    const withScheme = { in: 'header', name: 'authorization', scheme: 'Bearer' };
    const accept = [withScheme, { in: 'header', name: 'x-hook' }];
    const given = await anActiveEndpoint(world, { auth: { kind: 'token', accept } });
    for (const headers of [{ authorization: given.token }, { 'x-hook': `Bearer ${given.token}` }] as object[])
      expect((await deliver(given.url, { headers: { ...headers } })).status).toBe(403);
    const read = await rejectionsOf(given);
    const told = read.items.map(({ reason, sample }) => [reason, sample?.faults, sample?.advice]).sort();
    expect(told).toEqual([
      [
        'token_missing',
        [
          { placement: 'header authorization', fault: 'scheme_missing' },
          { placement: 'header x-hook', fault: 'missing' },
        ],
        'In this header the token is accepted only after a scheme word, and the word is missing. Make the sender write that word and a space before the token, such as "Bearer ", or accept the header without a scheme.',
      ],
      [
        'token_unknown',
        [
          { placement: 'header authorization', fault: 'missing' },
          { placement: 'header x-hook', fault: 'scheme_unexpected' },
        ],
        'The header has a word such as Bearer before the token, but only the token is accepted. Make the sender write only the token, once, or accept the header with that word as its scheme.',
      ],
    ]);
    expect(JSON.stringify(read)).toContain('token_unknown');
    expect(JSON.stringify(read)).not.toContain(given.token);
  });

  const token = { in: 'query', name: 'token' };
  const cases: {
    reason: string;
    settings?: object;
    verbs?: [string, string, object?][];
    send: Send;
    faults?: object[];
  }[] = [
    { reason: 'endpoint_unknown', send: ({ url }) => deliver(url.replace(/.$/, (c) => (c === 'A' ? 'Q' : 'A'))) },
    { reason: 'endpoint_unknown', send: ({ url }) => deliver(url.slice(0, -1)) },
    {
      reason: 'endpoint_unknown',
      verbs: [
        ['DELETE', '/endpoint/token'],
        ['DELETE', '/endpoint'],
      ],
      send: ({ url, token }) => deliver(url, { headers: bearer(token) }),
    },
    { reason: 'endpoint_inactive', verbs: [['POST', '/endpoint/deactivate']], send: ({ url }) => deliver(url) },
    { reason: 'address_not_allowed', settings: { allowFrom: ['192.0.2.1'] }, send: ({ url }) => deliver(url) },
    {
      reason: 'secret_missing',
      verbs: [
        ['PUT', '/endpoint', { secretFrom: 'sender' }],
        ['DELETE', '/endpoint/token'],
        ['POST', '/endpoint/activate'],
      ],
      send: ({ url }) => deliver(url),
    },
    {
      reason: 'token_missing',
      send: ({ url }) => deliver(url),
      faults: [
        { placement: 'header authorization', fault: 'missing' },
        { placement: 'query token', fault: 'missing' },
      ],
    },
    {
      reason: 'token_malformed',
      send: ({ url, token }) => deliver(`${url}?token=${token.slice(1)}&token=${token}`),
      faults: [
        { placement: 'header authorization', fault: 'missing' },
        { placement: 'query token', fault: 'malformed' },
      ],
    },
    {
      reason: 'token_expired',
      verbs: [['POST', '/endpoint/token/rotate', { graceSeconds: 1 }]],
      send: async ({ url, token }) => {
        const isRefused = async () => (await deliver(url, { headers: bearer(token) })).status !== 202;
        await waitUntil('the token has expired', isRefused, 50);
      },
      faults: [
        { placement: 'header authorization', fault: 'expired' },
        { placement: 'query token', fault: 'missing' },
      ],
    },
    { reason: 'method_not_allowed', send: ({ url, token }) => deliver(`${url}?token=${token}`, { method: 'GET' }) },
    {
      reason: 'token_missing',
      settings: { auth: { kind: 'token', accept: [{ in: 'body', path: '/a' }, token] } },
      send: ({ url }) => deliver(url, { body: '{}' }),
      faults: [
        { placement: 'body /a', fault: 'missing' },
        { placement: 'query token', fault: 'missing' },
      ],
    },
    {
      reason: 'token_unknown',
      settings: { auth: { kind: 'token', accept: [{ in: 'body', path: '/a' }] } },
      send: ({ url }) => deliver(url, { body: '{"a":"another token"}' }),
      faults: [{ placement: 'body /a', fault: 'unknown' }],
    },
  ];
  type Send = (endpoint: ActiveEndpoint) => Promise<unknown>;

  test.each(every(3, cases))(
    'has the reason $reason (case $#)',
    async ({ reason, settings = {}, verbs = [], send, faults = [] }) => {
      const given = await anActiveEndpoint(world, settings);
      for (const [method, path, body] of verbs) await ok(world, method, given.path + path, body);
      await send(given);
      const { items, totals } = await rejectionsOf(given);
      expect(items).toMatchObject([{ reason, count: 1, sample: { faults } }]);
      expect(items[0]?.explanation).toMatch(/\.$/);
      expect(totals).toEqual({ [reason]: 1 });
    },
  );

  testInFull('has the reason body_too_large if ingest refuses the body', async () => {
    const given = await anActiveEndpoint(world);
    const answer = await deliver(given.url, { headers: bearer(given.token), body: Buffer.alloc(4 * 1024 * 1024 + 1) });
    expect(answer.status).toBe(413);
    expect((await rejectionsOf(given)).totals).toEqual({ body_too_large: 1 });
  });
});

test('a token in the user agent appears in no sample and no event, even after its placement has changed', async () => {
  const value = 'Shop/1.0 dictated-by-the-sender';
  const accept = [{ in: 'header', name: 'user-agent' }];
  const given = await anActiveEndpoint(world, { auth: { kind: 'token', accept } }, value);
  await ok(world, 'PUT', `${given.path}/endpoint`, { auth: { kind: 'token', accept: [{ in: 'query', name: 'key' }] } });
  await deliver(given.url, { headers: { 'user-agent': value } });
  const { items } = await rejectionsOf(given);
  expect(items).toMatchObject([
    { reason: 'token_missing', sample: { headers: expect.arrayContaining(['user-agent']) } },
  ]);
  const { token: generated } = (await ok(world, 'POST', `${given.path}/endpoint/token/rotate`, {})) as {
    token: string;
  };
  const answer = await deliver(`${given.url}?key=${generated}`, { headers: { 'user-agent': value } });
  const event = await ok(world, 'GET', `${given.path}/events/${answer.json()['id']}`);
  expect(event['headers']).toMatchObject({ 'user-agent': 'REDACTED' });
  expect(JSON.stringify([items, event])).toContain('user-agent');
  expect(JSON.stringify([items, event])).not.toContain('dictated');
});

describe('nothing is written to the Journal', () => {
  test('for a request to an unknown connection', async () => {
    const given = await anActiveEndpoint(world);
    const before = world.calls.length;
    for (const to of ['nowhere', 'NOT-A-NAME', given.token]) await deliver(given.url.replace(given.name, to));
    expect(writesSince(before)).toEqual([]);
  });

  test('for an accepted delivery or a challenge, and for a duplicate only that it came', async () => {
    const basic = await anActiveEndpoint(world, { auth: { kind: 'token', accept: [{ in: 'basic', username: 'a' }] } });
    const given = await anActiveEndpoint(world, { dedupe: { by: 'content' } });
    const before = world.calls.length;
    const send = () => deliver(given.url, { headers: bearer(given.token), body: 'a' });
    expect([(await deliver(basic.url)).status, (await send()).status]).toEqual([401, 202]);
    expect(writesSince(before)).toEqual([]);
    expect((await send()).status).toBe(200);
    const keys = writesSince(before).flatMap(({ permissions: [permission] }) =>
      Object.values(permission?.conditions ?? {}).flat(),
    );
    const kinds = keys.map((key) => key.replace(/#.*/, ''));
    // A mark for the schedule, unless the minute has it already, and the count, each for the connection and for all.
    expect(new Set(kinds)).toEqual(new Set(['active', 'duplicates']));
    expect(kinds.filter((kind) => kind === 'duplicates')).toHaveLength(2);
  });
});

describe('the list of rejections', () => {
  /** Rejections with three reasons in each of four minutes, from two instances. */
  async function aPast(): Promise<{ id: string; at: (minute: number) => Date }> {
    const id = anId();
    const at = (minute: number) => new Date(Date.UTC(2026, 0, 31, 12, minute));
    const sample = rejectionSampleOf(
      { method: 'POST', sourceIp: '192.0.2.1', headers: {}, rawQueryString: '', rest: undefined },
      [],
      [],
    );
    for (const shard of [0, 0.9]) {
      const reject = rejectionCounter(world.dynamodb, journal(), () => {}, { random: () => shard });
      for (const minute of [0, 1, 2, 3]) {
        for (const reason of ['token_missing', 'token_unknown', 'endpoint_unknown'] as const) {
          await reject({ connectionId: id, reason, sample, at: at(minute) });
        }
      }
    }
    return { id, at };
  }

  test('adds the counts of all instances, and its pages are complete and sorted newest first', async () => {
    const { id, at } = await aPast();
    const { list } = rejectionReader(world.dynamodb, journal());
    const found: string[] = [];
    let before: string | undefined;
    do {
      const page = await list(id, { from: at(1), to: at(3), limit: 2, before });
      expect(page.items.map(({ count }) => count)).toEqual(page.items.map(() => 2));
      found.push(...page.items.map(({ minute, reason }) => `${minute} ${reason}`));
      before = page.next;
    } while (before !== undefined);
    const reasons = ['token_unknown', 'token_missing', 'endpoint_unknown'];
    const minutes = ['2026-01-31T12:03Z', '2026-01-31T12:02Z', '2026-01-31T12:01Z'];
    expect(found).toEqual(minutes.flatMap((minute) => reasons.map((reason) => `${minute} ${reason}`)));
  });

  test('has totals of the whole range', async () => {
    const { id, at } = await aPast();
    const { totals } = rejectionReader(world.dynamodb, journal());
    expect(await totals(id, { from: at(2), to: at(9) })).toEqual({
      totals: { token_missing: 4, token_unknown: 4, endpoint_unknown: 4 },
      complete: true,
    });
  });

  test('can be read by a flow designer, and is empty at first', async () => {
    const given = await anActiveEndpoint(world);
    const token = await aFlowDesigner(world);
    const answer = await world.api('GET', `${given.path}/rejections`, undefined, { token });
    expect(answer.json()).toEqual({
      items: [],
      nextCursor: null,
      totals: {},
      complete: true,
      asOf: expect.stringMatching(/Z$/),
    });
  });

  const wrongQueries = [
    ['from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'invalid_range'],
    ['from=2026-01-01T00:00:00Z&to=2026-02-02T00:00:00Z', 'invalid_range'],
    ['from=yesterday', 'invalid_request'],
    ['cursor=eA', 'invalid_cursor'],
    ['limit=0', 'invalid_limit'],
    ['reason=token_missing', 'invalid_request'],
  ];

  test.each(every(3, wrongQueries))('with the query %s is refused as %s', async (query, code) => {
    const given = await anActiveEndpoint(world);
    const answer = await world.api('GET', `${given.path}/rejections?${query}`);
    expect([answer.status, answer.json()['code']]).toEqual([400, code]);
  });
});

describe('a failed write of rejections', () => {
  const sample = rejectionSampleOf(
    { method: 'POST', sourceIp: '192.0.2.1', headers: {}, rawQueryString: '', rest: undefined },
    [],
    [],
  );
  const at = (second: number) => new Date(Date.UTC(2026, 0, 31, 12, 0, second));

  test.each([
    ['that DynamoDB refused loses no count', 'client', 0, 4],
    ['that may have taken effect is not repeated, so its count may be lost', 'server', 2, 1],
  ])('%s; it logs a warning and throws nothing', async (_, $fault, lost, counted) => {
    const { url: endpoint, region, administrator: credentials } = world.runtime.aws;
    const client = new DynamoDBClient({ endpoint, region, credentials });
    let isDown = true;
    client.middlewareStack.add(
      (next) => async (args) => {
        if (isDown) throw Object.assign(new Error('token in a message'), { name: 'Down', $fault });
        return next(args);
      },
      { step: 'initialize' },
    );
    const warnings: Record<string, unknown>[] = [];
    const reject = rejectionCounter(client, journal(), (line) => warnings.push(line));
    const rejection = { connectionId: anId(), reason: 'token_missing', sample } as const;
    for (const second of [0, 0, 2]) await reject({ ...rejection, at: at(second) });
    isDown = false;
    await reject({ ...rejection, at: at(4) });
    client.destroy();
    const failed = { warning: 'rejections_not_written', fault: 'Down' };
    expect(warnings).toEqual([
      { ...failed, lost: lost && 1 },
      { ...failed, lost },
    ]);
    const range = { from: at(0), to: at(4) };
    const { totals, complete } = await rejectionReader(world.dynamodb, journal()).totals(rejection.connectionId, range);
    expect([totals, complete]).toEqual([{ token_missing: counted }, false]);
  });
});

describe('the count of rejections', () => {
  const sample = rejectionSampleOf(
    { method: 'POST', sourceIp: '192.0.2.1', headers: {}, rawQueryString: '', rest: undefined },
    [],
    [],
  );
  const noon = new Date(Date.UTC(2026, 0, 31, 12, 0, 0));

  /** The rejections that an operator reads after one instance rejected this many requests within a second. */
  async function refusedAtOnce(times: number) {
    const rejection = { connectionId: anId(), reason: 'token_missing', sample } as const;
    const reject = rejectionCounter(world.dynamodb, journal(), () => {});
    for (let n = 0; n < times; n += 1) await reject({ ...rejection, at: new Date(noon.getTime() + n) });
    const read = rejectionReader(world.dynamodb, journal());
    const range = { from: noon, to: noon };
    const { items } = await read.list(rejection.connectionId, { ...range, limit: 10, before: undefined });
    return { items, ...(await read.totals(rejection.connectionId, range)) };
  }

  test('is exact for a few rejections in one second, before any later rejection', async () => {
    const { items, totals, complete } = await refusedAtOnce(5);
    expect([totals, complete]).toEqual([{ token_missing: 5 }, true]);
    expect(items[0]).not.toHaveProperty('atLeast');
  });

  test('is marked as a lower bound if rejections may be missing from it', async () => {
    const { items, totals, complete } = await refusedAtOnce(30);
    expect([totals, complete]).toEqual([{ token_missing: 10 }, false]);
    expect(items).toMatchObject([{ count: 10, atLeast: true }]);
  });
});

testInFull('thousands of bad requests in a minute cause about one write a second', async () => {
  const { name, view, path } = await anActiveEndpoint(world);
  // The module makes Lambda's handler when it is loaded. The handler reads these variables and makes no call.
  Object.assign(process.env, { ['STATE_TABLE']: '-', ['JOURNAL_TABLE']: '-' });
  const { authorize } = await import('../../functions/authorize.ts');
  const began = Date.UTC(2026, 0, 31, 12, 0, 0);
  let now = new Date(began);
  const refuse = authorize({
    originOf: originCheck([]),
    readConnection: stateReader(world.dynamodb, tableOf(world.runtime, 'State')).readConnection,
    readDigest: digestReader(world.secretsManager),
    countRejection: rejectionCounter(world.dynamodb, journal(), () => {}),
    now: () => now,
    log: () => {},
  });
  const knock = (token: string) =>
    ({
      rawQueryString: '',
      headers: bearer(token),
      pathParameters: { connection: name, endpointId: view.endpoint?.id },
      requestContext: { http: { method: 'POST', sourceIp: '192.0.2.1' }, requestId: 'r' },
    }) as unknown as Knock;
  const calls = world.calls.length;
  // test/shared/events/arrival/rejection-table.test.ts has the rule for single rejections.
  const requests = 5_000;
  for (let n = 0; n < requests; n += 1) {
    now = new Date(began + Math.floor((n * 59_500) / requests));
    expect(await refuse(knock(generateToken('hle')))).toEqual({ isAuthorized: false });
  }
  const writes = writesSince(calls).length;
  expect(writes).toBeGreaterThan(50);
  // Ten writes at once. Later writes make up for them: on average, there is one a second.
  expect(writes).toBeLessThanOrEqual(60);
  const { totals = {} } = await rejectionsOf({ path }, '?from=2026-01-31T12:00:00Z&to=2026-01-31T12:01:00Z');
  // The rejections of the last second are not written yet.
  expect(totals['token_unknown']).toBeGreaterThan(requests * 0.9);
  expect(totals['token_unknown']).toBeLessThanOrEqual(requests);
});
