/** Wakes up before each request to a public URL, and says whether it may pass. */
import type { APIGatewayRequestAuthorizerEventV2 as Event } from 'aws-lambda';
import { type AdmissionDeps, type Handover, judge } from '../shared/admission.ts';
import { fromEnvironment } from '../shared/environment.ts';
import { dynamodb, reader } from '../shared/store.ts';
import { digestReader, secretsManager } from '../shared/vault.ts';

export interface Deps extends AdmissionDeps {
  log(line: Record<string, unknown>): void;
}

/** The simple response of a Lambda authorizer; the context reaches ingest as it is. */
export type Response = { isAuthorized: boolean; context?: Handover };

/** A fault of ours throws: the sender is answered 5xx and tries again, and is never let in or turned away by it. */
export const authorize =
  (deps: Deps) =>
  async (event: Event): Promise<Response> => {
    const verdict = await judge(
      {
        connection: event.pathParameters?.['connection'],
        endpointId: event.pathParameters?.['endpointId'],
        rest: event.pathParameters?.['rest'],
        headers: event.headers ?? {},
        rawQueryString: event.rawQueryString,
        sourceIp: event.requestContext.http.sourceIp,
      },
      deps,
    );
    // Ingest writes the line of a request that goes on.
    if (verdict.admitted) return { isAuthorized: true, context: verdict.handover };
    const { admitted: _, ...why } = verdict;
    deps.log({
      outcome: 'refused',
      ...why,
      sourceIp: event.requestContext.http.sourceIp,
      requestId: event.requestContext.requestId,
    });
    return { isAuthorized: false };
  };

const live = (): Deps => ({
  readConnection: reader(dynamodb(), fromEnvironment('stateTable')).readConnection,
  readDigest: digestReader(secretsManager()),
  now: () => new Date(),
  log: (line) => console.info(line),
});

export const handler = authorize(live());
