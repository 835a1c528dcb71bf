/** Wakes up before each request of an operator, and identifies the operator by the token. */
import type { APIGatewayRequestAuthorizerEventV2 as Event } from 'aws-lambda';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/aws/environment.ts';
import { type Log, log } from '../shared/aws/logger.ts';
import { bootstrapReader, secretsManager } from '../shared/credential/secret-store.ts';
import { type Identity, type IdentityDeps, identifier, operatorTokenIn } from '../shared/endpoint/operator.ts';
import { rosterTable } from '../shared/endpoint/roster-table.ts';
import { closeBootstrap } from '../shared/endpoint/roster-update.ts';
import { type OperatorUseTable, operatorUseTable } from '../shared/journal/operator-journal-table.ts';
import { minuteOf } from '../shared/journal/rejection.ts';

export interface Deps extends IdentityDeps {
  noteUse: OperatorUseTable['note'];
  log: Log;
}

/** How long a request waits for its note of the last use, in milliseconds. */
const noteWaitMs = 100;

/**
 * Notes the last use of operators' tokens, at most once a minute for each operator and function instance. A request
 * waits a short time for it, and never fails because of it.
 */
function useNotes({ noteUse, now, log }: Pick<Deps, 'noteUse' | 'now' | 'log'>) {
  const noted = new Map<string, string>();
  return async ({ id }: Identity): Promise<void> => {
    const at = now().toISOString();
    const minute = minuteOf(new Date(at));
    if (noted.get(id) === minute) return;
    noted.set(id, minute);
    await noteUse(id, at, AbortSignal.timeout(noteWaitMs)).catch((error: Error) =>
      log({ warning: 'operator_use_not_noted', fault: error.name }, 'warn'),
    );
  };
}

/**
 * Refuses unknown tokens. Throws on an internal error. If a text does not have the form of a token, it is refused
 * without a lookup and without a log line. So a flood of requests without tokens costs no reads and no log lines. The
 * access log still shows the status and the address of each request.
 */
export const authorizeOperator = (deps: Deps) => {
  const identify = identifier(deps);
  const noteUseOf = useNotes(deps);
  return async (event: Event): Promise<{ isAuthorized: boolean; context?: Identity }> => {
    const token = operatorTokenIn(event.headers?.['authorization']);
    if (token === undefined) return { isAuthorized: false };
    const { requestId, http } = event.requestContext;
    const identity = await identify(token, requestId);
    if (identity) {
      await noteUseOf(identity);
      return { isAuthorized: true, context: identity };
    }
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

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const roster = rosterTable(client, fromEnvironment('stateTable'));
  const now = () => new Date();
  return {
    readRoster: roster.readRoster,
    readBootstrap: bootstrapReader(secretsManager(), fromEnvironment('bootstrapSecret')),
    closeBootstrap: (by, requestId) => closeBootstrap(roster, requestId, { by, now: now() }),
    noteUse: operatorUseTable(client, fromEnvironment('journalTable')).note,
    now,
    log,
  };
};

export const handler = authorizeOperator(lambdaDeps());
