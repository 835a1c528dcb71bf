import { describe, expect, test } from '@jest/globals';
import type { Destination } from '../../../../shared/deliveries/destination/destination.ts';
import type { DestinationValue } from '../../../../shared/deliveries/destination/destination-value.ts';
import type { AccessToken, NoToken } from '../../../../shared/deliveries/destination/oauth-token.ts';
import { deliveryAttempt } from '../../../../shared/deliveries/dispatch/delivery-attempt.ts';
import type { OutboundRequest, OutboundResult } from '../../../../shared/ground/outbound/outbound-request.ts';
import { aStoredEvent } from '../../events/event/given-event.ts';
import { aDestination, aJob, eventId, receivedAt, receivedMs } from './given-delivery.ts';

const signingSecret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const aValue = (change: Partial<DestinationValue> = {}): DestinationValue => ({
  url: 'https://orders.example.com/in/0123456789abcdefghij',
  headers: {},
  auth: { kind: 'bearer', token: 'the-token-of-orders' },
  signingSecret,
  ...change,
});

const answered = (status: number, more: Partial<OutboundResult> = {}): OutboundResult =>
  ({
    outcome: 'answered',
    status,
    headers: {},
    body: Buffer.from('ok'),
    isWhole: true,
    leftOut: [],
    ...more,
  }) as OutboundResult;

interface Given {
  destination?: Destination | undefined;
  /** What each later read of the destination finds. */
  later?: (Destination | undefined)[];
  value?: DestinationValue;
  results?: OutboundResult[];
  tokens?: (AccessToken | NoToken)[];
  event?: object | undefined;
  now?: number;
  /** How long a request takes, and each token. */
  ms?: number;
  tokenMs?: number;
  /** How long the transform waits for its turn, and how long it then takes. */
  transform?: { waitMs: number; madeInMs: number };
}

/** One attempt. `steps` has what was done, in its order. */
function aWorld(given: Given = {}) {
  const steps: string[] = [];
  const sent: OutboundRequest[] = [];
  const limits: number[] = [];
  /** The ids under which tokens were asked for. */
  const tokensOf: string[] = [];
  const clock = { time: given.now ?? receivedMs + 5_000 };
  const results = [...(given.results ?? [answered(200)])];
  const later = [...(given.later ?? [])];
  const tokens = [...(given.tokens ?? [])];
  const destination = 'destination' in given ? given.destination : aDestination();
  const attempt = deliveryAttempt({
    clock: { now: () => clock.time, sleep: async () => undefined, random: () => 0.5 },
    async readEvent(id) {
      steps.push(`event ${id === eventId}`);
      return 'event' in given ? (given.event as never) : aStoredEvent({}, { id: eventId, receivedAt });
    },
    async messageOf() {
      steps.push('message');
      const { waitMs = 0, madeInMs = 0 } = given.transform ?? {};
      clock.time += waitMs + madeInMs;
      return {
        ...(given.transform && { madeInMs }),
        id: 'dlv_1',
        body: Buffer.from('{}'),
        headers: { 'content-type': 'application/json' },
        marks: {},
        hops: 1,
      };
    },
    async readDestination() {
      steps.push('destination');
      return later.length > 0 ? later.shift() : destination;
    },
    async readValue({ valueId }) {
      steps.push(`value ${valueId}`);
      return given.value ?? aValue();
    },
    async getToken(valueId, _, refused) {
      steps.push(refused ? `token after ${refused.token}` : 'token');
      tokensOf.push(valueId);
      clock.time += given.tokenMs ?? 0;
      return tokens.shift() ?? { token: 'a-token-of-oauth', obtainedAt: 0 };
    },
    async send(request, { timeoutMs }) {
      steps.push('send');
      sent.push(request);
      limits.push(timeoutMs);
      clock.time += given.ms ?? 120;
      return results.shift() ?? answered(200);
    },
  });
  return {
    steps,
    sent,
    limits,
    tokensOf,
    run: (mayBegin = () => true) => attempt(aJob(), destination ?? aDestination(), mayBegin),
  };
}

describe('an attempt', () => {
  test('reads its destination last, and only then sends', async () => {
    const world = aWorld();
    expect(await world.run()).toEqual({
      kind: 'delivered',
      generation: 1,
      note: { at: receivedMs + 5_000, ms: 120, outcome: 'answered', status: 200, answer: 'ok' },
      ended: receivedMs + 5_120,
    });
    expect(world.steps).toEqual(['event true', 'message', 'value v1', 'destination', 'send']);
    expect(world.sent[0]).toMatchObject({ url: aValue().url, method: 'POST', hops: 1 });
    expect(world.sent[0]?.headers).toMatchObject({
      authorization: 'Bearer the-token-of-orders',
      'webhook-id': 'dlv_1',
      'webhook-timestamp': String(receivedMs / 1000 + 5),
    });
  });

  test.each([
    ['its event is gone', { event: undefined }],
    ['another event has the id', { event: { receivedAt: '2026-04-01T12:00:00.000Z' } }],
    ['the retention of its event is over', { now: receivedMs + 30 * 86_400_000 }],
  ])('is none if %s', async (_, given) => {
    const world = aWorld(given);
    expect(await world.run()).toEqual({ kind: 'expired' });
    expect(world.sent).toEqual([]);
  });

  test.each([
    ['deleted', [undefined], { kind: 'cancelled', reason: 'destination_deleted' }],
    ['paused', [aDestination({ status: 'paused', pausedSince: receivedAt })], { kind: 'paused' }],
  ])('is none if its destination was %s while it was prepared', async (_, later, expected) => {
    const world = aWorld({ later });
    expect(await world.run()).toEqual(expected);
    expect(world.sent).toEqual([]);
  });

  test('is prepared again if its destination got another proof meanwhile, and counts for its generation', async () => {
    const changed = aDestination({ valueId: 'v2', generation: 2 });
    const world = aWorld({ later: [changed, changed] });
    expect(await world.run()).toMatchObject({ kind: 'delivered', generation: 2 });
    expect(world.steps).toEqual([
      'event true',
      'message',
      'value v1',
      'destination',
      'value v2',
      'destination',
      'send',
    ]);
  });

  test('comes later if its destination changes all the time', async () => {
    const world = aWorld({ later: ['v2', 'v3', 'v4'].map((valueId) => aDestination({ valueId })) });
    expect(await world.run()).toMatchObject({ kind: 'later' });
    expect(world.sent).toEqual([]);
  });

  test('is none if it may not begin any more', async () => {
    const world = aWorld();
    expect(await world.run(() => false)).toEqual({ kind: 'fenced' });
    expect(world.sent).toEqual([]);
  });

  test('has the time limit of its destination, and what is left of 45 seconds', async () => {
    const brief = aWorld({ destination: aDestination({ timeoutSeconds: 7 }) });
    await brief.run();
    expect(brief.limits).toEqual([7_000]);
    const oauth = {
      kind: 'oauth2',
      tokenUrl: 'https://id.example.com',
      clientId: 'c',
      clientSecret: 's'.repeat(8),
      clientAuthentication: 'basic',
    } as const;
    const slow = aWorld({
      value: aValue({ auth: oauth }),
      destination: aDestination({ timeoutSeconds: 30 }),
      results: [answered(401), answered(200)],
      tokens: [
        { token: 'old', obtainedAt: 0 },
        { token: 'new', obtainedAt: 1 },
      ],
      ms: 20_000,
    });
    await slow.run();
    expect(slow.limits).toEqual([30_000, 25_000]);
  });

  test('counts the evaluation of its transform, and not the wait for its turn', async () => {
    const result = await aWorld({ transform: { waitMs: 4_000, madeInMs: 1_500 } }).run();
    expect(result).toMatchObject({ note: { at: receivedMs + 10_500, ms: 1_620 }, ended: receivedMs + 10_620 });
  });

  test('comes later if something of ours fails, and tells no more than its name', async () => {
    const failing = deliveryAttempt({
      clock: { now: () => receivedMs, sleep: async () => undefined, random: () => 0 },
      readEvent: () => Promise.reject(Object.assign(new Error('with a secret'), { name: 'ThrottlingException' })),
    } as never);
    expect(await failing(aJob(), aDestination(), () => true)).toEqual({ kind: 'later', fault: 'ThrottlingException' });
  });
});

describe('an answer', () => {
  test.each([
    [200, 'delivered'],
    [204, 'delivered'],
    [299, 'delivered'],
    [301, 'refused'],
    [400, 'refused'],
    [404, 'refused'],
    [410, 'gone'],
    [429, 'limited'],
    [499, 'refused'],
    [500, 'broken'],
    [503, 'broken'],
  ])('of %i means %s', async (status, kind) => {
    expect(await aWorld({ results: [answered(status)] }).run()).toMatchObject({ kind, note: { status } });
  });

  test.each([
    ['7', 7_000],
    ['Sun, 01 Mar 2026 12:01:05 GMT', 59_880],
    ['soon', undefined],
  ])('with Retry-After: %s asks for a wait', async (value, retryAfter) => {
    const result = await aWorld({ results: [answered(503, { headers: { 'retry-after': value } } as never)] }).run();
    expect(result).toHaveProperty('kind', 'broken');
    expect((result as { retryAfter?: number }).retryAfter).toBe(retryAfter);
  });

  test.each(['dns', 'unreachable', 'tls', 'timeout', 'broken'] as const)(
    'that is none (%s) speaks of the destination',
    async (outcome) => {
      const result = { outcome, reason: 'why', leftOut: [] } as OutboundResult;
      expect(await aWorld({ results: [result] }).run()).toMatchObject({
        kind: 'broken',
        note: { outcome, cause: 'why' },
      });
    },
  );

  test('a webhook that goes round is not sent again', async () => {
    const rule = { outcome: 'forbidden', rule: 'hops', reason: 'it goes round', leftOut: [] } as OutboundResult;
    expect(await aWorld({ results: [rule] }).run()).toEqual({ kind: 'failed', reason: 'loop' });
    const other = {
      outcome: 'forbidden',
      rule: 'address',
      reason: 'not there',
      leftOut: [],
    } as unknown as OutboundResult;
    expect(await aWorld({ results: [other] }).run()).toMatchObject({ kind: 'broken', note: { outcome: 'forbidden' } });
  });

  const kept = async (text: string, more: object = {}) => {
    const results = [answered(500, { body: Buffer.from(text), ...more } as never)];
    return ((await aWorld({ results }).run()) as { note: { answer?: string } }).note.answer;
  };

  test('that repeats a secret is kept without it, also where the text is cut', async () => {
    const text = `${'x'.repeat(4_090)}the-token-of-orders and /in/0123456789abcdefghij`;
    expect(await kept(text)).toBe(`${'x'.repeat(4_090)}REDACT`);
  });

  test('that is not whole is kept without its end, in which a secret may begin', async () => {
    expect(await kept(`${'x'.repeat(12_288)}`, { isWhole: false })).toBeUndefined();
    expect(await kept(`no. ${'x'.repeat(12_288)}`, { isWhole: false })).toBe('no. ');
    expect(await kept('x'.repeat(12_288))).toHaveLength(4_096);
  });
});

describe('a destination with OAuth 2', () => {
  const oauth = {
    kind: 'oauth2',
    tokenUrl: 'https://id.example.com',
    clientId: 'c',
    clientSecret: 's'.repeat(8),
    clientAuthentication: 'basic',
  } as const;
  const value = aValue({ auth: oauth });

  test('gets its token before the destination is read', async () => {
    const world = aWorld({ value });
    expect(await world.run()).toMatchObject({ kind: 'delivered' });
    expect(world.steps).toEqual(['event true', 'message', 'value v1', 'token', 'destination', 'send']);
    expect(world.sent[0]?.headers).toMatchObject({ authorization: 'Bearer a-token-of-oauth' });
  });

  test('gets its token, and another one, by the id of its value, which changes with the credentials', async () => {
    const destination = aDestination({ valueId: 'v7' });
    const world = aWorld({ destination, value, results: [answered(401)] });
    await world.run();
    expect(world.tokensOf).toEqual(['v7', 'v7']);
  });

  test('whose issuer gives no token has failed', async () => {
    const world = aWorld({ value, tokens: [{ fault: 'the answer was 500' }] });
    expect(await world.run()).toMatchObject({
      kind: 'broken',
      note: { outcome: 'token', cause: 'the answer was 500' },
    });
    expect(world.sent).toEqual([]);
  });

  test('counts the time for its token, but began with the request', async () => {
    const result = await aWorld({ value, tokenMs: 8_000 }).run();
    expect(result).toMatchObject({ note: { at: receivedMs + 13_000, ms: 8_120 }, ended: receivedMs + 13_120 });
  });

  test('counts the time also if there is no token', async () => {
    const result = await aWorld({ value, tokenMs: 9_000, tokens: [{ fault: 'the answer was 500' }] }).run();
    expect(result).toMatchObject({ note: { at: receivedMs + 14_000, ms: 9_000 }, ended: receivedMs + 14_000 });
  });

  test('counts another token too', async () => {
    const tokens = ['first-one', 'second-one'].map((token, obtainedAt) => ({ token, obtainedAt }));
    const result = await aWorld({ value, tokens, tokenMs: 3_000, results: [answered(401), answered(200)] }).run();
    expect(result).toMatchObject({ note: { at: receivedMs + 8_000, ms: 6_240 }, ended: receivedMs + 11_240 });
  });

  test('gets no other token if the time for it and a request is not left', async () => {
    const until = async (ms: number) => {
      const world = aWorld({ value, ms, tokens: [], results: [answered(401)] });
      await world.run();
      return world.steps.filter((step) => step.startsWith('token'));
    };
    expect(await until(30_000)).toEqual(['token', 'token after a-token-of-oauth']);
    expect(await until(30_001)).toEqual(['token']);
  });

  const [one, two] = ['token-number-one', 'token-number-two'].map((token, obtainedAt) => ({ token, obtainedAt }));
  const echo = (status: number, text: string) => answered(status, { body: Buffer.from(text) });
  test.each<[string, (AccessToken | NoToken | undefined)[], OutboundResult[], string | undefined]>([
    ['that it gets', [one], [echo(500, 'no: Bearer token-number-one')], 'no: Bearer REDACTED'],
    ['that it takes', [one], [echo(200, 'by token-number-one')], 'by REDACTED'],
    ['that it refuses, if there is no other', [one, one], [echo(401, 'not token-number-one')], 'not REDACTED'],
    ['that it gets after another', [one, two], [echo(401, ''), echo(500, 'no: token-number-two')], 'no: REDACTED'],
    ['that it has refused', [one, two], [echo(401, ''), echo(200, 'after token-number-one')], 'after REDACTED'],
    [
      'that it refuses again',
      [one, two],
      [echo(401, ''), echo(401, 'token-number-one, token-number-two')],
      'REDACTED, REDACTED',
    ],
    ['that it refuses, if the next is not given', [one, { fault: 'no' }], [echo(401, 'token-number-one')], undefined],
  ])('that repeats the token %s is kept without it', async (_, tokens, results, answer) => {
    const result = await aWorld({ value, tokens: tokens.flatMap((token) => token ?? []), results }).run();
    expect(JSON.stringify(result)).not.toMatch(/token-number-(one|two)/);
    expect((result as { note: { answer?: string } }).note.answer).toBe(answer);
  });

  test('that refuses a token gets another one once', async () => {
    const tokens = [
      { token: 'first-one', obtainedAt: 0 },
      { token: 'second-one', obtainedAt: 1 },
    ];
    const world = aWorld({ value, tokens, results: [answered(401), answered(401)] });
    expect(await world.run()).toMatchObject({ kind: 'refused', note: { status: 401 } });
    expect(world.steps.slice(-3)).toEqual(['send', 'token after first-one', 'send']);
  });
});
