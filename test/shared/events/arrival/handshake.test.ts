import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { settingsInForce } from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import type { Handshake, Preset } from '../../../../shared/endpoints/provider/preset.ts';
import { objectOnly } from '../../../../shared/endpoints/provider/preset.ts';
import { presets } from '../../../../shared/endpoints/provider/presets.ts';
import type { Scheme, TemplateScheme } from '../../../../shared/endpoints/signature/scheme.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import {
  type HandshakeRequest,
  handshakeIn,
  hasVerifyToken,
  isAnswerable,
  isJsonObject,
  replyTo,
} from '../../../../shared/events/arrival/handshake.ts';
import { answerHandshake, handshakeRequestIn } from '../../../../shared/events/arrival/handshake-answer.ts';
import type { Arrival } from '../../../../shared/events/event/accepted-arrival.ts';
import { aMoment } from '../../../support/a-moment.ts';
import { codePoint } from '../../../support/any-text.ts';
import { filled } from '../../../support/filled.ts';
import { count } from '../../../support/full-counts.ts';

/** How often each property is tried. */
const runs = { numRuns: count({ usual: 200, full: 1000 }) };

const known: [string, Preset][] = Object.entries(presets);
/** Every handshake of every sender. */
const handshakes = known.flatMap(([id, preset]) => (preset.handshakes ?? []).map((handshake) => ({ id, handshake })));
const oracles = known.filter(([, preset]) => objectOnly(preset));

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

/** Valid and invalid challenges. */
const challenges = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9_+/=-]{1,128}$/),
  fc.stringMatching(/^[\x20-\x7e]{1,300}$/),
  fc.string({ unit: codePoint, size: 'max', maxLength: 300 }),
  fc.constantFrom('', '{}', '</script><script>alert(1)</script>', 'a\r\nset-cookie: b=c', 'x'.repeat(4096)),
);

const answered = (asked: HandshakeRequest, secret = 'the secret of the sender') =>
  isAnswerable(asked) ? replyTo(asked, secret) : undefined;

describe('the presets', () => {
  test('have a handshake for each sender that is known to ask for one', () => {
    const wanting = new Set(handshakes.map(({ id }) => id));
    const expected = [
      'meta',
      'x',
      'okta',
      'dropbox',
      'trello',
      'intercom',
      'slack',
      'zoom',
      'microsoft-graph',
      'monday',
    ];
    const others = ['azure-event-grid', 'twitch', 'discord', 'asana', 'notion', 'aws-sns'];
    expect([...expected, ...others].filter((id) => !wanting.has(id))).toEqual([]);
  });

  test('answer handshakes with an HMAC only for x and zoom, whose deliveries must be JSON objects', () => {
    expect(oracles.map(([id]) => id).sort()).toEqual(['x', 'zoom']);
  });

  test('accept a secret in a window for exactly the senders with secretFrom handshake', () => {
    const delivering = handshakes.filter(({ handshake }) => handshake.proof === 'window').map(({ id }) => id);
    const made = known.flatMap(([id, { secretFrom }]) => (secretFrom === 'handshake' ? [id] : []));
    expect(delivering.sort()).toEqual(made.sort());
  });
});

/** The part of a reply that repeats the challenge. */
function saying(answer: Handshake['answer'], challenge: string): object {
  if (answer.with === 'text') return { body: challenge, headers: { 'content-type': 'text/plain' } };
  if (answer.with === 'json') return { body: JSON.stringify({ [answer.field]: challenge }) };
  return answer.with === 'header' ? { headers: { [answer.name]: challenge } } : {};
}

describe('the answer to a handshake', () => {
  test('returns a well-formed challenge unchanged, and is not made for any other challenge', () => {
    const forms = new Set<string>();
    fc.assert(
      fc.property(fc.constantFrom(...handshakes), challenges, ({ handshake }, challenge) => {
        const reply = answered({ handshake, challenge });
        const { answer, proof } = handshake;
        const [isPlain, isShort] = [/^[\x21-\x7e]{1,256}$/, /^[A-Za-z0-9_+/=-]{1,128}$/].map((form) =>
          form.test(challenge),
        );
        const mustBePlain = answer.with === 'header' || proof === 'window';
        expect(mustBePlain ? reply !== undefined : isPlain).toBe(isPlain);
        if (!reply) return;
        forms.add(answer.with);
        expect(Buffer.byteLength(reply.body)).toBeLessThan(8_192);
        expect(Object.values(reply.headers).join('')).toMatch(/^[\x20-\x7e]*$/);
        expect(reply).toMatchObject(saying(answer, challenge));
        expect(answer.with === 'hmac' && !isShort).toBe(false);
      }),
      runs,
    );
    expect([...forms].sort()).toEqual(['confirmation', 'constant', 'header', 'hmac', 'json', 'nothing', 'text']);
  });

  test.each<[sender: string, at: number, longest: number]>([
    ['meta', 0, 2048],
    ['dropbox', 0, 2048],
    ['slack', 0, 2048],
    ['okta', 0, 2048],
    ['monday', 0, 2048],
    ['zoom', 0, 128],
    ['x', 0, 128],
    ['azure-event-grid', 1, 256],
    ['asana', 0, 256],
    ['notion', 0, 256],
  ])('to %s, handshake %d, accepts challenges of up to %d characters', (sender, at, longest) => {
    const handshake = handshakes.filter(({ id }) => id === sender)[at]?.handshake as Handshake;
    const isTaken = (length: number) => isAnswerable({ handshake, challenge: 'x'.repeat(length) });
    expect([1, 64, 65, 100, longest].filter((length) => !isTaken(length))).toEqual([]);
    expect([0, longest + 1, 4096].filter(isTaken)).toEqual([]);
  });

  test('is not made if there is no challenge', () => {
    const repeating = handshakes.filter(({ handshake: { answer } }) => /text|json|header|hmac/.test(answer.with));
    for (const { handshake } of filled(repeating))
      expect(answered({ handshake, challenge: undefined })).toBeUndefined();
  });

  test('is never a valid signature of a delivery, for any body and headers', () => {
    const cases = oracles.flatMap(([id, { scheme, older = {}, ...preset }]) =>
      [scheme, ...Object.values(older)].map((each) => ({
        id,
        scheme: each as TemplateScheme,
        preset: preset as Preset,
      })),
    );
    let wouldHold = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.stringMatching(/^[A-Za-z0-9_+/=-]{1,128}$/),
        fc.oneof(
          fc.object().map((value) => JSON.stringify(value)),
          fc.string(),
          fc.constant(undefined),
        ),
        fc.option(fc.nat(), { nil: undefined }),
        ({ scheme, preset }, challenge, chosen, cut) => {
          const body = Buffer.from(chosen ?? challenge.slice(cut === undefined ? 0 : cut % challenge.length));
          const [handshake] = (preset.handshakes ?? []).filter(({ answer }) => answer.with === 'hmac');
          if (!handshake) throw new Error('it has one');
          const secret = 'the secret of the sender';
          const reply = answered({ handshake, challenge }, secret);
          const signatures = Object.values(JSON.parse(reply?.body ?? '{}') as Record<string, string>);
          const isTaken = signatures.some((text) => isVerified(scheme, secret, text, challenge, body));
          wouldHold += isTaken ? 1 : 0;
          expect(isTaken && isJsonObject(body)).toBe(false);
        },
      ),
      runs,
    );
    // Without the rule that a body is a JSON object, some answers would be signatures. So the test really checks the rule.
    expect(wouldHold).toBeGreaterThan(0);
  });
});

/** Whether a text verifies an arrival, in any encoding, with the time at the start of the challenge or the present time. */
function isVerified(scheme: TemplateScheme, secret: string, text: string, challenge: string, body: Buffer): boolean {
  const bare = text.replace(/^sha256=/, '');
  const digest = Buffer.from(bare, /^[0-9a-f]{64}$/.test(bare) ? 'hex' : 'base64');
  const now = new Date();
  const times = [String(Math.floor(now.getTime() / 1000)), challenge.slice(0, 10)];
  return times.some((time) => {
    const headers = headersOf(scheme, digest.toString(scheme.encoding), time);
    return verifyWithSecrets(scheme as Scheme, [secret], { method: 'POST', url: 'https://h/', headers, body, now })
      .verified;
  });
}

function headersOf({ signatures, timestamp }: TemplateScheme, signature: string, time: string): Record<string, string> {
  const at = (source: { in: string; name?: string; prefix?: string | undefined }, value: string) =>
    source.name === undefined ? [] : [[source.name, `${source.prefix ?? ''}${value}`]];
  const signed = signatures.flatMap((source) => at(source, signature));
  return Object.fromEntries([...signed, ...(timestamp ? at(timestamp.source, time) : [])]);
}

describe('a request', () => {
  const anything = fc.record({
    method: fc.constantFrom('GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'),
    headers: fc.dictionary(fc.string(), fc.string()),
    rawQueryString: fc.string({ unit: codePoint }),
    body: fc.oneof(
      fc.json().map((text) => Buffer.from(text)),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    ),
  });

  test('of any content is checked for a handshake without an error', () => {
    fc.assert(
      fc.property(fc.constantFrom(...known), anything, ([, preset], request) => {
        const asked = handshakeIn(preset, aDelivery(request));
        expect(asked?.handshake.method ?? request.method).toBe(request.method);
      }),
      runs,
    );
  });

  const { zoom, x, meta } = presets as Record<string, Preset> as { zoom: Preset; x: Preset; meta: Preset };
  const validation = (event: string) =>
    aDelivery({ body: Buffer.from(JSON.stringify({ event, payload: { plainToken: 'abc' } })) });

  test('is a handshake only with the right method and every mark, each exactly once', () => {
    expect(handshakeIn(zoom, validation('endpoint.url_validation'))).toMatchObject({ challenge: 'abc' });
    expect(handshakeIn(zoom, validation('meeting.started'))).toBeUndefined();
    expect(handshakeIn(zoom, { ...validation('endpoint.url_validation'), method: 'PUT' })).toBeUndefined();
    expect(handshakeIn(x, aDelivery({ method: 'GET', rawQueryString: 'crc_token=a' }))).toMatchObject({
      challenge: 'a',
    });
    expect(handshakeIn(x, aDelivery({ method: 'GET', rawQueryString: 'crc_token=a&crc_token=b' }))).toBeUndefined();
    expect(handshakeIn(x, aDelivery({ method: 'POST', rawQueryString: 'crc_token=a' }))).toBeUndefined();
  });

  test('that is too large for a handshake is a delivery', () => {
    const body = Buffer.from(JSON.stringify({ event: 'endpoint.url_validation', more: 'x'.repeat(65_536) }));
    expect(handshakeIn(zoom, aDelivery({ body }))).toBeUndefined();
  });

  test('passes only with the complete verify token exactly once', () => {
    const [handshake] = meta.handshakes as [Handshake];
    const has = (rawQueryString: string, token: string | undefined = 'right') =>
      hasVerifyToken(handshake, token, aDelivery({ method: 'GET', rawQueryString }));
    expect(has('hub.verify_token=right')).toBe(true);
    for (const query of ['', ...['', 'wrong', 'righ', 'RIGHT'].map((token) => `hub.verify_token=${token}`)])
      expect(has(query)).toBe(false);
    expect(has('hub.verify_token=right&hub.verify_token=right')).toBe(false);
    for (const nothing of ['', undefined] as const) {
      expect(hasVerifyToken(handshake, nothing, aDelivery({ rawQueryString: 'hub.verify_token=' }))).toBe(false);
    }
  });
});

describe('a confirmation request of SNS', () => {
  const topicArn = 'arn:aws:sns:eu-central-1:123456789012:orders';
  const confirmation = (more: object = {}) => ({
    ...aDelivery({ headers: { 'x-amz-sns-message-type': 'SubscriptionConfirmation' } }),
    body: Buffer.from(JSON.stringify({ Type: 'SubscriptionConfirmation', TopicArn: topicArn, Token: 'abc', ...more })),
  });

  /** The result, and the URLs that were called. */
  async function answerTo(arrival: Arrival, scheme: Scheme) {
    const called: string[] = [];
    const knock = {
      arrival,
      handover: {
        connection: { id: 'c', name: 'orders', provider: 'aws-sns' },
        endpoint: { id: 'e', settings: {}, hold: null },
        tokenVerified: null,
        pending: [],
      },
      settings: settingsInForce({ provider: 'aws-sns', settings: { auth: { kind: 'signature', scheme } } }),
    };
    const asked = handshakeRequestIn(knock);
    if (!asked) throw new Error('it is no handshake');
    const answer = await answerHandshake(asked, knock, {
      now: () => new Date(),
      readSigningSecret: async () => '',
      deliverSecret: async () => undefined,
      confirm: async (url) => {
        // The answer must wait for the confirmation.
        await aMoment();
        called.push(url);
      },
    });
    return { answer, called };
  }

  test('is confirmed if its topic is allowed, and otherwise calls no URL', async () => {
    const scheme: Scheme = { kind: 'sns', topicArns: [topicArn] };
    const { answer, called } = await answerTo(confirmation({ SubscribeURL: 'https://example.com/' }), scheme);
    expect(answer).toMatchObject({ statusCode: 200, body: '' });
    const query = `Action=ConfirmSubscription&TopicArn=${topicArn}&Token=abc`;
    expect(called).toEqual([`https://sns.eu-central-1.amazonaws.com/?${query}`]);
    const other = await answerTo(confirmation({ TopicArn: `${topicArn}-of-another` }), scheme);
    expect(other).toEqual({ answer: { reason: 'topic_not_allowed' }, called: [] });
    const undone = await answerTo(confirmation({ Type: 'UnsubscribeConfirmation' }), scheme);
    expect(undone).toEqual({ answer: { reason: 'message_incomplete' }, called: [] });
  });
});

test.each<[string, object]>([
  ['right', { statusCode: 200, body: '7' }],
  ['wrong', { reason: 'handshake_refused' }],
])('a handshake with the %s verify token is answered with %j, and no secret is read', async (presented, expected) => {
  const rawQueryString = `hub.mode=subscribe&hub.challenge=7&hub.verify_token=${presented}`;
  const received = {
    arrival: aDelivery({ method: 'GET', rawQueryString }),
    handover: {
      connection: { id: 'c', name: 'orders', provider: 'meta' },
      endpoint: { id: 'e', settings: {}, hold: null, handshake: { verifyToken: 'right' } },
      tokenVerified: null,
      pending: [],
      signing: { secret: 'arn', versions: ['v1'] },
    },
    settings: settingsInForce({ provider: 'meta', settings: {} }),
  };
  const asked = handshakeRequestIn(received);
  if (!asked) throw new Error('it is no handshake');
  const answer = await answerHandshake(asked, received, {
    now: () => new Date(),
    readSigningSecret: async () => {
      throw new Error('a secret is read');
    },
    deliverSecret: async () => undefined,
    confirm: async () => undefined,
  });
  expect(answer).toMatchObject(expected);
});

describe('a secret from Notion', () => {
  const until = '2026-03-01T12:00:00.000Z';

  /** The answer at this time, and the delivered secrets. */
  async function answerAt(now: string, window?: { id: string; until: string }) {
    const delivered: object[] = [];
    const received = {
      arrival: aDelivery({ body: Buffer.from('{"verification_token":"secret_abc"}') }),
      handover: {
        connection: { id: 'c', name: 'orders', provider: 'notion' },
        endpoint: { id: 'e', settings: {}, hold: null, handshake: { verifyToken: 'vt', ...(window && { window }) } },
        tokenVerified: null,
        pending: [],
      },
      settings: settingsInForce({ provider: 'notion', settings: {} }),
    };
    const asked = handshakeRequestIn(received);
    if (!asked) throw new Error('it is no handshake');
    const answer = await answerHandshake(asked, received, {
      now: () => new Date(now),
      readSigningSecret: async () => '',
      deliverSecret: async (secret) => void delivered.push(secret),
      confirm: async () => undefined,
    });
    return { answer, delivered };
  }

  test('is accepted while the window is open', async () => {
    const { answer, delivered } = await answerAt('2026-03-01T11:59:59.999Z', { id: 'w1', until });
    expect(answer).toMatchObject({ statusCode: 200, body: '' });
    expect(delivered).toEqual([
      {
        connection: { id: 'c', name: 'orders' },
        endpointId: 'e',
        windowId: 'w1',
        value: 'secret_abc',
        sourceIp: '192.0.2.1',
        requestId: 'r',
      },
    ]);
  });

  test.each<[string, string, { id: string; until: string } | undefined]>([
    ['when the window ends', until, { id: 'w1', until }],
    ['after the window ends', '2026-03-01T13:00:00.000Z', { id: 'w1', until }],
    ['if there is no window', until, undefined],
  ])('is refused %s', async (_, now, window) => {
    expect(await answerAt(now, window)).toEqual({ answer: { reason: 'handshake_window_closed' }, delivered: [] });
  });
});
