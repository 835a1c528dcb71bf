/** Which schemes want a certificate; apart from their schemas, which are too heavy for what judges by them. */
import type { Scheme } from './scheme.ts';

/** The schemes whose key is in a certificate that a request names, and which has to be fetched. */
export type CertificateScheme = Extract<Scheme, { kind: 'sns' | 'paypal' }>;

/** Whether a connection must have a secret to judge by this scheme. */
export const needsSecret = (scheme: Scheme): scheme is Exclude<Scheme, CertificateScheme> =>
  scheme.kind !== 'sns' && scheme.kind !== 'paypal';
