/** The answers to the sender of an arrival. */
import type { APIGatewayProxyStructuredResultV2 as Result } from 'aws-lambda';
import type { SettingsInForce } from '../../endpoints/endpoint/settings-in-force.ts';
import { presetOf } from '../../endpoints/provider/presets.ts';
import type { RejectionOrChallenge } from './handover.ts';
import type { ReceivedArrival } from './handshake-answer.ts';

/** Headers that keep a browser from running the content of an answer. */
export const browserGuards = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
};

const messageAnswer = (statusCode: number, text: string, headers: Record<string, string> = browserGuards): Result => ({
  statusCode,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ message: text }),
});

/** The same bytes and headers as API Gateway's 403, so the sender can't tell which function refused the request. */
export const forbiddenAnswer = (): Result => messageAnswer(403, 'Forbidden', {});

const rejectionAnswers: Partial<Record<RejectionOrChallenge, (received: ReceivedArrival) => Result>> = {
  challenged: () =>
    messageAnswer(401, 'Unauthorized', {
      ...browserGuards,
      'www-authenticate': 'Basic realm="hooklatch", charset="UTF-8"',
    }),
  method_not_allowed: ({ settings }) =>
    messageAnswer(405, 'Method Not Allowed', { ...browserGuards, allow: settings.methods.join(', ') }),
  body_too_large: () => messageAnswer(413, 'Request Entity Too Large'),
  // SNS and PayPal try again after a 429. A 5xx would let a stranger with invented certificates raise our alarm.
  certificate_unavailable: () => messageAnswer(429, 'Too Many Requests', { ...browserGuards, 'retry-after': '60' }),
};

/** Some senders test whether a bad signature is refused, and accept only a 401 as the answer. */
const defaultRejection = ({ handover, settings }: ReceivedArrival): Result =>
  settings.auth.kind !== 'token' && presetOf(handover.connection.provider).rejectionStatus === 401
    ? messageAnswer(401, 'Unauthorized')
    : forbiddenAnswer();

/** The answer to a refused arrival. */
export const rejectedAnswer = (reason: RejectionOrChallenge, received: ReceivedArrival): Result =>
  rejectionAnswers[reason]?.(received) ?? defaultRejection(received);

/**
 * The answer to a stored arrival.
 * @param isDuplicate whether the arrival was stored before
 */
export function acceptedAnswer({ answer }: SettingsInForce, id: string, isDuplicate: boolean): Result {
  if (answer === null) {
    return {
      statusCode: isDuplicate ? 200 : 202,
      headers: { 'content-type': 'application/json', ...browserGuards },
      body: JSON.stringify(isDuplicate ? { id, duplicate: true } : { id }),
    };
  }
  // If a sender needs a special answer, a repeated arrival gets the same answer. Otherwise the sender would repeat the
  // arrival for ever.
  return {
    statusCode: answer.status,
    headers: { 'content-type': answer.contentType ?? 'application/json', ...browserGuards },
    body: answer.body ?? '',
  };
}

/** Adds the durations of the steps for a self-test, in ms (Server-Timing, W3C). */
export function withServerTiming(answer: Result, authorized: number, times: Date[]): Result {
  const [began = 0, proved = 0, ended = 0] = times.map((time) => time.getTime());
  const timing = `authorized;dur=${authorized}, verified;dur=${proved - began}, stored;dur=${ended - proved}`;
  return { ...answer, headers: { ...answer.headers, 'server-timing': timing } };
}
