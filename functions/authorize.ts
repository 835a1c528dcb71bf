/** Wakes up before each request to a public URL, and says whether it may pass. */
import type { APIGatewayRequestAuthorizerEventV2 as Event } from 'aws-lambda';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/aws/environment.ts';
import { type Log, log } from '../shared/aws/logger.ts';
import { digestReader, secretsManager } from '../shared/credential/secret-store.ts';
import type { Handover } from '../shared/delivery/request-authorization.ts';
import {
  type AuthorizationDeps,
  authorizeRequest,
  type RejectedRequest,
  type SenderRequest,
} from '../shared/delivery/request-authorization.ts';
import { stateReader } from '../shared/endpoint/state-table.ts';
import { rejectionSampleOf } from '../shared/journal/rejection.ts';
import { type CountRejection, rejectionCounter } from '../shared/journal/rejection-table.ts';

export interface Deps extends AuthorizationDeps {
  reject: CountRejection;
  log: Log;
}

/** The simple response of a Lambda authorizer; the context reaches ingest as it is. */
export type Response = { isAuthorized: boolean; context?: Handover };

/** A fault of ours throws: the sender is answered 5xx and tries again, and is never let in or turned away by it. */
export const authorize =
  (deps: Deps) =>
  async (event: Event): Promise<Response> => {
    const knock = knockOf(event);
    const verdict = await authorizeRequest(knock, deps);
    // Ingest writes the line of a request that goes on.
    if (verdict.admitted) return { isAuthorized: true, context: verdict.handover };
    await note(verdict, knock, event.requestContext.requestId, deps);
    return { isAuthorized: false };
  };

const knockOf = ({ pathParameters, headers, rawQueryString, requestContext: { http } }: Event): SenderRequest => ({
  connection: pathParameters?.['connection'],
  endpointId: pathParameters?.['endpointId'],
  rest: pathParameters?.['rest'],
  method: http.method,
  headers: headers ?? {},
  rawQueryString,
  sourceIp: http.sourceIp,
});

/**
 * Logs a refusal, and counts it where the connection is known. The caller waits for a write once a second at most; that
 * tells whether there is a connection of a name, which is no secret, and nothing of what is.
 */
async function note(
  { reason, connection, faults, accept }: RejectedRequest,
  knock: SenderRequest,
  requestId: string,
  { log, reject, now }: Deps,
): Promise<void> {
  const named = connection ? { connection: connection.name } : {};
  log({ outcome: 'refused', reason, ...named, faults, sourceIp: knock.sourceIp, requestId });
  if (!connection) return;
  await reject({ connectionId: connection.id, reason, sample: rejectionSampleOf(knock, accept, faults), at: now() });
}

const live = (): Deps => {
  const client = dynamodb();
  return {
    readConnection: stateReader(client, fromEnvironment('stateTable')).readConnection,
    readDigest: digestReader(secretsManager()),
    reject: rejectionCounter(dynamodb(1), fromEnvironment('journalTable'), log),
    now: () => new Date(),
    log,
  };
};

export const handler = authorize(live());
