/** Sends a signed request to a destination, and says what came back. If it succeeds, a destination that was failing recovers. */
import { type AuthorizedResult, readyProof, sendAuthorized } from '../../deliveries/destination/authorized-request.ts';
import { deliveryRequest } from '../../deliveries/destination/delivery-request.ts';
import { type Destination, hasSigningGrace } from '../../deliveries/destination/destination.ts';
import type { RequestProof } from '../../deliveries/destination/destination-auth.ts';
import type { DestinationSecrets } from '../../deliveries/destination/destination-secret.ts';
import type { DestinationTable } from '../../deliveries/destination/destination-table.ts';
import { type DestinationTest, maxShownAnswer, testBody } from '../../deliveries/destination/destination-test.ts';
import { type DestinationValue, secretsOf } from '../../deliveries/destination/destination-value.ts';
import type { GetToken } from '../../deliveries/destination/oauth-token.ts';
import { shownAnswer } from '../../deliveries/destination/strike-out.ts';
import { advised } from '../../endpoints/endpoint/self-test-view.ts';
import type { OutboundResult, SendOutbound } from '../../ground/outbound/outbound-request.ts';
import type { Operation, OperationContext } from './operation.ts';
import type { Named } from './update-connection.ts';
import { liveDestinationValue, requireDestination } from './update-destination.ts';

export interface TestDestinationPorts {
  destinations: Pick<DestinationTable, 'read'>;
  destinationSecrets: Pick<DestinationSecrets, 'read'>;
  send: SendOutbound;
  getToken: GetToken;
  /** Tells the health of a destination that a test of it succeeded. */
  noteTest(tested: Destination): Promise<void>;
  newMessageId(): string;
  /** A clock for durations: milliseconds since some fixed moment. */
  clock(): number;
}

/** The time for a token and the request together, in milliseconds. API Gateway waits 30 seconds for the answer to the operator. */
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
  const { status } = result;
  const answer = shownAnswer(result, secrets, maxShownAnswer);
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

async function attempt(
  destination: Destination,
  value: DestinationValue,
  id: string,
  { now }: OperationContext,
  { send, getToken, clock }: TestDestinationPorts,
): Promise<AuthorizedResult> {
  const until = clock() + longestTestMs;
  const left = () => Math.max(1, until - clock());
  const { valueId } = destination;
  const ready = await readyProof(value.auth, valueId, getToken);
  if ('noToken' in ready) return ready;
  return sendAuthorized(ready, { auth: value.auth, valueId, getToken, left }, (proof) =>
    send(requestOf(destination, value, proof, id, now), {
      timeoutMs: Math.min(destination.timeoutSeconds * 1000, left()),
    }),
  );
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
  const finding = findingOf(outcome.result, [...secretsOf(value), ...outcome.secrets]);
  if (finding.delivered) await ports.noteTest(destination);
  return { id, ms, ...finding };
};
