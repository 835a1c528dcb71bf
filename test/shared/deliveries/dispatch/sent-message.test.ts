/** What a destination gets of an event. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deliveryRequest } from '../../../../shared/deliveries/destination/delivery-request.ts';
import type { RequestProof } from '../../../../shared/deliveries/destination/destination-auth.ts';
import { sentMessage } from '../../../../shared/deliveries/dispatch/sent-message.ts';
import { codePoint } from '../../../support/any-text.ts';

const attempt = { id: 'dlv_evt_1_1772366400000_paid_0', attempt: 1 };
const event = { id: 'evt_1', connection: 'orders', provider: 'generic', headers: {}, tokenIn: [] as string[] };
const body = Buffer.from([0x7b, 0x00, 0xff, 0x7d]);
const json = '{"total":"12 €"}';

/** The message of an event with these headers. */
const sent = (headers: Record<string, string>, transformed?: string, more: object = {}) =>
  sentMessage({ ...event, headers, ...more }, body, transformed, attempt);

/** The request that a destination gets, as far as its headers go. */
const requested = (
  headers: Record<string, string>,
  { configured = {}, proof = { kind: 'none' } as RequestProof, transformed = undefined as string | undefined } = {},
) =>
  deliveryRequest(
    { method: 'POST' },
    {
      url: 'https://shop.example.com/in',
      headers: configured,
      signingSecret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    },
    sent(headers, transformed),
    { proof, at: new Date('2026-03-01T12:00:00.000Z'), isInGrace: false },
  );

test('an event goes with its bytes, the headers of its sender, and what Hooklatch says about it', () => {
  const headers = {
    'content-type': 'text/plain; charset=ascii',
    'user-agent': 'GitHub-Hookshot/044aadd',
    'x-github-event': 'push',
  };
  expect(sent(headers)).toEqual({
    id: 'dlv_evt_1_1772366400000_paid_0',
    body: Buffer.from([0x7b, 0x00, 0xff, 0x7d]),
    headers,
    marks: { 'hooklatch-event': 'evt_1', 'hooklatch-connection': 'orders', 'hooklatch-attempt': '1' },
    hops: 0,
    dropped: [],
  });
});

test('the result of a transform goes as JSON', () => {
  expect(sent({ 'content-type': 'application/xml', 'x-shop': '7' }, json)).toMatchObject({
    body: Buffer.from(json),
    headers: { 'content-type': 'application/json', 'x-shop': '7' },
  });
  const { headers } = requested({ 'content-type': 'text/a', content_type: 'text/b' }, { transformed: json });
  expect(Object.entries(headers).filter(([name]) => /^content/.test(name))).toEqual([
    ['content-type', 'application/json'],
  ]);
});

test.each<[object, object]>([
  [{}, {}],
  [{ replay: 0 }, {}],
  [{ replay: 3 }, { 'hooklatch-replay': '3' }],
  [{ test: true }, { 'hooklatch-test': 'true' }],
  [{ test: false }, {}],
  [{ tokenIn: ['/token'] }, { 'hooklatch-masked': 'true' }],
  [{ attempt: 12 }, { 'hooklatch-attempt': '12' }],
])('%j is marked with %j', (more, marks) => {
  const { test: isTest, tokenIn = [], ...ofAttempt } = more as { test?: boolean; tokenIn?: string[]; replay?: number };
  const given = { ...event, tokenIn, ...(isTest !== undefined && { test: isTest }) };
  expect(sentMessage(given, body, undefined, { ...attempt, ...ofAttempt }).marks).toEqual({
    'hooklatch-event': 'evt_1',
    'hooklatch-connection': 'orders',
    'hooklatch-attempt': '1',
    ...marks,
  });
});

describe('a header of the sender', () => {
  const passed = ['x-github-event', 'x-hub-signature-256', 'content-type', 'content-encoding', 'digest', 'user-agent'];
  const more = ['accept', 'date', 'x-real-ip', 'webhook-topic', 'x-webhook-id', 'forward', 'x-forwarded', 'x-am', 'cf'];
  test.each([...passed, ...more, 'content_encoding', 'X-Shop', 'x_shop', '__proto__'])('%s goes on', (name) => {
    const { headers, dropped } = sent(Object.fromEntries([[name, 'v']]));
    expect([Object.entries(headers), dropped]).toEqual([[[name.toLowerCase(), 'v']], []]);
  });

  test.each([
    ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer'],
    ...['transfer-encoding', 'upgrade', 'host', 'content-length', 'expect', 'accept-encoding', 'forwarded', 'via'],
    ...['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-port', 'x-amzn-trace-id', 'x-amz-cf-id', 'x-amz-meta-a'],
    ...['cf-ray', 'cf-connecting-ip', 'cloudfront-viewer-address', 'hooklatch-hops'],
    ...['Transfer_Encoding', 'x_forwarded_for', 'X_AMZN_TRACE_ID', 'cf_ray', 'HOST', 'hooklatch_hops'],
  ])('%s stays here', (name) => {
    expect(sent({ [name]: 'v' })).toMatchObject({ headers: {}, dropped: [] });
  });

  test.each([['REDACTED'], ['Bearer REDACTED'], ['a=1; sid=REDACTED; b=2']])(
    'with the value %s stays here',
    (value) => {
      expect(sent({ 'x-key': value })).toMatchObject({ headers: {}, dropped: [] });
    },
  );

  test.each([
    ['webhook-id', 'hooklatch-original-webhook-id'],
    ['webhook-timestamp', 'hooklatch-original-webhook-timestamp'],
    ['webhook-signature', 'hooklatch-original-webhook-signature'],
    ['Webhook_Id', 'hooklatch-original-webhook_id'],
    ['hooklatch-event', 'hooklatch-original-hooklatch-event'],
    ['hooklatch-masked', 'hooklatch-original-hooklatch-masked'],
    ['hooklatch_replay', 'hooklatch-original-hooklatch_replay'],
    ['hooklatch-other', 'hooklatch-original-hooklatch-other'],
    ['hooklatch-original-webhook-id', 'hooklatch-original-hooklatch-original-webhook-id'],
  ])('with the name %s goes as %s', (name, expected) => {
    expect(sent({ [name]: 'v' }).headers).toEqual({ [expected]: 'v' });
  });

  test.each([
    ['x-hop', 'keep-alive, X-Hop', ['x-other']],
    ['x-hop', 'x_hop', ['x-other']],
    ['x-other', 'close,x-other ,x-hop', []],
    ['x-hop', 'close', ['x-hop', 'x-other']],
    ['x-hop', '', ['x-hop', 'x-other']],
  ])('%s is one of those that go on after Connection: %s', (_, connection, names) => {
    const found = sent({ 'x-hop': '1', 'x-other': '2', connection }).headers;
    expect(Object.keys(found)).toEqual(names);
  });

  test('that another one names, which is not Connection, goes on', () => {
    const headers = { 'x-hop': '1', vary: 'x-hop' };
    expect(sent(headers).headers).toEqual(headers);
  });

  test.each([
    ['a value with a line break', { 'x-a': 'a\r\nb: c' }],
    ['a value with a zero byte', { 'x-a': 'a\0' }],
    ['a name that is none', { 'x a': 'v' }],
    ['an empty name', { '': 'v' }],
  ])('that has %s is left out, and named', (_, headers: Record<string, string>) => {
    expect(sent({ ...headers, 'x-b': 'v' })).toMatchObject({ headers: { 'x-b': 'v' }, dropped: Object.keys(headers) });
  });

  test('with other characters than bytes goes as UTF-8', () => {
    expect(sent({ 'x-name': 'Zoë', 'x-price': '12 €' }).headers).toEqual({
      'x-name': 'Zoë',
      'x-price': '12 \u00e2\u0082\u00ac',
    });
  });

  const ofBytes = ['content-encoding', 'content-digest', 'repr-digest', 'digest', 'content-md5', 'Content_MD5'];
  test.each(ofBytes)('%s goes only with the sender’s own bytes', (name) => {
    const namesIn = (found: { headers: Record<string, string> }) => Object.keys(found.headers);
    const headers = { [name]: 'v', 'x-b': 'v' };
    expect(namesIn(sent(headers)).sort()).toEqual([name.toLowerCase(), 'x-b']);
    expect(namesIn(sent(headers, json))).toEqual(['x-b', 'content-type']);
    expect(namesIn(sent(headers, undefined, { tokenIn: ['/token'] }))).toEqual(['x-b']);
  });
});

test.each([
  [{}, 0],
  [{ 'hooklatch-hops': '2' }, 2],
  [{ 'hooklatch-hops': 'many' }, 0],
])('the hops of a webhook with the headers %j are %i', (headers: Record<string, string>, hops) => {
  const found = requested(headers);
  expect([found.hops, Object.keys(found.headers).filter((name) => name.includes('hops'))]).toEqual([hops, []]);
});

describe('the request', () => {
  test.each([
    [{ 'x-team': 'sender' }, {}, { 'x-team': 'sender' }],
    [{ 'x-team': 'sender' }, { configured: { 'x-team': 'operator' } }, { 'x-team': 'operator' }],
    [{ x_team: 'sender' }, { configured: { 'x-team': 'operator' } }, { 'x-team': 'operator' }],
    [{ 'content-type': 'text/plain' }, { configured: { 'content-type': 'text/x' } }, { 'content-type': 'text/x' }],
    [{ 'x-key': 's' }, { proof: { kind: 'header', name: 'x-key', value: 'o' } }, { 'x-key': 'o' }],
    [{ Authorization: 's' }, { proof: { kind: 'bearer', token: 't' } }, { authorization: 'Bearer t' }],
    [{ 'user-agent': 'Shop/1' }, {}, { 'user-agent': 'Shop/1' }],
    [{ user_agent: 'Shop/1' }, {}, { user_agent: 'Shop/1' }],
    [{}, {}, { 'user-agent': 'Hooklatch' }],
    [{ 'x-team': 'dash', x_team: 'underscore' }, {}, { 'x-team': 'dash' }],
    [{ x_team: 'underscore', 'x-team': 'dash' }, {}, { 'x-team': 'dash' }],
  ] as [Record<string, string>, Parameters<typeof requested>[1], Record<string, string>][])(
    'of a webhook with %j to a destination with %j has %j',
    (headers, given, expected) => {
      const folded = ([name]: [string, string]) => name.toLowerCase().replaceAll('_', '-');
      const names = Object.entries(expected).map(folded);
      const found = Object.entries(requested(headers, given).headers).filter((each) => names.includes(folded(each)));
      expect(Object.fromEntries(found)).toEqual(expected);
    },
  );

  /** Names that mean something here, in any case and with any dash, and others. */
  const known = [
    'host',
    'via',
    'cf-ray',
    'x-amz-a',
    'x-forwarded-for',
    'te',
    'webhook-id',
    'hooklatch-event',
    'x-team',
  ];
  const anyName = fc
    .tuple(fc.constantFrom(...known, 'authorization', 'content-type', 'x-hop', 'hooklatch-hops'), fc.nat(2))
    .map(([name, form]) => [name, name.replaceAll('-', '_'), name.toUpperCase()][form] as string);
  const anyHeaders = fc.dictionary(anyName, fc.string({ unit: codePoint, maxLength: 8 }));

  test('has each name once, whatever the sender sent, and what is Hooklatch’s or the operator’s is as it should be', () => {
    fc.assert(
      fc.property(anyHeaders, (headers) => {
        const configured = { 'x-team': 'payments' };
        const found = requested(headers, { configured, proof: { kind: 'bearer', token: 't' } });
        const names = Object.keys(found.headers).map((name) => name.replaceAll('_', '-'));
        expect(new Set(names).size).toBe(names.length);
        expect(
          names.filter((name) => /^(host|via|te|cf-.*|x-amz.*|x-forwarded-.*|hooklatch-hops)$/.test(name)),
        ).toEqual([]);
        expect(found.headers).toMatchObject({
          'x-team': 'payments',
          authorization: 'Bearer t',
          'webhook-id': 'dlv_evt_1_1772366400000_paid_0',
          'webhook-timestamp': '1772366400',
          'hooklatch-event': 'evt_1',
          'hooklatch-attempt': '1',
        });
      }),
    );
  });

  test('has each header of the sender that may go on, or the same one in another form', () => {
    const sender = fc.dictionary(
      fc.string({ unit: fc.constantFrom('a', 'b', '-', '_'), minLength: 1, maxLength: 4 }).map((name) => `x-${name}`),
      fc.string({ unit: fc.constantFrom('v', 'é', ' ', '\t'), maxLength: 4 }),
    );
    fc.assert(
      fc.property(sender, (headers) => {
        const fold = (name: string) => name.replaceAll('_', '-');
        const found = new Map(Object.entries(requested(headers).headers).map(([name, value]) => [fold(name), value]));
        for (const name of Object.keys(headers)) {
          const sameName = Object.entries(headers).filter(([other]) => fold(other) === fold(name));
          expect(sameName.map(([, value]) => value)).toContain(found.get(fold(name)));
        }
      }),
    );
  });
});
