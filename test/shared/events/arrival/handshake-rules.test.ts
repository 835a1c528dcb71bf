import { describe, expect, test } from '@jest/globals';
import { settingsInForce } from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import type { Handshake, Mark, Preset } from '../../../../shared/endpoints/provider/preset.ts';
import type { NamedSettings } from '../../../../shared/endpoints/settings/settings.ts';
import type { Scheme } from '../../../../shared/endpoints/signature/scheme.ts';
import type { Handover } from '../../../../shared/events/arrival/handover.ts';
import { handshakeIn, isAnswerable, isJsonObject, replyTo } from '../../../../shared/events/arrival/handshake.ts';
import { answerHandshake, handshakeRequestIn } from '../../../../shared/events/arrival/handshake-answer.ts';
import type { Arrival } from '../../../../shared/events/event/accepted-arrival.ts';

const aDelivery = (more: Partial<Arrival>): Arrival => ({
  method: 'POST',
  headers: {},
  rawQueryString: '',
  rest: undefined,
  sourceIp: '192.0.2.1',
  requestId: 'r',
  body: Buffer.alloc(0),
  ...more,
});

describe('a handshake', () => {
  const post = (body: string, more: Partial<Arrival> = {}) => aDelivery({ body: Buffer.from(body), ...more });
  const challenge = { in: 'body', path: '/challenge' } as const;
  const ping = (more: Partial<Handshake> = {}): Preset => ({
    kind: 'signature',
    handshakes: [{ method: 'POST', when: [], proof: 'none', challenge, answer: { with: 'text' }, ...more }],
  });
  const isPing = (preset: Preset, arrival: Arrival) => handshakeIn(preset, arrival) !== undefined;

  test('is recognized only for a sender that has one', () => {
    expect(handshakeIn({ kind: 'signature' }, post('{}'))).toBeUndefined();
    expect(isPing(ping(), post('{}'))).toBe(true);
    expect(isPing(ping(), post('{}', { method: 'GET' }))).toBe(false);
  });

  test.each<[string, Mark, string[], string[]]>([
    ['is there', { in: 'body', path: '/a' }, ['{"a":""}', '{"a":1}'], ['{}', '{"a":null}', '{"a":[]}', 'no JSON']],
    ['is absent', { in: 'body', path: '/a', absent: true }, ['{}', '[]', 'no JSON'], ['{"a":""}', '{"a":1}']],
    ['equals a text', { in: 'body', path: '/a', equals: 'b' }, ['{"a":"b"}'], ['{"a":"bb"}', '{"a":""}', '{}']],
    ['begins with a text', { in: 'body', path: '/a', begins: 'b' }, ['{"a":"b"}', '{"a":"bc"}'], ['{"a":"cb"}', '{}']],
  ])('needs a field that %s', (_, mark, matching, others) => {
    const preset = ping({ when: [mark] });
    expect(matching.map((body) => isPing(preset, post(body)))).toEqual(matching.map(() => true));
    expect(others.map((body) => isPing(preset, post(body)))).toEqual(others.map(() => false));
  });

  test('needs every one of its marks', () => {
    const preset = ping({
      when: [
        { in: 'body', path: '/a' },
        { in: 'header', name: 'x-b', equals: 'b' },
      ],
    });
    expect(isPing(preset, post('{"a":1}', { headers: { 'x-b': 'b' } }))).toBe(true);
    expect(isPing(preset, post('{"a":1}'))).toBe(false);
    expect(isPing(preset, post('{}', { headers: { 'x-b': 'b' } }))).toBe(false);
  });

  test('has its challenge as a text, from JSON or a form', () => {
    const form = { headers: { 'content-type': 'application/x-www-form-urlencoded' } };
    const challengeIn = (arrival: Arrival) => handshakeIn(ping(), arrival)?.challenge;
    expect(challengeIn(post('{"challenge":"abc"}'))).toBe('abc');
    expect(challengeIn(post('{"challenge":123}'))).toBe('123');
    expect(challengeIn(post('{"challenge":["abc"]}'))).toBeUndefined();
    expect(challengeIn(post('challenge=abc', form))).toBe('abc');
    expect(challengeIn(post('challenge=abc'))).toBeUndefined();
  });

  test('has a body of up to 64 KiB', () => {
    const body = (size: number) => post('{"challenge":"abc"}'.padEnd(size));
    expect(isPing(ping(), body(65_536))).toBe(true);
    expect(isPing(ping(), body(65_537))).toBe(false);
  });

  test.each<[Handshake['answer'], object]>([
    [{ with: 'nothing' }, { statusCode: 200, headers: { 'content-type': 'text/plain' }, body: '' }],
    [
      { with: 'nothing', status: 204 },
      { statusCode: 204, headers: { 'content-type': 'text/plain' }, body: '' },
    ],
    [{ with: 'confirmation' }, { statusCode: 200, headers: { 'content-type': 'text/plain' }, body: '' }],
    [
      { with: 'constant', body: '{"ok":true}', contentType: 'application/json' },
      { statusCode: 200, headers: { 'content-type': 'application/json' }, body: '{"ok":true}' },
    ],
    [{ with: 'text' }, { statusCode: 200, headers: { 'content-type': 'text/plain' }, body: 'abc' }],
    [
      { with: 'json', field: 'echo' },
      { statusCode: 200, headers: { 'content-type': 'application/json' }, body: '{"echo":"abc"}' },
    ],
    [
      { with: 'header', name: 'x-echo', more: { 'x-more': '1' } },
      { statusCode: 200, headers: { 'content-type': 'text/plain', 'x-echo': 'abc', 'x-more': '1' }, body: '' },
    ],
    // The digests are HMAC-SHA256 of `abc` with the key `key`, computed with OpenSSL.
    [
      { with: 'hmac', field: 'digest', encoding: 'hex' },
      {
        statusCode: 200,
        headers: { 'content-type': 'application/json' },
        body: '{"digest":"9c196e32dc0175f86f4b1cb89289d6619de6bee699e4c378e68309ed97a1a6ab"}',
      },
    ],
    [
      { with: 'hmac', field: 'digest', encoding: 'base64', prefix: 'sha256=', echo: 'token' },
      {
        statusCode: 200,
        headers: { 'content-type': 'application/json' },
        body: '{"token":"abc","digest":"sha256=nBluMtwBdfhvSxy4konWYZ3mvuaZ5MN45oMJ7Zehpqs="}',
      },
    ],
  ])('is answered as the sender wants: %j', (answer, expected) => {
    const asked = handshakeIn(ping({ answer }), post('{"challenge":"abc"}'));
    expect(asked && replyTo(asked, 'key')).toEqual(expected);
  });

  test('without a challenge is answered if the answer needs none', () => {
    const asked = handshakeIn(ping({ answer: { with: 'nothing' } }), post('{}'));
    expect(asked && isAnswerable(asked)).toBe(true);
  });
});

test.each([
  ['{}', true],
  ['{"a":[]}', true],
  ['[]', false],
  ['null', false],
  ['"{}"', false],
  ['1', false],
  ['', false],
  ['a=b', false],
])('%j as a body that must be a JSON object: %s', (body, expected) => {
  expect(isJsonObject(Buffer.from(body))).toBe(expected);
});

describe('the answer with an HMAC', () => {
  const scheme: Scheme = {
    kind: 'hmac',
    algorithm: 'sha256',
    key: { form: 'utf8' },
    encoding: 'hex',
    signatures: [{ in: 'header', name: 'x-zm-signature' }],
    message: [{ part: 'body' }],
  };
  const body = Buffer.from('{"event":"endpoint.url_validation","payload":{"plainToken":"abc"}}');
  type Proofs = Pick<Handover, 'signing' | 'earlier'>;

  const receivedOf = (proofs: Proofs, settings: NamedSettings = {}) => ({
    arrival: aDelivery({ body }),
    handover: {
      connection: { id: 'c', name: 'orders', provider: 'zoom' },
      endpoint: { id: 'e', settings, hold: null },
      tokenVerified: null,
      pending: [],
      ...proofs,
    },
    settings: settingsInForce({ provider: 'zoom', settings }),
  });

  /** The versions that were read for the answer, and the answer. */
  async function answerTo(proofs: Proofs, signedBy?: string) {
    const received = receivedOf(proofs);
    const asked = handshakeRequestIn(received);
    if (!asked) throw new Error('it is no handshake');
    const read: string[] = [];
    const deps = {
      now: () => new Date(),
      readSigningSecret: async (secret: string, version: string) => {
        read.push(`${secret} ${version}`);
        return 'key';
      },
      deliverSecret: async () => undefined,
      confirm: async () => undefined,
    };
    return { answer: await answerHandshake(asked, received, deps, signedBy), read };
  }

  const signing = { secret: 'arn', versions: ['newest', 'older'] };
  const earlier = {
    auth: { kind: 'token', accept: [] },
    tokenVerified: null,
    pending: [],
    signing: { secret: 'arn of before', versions: ['v1'] },
  } satisfies Handover['earlier'];

  test('has the newest secret that may sign, or the one that signed the request', async () => {
    expect(await answerTo({ signing })).toMatchObject({ read: ['arn newest'], answer: { statusCode: 200 } });
    expect(await answerTo({ signing }, 'older')).toMatchObject({ read: ['arn older'] });
    expect(await answerTo({ earlier }, 'v1')).toMatchObject({ read: ['arn of before v1'] });
  });

  test('is not made if no secret of the present policy may sign', async () => {
    const refused = { answer: { reason: 'secret_missing' }, read: [] };
    expect(await answerTo({})).toEqual(refused);
    expect(await answerTo({ signing: { secret: 'arn', versions: [] } })).toEqual(refused);
    expect(await answerTo({ earlier })).toEqual(refused);
  });

  test('is not made with a scheme that an operator wrote', () => {
    expect(handshakeRequestIn(receivedOf({ signing }, { auth: { kind: 'signature', scheme } }))).toBeUndefined();
    expect(handshakeRequestIn(receivedOf({ signing }, { auth: { kind: 'token' } }))).toBeUndefined();
  });

  test('is refused if the challenge has another form', async () => {
    const received = receivedOf({ signing });
    const asked = handshakeRequestIn(received);
    const deps = { now: () => new Date(), readSigningSecret: async () => 'key', deliverSecret: async () => undefined };
    const answer =
      asked && answerHandshake({ ...asked, challenge: '{}' }, received, { ...deps, confirm: async () => undefined });
    expect(await answer).toEqual({ reason: 'handshake_refused' });
  });
});

test.each<[string, NamedSettings]>([
  ['a token', { auth: { kind: 'token' } }],
  ['another scheme', { auth: { kind: 'signature', scheme: { kind: 'twilio' } } }],
  ['a scheme by its name', { auth: { kind: 'signature', scheme: 'github' } }],
])('a confirmation request of SNS is a delivery if the endpoint verifies %s', (_, settings) => {
  const received = {
    arrival: aDelivery({ headers: { 'x-amz-sns-message-type': 'SubscriptionConfirmation' }, body: Buffer.from('{}') }),
    handover: {
      connection: { id: 'c', name: 'orders', provider: 'aws-sns' },
      endpoint: { id: 'e', settings, hold: null },
      tokenVerified: null,
      pending: [],
    },
    settings: settingsInForce({ provider: 'aws-sns', settings }),
  };
  expect(handshakeRequestIn(received)).toBeUndefined();
});
