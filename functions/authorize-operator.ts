/** Wakes up before each request of an operator, and identifies the operator by the token. */
import type { APIGatewayRequestAuthorizerEventV2 as Event } from 'aws-lambda';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/aws/environment.ts';
import { type Log, log } from '../shared/aws/logger.ts';
import { bootstrapReader, secretsManager } from '../shared/credential/secret-store.ts';
import { type Identity, type IdentityDeps, identifier, operatorTokenIn } from '../shared/endpoint/operator.ts';
import { stateReader } from '../shared/endpoint/state-table.ts';

export interface Deps extends IdentityDeps {
  log: Log;
}

/**
 * Refuses unknown tokens. Throws on an internal error. If a text does not have the form of a token, it is refused
 * without a lookup and without a log line. So a flood of requests without tokens costs no reads and no log lines. The
 * access log still shows the status and the address of each request.
 */
export const authorizeOperator = (deps: Deps) => {
  const identify = identifier(deps);
  return async (event: Event): Promise<{ isAuthorized: boolean; context?: Identity }> => {
    const token = operatorTokenIn(event.headers?.['authorization']);
    if (token === undefined) return { isAuthorized: false };
    const identity = await identify(token);
    if (identity) return { isAuthorized: true, context: identity };
    const { requestId, http } = event.requestContext;
    deps.log({
      outcome: 'refused',
      reason: 'operator_unknown',
      route: event.routeKey,
      sourceIp: http.sourceIp,
      requestId,
    });
    return { isAuthorized: false };
  };
};

const lambdaDeps = (): Deps => ({
  readRoster: stateReader(dynamodb(), fromEnvironment('stateTable')).readRoster,
  readBootstrap: bootstrapReader(secretsManager(), fromEnvironment('bootstrapSecret')),
  now: () => new Date(),
  log,
});

export const handler = authorizeOperator(lambdaDeps());
