/**
 * A rejection: refused webhooks of one connection, counted by minute and reason, with a sample of one of them.
 *
 * A sample says what to look at and never what was sent: names of headers without their values, and of each place where
 * a token was looked for what was wrong there.
 */

import { redactTokens, userAgentOf } from '../credential/redaction.ts';
import type { Placement, RequestHead } from '../credential/token-placement.ts';
import type { Hint } from '../signature/hint.ts';

/** Why a sender was refused. A challenge is none: the sender is asked to come again. */
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
 * What can be wrong in a place. `scheme_missing`: the header is there, without the word that it is accepted with.
 * `scheme_unexpected`: a word such as Bearer stands where only the token should.
 */
export const faultKinds = [
  'missing',
  'scheme_missing',
  'malformed',
  'unknown',
  'scheme_unexpected',
  'expired',
] as const;

/** What was wrong in one place where a token was looked for; a place that held a right one is not told. */
export interface PlacementFault {
  placement: string;
  fault: (typeof faultKinds)[number];
}

/** One refused request, as an operator may see it. */
export interface RejectionSample {
  method: string;
  sourceIp: string;
  userAgent?: string | undefined;
  /** The names of the headers alone. */
  headers: string[];
  faults: PlacementFault[];
  /** What would have made the signature hold. */
  hint?: Hint | undefined;
}

/**
 * What a sample is kept for: refusals of the same reason and cause need no second one. It is a hint, or which faults the
 * placements had, of which there are few.
 */
export const sampleCauseOf = ({ hint, faults }: RejectionSample): string =>
  hint ?? ([...new Set(faults.map(({ fault }) => fault))].sort().join('+') || 'other');

/** How many samples of different causes are kept for a minute and reason, by each instance. */
export const maxSamples = 3;

/** What of a request a sample is made of; a delivery fits. */
export interface SampledRequest extends RequestHead {
  method: string;
  sourceIp: string;
}

const maxHeaders = 40;

/** A sample of a refused request. @param accept the endpoint's placements, whose values must not be told */
export function rejectionSampleOf(
  sampled: SampledRequest,
  accept: readonly Placement[],
  faults: readonly PlacementFault[],
): RejectionSample {
  const { method, sourceIp } = sampled;
  const agent = userAgentOf(accept, sampled);
  const names = Object.keys(sampled.headers).sort().slice(0, maxHeaders);
  return {
    method: method.slice(0, 16),
    sourceIp,
    // Redacted before it is cut: half a token is a part of one.
    ...(agent === undefined ? {} : { userAgent: agent.slice(0, 256) }),
    headers: names.map((name) => redactTokens(name).slice(0, 64)),
    faults: [...faults],
  };
}

/** How many webhooks were refused in a minute, as `minuteOf` says it, for one reason; or some of them. */
export interface RejectionCount {
  minute: string;
  reason: RejectionReason;
  count: number;
}

/** Adds counts up by their reasons. */
export function countsByReason(counts: readonly RejectionCount[]): Partial<Record<RejectionReason, number>> {
  const totals: Partial<Record<RejectionReason, number>> = {};
  for (const { reason, count } of counts) totals[reason] = (totals[reason] ?? 0) + count;
  return totals;
}

/** How many items the rejections of one minute and reason are spread over. */
export const rejectionShards = 4;

/** The minute of a time, as in `2026-01-31T23:59`. */
export const minuteOf = (time: Date): string => time.toISOString().slice(0, 16);

/** How long a rejection is kept, in seconds: 30 days. */
export const rejectionKeptSeconds = 30 * 86_400;
