/**
 * Remembers which values of an endpoint were bearer tokens. Anybody who sees a request sees its token and could sign
 * with it. So a value that was ever accepted as a token must never verify a signature.
 *
 * The record says which live versions are tokens. It also keeps digests of tokens that the sender chose. A generated
 * token needs no digest, because its form, `hle_…`, identifies it.
 */
import { hash } from 'node:crypto';
import { isWellFormed } from '../credential/token.ts';
import type { Guard } from '../settings/auth.ts';
import type { Holds, Token } from './endpoint-record.ts';

/** The most digests that a record keeps. */
export const maxBearerDigests = 16;

/** The last element of a full list. This element shows that more digests were left out. */
export const moreBearersMark = '*';

/**
 * A short digest of a value, salted with the endpoint id, so that equal values of two endpoints have different digests.
 */
export const bearerDigest = (endpointId: string, value: string): string =>
  hash('sha256', `${endpointId} ${value}`, 'buffer').subarray(0, 8).toString('base64url');

/** The digests of the values that can't be recognized as tokens by their form. */
export const bearerDigests = (endpointId: string, values: readonly string[]): string[] =>
  values.filter((value) => !isWellFormed('hle', value)).map((value) => bearerDigest(endpointId, value));

/** Adds digests to a list. If there are too many, the oldest stay, and `moreBearersMark` is added at the end. */
export function withBearerDigests(list: readonly string[], digests: readonly string[]): string[] {
  const all = new Set([...list, ...digests]);
  const isMore = all.delete(moreBearersMark) || all.size > maxBearerDigests;
  return [...[...all].slice(0, maxBearerDigests), ...(isMore ? [moreBearersMark] : [])];
}

/** Whether two guards need different parts of a value: the token, or the signing secret. */
export const isProofDifferent = (one: Guard, other: Guard): boolean =>
  one.kind !== other.kind || (one.secretFrom === 'nobody') !== (other.secretFrom === 'nobody');

/** The use of a version under this guard. A secret that is accepted as a token becomes a bearer. */
export const holdsUnder = (holds: Holds, { kind }: Pick<Guard, 'kind'>): Holds =>
  holds === 'secret' && kind !== 'signature' ? 'bearer' : holds;

/** Whether a version may verify a signature. */
export const maySign = ({ holds }: Token): boolean => holds !== 'bearer';
