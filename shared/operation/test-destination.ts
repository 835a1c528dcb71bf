/** Sends a signed request to a destination, and says what came back. It changes nothing. */
import { deliveryRequest } from '../destination/delivery-request.ts';
import { type Destination, hasSigningGrace } from '../destination/destination.ts';
import type { RequestProof } from '../destination/destination-auth.ts';
import type { DestinationSecrets } from '../destination/destination-secret.ts';
import type { DestinationTable } from '../destination/destination-table.ts';
import { type DestinationTest, maxShownAnswer, testBody } from '../destination/destination-test.ts';
import { type DestinationValue, secretsOf } from '../destination/destination-value.ts';
import type { GetToken } from '../destination/oauth-token.ts';
import { strikeOut } from '../destination/strike-out.ts';
import { advised } from '../endpoint/self-test-view.ts';
import type { OutboundResult, SendOutbound } from '../outbound/outbound-request.ts';
import type { Operation, OperationContext } from './operation.ts';
import type { Named } from './update-connection.ts';
import { liveDestinationValue, requireDestination } from './update-destination.ts';

export interface TestDestinationPorts {
  destinations: Pick<DestinationTable, 'read'>;
  destinationSecrets: Pick<DestinationSecrets, 'read'>;
  send: SendOutbound;
  getToken: GetToken;
  newMessageId(): string;
  /** A clock for durations: milliseconds since some fixed moment. */
  clock(): number;
}

/** The longest wait for an answer, in milliseconds. API Gateway waits 30 seconds for the answer to the operator. */
const longestTestMs = 20_000;

/** A final status is never below 200. */
const isSuccess = (status: number): boolean => status < 300;

/** What a status other than 2xx means for the delivery. */
const failureOf = (status: number) =>
  status < 400
    ? { reason: 'redirect', ...advised({ code: 'destination_redirected', status }) }
    : { reason: 'status', ...advised({ code: 'destination_refused', status }) };

function findingOf(result: OutboundResult, secrets: readonly string[]): Omit<DestinationTest, 'id' | 'ms'> {
  if (result.outcome !== 'answered') {
    const code = result.outcome === 'forbidden' ? 'destination_forbidden' : 'destination_silent';
    return { delivered: false, reason: result.outcome, ...advised({ code, fault: result.reason }) };
  }
  const { status, body } = result;
  const answer = strikeOut(body.toString('utf8'), secrets).slice(0, maxShownAnswer);
  const shown = { status, ...(answer !== '' && { answer }) };
  return isSuccess(status) ? { delivered: true, ...shown } : { delivered: false, ...shown, ...failureOf(status) };
}

/** The request of a test, as every delivery has it. */
function requestOf(destination: Destination, value: DestinationValue, proof: RequestProof, id: string, at: Date) {
  const message = {
    id,
    body: testBody(destination.name, at),
    headers: { 'content-type': 'application/json' },
    marks: { 'hooklatch-event': id, 'hooklatch-attempt': '1', 'hooklatch-test': 'true' },
  };
  return deliveryRequest(destination, value, message, { proof, at, isInGrace: hasSigningGrace(destination, at) });
}

/** What became of a test: of the request for a token, or of the request itself. `more` are secrets that came up meanwhile. */
type Outcome = { noToken: string } | { result: OutboundResult; more: string[] };

/** Sends the request. A receiver that refuses an access token gets another one once, unless the token is fresh. */
async function attempt(
  destination: Destination,
  value: DestinationValue,
  id: string,
  { now }: OperationContext,
  { send, getToken, clock }: TestDestinationPorts,
): Promise<Outcome> {
  const until = clock() + Math.min(destination.timeoutSeconds * 1000, longestTestMs);
  const left = () => Math.max(1, until - clock());
  const sendWith = (proof: RequestProof) => send(requestOf(destination, value, proof, id, now), { timeoutMs: left() });
  const { auth } = value;
  if (auth.kind !== 'oauth2') return { result: await sendWith(auth), more: [] };
  const first = await getToken(destination.valueId, auth, left());
  if ('fault' in first) return { noToken: first.fault };
  const result = await sendWith({ kind: 'bearer', token: first.token });
  if (result.outcome !== 'answered' || result.status !== 401) return { result, more: [first.token] };
  const next = await getToken(destination.valueId, auth, left(), first);
  if ('fault' in next) return { noToken: next.fault };
  if (next.token === first.token) return { result, more: [first.token] };
  return { result: await sendWith({ kind: 'bearer', token: next.token }), more: [first.token, next.token] };
}

export const testDestination: Operation<Named, TestDestinationPorts, DestinationTest> = async (
  { name },
  context,
  ports,
) => {
  const destination = await requireDestination(name, ports);
  const value = await liveDestinationValue(destination, ports);
  const id = ports.newMessageId();
  const began = ports.clock();
  const outcome = await attempt(destination, value, id, context, ports);
  const ms = Math.round(ports.clock() - began);
  if ('noToken' in outcome) {
    const advice = { code: 'destination_no_token', fault: outcome.noToken } as const;
    return { id, ms, delivered: false, reason: 'token', ...advised(advice) };
  }
  return { id, ms, ...findingOf(outcome.result, [...secretsOf(value), ...outcome.more]) };
};
