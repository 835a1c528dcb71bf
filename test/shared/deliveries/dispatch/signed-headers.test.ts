/** The headers that signed a sender's body do not go with another body. */
import { describe, expect, test } from '@jest/globals';
import { sentMessage } from '../../../../shared/deliveries/dispatch/sent-message.ts';
import { settingsInForce } from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import { presetOf, providerIds } from '../../../../shared/endpoints/provider/presets.ts';
import type { NamedSettings } from '../../../../shared/endpoints/settings/settings.ts';
import type { Scheme } from '../../../../shared/endpoints/signature/scheme.ts';
import type { Signable } from '../../../../shared/endpoints/signature/signed-message.ts';
import { sign } from '../../../../shared/endpoints/signature/signing.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import { receivedEventOf } from '../../../../shared/events/arrival/received-event.ts';
import type { StoredEvent } from '../../../../shared/events/event/event.ts';
import { eventFromItem, eventItemOf } from '../../../../shared/events/event/event-item.ts';
import { completedSchemes, fakeSecret, sampleOf, signedSample } from '../../endpoints/provider/provider-samples.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const url = 'https://hooks.example.com/hooks/orders/e1';

/** The event of an arrival that this scheme verified, as it is read from the table again. */
function storedEventOf(provider: string, { headers, method, body }: Signable, scheme: Scheme | undefined): StoredEvent {
  const settings: NamedSettings = scheme ? { auth: { kind: 'signature', scheme } } : {};
  const arrival = {
    method,
    headers,
    body,
    rawQueryString: '',
    rest: undefined,
    sourceIp: '192.0.2.1',
    requestId: 'r1',
  };
  const handover = {
    connection: { id: 'con_1', name: 'orders', provider },
    endpoint: { id: 'e1', settings, hold: null },
    tokenVerified: null,
    pending: [],
  };
  const proof = scheme
    ? ({ verifiedBy: 'signature', tokenId: 'v1', scheme } as const)
    : ({ verifiedBy: 'token', tokenId: 'v1' } as const);
  const received = { arrival, handover, settings: settingsInForce({ provider, settings }) };
  return eventFromItem(eventItemOf(receivedEventOf(received, proof, 'evt_1', now), 4));
}

const attempt = { id: 'dlv_1', attempt: 1 };
const namesIn = (headers: object) => Object.keys(headers).map((name) => name.replace(/^hooklatch-original-/, ''));

/** The names of the sender's headers that go on with the result of a transform. */
const sentWith = (event: StoredEvent) => namesIn(sentMessage(event, event.body, '{}', attempt).headers);

const named = providerIds.flatMap((id) => {
  const { scheme = completedSchemes[id], older = {} } = presetOf(id);
  return Object.entries({ ...(scheme && { [id]: scheme }), ...older }).map(([name, one]) => [id, name, one] as const);
});

function signedBy(id: (typeof providerIds)[number], name: string, scheme: Scheme) {
  const secret = fakeSecret(id, name === id ? undefined : scheme);
  const { method, headers, body } = sampleOf(id);
  const older = name === id ? undefined : sign(scheme, secret, { method, headers, body, url, now });
  return { secret, sent: older ?? signedSample(id, secret, url, now) };
}

/** Whether a request without this header, or with another value, is refused: so it is part of the proof. */
function isProof(scheme: Scheme, secret: string, sent: Signable, name: string): boolean {
  const { [name]: value, ...others } = sent.headers;
  const changed = [others, { ...others, [name]: `${value}0` }];
  return changed.some((headers) => !verifyWithSecrets(scheme, [secret], { ...sent, headers }).verified);
}

describe.each(named)('%s by the scheme %s', (id, name, scheme) => {
  const { secret, sent } = signedBy(id, name, scheme);
  const proofs = Object.keys(sent.headers).filter(
    (header) => header !== 'content-type' && isProof(scheme, secret, sent, header),
  );
  const event = storedEventOf(id, sent, scheme);
  const { signedIn: _, ...before } = event;

  test('verifies, and has its proof in the body or in headers that go on with the body', () => {
    expect(verifyWithSecrets(scheme, [secret], sent).verified).toBe(true);
    const { headers } = sentMessage({ ...event, tokenIn: [] }, event.body, undefined, attempt);
    const passed = proofs.filter((header) => header !== 'authorization');
    expect(namesIn(headers)).toEqual(expect.arrayContaining(passed));
  });

  test.each<[string, StoredEvent]>([
    ['an event', event],
    ['an event of before names were noted', before],
  ])('of %s, no header that signed goes on with another body', (_, one) => {
    expect(sentWith(one)).toContain('content-type');
    expect(sentWith(one).some((header) => proofs.includes(header))).toBe(false);
    const masked = sentMessage({ ...one, tokenIn: ['/token'] }, one.body, undefined, attempt);
    expect(namesIn(masked.headers).some((header) => proofs.includes(header))).toBe(false);
  });
});

test('every sender that signs in headers is among them', () => {
  expect(named.length).toBeGreaterThan(60);
});

const byScheme = (name: string): Scheme => ({
  ...{ kind: 'hmac', algorithm: 'sha256', key: { form: 'utf8' }, encoding: 'hex' },
  signatures: [{ in: 'header', name }],
  message: [
    { part: 'value', source: { in: 'header', name: 'x-order-id' } },
    { part: 'value', source: { in: 'header', name: 'content-type' } },
    { part: 'body' },
  ],
  timestamp: { source: { in: 'header', name: 'x-sent' }, unit: 's' },
});
const headers = {
  ...{ 'content-type': 'application/xml', 'x-topic': 'a', 'x-proof': 'b', x_proof: 'c', 'x-order-id': '7' },
  ...{ 'x-sent': '1', 'x-signature': 'd', 'x-my-hmac': 'e' },
};
const request: Signable = { method: 'POST', url, headers, body: Buffer.from('<a/>'), now };

test('of a scheme of the connection, its headers stay here, also with _ in place of -, and all others go on', () => {
  const event = storedEventOf('generic', request, byScheme('x-proof'));
  expect(event.signedIn).toEqual(['x-proof', 'x-sent', 'x-order-id', 'content-type']);
  expect(sentWith(event).toSorted()).toEqual(['content-type', 'x-my-hmac', 'x-signature', 'x-topic']);
  const masked = sentMessage({ ...event, tokenIn: ['/token'] }, event.body, undefined, attempt);
  expect(masked.headers).toMatchObject({ 'content-type': 'application/xml' });
});

test('a scheme may write its header with _ as well', () => {
  const names = sentWith(storedEventOf('generic', request, byScheme('x_proof')));
  expect(names.toSorted()).toEqual(['content-type', 'x-my-hmac', 'x-signature', 'x-topic']);
});

test('of a scheme that was not noted, what is called a signature stays here', () => {
  const { signedIn: _, ...before } = storedEventOf('generic', request, byScheme('x-proof'));
  expect(sentWith(before).toSorted()).toEqual([
    'content-type',
    'x-order-id',
    'x-proof',
    'x-sent',
    'x-topic',
    'x_proof',
  ]);
});

test('numbered headers stay here, and other headers with such a name go on', () => {
  const numbered = { 'x-docusign-signature-1': 'a', 'x-docusign-signature-12': 'b', 'x-docusign-signature-date': 'c' };
  const { scheme } = presetOf('docusign');
  expect(sentWith(storedEventOf('docusign', { ...request, headers: numbered }, scheme))).toEqual([
    'x-docusign-signature-date',
    'content-type',
  ]);
});

test('without a signature that was verified, nothing is noted and nothing stays here', () => {
  const event = storedEventOf('github', { ...request, headers: { 'x-hub-signature-256': 'sha256=ab' } }, undefined);
  expect(event).not.toHaveProperty('signedIn');
  expect(sentWith(event)).toEqual(['x-hub-signature-256', 'content-type']);
});

describe('what a destination wants', () => {
  const given = { 'x-sent': '1', 'x-proof': 'b', 'x-forwarded-for': '192.0.2.1', connection: 'x-hop', 'x-hop': '1' };
  const more = { 'x-secret': 'REDACTED', 'hooklatch-hops': '1', digest: 'd', via: 'v', host: 'h', x_proof: 'c' };
  const event = storedEventOf('generic', { ...request, headers: { ...given, ...more } }, byScheme('x-proof'));
  const wanted = (forwardHeaders: string[], json: string | undefined = '{}') =>
    Object.keys(sentMessage(event, event.body, json, { ...attempt, forwardHeaders }).headers).toSorted();

  test.each<[string[], string[]]>([
    [[], ['content-type']],
    [['x-proof'], ['content-type', 'x-proof', 'x_proof']],
    [['x_sent'], ['content-type', 'x-sent']],
    [
      ['x-forwarded-for', 'via'],
      ['content-type', 'via', 'x-forwarded-for'],
    ],
    // What no setting can make go on.
    [['x-hop', 'x-secret', 'hooklatch-hops', 'digest', 'host', 'connection'], ['content-type']],
  ])('%j: with another body, %j go on', (names, sent) => {
    expect(wanted(names)).toEqual(sent);
  });

  test('changes nothing about the rest of the sender’s own bytes', () => {
    const own = () => Object.keys(sentMessage(event, event.body, undefined, attempt).headers).toSorted();
    expect(own()).toEqual(['digest', 'x-proof', 'x-sent', 'x_proof']);
  });
});
