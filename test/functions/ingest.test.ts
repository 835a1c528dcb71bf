import { expect, test } from '@jest/globals';
import type { APIGatewayProxyEventV2WithLambdaAuthorizer as Event } from 'aws-lambda';
import type { Deps } from '../../functions/ingest.ts';
import { variable } from '../../shared/aws/environment.ts';
import type { StoredEvent } from '../../shared/event/event.ts';
import { aCertificate, aPaypalDelivery, paypalName, webhookId } from '../shared/signature/given-certificate.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of Object.values(variable)) process.env[name] ??= '1';
const { ingest } = await import('../../functions/ingest.ts');

const certificate = aCertificate(paypalName);
const sent = aPaypalDelivery(certificate);

/** A delivery to an endpoint that changed from PayPal's signature to a token. The signature is accepted until the grace ends. */
const byTheEarlierProof = (): Event<unknown> => {
  const connection = { id: 'c1', name: 'orders', provider: 'generic' };
  const settings = { auth: { kind: 'token' }, retentionDays: 1 };
  const auth = { kind: 'signature', scheme: { kind: 'paypal', webhookId } };
  const earlier = { auth, tokenVerified: null, pending: ['signature'], signing: { secret: '', versions: ['v1'] } };
  const refusal = { reason: 'token_missing', faults: [] };
  const lambda = {
    connection,
    endpoint: { id: 'e1', settings, hold: null },
    tokenVerified: null,
    pending: [],
    refusal,
  };
  return {
    headers: sent.headers,
    rawQueryString: '',
    pathParameters: { connection: 'orders', endpointId: 'e1' },
    requestContext: {
      requestId: 'r1',
      http: { method: 'POST', sourceIp: '192.0.2.1' },
      authorizer: { lambda: { ...lambda, earlier } },
    },
    body: sent.body.toString(),
    isBase64Encoded: false,
  } as unknown as Event<unknown>;
};

/** Ingest's dependencies, with the events that it stored and the reasons of its rejections. */
function aWorld(certificateAnswer: Awaited<ReturnType<Deps['certificate']>>) {
  const stored: StoredEvent[] = [];
  const reasons: string[] = [];
  const deps = {
    append: async (event: StoredEvent) => {
      stored.push(event);
      return 'stored' as const;
    },
    countRejection: async ({ reason }: { reason: string }) => void reasons.push(reason),
    readSigningSecret: async () => '',
    certificate: async () => certificateAnswer,
    publicUrl: 'https://hooks.example.com',
    newId: () => 'evt_random',
    now: () => sent.now,
    log: () => undefined,
  } as unknown as Deps;
  return { stored, reasons, deps };
}

test('a delivery whose signature covers only a checksum gets its event id from the signed id, even during a grace', async () => {
  const { stored, deps } = aWorld({ pem: certificate.pem });
  expect(await ingest(deps)(byTheEarlierProof())).toMatchObject({ statusCode: 202 });
  expect(stored).toMatchObject([{ deliveryId: 't-1', verifiedBy: 'signature' }]);
  expect(stored[0]?.id).toMatch(/^evt_[0-9a-z]{26}$/);
  // The event is kept longer than the four days for which the signature is valid.
  expect(stored[0]?.expiresAt).toBe(Date.parse('2026-03-06T12:00:00Z') / 1000);
});

test('a delivery whose certificate is unavailable is answered 429, so that the sender tries again', async () => {
  const { stored, reasons, deps } = aWorld('certificate_unavailable');
  expect(await ingest(deps)(byTheEarlierProof())).toMatchObject({ statusCode: 429, headers: { 'retry-after': '60' } });
  expect([stored, reasons]).toEqual([[], ['certificate_unavailable']]);
});
