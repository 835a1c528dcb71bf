import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Destination, isFinished } from '../../shared/deliveries/destination/destination.ts';
import { setConnectionRoutes } from '../../shared/operators/operation/set-routes.ts';
import { answered, aWorld } from '../shared/deliveries/destination/given-destination.ts';
import { aState, portsOn } from '../shared/deliveries/route/given-routes.ts';
import { count } from '../support/full-counts.ts';

const noon = '2026-03-01T12:00:00.000Z';
const later = (hours: number) => new Date(Date.parse(noon) + hours * 3_600_000);
const params = { name: 'shop' };

const view = {
  id: 'dst_1',
  name: 'shop',
  description: '',
  origin: 'https://shop.example.com',
  method: 'POST',
  headerNames: ['x-key'],
  authKind: 'bearer',
  timeoutSeconds: 15,
  giveUpAfterHours: 72,
  status: 'active',
  version: 2,
  createdAt: noon,
  updatedAt: noon,
  updatedBy: 'op_1',
  signing: { createdAt: noon, createdBy: 'op_1' },
};
const secretParts = { headers: { 'X-Key': 'a secret value' }, auth: { kind: 'bearer', token: 'a bearer token' } };

describe('a new destination', () => {
  test('is answered and read without its URL, the values of its headers and its proof', async () => {
    const { create, show } = aWorld();
    const created = await create(secretParts);
    expect(created).toMatchObject({ status: 201, headers: { etag: '"2"' } });
    expect(created.body).toEqual(view);
    expect(await show()).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: view });
  });

  test('has all of it in one version of one secret, under its name', async () => {
    const { create, secrets, live } = aWorld();
    await create(secretParts);
    expect([...secrets.keys()]).toEqual([
      expect.stringMatching(/:secret:hooklatch\/dev\/destination\/shop\/[0-9a-f]{16}-AbCdEf$/),
    ]);
    expect(live()).toEqual({
      url: 'https://shop.example.com/in/box',
      headers: { 'x-key': 'a secret value' },
      auth: { kind: 'bearer', token: 'a bearer token' },
      signingSecret: expect.stringMatching(/^whsec_[\w+/]{43}=$/),
    });
  });

  test('may bring its signing secret along', async () => {
    const { create, live } = aWorld();
    const signingSecret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
    await create({ signingSecret });
    expect(live()?.signingSecret).toBe(signingSecret);
  });

  test('is refused if the name is taken, and changes nothing', async () => {
    const { create, show, secrets } = aWorld();
    await create();
    expect(await create({ url: 'https://other.example.com/' })).toMatchObject({
      status: 409,
      body: { code: 'destination_exists' },
    });
    expect((await show()).body.origin).toBe('https://shop.example.com');
    expect(secrets.size).toBe(1);
  });

  test('is refused if requests to its URL would be, and says why', async () => {
    const { create, table, secrets } = aWorld();
    expect(await create({ url: 'http://shop.example.com/in?key=secret-1' })).toMatchObject({
      status: 422,
      body: {
        code: 'invalid_request',
        detail: 'url cannot be used: the URL does not begin with https://.',
        errors: [{ path: 'url', pointer: '/url', message: 'cannot be used: the URL does not begin with https://' }],
      },
    });
    expect([table.records.size, secrets.size]).toEqual([0, 0]);
  });

  test('of two at once is made once', async () => {
    const { create, table, secrets, show } = aWorld();
    table.meanwhile.push(() => create({ url: 'https://faster.example.com/' }));
    expect(await create()).toMatchObject({ status: 409, body: { code: 'destination_exists' } });
    expect((await show()).body.origin).toBe('https://faster.example.com');
    expect(secrets.size).toBe(1);
  });

  test('is not made by a request that another one took over', async () => {
    const { create, table, show } = aWorld();
    table.meanwhile.push(
      () => undefined,
      () => create({ url: 'https://second.example.com/' }),
    );
    expect(await create()).toMatchObject({ status: 409, body: { code: 'superseded' } });
    expect((await show()).body).toMatchObject({ origin: 'https://second.example.com', version: 3 });
  });
});

describe('an edit', () => {
  test('changes what it names, and says in the record which settings', async () => {
    const { create, edit, live, table } = aWorld();
    await create(secretParts);
    const { status, body } = await edit({
      description: 'orders',
      url: 'https://new.example.com/x',
      method: 'POST',
      headers: {},
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      ...view,
      description: 'orders',
      origin: 'https://new.example.com',
      headerNames: [],
      version: 3,
    });
    expect(live()).toMatchObject({ url: 'https://new.example.com/x', headers: {}, auth: secretParts.auth });
    expect(table.records.get('shop')).toMatchObject({
      entry: { verb: 'edit', by: 'op_1', at: noon, settings: ['description', 'headers', 'url'] },
    });
  });

  test('that changes nothing makes no version', async () => {
    const { create, edit, secrets } = aWorld();
    await create(secretParts);
    const same = { url: 'https://shop.example.com/in/box', headers: { 'x-key': 'a secret value' }, timeoutSeconds: 15 };
    for (const body of [{}, same]) expect((await edit(body)).body.version).toBe(2);
    expect([...secrets.values()][0]?.versions.size).toBe(1);
  });

  test('of the record alone stores no value', async () => {
    const calls: string[] = [];
    const { create, edit, secrets } = aWorld({ before: (call) => calls.push(call) });
    await create();
    calls.length = 0;
    expect((await edit({ timeoutSeconds: 5 })).body).toMatchObject({ timeoutSeconds: 5, version: 3 });
    // It reads and changes nothing but the record.
    expect(calls).toEqual(['read', 'put']);
    expect([...secrets.values()][0]?.versions.size).toBe(1);
  });

  test('makes its value the current one of the secret', async () => {
    const { create, edit, secrets, table } = aWorld();
    await create();
    await edit({ auth: { kind: 'bearer', token: 'other' } });
    const record = table.records.get('shop');
    expect([...secrets.values()][0]?.current).toBe(isFinished(record) ? record.valueId : '');
  });

  test('of a version that is no longer there is refused', async () => {
    const { create, edit } = aWorld();
    await create();
    expect(await edit({ description: 'a' }, { ifMatch: 1 })).toMatchObject({
      status: 412,
      body: {
        code: 'version_mismatch',
        version: 2,
        detail: 'The destination has version 2, not 1. Read it again.',
      },
    });
    expect(await edit({ description: 'a' }, { ifMatch: 2 })).toMatchObject({ status: 200 });
  });

  test('to a URL that would be refused is refused', async () => {
    const { create, edit, live } = aWorld();
    await create();
    expect(await edit({ url: 'http://shop.example.com/' })).toMatchObject({
      status: 422,
      body: { code: 'invalid_request' },
    });
    expect(live()?.url).toBe('https://shop.example.com/in/box');
  });

  test.each([1, 7])('is made on the record of each of %i faster ones', async (races) => {
    const { create, edit, table, live } = aWorld();
    await create();
    for (let race = 1; race <= races; race += 1)
      table.meanwhile.push(
        () => edit({ headers: { 'x-race': `${race}` } }),
        () => undefined,
      );
    const { status, body } = await edit({ url: 'https://new.example.com/' });
    expect([status, body.version]).toEqual([200, 3 + races]);
    expect(live()).toMatchObject({ url: 'https://new.example.com/', headers: { 'x-race': `${races}` } });
  });

  test('is superseded after eight faster ones', async () => {
    const { create, edit, table } = aWorld();
    await create();
    for (let race = 0; race < 8; race += 1)
      table.meanwhile.push(
        () => edit({ description: `${race}` }),
        () => undefined,
      );
    expect(await edit({ timeoutSeconds: 5 })).toMatchObject({ status: 409, body: { code: 'superseded' } });
  });

  test('is not found if the destination is deleted meanwhile', async () => {
    const { create, edit, table, secrets } = aWorld();
    await create();
    table.meanwhile.push(() => {
      table.records.clear();
      secrets.clear();
    });
    expect(await edit({ description: 'a' })).toMatchObject({ status: 404, body: { code: 'destination_not_found' } });
  });

  test.each([
    ['dst_1', 500, 'internal_error'],
    ['dst_2', 409, 'superseded'],
  ])('whose secret is gone while the record has the id %s is a %i', async (id, status, code) => {
    let isGone = false;
    const world = aWorld({
      before(call) {
        if (call !== 'markCurrent' || isGone) return;
        isGone = true;
        world.secrets.clear();
        world.table.records.set('shop', { ...world.table.records.get('shop'), id } as never);
      },
    });
    await world.create();
    expect(await world.edit({ url: 'https://new.example.com/' })).toMatchObject({ status, body: { code } });
  });

  test('that can not move the label of the secret is made, and says so in the log', async () => {
    let marks = 0;
    const { create, edit, live, warnings } = aWorld({
      before(call) {
        if (call === 'markCurrent') marks += 1;
        if (marks === 2) throw Object.assign(new Error('x'), { name: 'ThrottlingException' });
      },
    });
    await create();
    expect((await edit({ url: 'https://new.example.com/' })).status).toBe(200);
    expect(live()?.url).toBe('https://new.example.com/');
    expect(warnings).toEqual([
      {
        level: 'warn',
        warning: 'label_not_moved',
        fault: 'ThrottlingException',
        destination: 'shop',
        requestId: 'request-1',
      },
    ]);
  });
});

describe('limits', () => {
  test('are kept as they were sent, and null removes one', async () => {
    const { create, edit, show } = aWorld();
    const { body } = await create({ rate: { perSecond: 5 }, concurrency: 4, giveUpAfterHours: 12 });
    expect(body).toMatchObject({ rate: { perSecond: 5 }, concurrency: 4, giveUpAfterHours: 12 });
    await edit({ rate: { perMinute: 100 }, concurrency: null });
    expect((await show()).body).toEqual({
      ...view,
      ...{ headerNames: [], authKind: 'none', version: 3 },
      ...{ rate: { perMinute: 100 }, giveUpAfterHours: 12 },
    });
    await edit({ rate: null, giveUpAfterHours: 720 });
    expect((await show()).body).toEqual({
      ...view,
      ...{ headerNames: [], authKind: 'none', version: 4, giveUpAfterHours: 720 },
    });
  });

  test('that are null in a new destination are absent', async () => {
    const { create, table } = aWorld();
    const { body } = await create({ rate: null, concurrency: null });
    expect(body).toEqual({ ...view, headerNames: [], authKind: 'none' });
    const { rate, concurrency } = table.records.get('shop') as Destination;
    expect([rate, concurrency]).toEqual([undefined, undefined]);
  });

  test('that are the same, or absent already, make no version', async () => {
    const { create, edit } = aWorld();
    await create({ rate: { perSecond: 5 } });
    const { body } = await edit({ rate: { perSecond: 5 }, concurrency: null, giveUpAfterHours: 72 });
    expect(body.version).toBe(2);
  });

  test('that an edit removes are named in the history', async () => {
    const { create, edit, table } = aWorld();
    await create({ rate: { perSecond: 5 }, concurrency: 4 });
    await edit({ rate: null, concurrency: null });
    expect(table.records.get('shop')).toMatchObject({ entry: { verb: 'edit', settings: ['concurrency', 'rate'] } });
  });
});

describe('a pause', () => {
  test('lasts until the destination is resumed, and the time counts as paused', async () => {
    const { create, pause, resume, show, table, clock } = aWorld();
    await create(secretParts);
    clock.now = later(1);
    const paused = { ...view, status: 'paused', pausedSince: later(1).toISOString() };
    expect(await pause()).toMatchObject({ status: 200, headers: { etag: '"3"' } });
    expect((await show()).body).toEqual({ ...paused, version: 3, updatedAt: later(1).toISOString() });
    expect(table.records.get('shop')).toMatchObject({
      ...{ pausedMs: 0, generation: 1 },
      entry: { verb: 'pause', by: 'op_1', at: later(1).toISOString() },
    });
    clock.now = later(3);
    expect(await resume()).toMatchObject({ status: 200, headers: { etag: '"4"' } });
    expect((await show()).body).toEqual({ ...view, version: 4, updatedAt: later(3).toISOString() });
    expect(table.records.get('shop')).toMatchObject({
      ...{ pausedMs: 7_200_000, generation: 2 },
      entry: { verb: 'resume', by: 'op_1', at: later(3).toISOString() },
    });
  });

  test('adds to the pauses before it', async () => {
    const { create, pause, resume, table, clock } = aWorld();
    await create();
    for (const hours of [1, 10]) {
      clock.now = later(hours);
      await pause();
      clock.now = later(hours + 2);
      await resume();
    }
    expect(table.records.get('shop')).toMatchObject({ pausedMs: 14_400_000, generation: 3 });
  });

  test('of a paused destination, and a resumption of one that is not paused, change nothing', async () => {
    const { create, pause, resume, table, clock } = aWorld();
    await create();
    const created = table.records.get('shop');
    expect(await resume()).toMatchObject({ status: 200, headers: { etag: '"2"' } });
    expect(table.records.get('shop')).toEqual(created);
    await pause();
    const paused = table.records.get('shop');
    clock.now = later(1);
    expect(await pause()).toMatchObject({ status: 200, headers: { etag: '"3"' } });
    expect(table.records.get('shop')).toEqual(paused);
  });

  test('goes on through an edit, and does not stop a test', async () => {
    const { create, pause, edit, test: send, sent } = aWorld();
    await create();
    await pause();
    expect((await edit({ url: 'https://new.example.com/' })).body).toMatchObject({
      status: 'paused',
      pausedSince: noon,
    });
    expect((await send()).body.delivered).toBe(true);
    expect(sent).toHaveLength(1);
  });
});

describe('all that waits', () => {
  test('is asked for by a new generation, by either role, and the log has a line without the body', async () => {
    const { create, ask, table, clock, lines } = aWorld();
    await create(secretParts);
    clock.now = later(1);
    const body = {};
    const answer = await ask('POST /v1/destinations/{name}/attempt', {
      ...{ params, body, operator: 'op_7', role: 'flow_designer' },
    });
    expect(answer).toMatchObject({ status: 200, body: { name: 'shop', status: 'active', version: 3 } });
    expect(table.records.get('shop')).toMatchObject({
      generation: 2,
      entry: { verb: 'attempt', by: 'op_7', at: later(1).toISOString() },
    });
    expect(lines.at(-1)).toMatchObject({
      ...{ route: 'POST /v1/destinations/{name}/attempt', status: 200 },
      ...{ operator: 'op_7', role: 'flow_designer' },
    });
  });

  test('is not asked for while the destination is paused', async () => {
    const { create, ask, pause, table } = aWorld();
    await create();
    await pause();
    const paused = table.records.get('shop');
    expect(await ask('POST /v1/destinations/{name}/attempt', { params, body: {} })).toMatchObject({
      status: 409,
      body: { code: 'destination_paused' },
    });
    expect(table.records.get('shop')).toEqual(paused);
  });
});

describe('a generation', () => {
  test.each([
    [{ url: 'https://new.example.com/' }, 2],
    [{ auth: { kind: 'bearer', token: 'another token' } }, 2],
    [{ url: 'https://new.example.com/', auth: { kind: 'none' } }, 2],
    [{ url: 'https://new.example.com/', headers: {} }, 2],
    [{ url: 'https://shop.example.com/in/box', auth: secretParts.auth, headers: {} }, 1],
    [{ headers: { 'x-key': 'another value' } }, 1],
    [{ timeoutSeconds: 5, method: 'PUT', rate: { perSecond: 1 }, concurrency: 1, giveUpAfterHours: 1 }, 1],
  ])('after the edit %j is %i', async (body, generation) => {
    const { create, edit, table } = aWorld();
    await create(secretParts);
    await edit(body);
    expect(table.records.get('shop')).toMatchObject({ version: 3, generation });
  });

  test('stays when the secret is revealed, replaced, or the destination paused', async () => {
    const { create, reveal, rotate, pause, table } = aWorld();
    await create();
    for (const step of [reveal, rotate, pause]) await step();
    expect(table.records.get('shop')).toMatchObject({ version: 5, generation: 1 });
  });
});

describe('the signing secret', () => {
  test('is revealed only after the record says so', async () => {
    const calls: string[] = [];
    const { create, reveal, table, live } = aWorld({ before: (call) => calls.push(call) });
    await create();
    calls.length = 0;
    expect(await reveal()).toMatchObject({ status: 200, headers: { etag: '"3"' } });
    expect((await reveal()).body).toEqual({ secret: live()?.signingSecret });
    expect(calls.slice(0, 3)).toEqual(['read', 'put', 'read']);
    expect(table.records.get('shop')).toMatchObject({ version: 4, entry: { verb: 'revealSecret', by: 'op_1' } });
  });

  test('that is replaced signs beside the new one until its grace ends', async () => {
    const { create, reveal, rotate, show, test: send, sent, clock } = aWorld();
    await create();
    const { secret: first } = (await reveal()).body;
    const { body } = await rotate({ graceSeconds: 7200 });
    expect(body).toEqual({
      secret: expect.stringMatching(/^whsec_/),
      previous: { secret: first, expiresAt: later(2).toISOString() },
    });
    expect(body.secret).not.toBe(first);
    const signatures = async () => {
      await send();
      return sent.at(-1)?.headers?.['webhook-signature']?.split(' ').length;
    };
    expect((await show()).body.signing).toEqual({
      createdAt: noon,
      createdBy: 'op_1',
      previousUntil: later(2).toISOString(),
    });
    expect(await signatures()).toBe(2);
    clock.now = later(2);
    expect(await signatures()).toBe(1);
    expect((await show()).body.signing).toEqual({ createdAt: noon, createdBy: 'op_1' });
    expect((await reveal()).body).toEqual({ secret: body.secret });
  });

  test('is replaced by one that the operator chose, without a grace', async () => {
    const { create, rotate, live, table } = aWorld();
    await create();
    const value = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    expect((await rotate({ value, graceSeconds: 0 })).body).toEqual({ secret: value });
    expect(live()).toEqual(expect.not.objectContaining({ previousSigningSecret: expect.anything() }));
    expect(table.records.get('shop')).toMatchObject({ entry: { verb: 'rotateSecret', by: 'op_1', at: noon } });
    expect(table.records.get('shop')).toHaveProperty('signing', { createdAt: noon, createdBy: 'op_1' });
    expect(await rotate({ value })).toMatchObject({
      status: 422,
      body: {
        detail: 'value is the live secret. Send another one.',
        errors: [{ path: 'value', pointer: '/value', message: 'is the live secret' }],
      },
    });
  });

  test('is not replaced during a grace, unless by force', async () => {
    const { create, rotate, clock } = aWorld();
    await create();
    const { secret } = (await rotate()).body;
    expect(await rotate()).toMatchObject({
      status: 409,
      body: {
        code: 'rotation_in_progress',
        detail: `The previous secret signs until ${later(24).toISOString()}. Wait, or send force to let it end now.`,
      },
    });
    expect((await rotate({ force: true })).body.previous.secret).toBe(secret);
    clock.now = later(24);
    expect((await rotate()).status).toBe(200);
  });

  test.each([
    [1, true],
    [24, false],
  ])('before the last one stays through an edit after %i hours: %s', async (hours, stays) => {
    const { create, rotate, edit, live, clock } = aWorld();
    await create();
    const { previous } = (await rotate()).body;
    clock.now = later(hours);
    await edit({ url: 'https://new.example.com/' });
    expect(live()?.previousSigningSecret).toBe(stays ? previous.secret : undefined);
  });
});

describe('a test', () => {
  const found = async (result: ReturnType<typeof answered> | object) => {
    const world = aWorld();
    await world.create(secretParts);
    world.given.result = { leftOut: [], ...result } as never;
    return { ...world, body: (await world.test()).body };
  };

  test('sends a signed request with the headers and the proof of the destination', async () => {
    const { sent } = await found(answered(204));
    expect(sent).toEqual([
      {
        url: 'https://shop.example.com/in/box',
        method: 'POST',
        timeoutMs: 15_000,
        body: Buffer.from(`{"type":"hooklatch.test","timestamp":"${noon}","data":{"destination":"shop"}}`),
        headers: {
          'user-agent': 'Hooklatch',
          'content-type': 'application/json',
          'x-key': 'a secret value',
          authorization: 'Bearer a bearer token',
          'hooklatch-event': 'test_1',
          'hooklatch-attempt': '1',
          'hooklatch-test': 'true',
          'webhook-id': 'test_1',
          'webhook-timestamp': '1772366400',
          'webhook-signature': expect.stringMatching(/^v1,/),
        },
      },
    ]);
  });

  test.each([
    [20, 20_000],
    [21, 20_000],
    [30, 20_000],
    [1, 1000],
  ])('of a destination with %i seconds waits %i ms', async (timeoutSeconds, timeoutMs) => {
    const { create, test: send, sent } = aWorld();
    await create({ timeoutSeconds });
    await send();
    expect(sent[0]?.timeoutMs).toBe(timeoutMs);
  });

  test.each([
    [answered(200, 'thanks'), { delivered: true, status: 200, answer: 'thanks' }],
    [answered(299), { delivered: true, status: 299 }],
    [
      answered(300),
      {
        ...{ delivered: false, status: 300, reason: 'redirect' },
        detail: 'The destination answered 300, a redirect. It is not followed: enter the URL to which it leads.',
        facts: [{ code: 'destination_redirected', status: 300 }],
      },
    ],
    [
      answered(400, 'no'),
      {
        ...{ delivered: false, status: 400, answer: 'no', reason: 'status' },
        detail: 'The destination answered 400. Only 2xx means that it took the request.',
        facts: [{ code: 'destination_refused', status: 400 }],
      },
    ],
    [
      { outcome: 'timeout', reason: 'no answer within 15 s' },
      {
        ...{ delivered: false, reason: 'timeout', detail: 'Nothing came back: no answer within 15 s.' },
        facts: [{ code: 'destination_silent', fault: 'no answer within 15 s' }],
      },
    ],
    [
      { outcome: 'forbidden', rule: 'address', reason: 'the host has an address that is not public' },
      {
        ...{ delivered: false, reason: 'forbidden' },
        detail: 'Nothing was sent: the host has an address that is not public.',
        facts: [{ code: 'destination_forbidden', fault: 'the host has an address that is not public' }],
      },
    ],
  ])('says what came back: %#', async (result, expected) => {
    expect((await found(result)).body).toEqual({ id: 'test_1', ms: 12, ...expected });
  });

  test('shows 256 characters of an answer, without the secrets in it', async () => {
    const { body } = await found(answered(401, `Bearer a bearer token? ${'x'.repeat(300)}`));
    expect(body.answer).toBe(`Bearer REDACTED? ${'x'.repeat(239)}`);
  });

  test.each([
    [answered(204), [['dst_1', 1]]],
    [answered(500), []],
    [{ outcome: 'timeout', reason: 'no answer within 15 s' }, []],
  ])('tells the health of the destination that it succeeded, and nothing else: %#', async (result, expected) => {
    const { tested } = await found(result);
    expect(tested.map(({ id, generation }) => [id, generation])).toEqual(expected);
  });

  test('changes nothing of the record', async () => {
    const { show, table } = await found(answered(200));
    expect((await show()).body.version).toBe(2);
    expect(table.records.get('shop')).toMatchObject({ entry: { verb: 'create' } });
  });
});

describe('a test of a destination with OAuth 2', () => {
  const auth = {
    kind: 'oauth2',
    tokenUrl: 'https://id.example.com/token',
    clientId: 'c',
    clientSecret: 'client secret',
  };
  const token = (text: string) => answered(200, JSON.stringify({ access_token: text, expires_in: 3600 }));
  const aShop = async () => {
    const world = aWorld();
    await world.create({ auth });
    const run = async (...results: ReturnType<typeof answered>[]) => {
      world.given.results = results;
      return (await world.test()).body;
    };
    return { ...world, run };
  };
  const proofs = (sent: { url: string; headers?: Readonly<Record<string, string>> }[]) =>
    sent.map(({ url, headers }) => (url === auth.tokenUrl ? 'token' : headers?.['authorization']));

  test('asks for a token once, and sends it', async () => {
    const { run, sent } = await aShop();
    expect(await run(token('first-token'), answered(200, 'you are first-token'))).toEqual({
      ...{ id: 'test_1', ms: 25, delivered: true, status: 200, answer: 'you are REDACTED' },
    });
    expect(await run(answered(204))).toMatchObject({ delivered: true, status: 204 });
    expect(proofs(sent)).toEqual(['token', 'Bearer first-token', 'Bearer first-token']);
  });

  test('asks for a token anew once the credentials are others', async () => {
    const { run, sent, edit } = await aShop();
    await run(token('first-token'), answered(200));
    await edit({ auth: { ...auth, clientSecret: 'another secret' } });
    await run(token('second-token'), answered(200));
    expect(proofs(sent)).toEqual(['token', 'Bearer first-token', 'token', 'Bearer second-token']);
  });

  test.each([
    [1, 1_000],
    [15, 15_000],
    [30, 20_000 - 12.4],
  ])(
    'of %i seconds has ten for the token, and %i ms of the twenty for the request',
    async (timeoutSeconds, timeoutMs) => {
      const { run, sent, edit } = await aShop();
      await edit({ timeoutSeconds });
      await run(token('first-token'), answered(200));
      expect(sent.map((each) => each.timeoutMs)).toEqual([10_000, timeoutMs]);
    },
  );

  test('gets another token once, if the receiver refuses one that is a minute old', async () => {
    const { run, sent, later } = await aShop();
    await run(token('first-token'), answered(200));
    later(60_000);
    sent.length = 0;
    expect(await run(answered(401), token('second-token'), answered(200, 'first-token second-token'))).toMatchObject({
      ...{ delivered: true, answer: 'REDACTED REDACTED' },
    });
    expect(proofs(sent)).toEqual(['Bearer first-token', 'token', 'Bearer second-token']);
    sent.length = 0;
    expect(await run(answered(401))).toMatchObject({ delivered: false, status: 401, reason: 'status' });
    expect(proofs(sent)).toEqual(['Bearer second-token']);
  });

  test('shows no token that is refused and comes again', async () => {
    const { run, later } = await aShop();
    await run(token('same-token'), answered(200));
    later(60_000);
    expect(await run(answered(401, 'not same-token'), token('same-token'))).toMatchObject({
      ...{ delivered: false, status: 401, answer: 'not REDACTED' },
    });
  });

  test.each([[403], [500]])('gets no other token for the status %i', async (status) => {
    const { run, sent, later } = await aShop();
    await run(token('first-token'), answered(200));
    later(60_000);
    expect(await run(answered(status))).toMatchObject({ delivered: false, status });
    expect(proofs(sent)).toEqual(['token', 'Bearer first-token', 'Bearer first-token']);
  });

  test('says that no token came, at first or for another one', async () => {
    const { run, later } = await aShop();
    const noToken = {
      ...{ id: 'test_1', delivered: false, reason: 'token' },
      detail: 'No access token came from the token URL: the answer was 401.',
      facts: [{ code: 'destination_no_token', fault: 'the answer was 401' }],
    };
    expect(await run(answered(401, 'client secret'))).toEqual({ ...noToken, ms: 12 });
    await run(token('first-token'), answered(200));
    later(60_000);
    expect(await run(answered(401), answered(401))).toEqual({ ...noToken, ms: 25 });
  });

  test('shows only the kind of its proof', async () => {
    const { show } = await aShop();
    const { body } = await show();
    expect(body.authKind).toBe('oauth2');
    expect(JSON.stringify(body).includes('id.example.com')).toBe(false);
  });

  test.each([
    ['a new one', (world: ReturnType<typeof aWorld>, body: object) => world.create(body)],
    ['an edit', (world: ReturnType<typeof aWorld>, body: object) => world.edit(body)],
  ])('is refused if no request may go to its token URL: %s', async (_, ask) => {
    const world = aWorld();
    await world.create();
    await world.remove();
    if (_ === 'an edit') await world.create();
    expect(await ask(world, { auth: { ...auth, tokenUrl: 'http://id.example.com/token' } })).toMatchObject({
      status: 422,
      body: {
        detail: 'auth.tokenUrl cannot be used: the URL does not begin with https://.',
        errors: [{ path: 'auth.tokenUrl', pointer: '/auth/tokenUrl' }],
      },
    });
  });
});

test('a read names the rules that lead there, if they are asked for', async () => {
  const state = aState();
  state.addConnection('orders');
  const { ask, create } = aWorld({ state });
  await create();
  const context = { actor: { id: 'op_1', role: 'connection_admin' as const }, requestId: 'r1', now: new Date(noon) };
  const rules = [
    { id: 'paid', to: 'shop' },
    { id: 'sent', to: 'shop' },
  ];
  const ports = { ...portsOn(state), checkTransform: async () => undefined };
  await setConnectionRoutes({ name: 'orders', mode: 'all', rules }, context, ports);
  const read = (query?: Record<string, string>) =>
    ask('GET /v1/destinations/{name}', { params, role: 'flow_designer', ...(query && { query }) });
  expect((await read({ include: 'routes' })).body.routes).toEqual([{ connection: 'orders', rules: ['paid', 'sent'] }]);
  expect((await read()).body).not.toHaveProperty('routes');
  expect(await read({ include: 'health' })).toMatchObject({ status: 400 });
});

describe('a deletion', () => {
  test('first says in the record by whom', async () => {
    const { create, remove, show, table } = aWorld();
    await create();
    let marked: unknown;
    table.meanwhile.push(
      () => undefined,
      () => {
        marked = structuredClone(table.records.get('shop'));
      },
    );
    expect(await remove()).toMatchObject({ status: 204 });
    expect(marked).toMatchObject({ version: 3, entry: { verb: 'delete', by: 'op_1', at: noon } });
    expect(await show()).toMatchObject({ status: 404, body: { code: 'destination_not_found' } });
  });

  test('of a version that is no longer there is refused', async () => {
    const { create, remove, show } = aWorld();
    await create();
    expect(await remove({ ifMatch: 1 })).toMatchObject({ status: 412 });
    expect((await show()).status).toBe(200);
  });

  test('gives way to an edit in between', async () => {
    const { create, edit, remove, show, table } = aWorld();
    await create();
    table.meanwhile.push(
      () => undefined,
      () => edit({ description: 'still needed' }),
    );
    expect(await remove()).toMatchObject({ status: 409, body: { code: 'superseded' } });
    expect((await show()).body.description).toBe('still needed');
    expect(await remove()).toMatchObject({ status: 204 });
  });

  test('leaves the name to another destination with another id', async () => {
    const { create, remove } = aWorld();
    await create();
    await remove();
    expect((await create()).body).toMatchObject({ id: 'dst_2', version: 2 });
  });
});

describe('the list', () => {
  test('is in pages by name', async () => {
    const { ask, create } = aWorld();
    for (const name of ['shop', 'archive', 'billing']) await create({ name });
    const first = await ask('GET /v1/destinations', { query: { limit: '2' } });
    expect(first.body.items.map(({ name }: { name: string }) => name)).toEqual(['archive', 'billing']);
    const rest = await ask('GET /v1/destinations', { query: { limit: '2', cursor: first.body.nextCursor } });
    expect(rest.body).toMatchObject({ items: [{ name: 'shop' }], nextCursor: null });
    expect(await ask('GET /v1/destinations', { query: { cursor: 'eA' } })).toMatchObject({ status: 400 });
  });
});

describe('the history', () => {
  test('is that of the destination by its id, in pages', async () => {
    const { ask, create, pages } = aWorld();
    await create();
    const read = (query: Record<string, string>) => ask('GET /v1/destinations/{name}/history', { params, query });
    const first = await read({ limit: '1' });
    expect(first.body.items).toEqual([{ version: 2, verb: 'create', by: 'op_1', at: noon, requestId: 'r1' }]);
    const second = await read({ limit: '1', cursor: first.body.nextCursor });
    expect(second.body.nextCursor).toBeNull();
    expect(pages).toEqual([
      ['dst_1', { limit: 1, from: undefined }],
      ['dst_1', { limit: 1, from: '000000001|' }],
    ]);
  });
});

test.each([
  ['GET', ''],
  ['PATCH', ''],
  ['DELETE', ''],
  ['POST', '/pause'],
  ['POST', '/resume'],
  ['POST', '/attempt'],
])('%s%s of a destination that is not there, or whose name can be none, is a 404', async (method, verb) => {
  const reads: string[] = [];
  const { ask } = aWorld({ before: (call) => reads.push(call) });
  const key = `${method} /v1/destinations/{name}${verb}`;
  const body = ['PATCH', 'POST'].includes(method) ? { body: {} } : {};
  expect(await ask(key, { params: { name: 'shop' }, ...body })).toMatchObject({
    status: 404,
    body: { code: 'destination_not_found', detail: 'There is no destination of this name.' },
  });
  expect(await ask(key, { params: { name: 'Shop' }, ...body })).toMatchObject({ status: 404 });
  expect(reads).toEqual(['read']);
});

/** What an operator may do, one after the other. */
const steps = {
  create: (world: ReturnType<typeof aWorld>) => world.create(secretParts),
  edit: (world: ReturnType<typeof aWorld>) => world.edit({ url: 'https://new.example.com/' }),
  pause: (world: ReturnType<typeof aWorld>) => world.pause(),
  resume: (world: ReturnType<typeof aWorld>) => world.resume(),
  rotate: (world: ReturnType<typeof aWorld>) => world.rotate({ force: true }),
  reveal: (world: ReturnType<typeof aWorld>) => world.reveal(),
  remove: (world: ReturnType<typeof aWorld>) => world.remove(),
};

test('a crash at any call leaves a destination that works as before, or as after, or none; and the next try succeeds', async () => {
  const verbs = fc.array(fc.constantFrom(...(Object.keys(steps) as (keyof typeof steps)[])), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(verbs, fc.integer({ min: 1, max: 30 }), async (sequence, crashAt) => {
      let calls = 0;
      const world = aWorld({
        before() {
          calls += 1;
          if (calls === crashAt) throw new Error('the function died');
        },
      });
      for (const verb of sequence) {
        const isBefore = calls < crashAt;
        const first = await steps[verb](world);
        const crashed = isBefore && calls >= crashAt;
        // What the record says is live is there, whatever happened.
        expect(isFinished(world.table.records.get('shop'))).toBe(world.live() !== undefined);
        expect(first.status < 500 || crashed).toBe(true);
        // The change may have been made before the crash. Then a creation finds the name taken, and a deletion nothing.
        const { status } = first.status < 500 ? first : await steps[verb](world);
        expect(status).toBeLessThan(500);
        // A read that crashes has changed nothing.
        const shown = [await world.show(), await world.show()].find((read) => read.status < 500);
        expect(shown?.status).toBe(world.live() === undefined ? 404 : 200);
      }
    }),
    { numRuns: count({ usual: 150, full: 1500 }) },
  );
});
