/** Wakes up before each request of an operator, and says who it is. */
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
 * Says no to an unknown token, and throws for a fault of ours. Only a token that has the form of one is looked up and
 * logged: a flood without tokens costs nothing but the call, and the access log has its status and address.
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

const live = (): Deps => ({
  readRoster: stateReader(dynamodb(), fromEnvironment('stateTable')).readRoster,
  readBootstrap: bootstrapReader(secretsManager(), fromEnvironment('bootstrapSecret')),
  now: () => new Date(),
  log,
});

export const handler = authorizeOperator(live());
