/** Requests to sign, and verdicts on them. */

import type { Scheme } from '../../../../shared/endpoints/signature/scheme.ts';
import type { Signable } from '../../../../shared/endpoints/signature/signed-message.ts';
import { sign } from '../../../../shared/endpoints/signature/signing.ts';

export const now = new Date('2026-03-01T12:00:00Z');
export const aRequest = (more: Partial<Signable> = {}): Signable => ({
  method: 'POST',
  url: 'https://hooks.example.com/hooks/orders/ep_1?a=1',
  headers: { 'content-type': 'application/json' },
  body: Buffer.from('{"id":"evt_1"}'),
  now,
  ...more,
});
export const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
export const refused = (reason: string) => ({ verified: false, reason });
export const accepted = (secretIndex = 0) => ({ verified: true, secretIndex });

/** Signs a request. Fails the test if the scheme can't sign. */
export function signed(scheme: Scheme, secret: string, request: Signable = aRequest()): Signable {
  const made = sign(scheme, secret, request);
  if (made === undefined) throw new Error('This scheme can not sign');
  return made;
}

export const withHeaders = (request: Signable, headers: Signable['headers']): Signable => ({
  ...request,
  headers: { ...request.headers, ...headers },
});
