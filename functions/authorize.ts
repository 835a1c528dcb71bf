/** Wakes up before each request to a public URL, and decides whether ingest gets it. */
import type { APIGatewayRequestAuthorizerEventV2 as Event } from 'aws-lambda';
import { type OriginOf, originCheck, type RequestOrigin } from '../shared/endpoints/credential/request-origin.ts';
import { digestReader, secretsManager } from '../shared/endpoints/credential/secret-store.ts';
import { stateReader } from '../shared/endpoints/endpoint/state-table.ts';
import type { Handover } from '../shared/events/arrival/handover.ts';
import { refusedIdOf } from '../shared/events/arrival/refused-id.ts';
import { rejectionSampleOf } from '../shared/events/arrival/rejection.ts';
import type { CountRejection } from '../shared/events/arrival/rejection-table.ts';
import {
  type AuthorizationDeps,
  authorizeRequest,
  type RejectedRequest,
  type SenderRequest,
} from '../shared/events/arrival/request-authorization.ts';
import { requestRejectionCounter } from '../shared/events/arrival/request-counter.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment, listFromEnvironment } from '../shared/ground/aws/environment.ts';
import { type Log, log } from '../shared/ground/aws/logger.ts';

export interface Deps extends AuthorizationDeps {
  originOf: OriginOf;
  countRejection: CountRejection;
  log: Log;
}

/** The simple response of a Lambda authorizer. Ingest gets the context unchanged. */
export type Response = { isAuthorized: boolean; context?: Handover };

/**
 * Throws on an internal error. The sender then gets a 5xx and tries again, so the error neither admits nor refuses a
 * request.
 */
export const authorize =
  (deps: Deps) =>
  async (event: Event): Promise<Response> => {
    const { requestId, http } = event.requestContext;
    const origin = deps.originOf(event.headers, http.sourceIp);
    if (!origin) {
      deps.log({ outcome: 'refused', reason: 'origin_unknown', sourceIp: http.sourceIp, requestId });
      return { isAuthorized: false };
    }
    const request = senderRequestOf(event, origin.sourceIp);
    const verdict = await authorizeRequest(request, deps);
    // An admitted request is not logged here: ingest logs it.
    if (verdict.admitted) return { isAuthorized: true, context: withAddress(verdict.handover, origin) };
    await recordRejection(verdict, request, requestId, deps);
    return { isAuthorized: false };
  };

/** Ingest sees the connection's address by itself. It can't check CloudFront's header, so it gets the address from here. */
const withAddress = (handover: Handover, { sourceIp, isViewer }: RequestOrigin): Handover =>
  isViewer ? { ...handover, sourceIp } : handover;

const senderRequestOf = (
  { pathParameters, headers, rawQueryString, requestContext: { http } }: Event,
  sourceIp: string,
): SenderRequest => ({
  connection: pathParameters?.['connection'],
  endpointId: pathParameters?.['endpointId'],
  rest: pathParameters?.['rest'],
  method: http.method,
  headers: headers ?? {},
  rawQueryString,
  sourceIp,
});

/**
 * Logs a rejection, and counts it if the connection exists and it is no self-test. The counter writes at most once a second, and the caller
 * waits for that write. The wait may reveal that a connection has this name. The name is not a secret, and the wait
 * reveals nothing else.
 */
async function recordRejection(
  { reason, connection, faults, accept, isTest }: RejectedRequest,
  request: SenderRequest,
  requestId: string,
  { log, countRejection, now }: Deps,
): Promise<void> {
  const named = connection ? { connection: connection.name } : {};
  log({ outcome: 'refused', reason, ...named, faults, sourceIp: request.sourceIp, requestId });
  if (!connection || isTest) return;
  await countRejection({
    connectionId: connection.id,
    reason,
    sample: rejectionSampleOf(request, accept, faults),
    deliveryId: refusedIdOf(accept, request),
    at: now(),
  });
}

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  return {
    readConnection: stateReader(client, fromEnvironment('STATE_TABLE')).readConnection,
    readDigest: digestReader(secretsManager()),
    originOf: originCheck(listFromEnvironment('ORIGIN_DIGESTS')),
    countRejection: requestRejectionCounter(dynamodb(1), fromEnvironment('JOURNAL_TABLE'), log),
    now: () => new Date(),
    log,
  };
};

export const handler = authorize(lambdaDeps());
