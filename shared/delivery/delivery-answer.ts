/** What the sender of a delivery is answered, be it refused or stored. */
import type { APIGatewayProxyStructuredResultV2 as Result } from 'aws-lambda';
import type { SettingsInForce } from '../endpoint/settings-in-force.ts';
import { presetOf } from '../provider/presets.ts';
import type { ReceivedDelivery } from './handshake-answer.ts';
import type { RejectionOrChallenge } from './request-authorization.ts';

/** A browser that is led here must not run what an answer says. */
export const browserGuards = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
};

const message = (statusCode: number, text: string, headers: Record<string, string> = browserGuards): Result => ({
  statusCode,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ message: text }),
});

/** The same bytes and headers as API Gateway's own 403, so that a refusal does not tell where it was made. */
export const forbiddenAnswer = (): Result => message(403, 'Forbidden', {});

const rejectionAnswers: Partial<Record<RejectionOrChallenge, (arrival: ReceivedDelivery) => Result>> = {
  challenged: () =>
    message(401, 'Unauthorized', { ...browserGuards, 'www-authenticate': 'Basic realm="hooklatch", charset="UTF-8"' }),
  method_not_allowed: ({ settings }) =>
    message(405, 'Method Not Allowed', { ...browserGuards, allow: settings.methods.join(', ') }),
  body_too_large: () => message(413, 'Request Entity Too Large'),
  // SNS and PayPal send it again, and no stranger who makes certificates up raises an alarm of ours, as a 5xx would.
  certificate_unavailable: () => message(429, 'Too Many Requests', { ...browserGuards, 'retry-after': '60' }),
};

/** Some senders try out whether a bad signature is refused, and know but one status for it. */
const refusalTo = ({ handover, settings }: ReceivedDelivery): Result =>
  settings.auth.kind !== 'token' && presetOf(handover.connection.provider).refusal === 401
    ? message(401, 'Unauthorized')
    : forbiddenAnswer();

/** What a refused delivery is answered. */
export const rejectedAnswer = (reason: RejectionOrChallenge, arrival: ReceivedDelivery): Result =>
  rejectionAnswers[reason]?.(arrival) ?? refusalTo(arrival);

/** What a delivery is answered that is stored. @param isDuplicate whether it was before */
export function acceptedAnswer({ answer }: SettingsInForce, id: string, isDuplicate: boolean): Result {
  if (answer === null) {
    return {
      statusCode: isDuplicate ? 200 : 202,
      headers: { 'content-type': 'application/json', ...browserGuards },
      body: JSON.stringify(isDuplicate ? { id, duplicate: true } : { id }),
    };
  }
  // A sender that wants its own answer wants it for a repeat too, or it would repeat for ever.
  return {
    statusCode: answer.status,
    headers: { 'content-type': answer.contentType ?? 'application/json', ...browserGuards },
    body: answer.body ?? '',
  };
}

/** Tells an operator's test how long its steps took (Server-Timing, W3C), in milliseconds. */
export function withServerTiming(answer: Result, authorized: number, times: Date[]): Result {
  const [began = 0, proved = 0, ended = 0] = times.map((time) => time.getTime());
  const timing = `authorized;dur=${authorized}, verified;dur=${proved - began}, stored;dur=${ended - proved}`;
  return { ...answer, headers: { ...answer.headers, 'server-timing': timing } };
}
