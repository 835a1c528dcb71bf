/** Wakes up before each request of an operator, and says who it is. */
import type { APIGatewayRequestAuthorizerEventV2 as Event } from 'aws-lambda';
import { dynamodb } from '../shared/dynamodb.ts';
import { fromEnvironment } from '../shared/environment.ts';
import { type Identity, type IdentityDeps, identify } from '../shared/operator.ts';
import { reader } from '../shared/store.ts';
import { bootstrapReader, secretsManager } from '../shared/vault.ts';

export interface Deps extends IdentityDeps {
  log(line: Record<string, unknown>): void;
}

/** Says no to an unknown token, and throws for a fault of ours. */
export const operatorAuthorize =
  (deps: Deps) =>
  async (event: Event): Promise<{ isAuthorized: boolean; context?: Identity }> => {
    const identity = await identify(event.headers?.['authorization'], deps);
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

const live = (): Deps => ({
  readRoster: reader(dynamodb(), fromEnvironment('stateTable')).readRoster,
  readBootstrap: bootstrapReader(secretsManager(), fromEnvironment('bootstrapSecret')),
  now: () => new Date(),
  log: (line) => console.info(line),
});

export const handler = operatorAuthorize(live());
