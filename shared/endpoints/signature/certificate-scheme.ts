/**
 * Schemes with a certificate. Separate from the scheme schemas, which are too large for the public functions' bundles.
 */
import type { Scheme } from './scheme.ts';

/** Schemes whose key is in a certificate that the request links to. */
export type CertificateScheme = Extract<Scheme, { kind: 'sns' | 'paypal' }>;

/** Whether verification by this scheme needs a secret of the connection. */
export const needsSecret = (scheme: Scheme): scheme is Exclude<Scheme, CertificateScheme> =>
  scheme.kind !== 'sns' && scheme.kind !== 'paypal';

/**
 * Protects a signature that does not cover the body's bytes. PayPal signs only a checksum of the body, so anybody who
 * saw a delivery can make another body that fits its signature. Therefore each signed id is accepted with one body
 * only.
 */
export interface ReplayGuard {
  /** The header with the signed delivery id. */
  header: string;
  /** A delivery is accepted for this many days after it was signed. The delivery's id is remembered for longer. */
  days: number;
}

/** PayPal retries for 3 days. One more day allows for late deliveries and clock differences. */
const paypalDays = 4;

export const paypalGuard = ({ toleranceDays = paypalDays }: Scheme & { kind: 'paypal' }): ReplayGuard => ({
  header: 'paypal-transmission-id',
  days: toleranceDays,
});

/** The replay guard of a scheme. Undefined if the scheme needs none. */
export const replayGuardOf = (scheme: Scheme): ReplayGuard | undefined =>
  scheme.kind === 'paypal' ? paypalGuard(scheme) : undefined;

/**
 * The shortest retention of events that a replay guard allows, in days. This retention ensures that each delivery id is
 * remembered until its signature is no longer accepted.
 */
export const minRetentionDays = ({ days }: ReplayGuard): number => days + 1;
