/**
 * Checks every sender's rules together, from the authorizer to the verified arrival. Only the preset's settings apply.
 * `test/e2e/presets.test.ts` and `test/e2e/self-test.test.ts` send such arrivals through a whole runtime.
 */
import { describe, expect, test } from '@jest/globals';
import { tokenDigest } from '../../../../shared/endpoints/credential/token.ts';
import type { Connection } from '../../../../shared/endpoints/endpoint/connection.ts';
import type { Endpoint } from '../../../../shared/endpoints/endpoint/endpoint-record.ts';
import { guardOf, schemeOf, settingsInForce } from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import { type ProviderId, presetOf, providerIds } from '../../../../shared/endpoints/provider/presets.ts';
import { samples } from '../../../../shared/endpoints/provider/samples.ts';
import { deliveryMetadataOf } from '../../../../shared/endpoints/settings/delivery-metadata.ts';
import type { Signable } from '../../../../shared/endpoints/signature/signed-message.ts';
import { verifyProofs } from '../../../../shared/events/arrival/arrival-verification.ts';
import { provenArrival } from '../../../../shared/events/arrival/proven-arrival.ts';
import { authorizeRequest } from '../../../../shared/events/arrival/request-authorization.ts';
import {
  plainSample,
  recordedContent,
  type SampleContent,
  senderSample,
} from '../../../../shared/events/arrival/sample-content.ts';
import { fakeSecret, sampleOf, signedSample } from '../../endpoints/provider/provider-samples.ts';

const publicUrl = 'https://hooks.example.com';
const endpointId = '0123456789abcdefghijkl';
const bareUrl = `${publicUrl}/hooks/orders/${endpointId}`;
const now = new Date('2026-03-01T12:00:00Z');

/** An active endpoint of a sender, with the live value of its secret. */
interface Given {
  id: ProviderId;
  connection: Connection;
  token: string;
  signingSecret: string;
}

const holdsOf = { token: 'bearer', signature: 'secret', both: 'both' } as const;

function given(id: ProviderId): Given {
  const { kind } = presetOf(id);
  const version = { id: 'v1', createdAt: '2026-02-01T12:00:00.000Z', createdBy: 'bootstrap', holds: holdsOf[kind] };
  const endpoint: Endpoint = {
    id: endpointId,
    status: 'active',
    settings: {},
    secret: 'arn',
    tokens: [version],
    guard: guardOf({ provider: id, settings: {} }),
  };
  const connection = { id: 'c1', name: 'orders', provider: id, endpoint } as Connection;
  return { id, connection, token: 'the-token-of-this-endpoint', signingSecret: fakeSecret(id) };
}

/** Authorizes and verifies a request, as the public functions do. @returns the version, or the reason of the rejection */
async function verdictOn({ id, connection, token, signingSecret }: Given, request: Signable): Promise<string> {
  const { search, pathname } = new URL(request.url);
  const rest = pathname.split(`/${endpointId}/`)[1];
  const { method, headers, body } = request;
  const head = { method, headers, rawQueryString: search.slice(1), rest, sourceIp: '192.0.2.1' };
  const verdict = await authorizeRequest(
    { ...head, connection: connection.name, endpointId },
    { readConnection: async () => connection, readDigest: async () => tokenDigest(token), now: () => now },
  );
  if (!verdict.admitted) return verdict.reason;
  const proof = await verifyProofs(
    verdict.handover,
    settingsInForce({ provider: id, settings: {} }),
    { ...head, body, requestId: 'r1' },
    {
      readSigningSecret: async () => signingSecret,
      certificate: async () => 'certificate_refused',
      publicUrl,
      now: () => now,
    },
  );
  return 'reason' in proof ? proof.reason : proof.tokenId;
}

/** An arrival as the sender makes it, with this secret. */
function genuine({ id, token }: Given, secret: string): Signable {
  const { kind, accept = [] } = presetOf(id);
  const query = accept.find((one) => one.in === 'query');
  const url = kind === 'both' && query ? `${bareUrl}?${query.name}=${token}` : bareUrl;
  return signedSample(id, secret, url, now);
}

/** The senders whose secret an operator has. The others publish a certificate. */
const senders = providerIds.filter((id) => id !== 'paypal' && id !== 'aws-sns');

describe.each(senders)('%s', (id) => {
  test('a genuine delivery is accepted, and one with the secret of another endpoint is rejected', async () => {
    const one = given(id);
    const { kind } = presetOf(id);
    const secretOf = ({ token, signingSecret }: Given) => (kind === 'token' ? token : signingSecret);
    expect(await verdictOn(one, genuine(one, secretOf(one)))).toBe('v1');
    const other = kind === 'token' ? 'the-token-of-another-endpoint' : fakeSecret(id);
    expect(await verdictOn(one, genuine(one, other))).toMatch(/^(signature_mismatch|token_unknown)$/);
  });

  test('a delivery without a proof is rejected', async () => {
    const { method, headers, body } = sampleOf(id);
    const verdict = await verdictOn(given(id), { method, headers, body, url: bareUrl, now });
    expect(verdict).toMatch(/^(signature_missing|token_missing|challenged)$/);
  });
});

/** The senders with a private key. Only they can sign. */
const signers: readonly ProviderId[] = ['sendgrid', 'discord', 'wix'];

/** Sends an arrival that Hooklatch makes. @returns the verdict, and the type and the id that are read from it */
async function sent(id: ProviderId, content: SampleContent) {
  const one = given(id);
  const { kind } = presetOf(id);
  const { auth, dedupe, type } = settingsInForce({ provider: id, settings: {} });
  const scheme = 'scheme' in auth ? schemeOf(id, auth.scheme) : undefined;
  const made = content({ preset: presetOf(id), scheme, dedupe, type, url: bareUrl, id: 'test-1', now });
  const value = kind === 'both' ? one : { token: kind === 'token' ? one.token : one.signingSecret };
  const { request, unsigned } = provenArrival(made, { auth, scheme, value });
  expect(unsigned).toBe(false);
  const accept = 'accept' in auth ? auth.accept : [];
  const read = { headers: request.headers as Record<string, string>, body: request.body, accept };
  const verdict = await verdictOn(one, request);
  return { verdict, dedupe, ...deliveryMetadataOf(read, { dedupe, types: presetOf(id).type ?? [] }) };
}

describe.each(senders.filter((id) => !signers.includes(id)))('what Hooklatch sends as %s is accepted', (id) => {
  const typed = (type: string) => ((presetOf(id).type ?? []).length > 0 ? type : 'webhook');

  test('a plain sample, with its type', async () => {
    expect(await sent(id, plainSample)).toMatchObject({ verdict: 'v1', type: typed('hooklatch.test') });
  });

  test("the sender's sample, with its own type or another, and a new id", async () => {
    const own = sampleOf(id);
    const { deliveryId, dedupe, ...first } = await sent(id, senderSample(samples[id]));
    expect(first).toEqual({ verdict: 'v1', type: own.type ?? 'webhook' });
    expect(['header', 'body'].includes(dedupe.by) ? deliveryId : 'test-1').toBe('test-1');
    expect(await sent(id, senderSample(samples[id], 'other.type'))).toMatchObject({
      verdict: 'v1',
      type: typed('other.type'),
    });
  });

  test('a recorded event, signed anew', async () => {
    const { request } = { request: genuine(given(id), fakeSecret(id)) };
    const event = { method: 'POST', headers: request.headers as Record<string, string>, path: '', query: '' };
    expect(await sent(id, recordedContent(event, request.body))).toMatchObject({
      verdict: 'v1',
      type: sampleOf(id).type ?? 'webhook',
    });
  });
});
