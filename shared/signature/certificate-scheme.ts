/** Which schemes want a certificate; apart from their schemas, which are too heavy for what judges by them. */
import type { Scheme } from './scheme.ts';

/** The schemes whose key is in a certificate that a request names, and which has to be fetched. */
export type CertificateScheme = Extract<Scheme, { kind: 'sns' | 'paypal' }>;

/** Whether a connection must have a secret to judge by this scheme. */
export const needsSecret = (scheme: Scheme): scheme is Exclude<Scheme, CertificateScheme> =>
  scheme.kind !== 'sns' && scheme.kind !== 'paypal';

/**
 * What makes up for a signature that does not prove the body's bytes. PayPal signs a checksum of the body, for which
 * whoever saw one delivery can write any other body. The id in the signed header is then accepted with one body only.
 */
export interface ReplayGuard {
  /** The header with the signed id of a delivery. */
  header: string;
  /** How long after its time of signing a delivery is accepted, in days. Its id is remembered for longer. */
  days: number;
}

/** PayPal retries for 3 days. One more is for late deliveries, and for clocks that differ. */
const paypalDays = 4;

export const paypalGuard = ({ toleranceDays = paypalDays }: Scheme & { kind: 'paypal' }): ReplayGuard => ({
  header: 'paypal-transmission-id',
  days: toleranceDays,
});

/** The guard that a scheme needs, if it needs one. */
export const replayGuardOf = (scheme: Scheme): ReplayGuard | undefined =>
  scheme.kind === 'paypal' ? paypalGuard(scheme) : undefined;

/** The shortest retention, in days, in which every id is remembered until its signature is no longer accepted. */
export const minRetentionDays = ({ days }: ReplayGuard): number => days + 1;
