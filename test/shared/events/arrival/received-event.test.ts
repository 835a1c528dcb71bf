import { describe, expect, test } from '@jest/globals';
import { settingsInForce } from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import type { NamedSettings } from '../../../../shared/endpoints/settings/settings.ts';
import type { Handover } from '../../../../shared/events/arrival/handover.ts';
import { receivedEventOf } from '../../../../shared/events/arrival/received-event.ts';
import type { Arrival } from '../../../../shared/events/event/accepted-arrival.ts';
import type { Verification } from '../../../../shared/events/event/event.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const days = (count: number) => Date.parse('2026-03-01T12:00:00.000Z') / 1000 + count * 86_400;

interface Given {
  provider?: string;
  settings?: NamedSettings;
  arrival?: Partial<Arrival>;
  handover?: Partial<Handover>;
  accept?: Handover['endpoint']['accept'];
  hold?: string;
  proof?: Partial<Verification>;
}

function eventFor(given: Given) {
  const { provider = 'generic', settings = {}, accept, hold = null } = given;
  const handover: Handover = {
    connection: { id: 'c1', name: 'orders', provider },
    endpoint: { id: 'e1', settings, hold, ...(accept && { accept }) },
    tokenVerified: 't1',
    pending: [],
    ...given.handover,
  };
  const arrival: Arrival = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    rawQueryString: '',
    rest: undefined,
    sourceIp: '192.0.2.1',
    requestId: 'r1',
    body: Buffer.from('{}'),
    ...given.arrival,
  };
  const proof: Verification = { tokenId: 't1', verifiedBy: 'token', ...given.proof };
  return receivedEventOf(
    { arrival, handover, settings: settingsInForce({ provider, settings }) },
    proof,
    'evt_random',
    now,
  );
}

describe('the routes of an event', () => {
  const connection = { id: 'c1', name: 'orders', provider: 'generic', routes: 'v1' };
  const ofATest = { digest: 'd1', publish: true, ms: 1 };

  test.each<[string, Partial<Handover>, string | undefined]>([
    ['are those of its connection when it was authorized', { connection }, 'v1'],
    ['are absent without routes', {}, undefined],
    ['are absent from the event of a test', { connection, test: ofATest }, undefined],
  ])('%s', (_, handover, routes) => {
    const event = eventFor({ handover });
    expect(event.routes).toBe(routes);
    expect('routes' in event).toBe(routes !== undefined);
  });
});

describe('the event of a delivery', () => {
  test('belongs to its connection and its endpoint, and names its proof', () => {
    expect(eventFor({ hold: 'h1', proof: { tokenId: 't7', verifiedBy: 'both' } })).toMatchObject({
      id: 'evt_random',
      connectionId: 'c1',
      connection: 'orders',
      provider: 'generic',
      endpointId: 'e1',
      held: 'h1',
      tokenId: 't7',
      verifiedBy: 'both',
      receivedAt: '2026-03-01T12:00:00.000Z',
      requestId: 'r1',
      expiresAt: days(30),
    });
  });

  test("has the type at the operator's location, else at a location of the preset, else a general one", () => {
    const arrival = { headers: { 'x-github-event': 'push', 'x-kind': 'mine' } };
    const type = { in: 'header', name: 'x-kind' } as const;
    expect(eventFor({ provider: 'github', arrival }).type).toBe('push');
    expect(eventFor({ provider: 'github', arrival, settings: { type } }).type).toBe('mine');
    // A type at no other location counts.
    const other = { headers: { 'x-github-event': 'push' } };
    expect(eventFor({ provider: 'github', arrival: other, settings: { type } }).type).toBe('webhook');
    expect(eventFor({ arrival }).type).toBe('webhook');
  });

  test('is split by the setting, or by the preset if the setting is true', () => {
    const items = { items: '/orders' };
    expect(eventFor({ settings: { split: items } }).split).toBe('{"items":"/orders"}');
    expect(eventFor({ provider: 'sendgrid', settings: { split: true } }).split).toMatch(/^\{"items":""/);
    expect(eventFor({ provider: 'sendgrid' })).not.toHaveProperty('split');
  });

  test('is kept for the days of the setting', () => {
    expect(eventFor({ settings: { retentionDays: 2 } }).expiresAt).toBe(days(2));
  });

  test('has its delivery id where the setting says', () => {
    const settings = { dedupe: { by: 'header', name: 'x-id' } } as const;
    const arrival = { headers: { 'x-id': 'd1' } };
    // SHA-256 of ["c1","d1",null] in Crockford's base32, five bits of each of its first 26 bytes (Python 3).
    expect(eventFor({ settings, arrival })).toMatchObject({ deliveryId: 'd1', id: 'evt_02pkfd38b44mawdc5jtve3aze9' });
  });

  test('has the signed id as its delivery id, for as long as its signature is accepted', () => {
    const replayGuard = { header: 'x-signed-id', days: 4 };
    const settings: NamedSettings = { retentionDays: 1, dedupe: { by: 'header', name: 'x-id' } };
    const arrival = { headers: { 'x-id': 'd1', 'x-signed-id': 's1' } };
    const event = eventFor({ settings, arrival, proof: { replayGuard } });
    expect([event.deliveryId, event.expiresAt]).toEqual(['s1', days(5)]);
  });

  test('has no token of any placement that is accepted, was accepted, or belongs to the earlier policy', () => {
    const inHeader = (name: string) => ({ in: 'header', name }) as const;
    const auth = (name: string) => ({ kind: 'token' as const, accept: [inHeader(name)] });
    const { headers } = eventFor({
      settings: { auth: auth('x-now') },
      accept: [inHeader('x-once')],
      handover: { earlier: { auth: auth('x-earlier'), tokenVerified: 't1', pending: [] } },
      arrival: { headers: { 'x-now': 'a', 'x-once': 'b', 'x-earlier': 'c', 'x-other': 'd' } },
    });
    expect(headers).toEqual({ 'x-now': 'REDACTED', 'x-once': 'REDACTED', 'x-earlier': 'REDACTED', 'x-other': 'd' });
  });
});

describe('the event of a self-test', () => {
  const digest = 'the-digest';

  test('has the id of the test, and is not published', () => {
    const event = eventFor({ handover: { test: { digest, publish: false, ms: 3 } } });
    // SHA-256 of ["c1","the-digest","test"], in the form of an event id (Python 3).
    expect(event).toMatchObject({ id: 'evt_070wa298d5a6dca1kzsd9j0wyx', test: true, quiet: true });
  });

  test('is published if the test asks for it', () => {
    const event = eventFor({ handover: { test: { digest, publish: true, ms: 3 } } });
    expect(event).toMatchObject({ id: 'evt_070wa298d5a6dca1kzsd9j0wyx', test: true });
    expect(event).not.toHaveProperty('quiet');
  });

  test('is the only one with a mark', () => {
    const event = eventFor({});
    expect(event.id).toBe('evt_random');
    expect(event).not.toHaveProperty('test');
    expect(event).not.toHaveProperty('quiet');
  });
});
