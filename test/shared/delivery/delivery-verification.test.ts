import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { type VerificationDeps, verifyDelivery } from '../../../shared/delivery/delivery-verification.ts';
import type { Handover } from '../../../shared/delivery/handover.ts';
import { settingsInForce } from '../../../shared/endpoint/settings-in-force.ts';
import type { Delivery } from '../../../shared/event/accepted-delivery.ts';
import type { NamedSettings } from '../../../shared/settings/settings.ts';

describe('a delivery with a token and a signature', () => {
  const body = Buffer.from('{}');
  const secrets: Record<string, string> = { newer: 'the secret of today', older: 'the secret of before' };
  const settings: NamedSettings = { auth: { kind: 'both', accept: [{ in: 'query', name: 'token' }] } };
  const deps: VerificationDeps = {
    readSigningSecret: async (_, version) => secrets[version] ?? '',
    certificate: async () => 'certificate_refused',
    publicUrl: 'https://hooks.example.com',
    now: () => new Date('2026-03-01T12:00:00Z'),
  };

  /** Verifies a delivery whose token is of one version and whose signature is made with a secret of another one. */
  function verified(token: string, signedBy: string) {
    const handover: Handover = {
      connection: { id: 'c1', name: 'orders', provider: 'github' },
      endpoint: { id: 'e1', settings, hold: null },
      tokenVerified: token,
      pending: ['signature'],
      signing: { secret: 'arn', versions: ['newer', 'older'] },
    };
    const signature = createHmac('sha256', secrets[signedBy] ?? '')
      .update(body)
      .digest('hex');
    const delivery: Delivery = {
      ...{ method: 'POST', rawQueryString: '', rest: undefined, sourceIp: '192.0.2.1', requestId: 'r1', body },
      headers: { 'x-hub-signature-256': `sha256=${signature}` },
    };
    return verifyDelivery(handover, settingsInForce({ provider: 'github', settings }), delivery, deps);
  }

  // The operator ends the older version when nothing uses it. Its token alone, or its signature alone, counts as a use.
  test.each([
    ['newer', 'newer', 'newer'],
    ['newer', 'older', 'older'],
    ['older', 'newer', 'older'],
    ['older', 'older', 'older'],
  ])(
    'made with the %s token and the %s signing secret counts as a use of the %s version',
    async (token, signedBy, tokenId) => {
      expect(await verified(token, signedBy)).toMatchObject({ tokenId, signedBy, verifiedBy: 'both' });
    },
  );

  test('is rejected if its signing secret is not live', async () => {
    expect(await verified('newer', 'none')).toMatchObject({ reason: 'signature_mismatch' });
  });
});
