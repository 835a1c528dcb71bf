/** What PayPal's signature proves, and how the replay guard compensates for the rest. */

import { crc32 } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { objectionsOfReplayGuard, settingsInForce } from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import type { Settings } from '../../../../shared/endpoints/settings/settings.ts';
import type { Scheme } from '../../../../shared/endpoints/signature/scheme.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import { count } from '../../../support/full-counts.ts';
import { withChecksum } from './checksum.ts';
import { aCertificate, aPaypalDelivery, paypalName, webhookId } from './given-certificate.ts';
import { accepted, later, refused } from './given-signature.ts';

const certificate = aCertificate(paypalName);
const delivery = aPaypalDelivery(certificate);
const day = 86_400;
const verdictOf = (seconds: number, scheme: Scheme = { kind: 'paypal', webhookId }) =>
  verifyWithSecrets(scheme, [certificate.pem], { ...delivery, now: later(seconds) });

describe('a recorded delivery', () => {
  test('is accepted for four days: PayPal retries for three days', () => {
    expect(verdictOf(3 * day)).toEqual(accepted());
    expect(verdictOf(4 * day)).toEqual(accepted());
    expect(verdictOf(4 * day + 1)).toEqual(refused('timestamp_too_old'));
  });

  test('is accepted for as many days as the scheme sets', () => {
    const scheme: Scheme = { kind: 'paypal', webhookId, toleranceDays: 1 };
    expect(verdictOf(day, scheme)).toEqual(accepted());
    expect(verdictOf(day + 1, scheme)).toEqual(refused('timestamp_too_old'));
  });

  test('is rejected if its time is too far in the future', () => {
    expect(verdictOf(-300)).toEqual(accepted());
    expect(verdictOf(-301)).toEqual(refused('timestamp_in_future'));
  });

  test('has a valid signature with another body of the same checksum, so its id must be accepted only once', () => {
    const forged = withChecksum('{"id":"WH-2","event_type":"PAYMENT.CAPTURE.REFUNDED"}', crc32(delivery.body));
    expect(JSON.parse(forged.toString())).toEqual({ id: 'WH-2', event_type: 'PAYMENT.CAPTURE.REFUNDED' });
    expect(verifyWithSecrets({ kind: 'paypal', webhookId }, [certificate.pem], { ...delivery, body: forged })).toEqual(
      accepted(),
    );
  });
});

const kinds = fc.constantFrom('signature' as const, 'both' as const);
const dedupes = fc.constantFrom<Settings['dedupe']>(
  { by: 'none' },
  { by: 'content' },
  { by: 'body', path: '/id' },
  { by: 'header', name: 'x-id' },
);

describe('the retention of signed ids', () => {
  test('is longer than the signatures are valid, for all earlier settings and senders', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('paypal', 'generic', 'github'),
        kinds,
        fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
        fc.option(dedupes, { nil: undefined }),
        fc.option(fc.integer({ min: 1, max: 365 }), { nil: undefined }),
        (provider, kind, toleranceDays, dedupe, retentionDays) => {
          const scheme: Scheme = { kind: 'paypal', webhookId, ...(toleranceDays && { toleranceDays }) };
          const settings = {
            auth: { kind, scheme },
            ...(dedupe && { dedupe }),
            ...(retentionDays && { retentionDays }),
          };
          const inForce = settingsInForce({ provider, settings });
          expect(inForce.dedupe).toEqual({ by: 'header', name: 'paypal-transmission-id' });
          expect(inForce.retentionDays).toBeGreaterThan(toleranceDays ?? 4);
          expect(inForce.retentionDays).toBeGreaterThanOrEqual(retentionDays ?? 30);
        },
      ),
      { numRuns: count({ usual: 200, full: 1000 }) },
    );
  });

  const auth = { kind: 'signature' as const, scheme: { kind: 'paypal' as const, webhookId } };
  const objections = (settings: object) =>
    objectionsOfReplayGuard({ provider: 'paypal', settings: { auth, ...settings } }).map(({ path }) => path);

  test('cannot be set shorter, and the id must be signed', () => {
    expect(objections({ retentionDays: 4 })).toEqual(['retentionDays']);
    expect(objections({ retentionDays: 5 })).toEqual([]);
    expect(objections({ dedupe: { by: 'body', path: '/id' } })).toEqual(['dedupe']);
    expect(objections({ dedupe: { by: 'none' }, retentionDays: 1 })).toEqual(['dedupe', 'retentionDays']);
    expect(objections({ dedupe: { by: 'header', name: 'paypal-transmission-id' } })).toEqual([]);
  });

  test('has no minimum if the signature covers the body', () => {
    const settings = { dedupe: { by: 'none' as const }, retentionDays: 1 };
    expect(objectionsOfReplayGuard({ provider: 'github', settings })).toEqual([]);
    expect(settingsInForce({ provider: 'github', settings })).toMatchObject(settings);
  });
});
