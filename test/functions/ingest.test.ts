import { beforeEach, describe, expect, test } from '@jest/globals';
import type {
  APIGatewayProxyEventV2WithLambdaAuthorizer as Event,
  APIGatewayProxyStructuredResultV2 as Result,
} from 'aws-lambda';
import type { Deps } from '../../functions/ingest.ts';
import type { NamedSettings } from '../../shared/endpoints/settings/settings.ts';
import type { Handover } from '../../shared/events/arrival/handover.ts';
import { type EventTable, eventTable } from '../../shared/events/event/event-table.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import {
  aCertificate,
  aPaypalDelivery,
  paypalName,
  webhookId,
} from '../shared/endpoints/signature/given-certificate.ts';
import { givenDynamodb } from '../shared/given-dynamodb.ts';
import { aMoment } from '../support/a-moment.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of variables) process.env[name] ??= '1';
const { ingest } = await import('../../functions/ingest.ts');

const noon = new Date('2026-03-01T12:00:00.000Z');
const secrets: Record<string, string> = {
  v1: 'the newer secret',
  v2: 'it is a secret',
  v3: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
};
const token = 'the secret token';
/** SHA-256 of the token (Python 3). */
const tokenDigest = 'c00c76e47e6a14f6d778fd69148a0a4cefe1dd58324c28653c5a6a8aa8b32c1a';

const { client, createTable } = givenDynamodb();
let events: EventTable;
beforeEach(async () => {
  events = eventTable(client, await createTable({ hash: 'id' }), 4);
});

interface Given {
  provider?: string;
  settings?: NamedSettings;
  handover?: Partial<Handover>;
  endpoint?: Partial<Handover['endpoint']>;
  /** The path of the request, if it is not that of the endpoint. */
  path?: Record<string, string>;
  method?: string;
  headers?: Record<string, string | undefined>;
  body?: string | Buffer | undefined;
  query?: string;
  requestId?: string;
}

/** A request to the endpoint `e1` of the connection `orders`, whose token is verified. */
function aRequest({ provider = 'generic', settings = {}, handover, endpoint, ...request }: Given): Event<unknown> {
  const {
    path = { connection: 'orders', endpointId: 'e1' },
    method = 'POST',
    headers = {},
    body,
    query = '',
  } = request;
  const { requestId = 'r1' } = request;
  const lambda = {
    connection: { id: 'c1', name: 'orders', provider },
    endpoint: { id: 'e1', settings, hold: null, ...endpoint },
    tokenVerified: 'v1',
    pending: [],
    ...handover,
  };
  return {
    headers: { 'content-type': 'application/json', 'user-agent': 'sender/1', ...headers },
    rawQueryString: query,
    pathParameters: path,
    requestContext: {
      requestId,
      http: { method, sourceIp: '192.0.2.1' },
      authorizer: { lambda: JSON.parse(JSON.stringify(lambda)) },
    },
    body: Buffer.isBuffer(body) ? body.toString('base64') : body,
    isBase64Encoded: Buffer.isBuffer(body),
  } as unknown as Event<unknown>;
}

/** Ingest with the Events table. What else it did is noted, in this order. Reading a secret takes 5 ms, storing an event 7 ms. */
function aWorld(more: Partial<Deps> = {}) {
  const clock = { now: noon };
  const pass = (ms: number) => {
    clock.now = new Date(clock.now.getTime() + ms);
  };
  const noted: unknown[] = [];
  const lines: object[] = [];
  const deps: Deps = {
    async append(event) {
      pass(7);
      noted.push(['append', event.id]);
      return events.append(event);
    },
    putBody: async (key, body) => void noted.push(['body', key, body.length]),
    countRejection: async (rejection) => void noted.push(['rejection', rejection]),
    countDuplicate: async ({ connectionId, at }) => void noted.push(['duplicate', connectionId, at.toISOString()]),
    countHandshake: async (id, at) => void noted.push(['handshake', id, at.toISOString()]),
    deliverSecret: async () => undefined,
    confirm: async () => undefined,
    async readSigningSecret(_, version) {
      pass(5);
      return secrets[version] ?? '';
    },
    certificate: async () => 'certificate_refused',
    publicUrl: 'https://hooks.example.com',
    newId: () => `evt_${'r'.repeat(26)}`,
    now: () => clock.now,
    log: (line) => void lines.push(line),
    ...more,
  };
  const receive = (given: Given = {}) => ingest(deps)(aRequest(given));
  return { receive, noted, lines, deps };
}

const random = `evt_${'r'.repeat(26)}`;
const guards = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
};
const json = { 'content-type': 'application/json', ...guards };
const forbidden: Result = {
  statusCode: 403,
  headers: { 'content-type': 'application/json' },
  body: '{"message":"Forbidden"}',
};

describe('a delivery', () => {
  test('is stored with its bytes, and then answered', async () => {
    const { receive, lines, noted } = aWorld();
    const answer = await receive({ body: '{"a":1}', path: { connection: 'orders', endpointId: 'e1', rest: 'x/y' } });
    expect(answer).toEqual({ statusCode: 202, headers: json, body: `{"id":"${random}"}` });
    expect(await events.read(random)).toMatchObject({
      connectionId: 'c1',
      endpointId: 'e1',
      tokenId: 'v1',
      verifiedBy: 'token',
      method: 'POST',
      path: 'x/y',
      body: Buffer.from('{"a":1}'),
      size: 7,
      sourceIp: '192.0.2.1',
      requestId: 'r1',
      headers: { 'content-type': 'application/json', 'user-agent': 'sender/1' },
      receivedAt: '2026-03-01T12:00:00.000Z',
    });
    expect(noted).toEqual([['append', random]]);
    expect(lines).toEqual([
      { outcome: 'accepted', connection: 'orders', event: random, tokenId: 'v1', size: 7, requestId: 'r1' },
    ]);
  });

  test.each<[string, Buffer | string | undefined, Buffer]>([
    ['is decoded if API Gateway encoded it', Buffer.from([0, 255, 128]), Buffer.from([0, 255, 128])],
    ['is taken as UTF-8 otherwise', 'ÄÖ', Buffer.from([0xc3, 0x84, 0xc3, 0x96])],
    ['is empty if there is none', undefined, Buffer.alloc(0)],
  ])('has a body that %s', async (_, body, expected) => {
    await aWorld().receive({ body });
    expect((await events.read(random))?.body).toEqual(expected);
  });

  test('has its body stored before it, if the body is large', async () => {
    const { receive, noted } = aWorld();
    await receive({ body: Buffer.alloc(262_145) });
    const key = expect.stringMatching(new RegExp(`^keep-30/c1/${random}/[0-9a-f]{64}$`));
    expect(noted).toEqual([
      ['body', key, 262_145],
      ['append', random],
    ]);
  });

  test('is not answered if it cannot be stored, so that the sender tries again', async () => {
    const append = async () => {
      throw new Error('the table is throttled');
    };
    await expect(aWorld({ append }).receive()).rejects.toThrow('the table is throttled');
    const putBody = append;
    const { receive, noted } = aWorld({ putBody });
    await expect(receive({ body: Buffer.alloc(262_145) })).rejects.toThrow('the table is throttled');
    expect(noted).toEqual([]);
  });

  test('has the address of its sender, which the authorizer knows if it came through CloudFront', async () => {
    const { receive, noted } = aWorld();
    const handover = { sourceIp: '198.51.100.7' };
    await receive({ handover });
    expect((await events.read(random))?.sourceIp).toBe('198.51.100.7');
    await receive({ handover, method: 'DELETE' });
    expect(noted).toMatchObject([
      ['append', random],
      ['rejection', { sample: { sourceIp: '198.51.100.7' } }],
    ]);
  });

  test('is answered as the settings say', async () => {
    const answer = { status: 200, body: '<ok/>', contentType: 'application/xml' } as const;
    expect(await aWorld().receive({ settings: { answer } })).toEqual({
      statusCode: 200,
      headers: { ...json, 'content-type': 'application/xml' },
      body: '<ok/>',
    });
  });
});

describe('a delivery with a delivery id', () => {
  const settings: NamedSettings = { dedupe: { by: 'header', name: 'x-id' } };
  const headers = { 'x-id': 'd1' };
  // SHA-256 of ["c1","d1",null] in Crockford's base32, five bits of each of its first 26 bytes (Python 3).
  const first = 'evt_02pkfd38b44mawdc5jtve3aze9';
  // The same of ["c1", the first id, the SHA-256 of the other body].
  const second = 'evt_sdm2r0ege3a6k3sm3nhysyxe6n';
  const sent = (requestId: string, body: string): Given => ({ settings, headers, requestId, body });

  test('is stored once, and a repeat is answered with the same id', async () => {
    const { receive, lines, noted } = aWorld();
    expect(await receive(sent('r1', '{"a":1}'))).toMatchObject({ statusCode: 202, body: `{"id":"${first}"}` });
    const repeat = { statusCode: 200, body: `{"id":"${first}","duplicate":true}` };
    expect(await receive(sent('r2', '{"a":1}'))).toMatchObject(repeat);
    const about = { connection: 'orders', event: first, tokenId: 'v1', size: 7 };
    expect(lines).toEqual([
      { outcome: 'accepted', ...about, requestId: 'r1' },
      { outcome: 'duplicate', ...about, requestId: 'r2' },
    ]);
    const counted = noted.filter((each) => Array.isArray(each) && each[0] === 'duplicate');
    // Storing an event takes 7 ms, and the time is that at which it began.
    expect(counted).toEqual([['duplicate', 'c1', new Date(noon.getTime() + 7).toISOString()]]);
  });

  test('is not counted as refused if it is a self-test', async () => {
    const { receive, noted } = aWorld();
    const test = { digest: 'd'.repeat(64), publish: false, ms: 1 };
    expect(await receive({ ...sent('r1', '{"a":1}'), method: 'GET', handover: { test } })).toMatchObject({
      statusCode: 405,
    });
    expect(noted).toEqual([]);
  });

  test('becomes a separate event if it has another body, and is a duplicate the next time', async () => {
    const { receive, lines } = aWorld();
    await receive(sent('r1', '{"a":1}'));
    expect(await receive(sent('r2', '{"a":2}'))).toMatchObject({ statusCode: 202, body: `{"id":"${second}"}` });
    expect(await receive(sent('r3', '{"a":2}'))).toMatchObject({ statusCode: 200 });
    expect(await events.read(second)).toMatchObject({ deliveryId: 'd1', conflictsWith: first });
    expect(lines.slice(1)).toMatchObject([
      { outcome: 'accepted', event: second, conflictsWith: first },
      { outcome: 'duplicate', event: second, conflictsWith: first },
    ]);
  });
});

/** What the authorizer found about a request whose signature is left to check, with these versions of the secret. */
const signedWith = (...versions: string[]): Partial<Handover> => ({
  tokenVerified: null,
  pending: ['signature'],
  signing: { secret: 'arn', versions },
});

describe('a captured request, repeated three times under other ids', () => {
  // HMAC-SHA256 of `msg_9.1772366400.` and the body (Python 3).
  const headers = {
    'webhook-id': 'msg_9',
    'webhook-timestamp': '1772366400',
    'webhook-signature': 'v1,qv/cuAhLq6X51uG2JMP1rlVnJcfSODEtlE7UzexWYRY=',
  };
  const body = '{"type":"user.updated","data":{}}';
  const byStandardWebhooks: NamedSettings = { auth: { kind: 'signature', scheme: 'standard-webhooks' } };
  const signing: Partial<Handover> = { ...signedWith('v3') };

  /** Sends the request three times. The sender of the second one says that the body is a form. */
  async function repeated(given: Given) {
    const { receive, lines } = aWorld();
    for (const id of ['1', '2', '3'])
      await receive({
        provider: 'clerk',
        body,
        ...given,
        headers: {
          ...headers,
          'svix-id': id,
          'x-id': id,
          ...(id === '2' && { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        requestId: `r${id}`,
      });
    return lines.map((line) => [Reflect.get(line, 'outcome'), Reflect.get(line, 'event')]);
  }

  test.each<[string, Given]>([
    ['by the scheme of the settings', { settings: byStandardWebhooks, handover: signing }],
    [
      'although a record of an earlier version dedupes by a header that is not signed',
      { settings: { ...byStandardWebhooks, dedupe: { by: 'header', name: 'svix-id' } }, handover: signing },
    ],
    [
      'by the earlier scheme, which is still accepted',
      {
        handover: {
          ...signedWith('v1'),
          earlier: { auth: { kind: 'signature', scheme: 'standard-webhooks' }, ...signedWith('v3') } as never,
        },
      },
    ],
    [
      'by a field of the signed body',
      { settings: { ...byStandardWebhooks, dedupe: { by: 'body', path: '/type' } }, handover: signing },
    ],
  ])('is one event %s', async (_, given) => {
    const outcomes = await repeated(given);
    const [[, id] = []] = outcomes;
    expect(outcomes).toEqual([
      ['accepted', id],
      ['duplicate', id],
      ['duplicate', id],
    ]);
  });
});

describe('a request whose authorization is for another endpoint', () => {
  test.each<[string, Record<string, string> | undefined]>([
    ['of another connection', { connection: 'other', endpointId: 'e1' }],
    ['of the same connection', { connection: 'orders', endpointId: 'e2' }],
    ['without a name', {}],
  ])('%s is refused, and leaves only a line', async (_, path) => {
    const { receive, noted, lines } = aWorld();
    expect(await receive({ ...(path && { path }) })).toEqual(forbidden);
    expect(noted).toEqual([]);
    expect(lines).toEqual([{ outcome: 'refused', reason: 'handover_mismatch', requestId: 'r1' }]);
  });

  test('is refused if it has no path parameters', async () => {
    const { deps } = aWorld();
    expect(await ingest(deps)({ ...aRequest({}), pathParameters: undefined } as never)).toEqual(forbidden);
  });
});

/** An endpoint that takes a token in the body. */
const inBody: Given = {
  settings: { auth: { kind: 'token', accept: [{ in: 'body', path: '/token' }] } },
  handover: { tokenVerified: null, pending: ['bodyToken'], liveDigests: { v1: tokenDigest } },
};

describe('a refused delivery', () => {
  test('is logged, counted with a sample, and answered', async () => {
    const { receive, noted, lines } = aWorld();
    expect(await receive({ ...inBody, body: '{"token":"a wrong one"}' })).toEqual(forbidden);
    const faults = [{ placement: 'body /token', fault: 'unknown' }];
    const sample = {
      method: 'POST',
      sourceIp: '192.0.2.1',
      userAgent: 'sender/1',
      headers: ['content-type', 'user-agent'],
      faults,
      hint: undefined,
    };
    expect(noted).toEqual([['rejection', { connectionId: 'c1', reason: 'token_unknown', sample, at: noon }]]);
    expect(lines).toEqual([
      {
        outcome: 'refused',
        reason: 'token_unknown',
        connection: 'orders',
        faults,
        sourceIp: '192.0.2.1',
        requestId: 'r1',
      },
    ]);
  });

  test('is accepted with the token', async () => {
    const { receive } = aWorld();
    expect(await receive({ ...inBody, body: `{"token":"${token}"}` })).toMatchObject({ statusCode: 202 });
    expect(await events.read(random)).toMatchObject({ tokenId: 'v1', tokenIn: ['/token'] });
  });

  test('is not answered before it is counted', async () => {
    let isCounted = false;
    const countRejection = async () => {
      await aMoment();
      isCounted = true;
    };
    await aWorld({ countRejection }).receive({ ...inBody, body: '{}' });
    expect(isCounted).toBe(true);
  });

  test('is not counted if the sender may still send its credentials', async () => {
    const { receive, noted, lines } = aWorld();
    const handover = { tokenVerified: null, pending: ['challenge'] } satisfies Partial<Handover>;
    const answer = await receive({ settings: inBody.settings ?? {}, handover });
    expect(answer).toMatchObject({
      statusCode: 401,
      headers: { 'www-authenticate': expect.stringContaining('Basic') },
    });
    expect(noted).toEqual([]);
    expect(lines).toMatchObject([{ outcome: 'refused', reason: 'challenged' }]);
  });

  test.each<[string, string | undefined, string, string]>([
    ['bytes that API Gateway replaced', '12', '{"a":"caf\ufffd"}', 'body_not_utf8'],
    ['a replacement character of the sender', '14', '{"a":"caf\ufffd"}', 'signature_mismatch'],
    ['another length, but no replaced bytes', '12', '{"a":"cafe!"}', 'signature_mismatch'],
    ['no length', undefined, '{"a":"caf\ufffd"}', 'signature_mismatch'],
  ])('with a signature over %s has its own reason', async (_, length, body, reason) => {
    const { receive, noted } = aWorld();
    // HMAC-SHA256 of the Latin-1 text {"a":"café"}, which has 12 bytes (Python 3).
    const signature = 'sha256=1a3fcd16af9e605b3bc8cb9873c7f384b9f59db49d22ae88b1c0e540b530a4cc';
    const headers = { 'x-hub-signature-256': signature, 'content-length': length };
    expect(await receive({ provider: 'github', handover: signedWith('v2'), headers, body })).toEqual(forbidden);
    expect(noted).toMatchObject([['rejection', { reason }]]);
  });

  test('shows an operator the change that would make its signature valid', async () => {
    const { receive, noted } = aWorld();
    // HMAC-SHA256 with the secret and a line break after it (Python 3).
    const headers = {
      'x-hub-signature-256': 'sha256=83584a84c20c0b3821c3f4af5100282cf85724587ccb92a204016e1224ed35b9',
    };
    expect(await receive({ provider: 'github', handover: signedWith('v1'), headers, body: '{"a":1}' })).toEqual(
      forbidden,
    );
    expect(noted).toMatchObject([['rejection', { reason: 'signature_mismatch', sample: { hint: 'sender_spaces' } }]]);
  });

  test.each<[string, string, NamedSettings]>([
    ['GET', 'POST, PUT, PATCH', {}],
    ['DELETE', 'POST, PUT, PATCH', {}],
    ['POST', 'GET', { methods: ['GET'] }],
  ])('by %s is answered with the methods %s', async (method, allow, settings) => {
    const { receive, noted } = aWorld();
    const answer = await receive({ method, settings });
    expect(answer).toMatchObject({ statusCode: 405, headers: { ...guards, allow } });
    expect(noted).toMatchObject([['rejection', { reason: 'method_not_allowed', sample: { faults: [] } }]]);
  });

  test.each(['POST', 'PUT', 'PATCH'])('is not one by %s', async (method) => {
    expect(await aWorld().receive({ method })).toMatchObject({ statusCode: 202 });
  });

  test('is one of more than 4 MiB', async () => {
    const { receive, noted } = aWorld();
    expect(await receive({ body: Buffer.alloc(4_194_305) })).toMatchObject({ statusCode: 413, headers: guards });
    expect(noted).toMatchObject([['rejection', { reason: 'body_too_large', sample: { faults: [] } }]]);
    expect(await receive({ body: Buffer.alloc(4_194_304) })).toMatchObject({ statusCode: 202 });
  });

  describe('that was proved keeps its id for whoever misses it', () => {
    const refusedFor = { method: 'DELETE', headers: { 'webhook-id': 'of-a-header' } };
    test.each<[string, NamedSettings, string, string]>([
      ['from its body', { dedupe: { by: 'body', path: '/order' } }, '{"order":"4711"}', '4711'],
      [
        'cut to 128 characters',
        { dedupe: { by: 'body', path: '/order' } },
        `{"order":"${'7'.repeat(200)}"}`,
        '7'.repeat(128),
      ],
      ['from a header, if its body has none', { dedupe: { by: 'body', path: '/order' } }, '{}', 'of-a-header'],
    ])('%s', async (_, settings, body, deliveryId) => {
      const { receive, noted } = aWorld();
      expect(await receive({ ...refusedFor, settings, body })).toMatchObject({ statusCode: 405 });
      expect(noted).toMatchObject([['rejection', { reason: 'method_not_allowed', deliveryId }]]);
    });

    test('but not if the body holds a token, whose digest the id may be', async () => {
      const { receive, noted } = aWorld();
      const settings: NamedSettings = { ...inBody.settings, dedupe: { by: 'content' } };
      expect(await receive({ ...inBody, settings, method: 'DELETE', body: `{"token":"${token}"}` })).toMatchObject({
        statusCode: 405,
      });
      expect(noted).toMatchObject([['rejection', { reason: 'method_not_allowed', deliveryId: undefined }]]);
    });

    test('and one that was not proved keeps none of its body', async () => {
      const { receive, noted } = aWorld();
      const settings: NamedSettings = { ...inBody.settings, dedupe: { by: 'body', path: '/order' } };
      expect(await receive({ ...inBody, settings, body: '{"order":"4711"}' })).toEqual(forbidden);
      expect(noted).toMatchObject([['rejection', { deliveryId: undefined }]]);
    });
  });

  test('learns about its method and its size only with a valid proof', async () => {
    const { receive, noted } = aWorld();
    expect(await receive({ ...inBody, method: 'DELETE', body: '{}' })).toEqual(forbidden);
    expect(noted).toMatchObject([['rejection', { reason: 'token_missing' }]]);
  });
});

describe('a self-test', () => {
  const selfTest = { digest: 'the-digest', publish: false, ms: 3 };
  // SHA-256 of ["c1","the-digest","test"], in the form of an event id (Python 3).
  const id = 'evt_070wa298d5a6dca1kzsd9j0wyx';

  test('is stored as one, and its answer says how long each step took', async () => {
    const handover: Partial<Handover> = { ...signedWith('v2'), test: selfTest };
    const { receive } = aWorld();
    const answer = await receive({ provider: 'zoom', handover, ...signedByZoom });
    expect(answer).toMatchObject({
      statusCode: 200,
      headers: { 'server-timing': 'authorized;dur=3, verified;dur=5, stored;dur=7' },
    });
    expect(await events.read(id)).toMatchObject({ test: true, quiet: true, tokenId: 'v2' });
  });

  test('is the only delivery whose answer has the time', async () => {
    expect((await aWorld().receive()).headers).not.toHaveProperty('server-timing');
  });
});

/** Zoom signs `v0:<time>:<body>` with HMAC-SHA256. These signatures are made by Python 3, with `it is a secret`. */
const zoomHeaders = (signature: string) => ({
  'x-zm-request-timestamp': '1772366400',
  'x-zm-signature': `v0=${signature}`,
});
const signedByZoom: Given = {
  body: '{"event":"a"}',
  headers: zoomHeaders('8cf99437f90c2d26f80181bcd3ce49d4824154601d611c5ed9e21a61b7e4335b'),
};

describe('a delivery of a sender whose handshake is answered with a signature', () => {
  const zoom: Given = { provider: 'zoom', handover: signedWith('v1', 'v2') };

  test('is accepted if it is a JSON object', async () => {
    expect(await aWorld().receive({ ...zoom, ...signedByZoom })).toMatchObject({ statusCode: 200 });
    expect(await events.read(random)).toMatchObject({ tokenId: 'v2', verifiedBy: 'signature' });
  });

  const list = {
    body: '[1]',
    headers: zoomHeaders('253c643919f3bd817f55286de03ad2061a18dba0e0dd8f5bdcfc4c06438fae35'),
  };

  test('is refused if it is anything else', async () => {
    const { receive, noted } = aWorld();
    expect(await receive({ ...zoom, ...list })).toEqual(forbidden);
    expect(noted).toMatchObject([['rejection', { reason: 'body_not_json_object', sample: { faults: [] } }]]);
  });

  test('is refused for its signature first', async () => {
    const { receive, noted } = aWorld();
    await receive({ ...zoom, ...list, body: '[2]' });
    expect(noted).toMatchObject([['rejection', { reason: 'signature_mismatch' }]]);
  });

  test('of another sender may be anything', async () => {
    expect(await aWorld().receive({ body: '[1]' })).toMatchObject({ statusCode: 202 });
  });
});

describe('a handshake', () => {
  const anybody: Partial<Handover> = { tokenVerified: null, pending: ['handshake'] };

  test('is answered and counted, but not stored', async () => {
    const { receive, noted, lines } = aWorld();
    const answer = await receive({ provider: 'monday', handover: anybody, body: '{"challenge":"abc"}' });
    expect(answer).toEqual({ statusCode: 200, headers: json, body: '{"challenge":"abc"}' });
    expect(noted).toEqual([['handshake', 'c1', '2026-03-01T12:00:00.000Z']]);
    expect(lines).toEqual([{ outcome: 'handshake', connection: 'orders', method: 'POST', requestId: 'r1' }]);
  });

  test('is not answered before it is counted', async () => {
    let isCounted = false;
    const countHandshake = async () => {
      await aMoment();
      isCounted = true;
    };
    await aWorld({ countHandshake }).receive({ provider: 'trello', handover: anybody, method: 'HEAD' });
    expect(isCounted).toBe(true);
  });

  test('that has an empty answer gets its headers', async () => {
    const answer = await aWorld().receive({ provider: 'trello', handover: anybody, method: 'HEAD' });
    expect(answer).toEqual({ statusCode: 200, headers: { 'content-type': 'text/plain', ...guards }, body: '' });
  });

  test('that is refused is counted as a rejection', async () => {
    const { receive, noted, lines } = aWorld();
    const asked: Given = { provider: 'x', method: 'GET', query: 'crc_token=abc' };
    expect(await receive({ ...asked, handover: anybody })).toEqual(forbidden);
    expect(noted).toMatchObject([['rejection', { reason: 'secret_missing', sample: { faults: [] } }]]);
    expect(lines).toMatchObject([{ outcome: 'refused', reason: 'secret_missing', faults: [] }]);
  });

  const validation = {
    provider: 'zoom',
    body: '{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}',
    headers: zoomHeaders('3119e8aebae516598c747d0ee888029cc1240d34dc8909341ef1799bfef60b27'),
  };

  test('that must be signed is answered under the secret that signed it', async () => {
    const { receive, noted } = aWorld();
    const answer = await receive({ ...validation, handover: signedWith('v1', 'v2') });
    // HMAC-SHA256 of the plain token with `it is a secret` (Python 3).
    const encryptedToken = 'be837d5ac508a2b760df69dc326c1d28b13ea7424d69cd5018c341abe864cee0';
    expect(JSON.parse(answer.body ?? '')).toEqual({ plainToken: 'qgg8vlvZRS6UYooatFL8Aw', encryptedToken });
    expect(noted).toMatchObject([['handshake', 'c1', expect.any(String)]]);
  });

  test('that must be signed is refused without a valid signature', async () => {
    const { receive, noted } = aWorld();
    expect(await receive({ ...validation, handover: signedWith('v1') })).toEqual(forbidden);
    expect(noted).toMatchObject([['rejection', { reason: 'signature_mismatch' }]]);
  });
});

describe('a delivery whose signature covers only a checksum', () => {
  const certificate = aCertificate(paypalName);
  const scheme = { kind: 'paypal', webhookId } as const;
  const auth = { kind: 'signature', scheme } as const;
  const received = ({ headers, body }: ReturnType<typeof aPaypalDelivery>): Given => ({
    provider: 'paypal',
    settings: { auth },
    headers,
    body: body.toString(),
    handover: signedWith('v1'),
  });
  const signed = (more: { id?: string; body?: string } = {}) => received(aPaypalDelivery(certificate, {}, noon, more));
  const known: Partial<Deps> = { certificate: async () => ({ pem: certificate.pem }) };

  /** The endpoint changed from PayPal's signature to a token. The signature is accepted until the grace ends. */
  const byTheEarlierProof = (): Given => ({
    ...signed(),
    provider: 'generic',
    settings: { auth: { kind: 'token' }, retentionDays: 1 },
    handover: {
      tokenVerified: null,
      pending: [],
      refusal: { reason: 'token_missing', faults: [] },
      earlier: { auth, tokenVerified: null, pending: ['signature'], signing: { secret: 'arn', versions: ['v1'] } },
    },
  });
  const ids = (noted: unknown[]) => noted.map((each) => (each as [string, string])[1]);

  test('gets its event id from the signed id, even during a grace', async () => {
    const { receive, noted } = aWorld(known);
    expect(await receive(byTheEarlierProof())).toMatchObject({ statusCode: 202 });
    const [id = ''] = ids(noted);
    expect(id).not.toBe(random);
    // The event is kept longer than the four days for which the signature is valid.
    const expected = {
      deliveryId: 't-1',
      verifiedBy: 'signature',
      expiresAt: Date.parse('2026-03-06T12:00:00Z') / 1000,
    };
    expect(await events.read(id)).toMatchObject(expected);
  });

  test('is answered 429 if its certificate is unavailable, so that the sender tries again', async () => {
    const { receive, noted } = aWorld({ certificate: async () => 'certificate_unavailable' });
    expect(await receive(byTheEarlierProof())).toMatchObject({ statusCode: 429, headers: { 'retry-after': '60' } });
    expect(noted).toMatchObject([['rejection', { reason: 'certificate_unavailable' }]]);
  });

  test('is refused if another body came first with the same id', async () => {
    const { receive, noted } = aWorld(known);
    expect(await receive(signed())).toMatchObject({ statusCode: 202 });
    expect(await receive({ ...signed({ body: '{"id":"WH-2"}' }), requestId: 'r2' })).toEqual(forbidden);
    const reused = { reason: 'delivery_id_reused', sample: { faults: [] } };
    expect(noted.slice(1)).toMatchObject([
      ['append', ids(noted)[0]],
      ['rejection', reused],
    ]);
  });

  test('is refused if its id could be a token, because such an id is not stored', async () => {
    const { receive, noted } = aWorld(known);
    expect(await receive(signed({ id: `hle_${'a'.repeat(49)}` }))).toEqual(forbidden);
    expect(noted).toMatchObject([['rejection', { reason: 'message_incomplete', sample: { faults: [] } }]]);
  });
});
