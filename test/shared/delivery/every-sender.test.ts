/**
 * Checks every sender's rules together, from the authorizer to the verified delivery. Only the preset's settings apply.
 * `test/e2e/presets.test.ts` and `test/e2e/self-test.test.ts` send such deliveries through a whole runtime.
 */
import { describe, expect, test } from '@jest/globals';
import { tokenDigest } from '../../../shared/credential/token.ts';
import { verifyDelivery } from '../../../shared/delivery/delivery-verification.ts';
import { authorizeRequest } from '../../../shared/delivery/request-authorization.ts';
import { sampleDelivery } from '../../../shared/delivery/sample-delivery.ts';
import type { Connection } from '../../../shared/endpoint/connection.ts';
import type { Endpoint } from '../../../shared/endpoint/endpoint-record.ts';
import { guardOf, schemeOf, settingsInForce } from '../../../shared/endpoint/settings-in-force.ts';
import { type ProviderId, presetOf, providerIds } from '../../../shared/provider/presets.ts';
import { deliveryMetadataOf } from '../../../shared/settings/delivery-metadata.ts';
import type { Signable } from '../../../shared/signature/signed-message.ts';
import { fakeSecret, sampleOf, signedSample } from '../provider/provider-samples.ts';

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
  const proof = await verifyDelivery(
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

/** A delivery as the sender makes it, with this secret. */
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

test.each(senders.filter((id) => !signers.includes(id)))(
  'a self-test of %s makes a delivery that is accepted',
  async (id) => {
    const one = given(id);
    const { auth, dedupe } = settingsInForce({ provider: id, settings: {} });
    const { request, unsigned } = sampleDelivery({
      preset: presetOf(id),
      auth,
      scheme: 'scheme' in auth ? schemeOf(id, auth.scheme) : undefined,
      dedupe,
      url: bareUrl,
      value:
        presetOf(id).kind === 'both' ? one : { token: presetOf(id).kind === 'token' ? one.token : one.signingSecret },
      id: 'test-1',
      now,
    });
    expect([unsigned, await verdictOn(one, request)]).toEqual([false, 'v1']);
    const { body } = request;
    const headers = request.headers as Record<string, string>;
    const types = presetOf(id).type ?? [];
    const accept = 'accept' in auth ? auth.accept : [];
    expect(deliveryMetadataOf({ headers, body, accept }, { dedupe, types }).type).toBe(
      types.length > 0 ? 'hooklatch.test' : 'webhook',
    );
  },
);
