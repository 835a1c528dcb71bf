/** The self-test of an endpoint: the sample that it sends, and what it reports about each answer. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { SelfTest } from '../../../../shared/endpoints/endpoint/self-test-view.ts';
import { testEventId } from '../../../../shared/events/event/event-id.ts';
import { Refusal } from '../../../../shared/ground/base/refusal.ts';
import { type SelfTestPorts, testEndpoint } from '../../../../shared/operators/operation/self-test.ts';
import { aMoment } from '../../../support/a-moment.ts';
import { aLifecycle, began, publicUrl } from '../../endpoints/endpoint/given-lifecycle.ts';

const { apiSelfTest } = await import('../../../../functions/api-self-test.ts');
const route = 'POST /v1/connections/{name}/endpoint/test';

const endpoint = '/v1/connections/{name}/endpoint';
const secret = 'fake secret: 0123456789';
const actor = { id: 'op_1', role: 'connection_admin' } as const;

interface Given {
  provider?: string;
  settings?: object;
  /** The adopted value. The endpoint has no token if it is undefined. */
  value?: string | undefined;
  /** What the public URL answers, or undefined if nothing answers. */
  answer?: Response | undefined;
  publish?: boolean;
  /** The rest of the request. */
  body?: object;
  isStored?: boolean;
  /** The bus has the event when it is asked for the nth time. */
  publishedAtPoll?: number;
  isHeld?: boolean;
  deps?: Partial<SelfTestPorts>;
}

const accepted = () => new Response('{}', { status: 202 });

/**
 * Tests an active endpoint. Reading its secret takes 3.6 ms, the answer of its URL 12.4 ms, and the bus answers at once.
 */
async function tested(given: Given = {}) {
  const { provider = 'github', settings = {}, publish = false, isStored = true, publishedAtPoll = 1 } = given;
  const { value } = { value: secret, ...given };
  const lifecycle = aLifecycle(provider);
  expect(await lifecycle.operate(`PUT ${endpoint}`, settings)).toBeUndefined();
  if (value !== undefined) await lifecycle.operate(`POST ${endpoint}/token`, { value });
  expect(await lifecycle.operate(`POST ${endpoint}/activate`)).toBeUndefined();
  if (given.isHeld) await lifecycle.operate(`POST ${endpoint}/hold`);
  let ms = 1000;
  const requests: { url: string; init: RequestInit }[] = [];
  const eventReads: string[] = [];
  const polls: [connectionId: string, eventId: string][] = [];
  const waits: number[] = [];
  const readValue = (name: string, id: string) => lifecycle.secretStore.read(name, id);
  const deps: SelfTestPorts = {
    store: lifecycle.store,
    publicUrl,
    events: {
      read: async (id) => {
        eventReads.push(id);
        return isStored ? ({} as never) : undefined;
      },
    },
    readBody: async () => undefined,
    tests: {
      publishedAt: async (...ids) => {
        polls.push(ids);
        return polls.length >= publishedAtPoll ? began.toISOString() : undefined;
      },
    },
    secretStore: {
      read: async (name, id) => {
        ms += 3.6;
        return readValue(name, id);
      },
    },
    readDigest: async (name, id) =>
      createHash('sha256')
        .update((await readValue(name, id)).token)
        .digest(),
    readSigningSecret: async (name, id) => (await readValue(name, id)).token,
    certificate: async () => 'certificate_refused',
    checksOrigin: false,
    fetch: async (url, init = {}) => {
      requests.push({ url: String(url), init });
      ms += 12.4;
      const { answer = accepted() } = given;
      if ('answer' in given && given.answer === undefined) throw new TypeError('fetch failed');
      return answer;
    },
    clock: () => ms,
    wait: async (pause) => {
      ms += pause;
      await aMoment();
      waits.push(pause);
    },
    ...given.deps,
  };
  const call = {
    params: { name: lifecycle.name },
    actor,
    body: { publish, ...given.body },
    requestId: 'r1',
    now: began,
  };
  const { status, headers, body } = await apiSelfTest(deps)[route](call as never);
  const [request = { url: '', init: {} }] = requests;
  return { status, headers, result: body, lifecycle, request, requests, eventReads, polls, waits };
}

const outcomesOf = ({ steps }: SelfTest) => steps.map(({ step, outcome }) => `${step} ${outcome}`);
const stepOf = ({ steps }: SelfTest, name: string) => steps.find(({ step }) => step === name);
const allSkipped = ['authorized skipped', 'verified skipped', 'stored skipped', 'published skipped'];

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const nonceOf = ({ init }: { init: RequestInit }) => (init.headers as Record<string, string>)['hooklatch-test'] ?? '';

describe('the sample of a self-test', () => {
  test('goes to the public URL as the sender would send it, with a nonce', async () => {
    const { request, requests, lifecycle } = await tested();
    const digest = sha256(nonceOf(request));
    const { endpoint: active } = await lifecycle.record();
    expect(requests).toHaveLength(1);
    expect(request.url).toBe(`https://hooks.example.com/hooks/orders/${active?.id}`);
    expect(request.init).toMatchObject({ method: 'POST', redirect: 'manual', signal: expect.any(AbortSignal) });
    expect(request.init.headers).toEqual({
      'content-type': 'application/json',
      'user-agent': 'Hooklatch-Test',
      'x-github-delivery': `test-${digest.slice(0, 16)}`,
      'x-github-event': 'hooklatch.test',
      'x-hub-signature-256': expect.stringMatching(/^sha256=[0-9a-f]{64}$/),
      'hooklatch-test': expect.stringMatching(/^[\w-]{32}$/),
    });
    expect(Buffer.from(request.init.body as Uint8Array).toString()).toBe('{}');
  });

  test('carries the token of the endpoint', async () => {
    const { request } = await tested({
      provider: 'generic',
      settings: { auth: { kind: 'token', accept: [{ in: 'query', name: 'key' }] } },
    });
    expect(request.url).toMatch(/\?key=fake%20secret%3A%200123456789$/);
  });

  test('has no signature if its scheme is only for deliveries with a token', async () => {
    const settings = { auth: { kind: 'token', accept: [{ in: 'query', name: 'key' }] } };
    const { request } = await tested({ settings });
    expect(Object.keys(request.init.headers ?? {})).not.toContain('x-hub-signature-256');
    expect(Object.keys(request.init.headers ?? {})).toContain('x-github-delivery');
  });

  test('is marked on the record by the digest of the nonce for one minute', async () => {
    for (const publish of [true, false]) {
      const { request, lifecycle, headers } = await tested({ publish });
      const { endpoint: active, entry, version } = await lifecycle.record();
      const digest = sha256(nonceOf(request));
      expect(active?.test).toEqual({ digest, until: '2026-03-01T12:01:00.000Z', publish });
      expect(entry).toMatchObject({ verb: 'test', from: 'active', to: 'active' });
      expect(headers).toEqual({ etag: `"${version}"` });
    }
  });

  test('is not sent if the endpoint is not active', async () => {
    const lifecycle = aLifecycle('github');
    await lifecycle.operate(`PUT ${endpoint}`);
    const context = { actor, requestId: 'r1', now: began };
    const ports = { store: lifecycle.store, clock: () => 0 } as never;
    const request = testEndpoint({ name: 'orders', publish: false, real: false, sample: false }, context, ports);
    await expect(request).rejects.toThrow(Refusal);
    await expect(request).rejects.toMatchObject({ code: 'action_not_allowed' });
  });
});

describe('a self-test that is accepted', () => {
  test('passes each step, with the times that the answer says', async () => {
    const timing = 'authorized;dur=3, verified;dur=4.5,stored;dur=7';
    const answer = new Response('{}', { status: 202, headers: { 'server-timing': timing } });
    const { status, result, request, eventReads, polls } = await tested({ answer, publish: true });
    const eventId = testEventId('c1', sha256(nonceOf(request)));
    expect(status).toBe(200);
    expect(result).toEqual({
      eventId,
      passed: true,
      note: expect.any(String),
      facts: [{ code: expect.stringMatching(/^made_with_/) }],
      steps: [
        { step: 'resolved', outcome: 'passed', ms: 4 },
        { step: 'reached', outcome: 'passed', ms: 12 },
        { step: 'authorized', outcome: 'passed', ms: 3 },
        { step: 'verified', outcome: 'passed', ms: 4.5 },
        { step: 'stored', outcome: 'passed', ms: 7 },
        { step: 'published', outcome: 'passed', ms: 0 },
      ],
    });
    expect([eventReads, polls]).toEqual([[eventId], [['c1', eventId]]]);
  });

  test('has no times if the answer has none', async () => {
    const { result } = await tested();
    expect(result.steps.slice(2, 5)).toEqual([
      { step: 'authorized', outcome: 'passed' },
      { step: 'verified', outcome: 'passed' },
      { step: 'stored', outcome: 'passed' },
    ]);
  });

  test('skips the bus, unless the operator asks for it', async () => {
    const { result, polls } = await tested();
    const detail = 'To test this step too, send publish: true.';
    const facts = [{ code: 'publish_not_asked' }];
    expect(stepOf(result, 'published')).toEqual({ step: 'published', outcome: 'skipped', detail, facts });
    expect([result.passed, polls]).toEqual([true, []]);
  });

  test('skips the bus if the endpoint is held', async () => {
    const { result, polls } = await tested({ publish: true, isHeld: true });
    expect(stepOf(result, 'published')).toMatchObject({ outcome: 'skipped', detail: expect.stringMatching(/is held/) });
    expect([result.passed, polls]).toEqual([true, []]);
  });

  test('fails if the event is not there', async () => {
    const { result, polls } = await tested({ isStored: false, publish: true });
    expect(outcomesOf(result).slice(2)).toEqual([
      ...['authorized passed', 'verified passed', 'stored failed', 'published skipped'],
    ]);
    expect(result).toMatchObject({ eventId: null, passed: false });
    expect(stepOf(result, 'stored')?.facts).toEqual([{ code: 'not_stored' }]);
    expect(Object.keys(result)).not.toContain('note');
    expect(polls).toEqual([]);
  });

  test('asks the bus every 200 ms, for at most 10 s', async () => {
    const { result: late, waits } = await tested({ publish: true, publishedAtPoll: 50 });
    expect(stepOf(late, 'published')).toEqual({ step: 'published', outcome: 'passed', ms: 9800 });
    expect([late.passed, waits]).toEqual([true, Array.from({ length: 49 }, () => 200)]);
    const { result: never, polls } = await tested({ publish: true, publishedAtPoll: 51 });
    expect(stepOf(never, 'published')).toMatchObject({ outcome: 'failed', ms: 10_000, detail: expect.any(String) });
    expect(stepOf(never, 'published')?.facts).toEqual([{ code: 'not_on_bus' }]);
    expect(polls).toHaveLength(50);
    // The event is stored, so the operator can look at it.
    expect(never).toMatchObject({ passed: false, eventId: expect.stringMatching(/^evt_/) });
    expect(never.note).toBeUndefined();
  });

  test.each([
    ['github', {}, 'The sample was made with the secret stored in Hooklatch.'],
    ['generic', {}, 'The sample was made with the token stored in Hooklatch.'],
    [
      'github',
      { auth: { kind: 'both' } },
      'The sample was made with the token and the signing secret stored in Hooklatch.',
    ],
  ])('of %s with %j says what it cannot verify', async (provider, settings, note) => {
    expect((await tested({ provider, settings })).result.note).toMatch(new RegExp(`^${note} `));
  });
});

describe('a self-test that does not reach Hooklatch', () => {
  test.each<[string, Response | undefined, RegExp]>([
    ['nothing answers', undefined, /^Nothing answered/],
    ['the answer is 500', new Response(null, { status: 500 }), /^The answer was 500\. Hooklatch failed/],
    ['the answer is 599', new Response(null, { status: 599 }), /^The answer was 599\. Hooklatch failed/],
    ['the answer is 300', new Response(null, { status: 300 }), /^The answer was 300: senders do not follow/],
    ['the answer is 399', new Response(null, { status: 399 }), /^The answer was 399: senders do not follow/],
  ])('fails if %s', async (_, answer, detail) => {
    const { result } = await tested({ answer });
    expect(outcomesOf(result)).toEqual(['resolved passed', 'reached failed', ...allSkipped]);
    expect(stepOf(result, 'reached')).toMatchObject({ ms: 12, detail: expect.stringMatching(detail) });
    expect(result).toEqual({ eventId: null, passed: false, steps: expect.any(Array) });
  });
});

describe('a self-test that is refused', () => {
  const refusal = (status = 403) => new Response(null, { status });
  const failed = async (given: Given) => {
    const { result } = await tested({ answer: refusal(), ...given });
    expect(result).toMatchObject({ eventId: null, passed: false });
    expect(result.steps.slice(0, 2)).toMatchObject([{ outcome: 'passed' }, { step: 'reached', outcome: 'passed' }]);
    const { step, detail } = result.steps.find(({ outcome }) => outcome === 'failed') ?? {};
    return { step, detail, outcomes: outcomesOf(result).slice(2) };
  };
  const notVerified = ['authorized passed', 'verified failed', 'stored skipped', 'published skipped'];
  const notAuthorized = ['authorized failed', 'verified skipped', 'stored skipped', 'published skipped'];
  const token = (...accept: object[]) => ({ provider: 'generic', settings: { auth: { kind: 'token', accept } } });
  const otherDigest = { readDigest: async () => createHash('sha256').update('another').digest() };
  const otherSecret = { readSigningSecret: async () => 'another' };

  test.each<[string, Given, RegExp]>([
    [
      'the address list',
      { settings: { allowFrom: ['192.0.2.1'] } },
      /^403, address_not_allowed: The sender's address is not in allowFrom\./,
    ],
    ['a missing secret', { provider: 'stripe', value: undefined }, /^403, secret_missing: .*POST …\/endpoint\/token/],
    ['another token', { ...token({ in: 'query', name: 'key' }), deps: otherDigest }, /^403, token_unknown: /],
    [
      'another token, although there is an address list too',
      { provider: 'generic', settings: { allowFrom: ['192.0.2.1'] }, deps: otherDigest },
      /^403, token_unknown: /,
    ],
  ])('is not authorized because of %s', async (_, given, detail) => {
    expect(await failed(given)).toEqual({
      step: 'authorized',
      outcomes: notAuthorized,
      detail: expect.stringMatching(detail),
    });
  });

  describe('of a deployment behind CloudFront', () => {
    const checksOrigin = { checksOrigin: true };
    const passed = { 'x-amz-cf-id': 'an id of CloudFront' };

    test.each([[undefined], [['192.0.2.1']]])(
      'is not authorized because it did not come through CloudFront, whatever the address list: %j',
      async (allowFrom) => {
        const given = { settings: { ...(allowFrom && { allowFrom }) }, deps: checksOrigin };
        const { step, detail, outcomes } = await failed(given);
        expect([step, outcomes]).toEqual(['authorized', notAuthorized]);
        expect(detail).toBe(
          '403, the request did not come through CloudFront, and originSha256 demands that. The URL leads to the API itself: deploy with publicUrl, the URL of CloudFront.',
        );
      },
    );

    test('is not authorized because CloudFront adds another value', async () => {
      const detail = expect.stringMatching(
        /^403, the request passes all other checks here\. CloudFront adds the header x-origin-verify with a value whose SHA-256 is not in originSha256/,
      );
      expect(
        await failed({ answer: new Response(null, { status: 403, headers: passed }), deps: checksOrigin }),
      ).toMatchObject({ step: 'authorized', detail });
    });

    test('is told of the address list or of the token if it came through CloudFront', async () => {
      const answer = () => new Response(null, { status: 403, headers: passed });
      const listed = await failed({ settings: { allowFrom: ['192.0.2.1'] }, answer: answer(), deps: checksOrigin });
      expect(listed.detail).toMatch(/^403, address_not_allowed: /);
      const unknown = {
        ...token({ in: 'query', name: 'key' }),
        answer: answer(),
        deps: { ...checksOrigin, ...otherDigest },
      };
      expect((await failed(unknown)).detail).toMatch(/^403, token_unknown: /);
    });

    test('is not blamed on the origin if the status is another one', async () => {
      const limited = await failed({ answer: new Response('{}', { status: 429 }), deps: checksOrigin });
      expect(limited.detail).toMatch(/^429\b/);
      expect(limited.detail).not.toContain('CloudFront');
    });
  });

  test('is not verified because of another signing secret', async () => {
    const detail = expect.stringMatching(/^403, signature_mismatch: The signature was made with another secret/);
    expect(await failed({ deps: otherSecret })).toEqual({ step: 'verified', outcomes: notVerified, detail });
  });

  test('is not verified because of a missing secret, if the request could be the handshake that delivers it', async () => {
    const detail = expect.stringMatching(/^403, secret_missing: .*handshake/);
    const outcome = await failed({ provider: 'notion', value: undefined });
    expect(outcome).toEqual({ step: 'verified', outcomes: notVerified, detail });
  });

  test('is not verified because of the certificate of the sender', async () => {
    const settings = {
      auth: { kind: 'signature', scheme: { kind: 'sns', topicArns: ['arn:aws:sns:eu-central-1:123456789012:orders'] } },
    };
    const outcome = await failed({ provider: 'aws-sns', settings, value: undefined });
    expect(outcome).toMatchObject({
      step: 'verified',
      outcomes: notVerified,
      detail: expect.stringMatching(/^403, \w+: /),
    });
  });

  test.each([
    ['a query', token({ in: 'query', name: 'key' })],
    ['a path', token({ in: 'path' })],
    ['a body', token({ in: 'body', path: '/key' })],
    ['a header', token({ in: 'header', name: 'x-key' })],
    ['a signature', {}],
    ['a signature of the method and the URL', { provider: 'hubspot' }],
  ])('is not explained if it passes all checks here, with %s', async (_, given) => {
    const detail = expect.stringMatching(/^403, The same request passes all checks here\./);
    expect(await failed(given)).toEqual({ step: 'verified', outcomes: notVerified, detail });
  });

  test.each([
    [405, /^405, method_not_allowed: The sender used a method/],
    [413, /^413, body_too_large: The body is too large/],
    [400, /^400, The same request passes all checks here/],
    [499, /^499, The same request passes all checks here/],
  ])('is explained by its status %i', async (status, detail) => {
    expect((await failed({ answer: refusal(status) })).detail).toMatch(detail);
  });

  test('says that only the sender can sign if it has the only key', async () => {
    const value = '3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29';
    const { result } = await tested({ provider: 'discord', value, answer: refusal(401) });
    expect(outcomesOf(result)).toEqual(['resolved passed', 'reached passed', ...allSkipped]);
    expect(stepOf(result, 'authorized')?.detail).toMatch(/^Only the sender can sign/);
    expect(result.passed).toBe(false);
  });
});

describe('a real delivery to a sender whose answer names no event', () => {
  const body = { real: true, body: '{"event_id":"Ev1","type":"event_callback"}' };
  const read = async () => ({ id: 'evt_1', requestId: 'r9' }) as never;

  test.each([
    ['of this request', { 'apigw-requestid': 'r9' }, ['stored passed', 'published skipped']],
    ['of a request before it', { 'apigw-requestid': 'r8' }, ['stored failed', 'published skipped']],
    ['of a request that nobody names', {}, ['stored passed', 'published skipped']],
  ])('is the event with its delivery id, %s', async (_, headers, steps) => {
    const answer = new Response('', { status: 200, headers });
    const { result, requests } = await tested({ provider: 'slack', body, answer, deps: { events: { read } } });
    expect(outcomesOf(result).slice(4)).toEqual(steps);
    expect(result.eventId).toBe('evt_1');
    expect(requests[0]?.init.headers).not.toHaveProperty('hooklatch-test');
  });
});
