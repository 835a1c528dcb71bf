/**
 * A rejection: refused webhooks of a connection, counted by minute and reason, with samples.
 *
 * A sample shows where the mistake is, but never the values that were sent. A sample has the names of the headers
 * without their values, and the fault in each placement where a token was expected.
 */

import { redactTokens, userAgentOf } from '../../endpoints/credential/redaction.ts';
import type { Placement, RequestHead } from '../../endpoints/credential/token-placement.ts';
import type { Hint } from '../../ground/base/advice-text.ts';

/**
 * The reason why a request was refused. A challenge is not a rejection: the sender is asked to send its credentials.
 */
export const rejectionReasons = [
  'endpoint_unknown',
  'endpoint_inactive',
  'address_not_allowed',
  'secret_missing',
  'token_missing',
  'token_malformed',
  'token_unknown',
  'token_expired',
  'secret_malformed',
  'signature_missing',
  'signature_malformed',
  'signature_unsupported',
  'signature_mismatch',
  'timestamp_missing',
  'timestamp_malformed',
  'timestamp_too_old',
  'timestamp_in_future',
  'message_incomplete',
  'message_ambiguous',
  'scheme_unsafe',
  'body_not_json_object',
  'body_not_utf8',
  'handshake_window_closed',
  'handshake_refused',
  'claim_mismatch',
  'topic_not_allowed',
  'certificate_refused',
  'certificate_unavailable',
  'delivery_id_reused',
  'method_not_allowed',
  'body_too_large',
] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

/**
 * The faults of a placement. `scheme_missing`: the header is there, but without its scheme word. `scheme_unexpected`: a word
 * such as Bearer is before the token, but only the token is accepted. `spaces_around`: white space stands before or after what may be the token.
 */
export const faultKinds = [
  'missing',
  'scheme_missing',
  'malformed',
  'unknown',
  'scheme_unexpected',
  'spaces_around',
  'expired',
] as const;

/** The fault in one placement. A placement with a correct token has no fault. */
export interface PlacementFault {
  placement: string;
  fault: (typeof faultKinds)[number];
}

/** One refused request, as an operator may see it. */
export interface RejectionSample {
  method: string;
  sourceIp: string;
  userAgent?: string | undefined;
  /** The names of the headers, without their values. */
  headers: string[];
  faults: PlacementFault[];
  /** The change that would make the signature valid. */
  hint?: Hint | undefined;
}

/**
 * The cause that a sample stands for: its hint, or the faults of its placements. There are few causes. Rejections of the same
 * reason and cause need only one sample and a count.
 */
export const sampleCauseOf = ({ hint, faults }: RejectionSample): string =>
  hint ?? ([...new Set(faults.map(({ fault }) => fault))].sort().join('+') || 'other');

/** The number of causes, each with a sample and a count, that each instance keeps for a minute and reason. */
export const maxCauses = 3;

/** The number of delivery ids that are kept of a minute and reason. */
export const maxKeptIds = 20;

/** The most characters of an id that are kept. */
export const maxIdLength = 128;

/** The parts of a request that a sample is made from. An arrival has these parts. */
export interface SampledRequest extends RequestHead {
  method: string;
  sourceIp: string;
}

/** Limits of a sample: its headers, and the characters of its texts. */
const maxSampleHeaders = 40;
const maxHeaderNameLength = 64;
const maxUserAgentLength = 256;
const maxMethodLength = 16;

/**
 * Makes the sample of a refused request.
 * @param accept the endpoint's placements, whose values must not be shown
 */
export function rejectionSampleOf(
  sampled: SampledRequest,
  accept: readonly Placement[],
  faults: readonly PlacementFault[],
): RejectionSample {
  const { method, sourceIp } = sampled;
  const agent = userAgentOf(accept, sampled);
  const names = Object.keys(sampled.headers).sort().slice(0, maxSampleHeaders);
  return {
    method: method.slice(0, maxMethodLength),
    sourceIp,
    // The text is redacted before it is cut, because a token that is cut would not be recognized.
    ...(agent === undefined ? {} : { userAgent: agent.slice(0, maxUserAgentLength) }),
    headers: names.map((name) => redactTokens(name).slice(0, maxHeaderNameLength)),
    faults: [...faults],
  };
}

/**
 * The number of webhooks that were refused in a minute for one reason, or a part of that number. The minute is in the form of
 * `minuteOf`.
 */
export interface RejectionCount {
  minute: string;
  reason: RejectionReason;
  count: number;
}

/** Adds up counts by reason. */
export function countsByReason(counts: readonly RejectionCount[]): Partial<Record<RejectionReason, number>> {
  const totals: Partial<Record<RejectionReason, number>> = {};
  for (const { reason, count } of counts) totals[reason] = (totals[reason] ?? 0) + count;
  return totals;
}

/** The number of items that the rejections of a minute and reason are spread over. */
export const rejectionShards = 4;
