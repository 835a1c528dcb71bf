/**
 * The HMAC answer to a handshake signs a text that somebody else chose. No such answer, under any earlier auth, may be a valid
 * signature of an arrival under any present auth.
 */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkAuth } from '../../../../shared/endpoints/endpoint/auth-check.ts';
import { settingsInForce } from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import { body, header, hmac, literal, timestamp, value } from '../../../../shared/endpoints/provider/common-schemes.ts';
import { objectOnly } from '../../../../shared/endpoints/provider/preset.ts';
import { type ProviderId, presetOf, providerIds } from '../../../../shared/endpoints/provider/presets.ts';
import type { Auth } from '../../../../shared/endpoints/settings/auth.ts';
import type { MessagePart, Scheme, TemplateScheme } from '../../../../shared/endpoints/signature/scheme.ts';
import { readByTemplate, type Signable } from '../../../../shared/endpoints/signature/signed-message.ts';
import { verifyProofs } from '../../../../shared/events/arrival/arrival-verification.ts';
import { isJsonObject } from '../../../../shared/events/arrival/handshake.ts';
import {
  answerHandshake,
  handshakeRequestIn,
  type ReceivedArrival,
} from '../../../../shared/events/arrival/handshake-answer.ts';
import type { Arrival } from '../../../../shared/events/event/accepted-arrival.ts';
import { Refusal } from '../../../../shared/ground/base/refusal.ts';
import { filled } from '../../../support/filled.ts';
import { count } from '../../../support/full-counts.ts';
import { now } from '../../endpoints/signature/given-signature.ts';

const runs = { numRuns: count({ usual: 200, full: 1000 }) };

/** Senders whose handshakes have an HMAC answer. */
const providers = providerIds.filter((id) => objectOnly(presetOf(id)));
const secret = 'the secret of the sender';

const own = (message: MessagePart[]): TemplateScheme =>
  hmac(header('x-signature'), { message, timestamp: { source: header('x-time'), unit: 's' } });

/** Custom schemes with the key of the handshake. Many of them sign a text that a challenge can be. */
const ownSchemes: TemplateScheme[] = [
  own([body]),
  own([{ part: 'bodyCrc32' }]),
  own([timestamp]),
  own([timestamp, literal('-'), value(header('x-id'))]),
  own([value('/id')]),
  own([value('/id'), literal('/'), { part: 'bodyCrc32' }]),
  own([{ part: 'method' }, literal('-'), { part: 'bodyCrc32' }]),
  own([timestamp, body]),
  own([literal('v0'), body]),
  own([body, literal('0')]),
  own([{ part: 'sortedForm', only: 'id' }]),
];

const auths = (provider: ProviderId): fc.Arbitrary<Auth> => {
  const accept = [{ in: 'query', name: 'token' }] as const;
  const schemes = fc.constantFrom<string | Scheme>(provider, provider, ...ownSchemes);
  return fc
    .tuple(fc.constantFrom('signature', 'both', 'token'), schemes)
    .map(([kind, scheme]) =>
      kind === 'token' ? { kind, accept } : kind === 'both' ? { kind, accept, scheme } : { kind: 'signature', scheme },
    );
};

/** The arrival that an attacker wants to forge. */
const forgeries = fc
  .tuple(
    fc.oneof(
      fc.object().map((document) => JSON.stringify({ ...document, id: 'evt1' })),
      fc.stringMatching(/^[A-Za-z0-9_+/=-]{0,40}$/),
      fc.constantFrom('id=evt1', '{}'),
    ),
    fc.constantFrom('application/json', 'application/x-www-form-urlencoded'),
  )
  .map(([text, type]): Arrival => {
    const headers = { 'content-type': type, 'x-id': 'evt1', 'x-time': String(now.getTime() / 1000) };
    const came = { sourceIp: '192.0.2.1', requestId: 'r', rawQueryString: '', rest: undefined };
    return { method: 'POST', headers, body: Buffer.from(text), ...came };
  });

/** The text that a scheme signs for an arrival. The attacker sends it as a challenge. */
function wantedBy(scheme: TemplateScheme, { headers, body: bytes, method }: Arrival): string {
  const signature = { 'x-signature': '00'.repeat(32) };
  const request: Signable = { method, url: 'https://h/', headers: { ...headers, ...signature }, body: bytes, now };
  const reading = readByTemplate(scheme, request);
  return typeof reading === 'string' ? '' : (reading.checks[0]?.messages(Buffer.alloc(0))[0]?.toString() ?? '');
}

/** An endpoint whose auth changes and whose secret stays the same. After a change with values, the earlier auth is accepted too. */
class Endpoint {
  readonly #provider: ProviderId;
  #auth: Auth;
  #earlier: Auth | undefined;

  constructor(provider: ProviderId, auth: Auth) {
    this.#provider = provider;
    this.#auth = auth;
  }

  /** @param isOld whether an earlier version, which did not check schemes, accepted the auth */
  configure(auth: Auth, withValues: boolean, isOld: boolean): void {
    try {
      if (!isOld) checkAuth(this.#provider, auth);
    } catch (error) {
      if (error instanceof Refusal) return;
      throw error;
    }
    this.#earlier = withValues ? this.#auth : undefined;
    this.#auth = auth;
  }

  #knock(arrival: Arrival): ReceivedArrival {
    const signing = { secret: 's', versions: ['v1'] };
    const proofs = (auth: Auth) => ({
      tokenVerified: auth.kind === 'signature' ? null : 'v1',
      pending: auth.kind === 'token' ? [] : (['signature'] as 'signature'[]),
      ...(auth.kind === 'token' ? {} : { signing }),
    });
    const handover = {
      connection: { id: 'c', name: 'orders', provider: this.#provider },
      endpoint: { id: 'e', settings: { auth: this.#auth as never }, hold: null },
      ...proofs(this.#auth),
      signing,
      ...(this.#earlier && { earlier: { auth: this.#earlier, ...proofs(this.#earlier) } }),
    };
    const settings = { ...settingsInForce({ provider: this.#provider, settings: {} }), auth: this.#auth };
    return { arrival, handover, settings };
  }

  /** The signature in a handshake's answer, as bytes. Undefined if there is no such answer. */
  async ask(challenge: string): Promise<Buffer | undefined> {
    const zoom = JSON.stringify({ event: 'endpoint.url_validation', payload: { plainToken: challenge } });
    const asking = {
      sourceIp: '192.0.2.1',
      requestId: 'r',
      rest: undefined,
      headers: { 'content-type': 'application/json' },
      method: this.#provider === 'x' ? 'GET' : 'POST',
      body: Buffer.from(this.#provider === 'x' ? '' : zoom),
      rawQueryString: `crc_token=${encodeURIComponent(challenge)}`,
    };
    const knock = this.#knock(asking);
    const asked = handshakeRequestIn(knock);
    const answer = asked && (await answerHandshake(asked, knock, deps, 'v1'));
    if (!answer || 'reason' in answer) return undefined;
    const { response_token: base64, encryptedToken: hex } = JSON.parse(answer.body);
    return base64 ? Buffer.from(base64.replace('sha256=', ''), 'base64') : Buffer.from(hex, 'hex');
  }

  /** Whether an arrival would be stored. The attacker knows every token, so only the signature counts. */
  async accepts(arrival: Arrival): Promise<boolean> {
    const { handover, settings } = this.#knock(arrival);
    // A token proves nothing here.
    const isByToken = (auth: Auth | undefined) => auth?.kind === 'token';
    if (isByToken(this.#auth) || isByToken(this.#earlier)) return false;
    const proof = await verifyProofs(handover, settings, arrival, deps);
    return !('reason' in proof) && isJsonObject(arrival.body);
  }
}

const deps = {
  now: () => now,
  publicUrl: 'https://h',
  readSigningSecret: async () => secret,
  certificate: async () => 'certificate_refused' as const,
  deliverSecret: async () => undefined,
  confirm: async () => undefined,
};

const stepsOf = (provider: ProviderId) =>
  fc.array(
    fc.oneof(
      fc.record({ auth: auths(provider), withValues: fc.boolean(), isOld: fc.boolean() }),
      fc.record({ challenge: fc.stringMatching(/^[A-Za-z0-9_+/=-]{1,40}$/) }),
      fc.record({ of: fc.constantFrom(...ownSchemes), forgery: forgeries }),
    ),
    { maxLength: 8 },
  );

/** The arrival with this signature in every place where a scheme of these tests or senders expects one. */
const withSignature = (arrival: Arrival, signature: Buffer): Arrival => ({
  ...arrival,
  headers: {
    ...arrival.headers,
    'x-signature': signature.toString('hex'),
    'x-zm-request-timestamp': String(now.getTime() / 1000),
    'x-zm-signature': `v0=${signature.toString('hex')}`,
    'x-twitter-webhooks-signature': `sha256=${signature.toString('base64')}`,
  },
});

describe('a sender whose handshake answer is an HMAC', () => {
  test('never gets the valid signature of a delivery from a handshake, for any sequence of auth changes and handshakes', async () => {
    expect(providers.sort()).toEqual(['x', 'zoom']);
    let answers = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...providers).chain((provider) => fc.tuple(fc.constant(provider), stepsOf(provider))),
        async ([provider, steps]) => {
          const endpoint = new Endpoint(provider, { kind: 'signature', scheme: provider });
          const stolen: { signature: Buffer; forgery: Arrival }[] = [];
          for (const step of steps) {
            if ('auth' in step) endpoint.configure(step.auth, step.withValues, step.isOld);
            else {
              const challenge = 'of' in step ? wantedBy(step.of, step.forgery) : step.challenge;
              const signature = await endpoint.ask(challenge);
              const text = { sourceIp: '', requestId: '', rawQueryString: '', rest: undefined };
              const bare = { ...text, method: 'POST', headers: {}, body: Buffer.from(challenge) };
              if (signature) stolen.push({ signature, forgery: 'of' in step ? step.forgery : bare });
            }
            for (const { signature, forgery } of stolen) {
              answers += 1;
              expect(await endpoint.accepts(withSignature(forgery, signature))).toBe(false);
            }
          }
        },
      ),
      runs,
    );
    // The property is not empty.
    expect(answers).toBeGreaterThan(runs.numRuns / 10);
  });

  const wide: [string, MessagePart[]][] = [
    ['the checksum of the body', [{ part: 'bodyCrc32' }]],
    ['a time and the body', [timestamp, body]],
    ['a field of the body', [value('/id')]],
  ];

  test.each(wide)('cannot have a scheme over %s', (_, message) => {
    for (const kind of ['signature', 'both'] as const) {
      const auth = { kind, accept: [{ in: 'query', name: 'token' }], scheme: own(message) } as Auth;
      for (const provider of filled(providers)) expect(() => checkAuth(provider, auth)).toThrow(/cannot be used/);
    }
  });

  test('can have a scheme over the body alone, because the body must be an object', () => {
    const { timestamp: _, ...scheme } = own([body]);
    for (const provider of filled(providers))
      expect(() => checkAuth(provider, { kind: 'signature', scheme })).not.toThrow();
  });
});

test.each<[string, MessagePart[]]>([
  ['only the checksum of the body', [{ part: 'bodyCrc32' }]],
  ['only one field of the body', [value('/id')]],
  ['only an id and a time', [value(header('x-id')), literal('.'), timestamp]],
])('a custom scheme over %s needs a token beside it', (_, message) => {
  const scheme = own(message);
  expect(() => checkAuth('generic', { kind: 'signature', scheme })).toThrow(/does not cover the body/);
  const accept = [{ in: 'query', name: 'token' } as const];
  expect(() => checkAuth('generic', { kind: 'both', accept, scheme })).not.toThrow();
});

test('a scheme of an earlier version that does not cover the body accepts no delivery', async () => {
  const auth: Auth = { kind: 'signature', scheme: own([{ part: 'bodyCrc32' }]) };
  const handover = {
    connection: { id: 'c', name: 'orders', provider: 'generic' },
    endpoint: { id: 'e', settings: {}, hold: null },
    tokenVerified: null,
    pending: ['signature' as const],
    signing: { secret: 's', versions: ['v1'] },
  };
  const settings = { ...settingsInForce({ provider: 'generic', settings: {} }), auth };
  const arrival = { method: 'POST', headers: {}, rawQueryString: '', rest: undefined, body: Buffer.from('{}') };
  const proof = await verifyProofs(handover, settings, { ...arrival, sourceIp: '192.0.2.1', requestId: 'r' }, deps);
  expect(proof).toEqual({ reason: 'scheme_unsafe', faults: [] });
});
