/**
 * How long the operators may stay that an operator adds. Who expires adds nobody who expires later. Otherwise, a token that was
 * stolen for a minute could be exchanged for one that works for ever.
 */
import { secondsPerDay } from '../../ground/base/time.ts';
import type { Identity } from './operator.ts';

/**
 * The latest expiry that an operator may give to another one. `unlimited`: also none at all. `none`: the operator may add
 * nobody.
 */
export type LatestExpiry = Date | 'unlimited' | 'none';

/** Who adds an operator. */
export type Adder = Pick<Identity, 'id' | 'expiresAt'>;

/** Whether an operator has a token of an OpenID Connect issuer, and so is not in the roster. */
export const isOfIssuer = ({ id }: Pick<Identity, 'id'>): boolean => id.startsWith('oidc:');

/**
 * The latest expiry that an admin may give to another operator.
 * @param oidcOperatorDays how many days an admin of an OpenID Connect issuer may give, from now; 0 for no operators
 */
export function latestExpiryBy(adder: Adder, oidcOperatorDays: number, now: Date): LatestExpiry {
  if (!isOfIssuer(adder)) return adder.expiresAt === undefined ? 'unlimited' : new Date(adder.expiresAt);
  return oidcOperatorDays === 0 ? 'none' : new Date(now.getTime() + oidcOperatorDays * secondsPerDay * 1000);
}

/**
 * Whether an expiry is early enough.
 * @param expiresAt undefined for no expiry
 */
export function isEarlyEnough(expiresAt: string | undefined, latest: LatestExpiry): boolean {
  if (latest === 'unlimited') return true;
  return latest !== 'none' && expiresAt !== undefined && Date.parse(expiresAt) <= latest.getTime();
}
