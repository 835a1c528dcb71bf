/**
 * Where the sender signs a delivery id, this is the delivery id: nobody who captured a request can repeat it under another
 * id. What a signature covers is found out here by changing the request and verifying it again.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { objectionToDedupe, settingsInForce } from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import { type ProviderId, presetOf, providerIds } from '../../../../shared/endpoints/provider/presets.ts';
import { guides } from '../../../../shared/endpoints/provider/secret-guide.ts';
import { deliveryMetadataOf } from '../../../../shared/endpoints/settings/delivery-metadata.ts';
import type { Dedupe, NamedSettings } from '../../../../shared/endpoints/settings/settings.ts';
import type { MessagePart, Scheme } from '../../../../shared/endpoints/signature/scheme.ts';
import type { Signable } from '../../../../shared/endpoints/signature/signed-message.ts';
import { sign, withBodyField } from '../../../../shared/endpoints/signature/signing.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import { now } from '../signature/given-signature.ts';
import { completedSchemes, fakeSecret, sampleOf, signedSample } from './provider-samples.ts';

const url = 'https://hooks.example.com/hooks/orders/ep_1';

/** Each header in which a sender of the presets writes a delivery id. */
const idHeaders = [
  ...['webhook-id', 'svix-id', 'paypal-transmission-id', 'twitch-eventsub-message-id', 'x-github-delivery'],
  ...['x-request-uuid', 'box-delivery-id', 'x-atlassian-webhook-identifier', 'linear-delivery', 'request-id'],
  ...['x-razorpay-event-id', 'idempotency-key', 'x-shopify-webhook-id', 'i-twilio-idempotency-token'],
];
const inHeader = (name: string): Dedupe => ({ by: 'header', name });

/** Ids that a sender writes into the body beside the id that its preset reads. */
const idsInBody: Partial<Record<ProviderId, string>> = { box: '/id' };

interface Signed {
  scheme: Scheme;
  secret: string;
  sent: Signable;
}

const isAccepted = ({ scheme, secret }: Signed, request: Signable): boolean =>
  verifyWithSecrets(scheme, [secret], request).verified;

const withHeader = (request: Signable, name: string, value: string): Signable => ({
  ...request,
  headers: { ...request.headers, [name]: value },
});

/** The request with another delivery id at this place. */
function withId(request: Signable, at: Dedupe, id: string): Signable {
  if (at.by === 'header') return withHeader(request, at.name, id);
  return at.by === 'body' ? withBodyField(request, at.path, id) : request;
}

const isPresent = (request: Signable, at: Dedupe): boolean =>
  at.by === 'body' || (at.by === 'header' && request.headers[at.name] !== undefined);

/** Whether a captured request with another id is refused. */
const isSigned = (signed: Signed, at: Dedupe): boolean =>
  isPresent(signed.sent, at) && !isAccepted(signed, withId(signed.sent, at, 'of-an-attacker'));

const idOf = ({ headers, body }: Signable, dedupe: Dedupe): string | undefined =>
  deliveryMetadataOf({ headers: headers as Record<string, string>, body, accept: [] }, { dedupe, types: [] })
    .deliveryId;

/** What somebody can change in a captured request: its headers and its content type. */
const changes = fc.record({
  headers: fc.dictionary(fc.constantFrom(...idHeaders), fc.constantFrom('1', '2', '3')),
  contentType: fc.option(
    fc.constantFrom(
      ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', ''],
    ),
    { nil: undefined },
  ),
});

/** Whether every changed request that is still accepted has the same delivery id. */
function hasOneId(signed: Signed, dedupe: Dedupe, runs = 60): boolean {
  const first = idOf(signed.sent, dedupe);
  const isSame = fc.property(changes, ({ headers, contentType }) => {
    const changed = { ...signed.sent, headers: { ...signed.sent.headers, ...headers } };
    const request = contentType === undefined ? changed : withHeader(changed, 'content-type', contentType);
    return !isAccepted(signed, request) || idOf(request, dedupe) === first;
  });
  return first !== undefined && !fc.check(isSame, { numRuns: runs }).failed;
}

const named = providerIds.flatMap((id) => {
  const { scheme = completedSchemes[id], older = {} } = presetOf(id);
  return Object.entries({ ...(scheme && { [id]: scheme }), ...older }).map(([name, one]) => [id, name, one] as const);
});

function signedBy(id: ProviderId, name: string, scheme: Scheme): Signed {
  if (name === id) {
    const secret = fakeSecret(id);
    return { scheme, secret, sent: signedSample(id, secret, url, now) };
  }
  const secret = fakeSecret(id, scheme);
  const { method, headers, body } = sampleOf(id);
  // A delivery by an older scheme has the id of the strongest scheme too: everybody can add it.
  const sent = sign(scheme, secret, { method, headers, body, url, now });
  return { scheme, secret, sent: sent ?? signedSample(id, secret, url, now) };
}

/** A scheme that the operator has to complete is written out in the settings. */
const authFor = (id: ProviderId, name: string, scheme: Scheme): NamedSettings => ({
  auth: { kind: 'signature', scheme: name === id && !presetOf(id).scheme ? scheme : name },
});

describe.each(named)('%s by the scheme %s', (id, name, scheme) => {
  const signed = signedBy(id, name, scheme);
  const { dedupe } = settingsInForce({ provider: id, settings: authFor(id, name, scheme) });
  const declared = presetOf(id).dedupe;
  const inBody = idsInBody[id];
  const places = [...(declared ? [declared] : []), ...idHeaders.map(inHeader)];
  const candidates: Dedupe[] = inBody === undefined ? places : [...places, { by: 'body', path: inBody }];
  const hasSignedId = candidates.some((at) => isSigned(signed, at));

  test('has a signed delivery id, or its guide says that none is signed', () => {
    const saysSo = 'unsignedId' in guides[id];
    if (hasSignedId) expect([isSigned(signed, dedupe), saysSo]).toEqual([true, false]);
    else expect(saysSo).toBe(dedupe.by !== 'none');
  });

  test('is one event if a captured request is repeated under other ids', () => {
    if (hasSignedId) expect(hasOneId(signed, dedupe)).toBe(true);
    else expect(dedupe.by !== 'none' && isSigned(signed, dedupe)).toBe(false);
  });
});

const literal = (text: string): MessagePart => ({ part: 'literal', text });
const value = (name: string): MessagePart => ({ part: 'value', source: { in: 'header', name } });

/** A custom scheme over these headers, the time and, by default, the body. */
const customScheme = (headers: readonly string[], isOverBody = true): Scheme => ({
  kind: 'hmac',
  algorithm: 'sha256',
  key: { form: 'utf8' },
  encoding: 'hex',
  signatures: [{ in: 'header', name: 'x-acme-signature' }],
  timestamp: { source: { in: 'header', name: 'x-acme-time' }, unit: 's', tolerance: 300 },
  message: [
    ...headers.flatMap((name) => [value(name), literal('.')]),
    { part: 'timestamp' },
    ...(isOverBody ? [literal('.'), { part: 'body' } as const] : []),
  ],
});

const anyDedupe = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom(...idHeaders, 'x-acme-id').map(inHeader),
  fc.constantFrom<Dedupe[]>({ by: 'body', path: '/id' }, { by: 'content' }, { by: 'none' }),
);

describe('a scheme of the operator', () => {
  const anyScheme = fc
    .tuple(fc.uniqueArray(fc.constantFrom(...idHeaders, 'x-acme-id'), { maxLength: 2 }), fc.boolean())
    .map(([headers, isOverBody]) => customScheme(headers, isOverBody));
  const body = Buffer.from('{"id":"d1","type":"sample"}');

  const signedHeaders = (scheme: Scheme): string[] =>
    'message' in scheme
      ? scheme.message.flatMap((part) => (part.part === 'value' && 'name' in part.source ? [part.source.name] : []))
      : [];

  test('is refused, or its deliveries have a signed id, or none, if it signs one', () => {
    fc.assert(
      fc.property(fc.constantFrom(...providerIds), anyScheme, anyDedupe, (provider, scheme, dedupe) => {
        const settings: NamedSettings = { auth: { kind: 'both', scheme }, ...(dedupe && { dedupe }) };
        const isRefused = objectionToDedupe({ provider, settings }) !== undefined;
        const headers = Object.fromEntries([...idHeaders, 'x-acme-id'].map((name) => [name, 'genuine']));
        const request = { method: 'POST', url, body, now, headers: { 'content-type': 'application/json', ...headers } };
        const { dedupe: inForce } = settingsInForce({ provider, settings });
        const sent = sign(scheme, 'a secret', withId(request, inForce, 'd1'));
        if (sent === undefined) throw new Error('can not sign');
        const needsNone = isRefused || signedHeaders(scheme).length === 0 || inForce.by === 'none';
        expect(needsNone || hasOneId({ scheme, secret: 'a secret', sent }, inForce, 20)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  const mustBe = (header: string) => expect.stringMatching(new RegExp(`^must be the header ${header}: `));
  // What is signed may be anything, so the operator has to say what it is.
  const mustBeSaid = expect.stringMatching(
    /^must be said: .* signs the header x-acme-id, .* does not sign the header x-github-delivery/,
  );

  test.each<[ProviderId, string[], Dedupe | undefined, unknown]>([
    ['github', ['x-acme-id'], undefined, mustBeSaid],
    ['github', ['x-acme-id'], inHeader('x-github-delivery'), mustBeSaid],
    ['github', ['x-acme-id'], inHeader('x-acme-id'), undefined],
    ['github', ['x-acme-id'], { by: 'none' }, undefined],
    ['github', ['x-acme-id'], { by: 'content' }, undefined],
    ['github', ['x-acme-id'], { by: 'body', path: '/id' }, undefined],
    ['github', [], undefined, undefined],
    ['github', [], inHeader('x-any'), undefined],
    ['generic', ['x-acme-id'], undefined, undefined],
    ['svix', ['webhook-id'], undefined, undefined],
    ['svix', ['webhook-id'], inHeader('svix-id'), mustBe('webhook-id')],
  ])('of %s over %j with the setting %j: what is wrong with it', (provider, headers, dedupe, expected) => {
    const settings: NamedSettings = {
      auth: { kind: 'signature', scheme: customScheme(headers) },
      ...(dedupe && { dedupe }),
    };
    expect(objectionToDedupe({ provider, settings })).toEqual(expected);
  });
});

test.each<[string, string | undefined, Dedupe | undefined, Dedupe, boolean]>([
  ['the strongest scheme', undefined, undefined, inHeader('svix-id'), true],
  ['the older scheme', 'standard-webhooks', undefined, inHeader('webhook-id'), true],
  ['the body', 'standard-webhooks', { by: 'body', path: '/data/id' }, { by: 'body', path: '/data/id' }, true],
  ['no id at all', 'standard-webhooks', { by: 'none' }, { by: 'none' }, true],
  // A record of an earlier version may have such a setting. The signed id counts then.
  ['a header that is not signed', 'standard-webhooks', inHeader('svix-id'), inHeader('webhook-id'), false],
  ['the header of the older scheme', undefined, inHeader('webhook-id'), inHeader('svix-id'), false],
])('the delivery id of Clerk by %s', (_, scheme, dedupe, inForce, isAllowed) => {
  const settings: NamedSettings = { auth: { kind: 'signature', ...(scheme && { scheme }) }, ...(dedupe && { dedupe }) };
  expect(settingsInForce({ provider: 'clerk', settings }).dedupe).toEqual(inForce);
  expect(objectionToDedupe({ provider: 'clerk', settings }) === undefined).toBe(isAllowed);
});
