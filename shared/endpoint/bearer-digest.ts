/**
 * Which values of an endpoint are bearer tokens. Whoever sees a request sees its token, and could sign with it. So a value
 * that was ever accepted as a token must never verify a signature.
 *
 * The record says what each live version holds, and keeps digests of the tokens that were dictated. A generated token
 * needs no digest: its form, `hle_…`, says that it is one.
 */
import { hash } from 'node:crypto';
import { isWellFormed } from '../credential/token.ts';
import type { Guard } from '../settings/auth.ts';
import type { Holds, Token } from './endpoint-record.ts';

/** How many digests a record keeps. */
export const maxBearerDigests = 16;

/** Stands in a full list for all that it does not keep. */
export const moreBearersMark = '*';

/** Short digest of a value. Salted by the endpoint's id, so that equal values of two endpoints do not look alike. */
export const bearerDigest = (endpointId: string, value: string): string =>
  hash('sha256', `${endpointId} ${value}`, 'buffer').subarray(0, 8).toString('base64url');

/** Digests of the values that are not recognisable as tokens by their form. */
export const bearerDigests = (endpointId: string, values: readonly string[]): string[] =>
  values.filter((value) => !isWellFormed('hle', value)).map((value) => bearerDigest(endpointId, value));

/** A list with more digests. A full list keeps the oldest, and says that there were more. */
export function withBearerDigests(list: readonly string[], digests: readonly string[]): string[] {
  const all = new Set([...list, ...digests]);
  const isMore = all.delete(moreBearersMark) || all.size > maxBearerDigests;
  return [...[...all].slice(0, maxBearerDigests), ...(isMore ? [moreBearersMark] : [])];
}

/** Whether two guards ask for different halves of a value. */
export const isProofDifferent = (one: Guard, other: Guard): boolean =>
  one.kind !== other.kind || (one.secretFrom === 'nobody') !== (other.secretFrom === 'nobody');

/** What a version holds once it is live by this guard: a secret that is accepted as a token is a bearer. */
export const holdsUnder = (holds: Holds, { kind }: Pick<Guard, 'kind'>): Holds =>
  holds === 'secret' && kind !== 'signature' ? 'bearer' : holds;

/**
 * What a version holds. Of one that an older release made this is concluded from how it is proved: only a value that
 * signs already is taken for a secret. @param present the guard of the endpoint
 */
export function holdsOf({ holds, under }: Token, present: Guard): Holds {
  if (holds !== undefined) return holds;
  const { kind, secretFrom } = under?.guard ?? present;
  if (kind === 'token' || secretFrom === 'nobody') return 'bearer';
  return kind === 'both' ? 'both' : 'secret';
}

/** Whether a version may verify a signature. An older release marked none, and checked each when it became live. */
export const maySign = ({ holds }: Token): boolean => holds !== 'bearer';
