/** Wakes up before each request of an operator, and identifies the operator by the token. */
import type { APIGatewayRequestAuthorizerEventV2 as Event } from 'aws-lambda';
import { type OriginOf, originCheck } from '../shared/endpoints/credential/request-origin.ts';
import { bootstrapReader, secretsManager } from '../shared/endpoints/credential/secret-store.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment, isInEnvironment, listFromEnvironment } from '../shared/ground/aws/environment.ts';
import { type Log, log } from '../shared/ground/aws/logger.ts';
import { refusalLog } from '../shared/ground/aws/refusal-log.ts';
import { minuteOf } from '../shared/ground/base/time.ts';
import { type OperatorUseTable, operatorUseTable } from '../shared/operators/journal/operator-journal-table.ts';
import type { IdentifyByOidc, OidcFinding } from '../shared/operators/operator/oidc-token.ts';
import {
  bearerJwtIn,
  type Identity,
  type IdentityDeps,
  identifier,
  operatorTokenIn,
} from '../shared/operators/operator/operator.ts';
import { rosterTable } from '../shared/operators/operator/roster-table.ts';
import { closeBootstrap } from '../shared/operators/operator/roster-update.ts';

export interface Deps extends IdentityDeps {
  noteUse: OperatorUseTable['note'];
  originOf: OriginOf;
  /** Identifies operators by tokens of the deployment's OpenID Connect issuer. Absent without such an issuer. */
  identifyByOidc?: IdentifyByOidc | undefined;
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

type Finding = OidcFinding | { rejection: 'operator_unknown' | 'origin_unknown' };

/**
 * Refuses unknown tokens. Throws on an internal error. If a text does not have the form of a token, it is refused
 * without a lookup and without a log line. So a flood of requests without tokens costs no reads and no log lines. Other refused
 * tokens have at most one line a second for each reason. The access log still shows the status and the address of each request.
 */
export const authorizeOperator = (deps: Deps) => {
  const { identifyByOidc } = deps;
  const identify = identifier(deps);
  const noteUseOf = useNotes(deps);
  const logRefusal = refusalLog(deps.log, deps.now);

  /** Undefined if the header has no token. The use of an issuer's token is not noted: no list shows such operators. */
  async function find(authorization: string | undefined, requestId: string): Promise<Finding | undefined> {
    const token = operatorTokenIn(authorization);
    if (token === undefined) {
      const jwt = bearerJwtIn(authorization);
      return identifyByOidc && jwt !== undefined ? identifyByOidc(jwt) : undefined;
    }
    const identity = await identify(token, requestId);
    if (!identity) return { rejection: 'operator_unknown' };
    await noteUseOf(identity);
    return { identity };
  }

  return async (event: Event): Promise<{ isAuthorized: boolean; context?: Identity }> => {
    const { requestId, http } = event.requestContext;
    const origin = deps.originOf(event.headers, http.sourceIp);
    const finding: Finding | undefined = origin
      ? await find(event.headers?.['authorization'], requestId)
      : { rejection: 'origin_unknown' };
    if (finding === undefined) return { isAuthorized: false };
    if ('identity' in finding) return { isAuthorized: true, context: finding.identity };
    logRefusal({
      reason: finding.rejection,
      route: event.routeKey,
      method: http.method,
      sourceIp: origin?.sourceIp ?? http.sourceIp,
      requestId,
    });
    return { isAuthorized: false };
  };
};

/** Loads the code for tokens of the issuer when the first one comes. */
function lazyOidc(deps: Pick<Deps, 'now' | 'log'>): IdentifyByOidc {
  let loaded: Promise<IdentifyByOidc> | undefined;
  return async (token) => {
    loaded ??= Promise.all([
      import('../shared/operators/operator/oidc-token.ts'),
      import('../shared/ground/outbound/public-file-fetch.ts'),
    ]).then(([{ oidcIdentifier }, { publicFileFetch }]) =>
      oidcIdentifier(JSON.parse(fromEnvironment('OIDC')), {
        ...deps,
        fetch: publicFileFetch({ ownHosts: [], allow: [] }, fetch),
      }),
    );
    return (await loaded)(token);
  };
}

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const roster = rosterTable(client, fromEnvironment('STATE_TABLE'));
  const now = () => new Date();
  return {
    readRoster: roster.readRoster,
    readBootstrap: bootstrapReader(secretsManager(), fromEnvironment('BOOTSTRAP_SECRET')),
    closeBootstrap: (by, requestId) => closeBootstrap(roster, requestId, { by, now: now() }),
    noteUse: operatorUseTable(client, fromEnvironment('JOURNAL_TABLE')).note,
    originOf: originCheck(listFromEnvironment('ORIGIN_DIGESTS')),
    ...(isInEnvironment('OIDC') && { identifyByOidc: lazyOidc({ now, log }) }),
    now,
    log,
  };
};

export const handler = authorizeOperator(lambdaDeps());
