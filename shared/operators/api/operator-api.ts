/**
 * The entry of the operators' API. A request is checked and parsed before a handler sees it. Every answer passes
 * through its route's schema, which drops all other fields.
 */
import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2WithLambdaAuthorizer as Event,
  APIGatewayProxyStructuredResultV2 as Result,
} from 'aws-lambda';
import * as z from 'zod/mini';
import { log } from '../../ground/aws/logger.ts';
import { mayCall, type Role, type Via, viaHeader, viaOf } from '../../ground/base/actor.ts';
import { validationMessage } from '../../ground/base/validation-message.ts';
import type { Identity } from '../operator/operator.ts';
import { Download } from './download.ts';
import { listHeaders } from './list-version.ts';
import { Problem } from './problem.ts';
import { identityOf, type OperatorApiDeps, problemAnswers, requestLog } from './request-log.ts';
import { ifMatchOf, jsonBody, parsePart, parseQuery } from './request-parsing.ts';
import type { ParamName, Route } from './route.ts';
import { methodsOf, type RouteKey, type RouteTable, routeKeyOf, routes } from './routes.ts';
import { isKnown } from './static-file.ts';

z.config({ localeError: validationMessage });

type ParsedBy<K extends RouteKey, Part extends string> =
  RouteTable[K] extends Record<Part, infer S> ? (S extends z.ZodMiniType ? z.infer<S> : undefined) : undefined;

/** All that an answer of a route may have, whoever gets it. */
type Answered<K extends RouteKey> = ParsedBy<
  K,
  RouteTable[K] extends { adminAnswer: unknown } ? 'adminAnswer' : 'answer'
>;

/** An operator, and by which program. */
type Caller = Identity & { via?: Via };

/** The caller of a route. Undefined if the route needs no token, and the caller sent none. */
type CallerOf<K extends RouteKey> = RouteTable[K] extends { role: 'nobody' } ? Caller | undefined : Caller;

/** Marks what `operatorApi` has parsed. Nothing else has the protected member, not even a copy. */
class Parsed {
  declare protected readonly isParsed: true;
}

/** An operator's request, parsed. It is also the context of the operation that its handler calls. */
export type OperatorCall<K extends RouteKey = RouteKey> = Parsed & {
  actor: CallerOf<K>;
  params: Record<ParamName<K>, string>;
  query: ParsedBy<K, 'query'>;
  body: ParsedBy<K, 'body'>;
  /** The version in If-Match. */
  ifVersion: number | undefined;
  requestId: string;
  now: Date;
};

export interface OperatorAnswer<Body> {
  status: number;
  body: Body;
  headers?: Record<string, string>;
}

type KeysOf<F> = { [K in RouteKey]: RouteTable[K]['function'] extends F ? K : never }[RouteKey];

/** The answer of a route: the fields of its schema, or a file if the route allows files. */
type AnswerTo<K extends RouteKey> =
  | OperatorAnswer<Answered<K>>
  | (RouteTable[K] extends { download: true } ? Download : never);

/** A handler for each route of a function. */
export type RouteHandlers<F> = {
  [K in KeysOf<F>]: (call: OperatorCall<K>) => Promise<AnswerTo<K>>;
};

/** The dependencies in Lambda. */
export const liveOperatorApiDeps = (): OperatorApiDeps => ({ now: () => new Date(), log });

/**
 * The operator of a request; undefined for a caller without a token.
 * @throws a 403 if the route is not for the caller
 */
function authorizedFor(route: Route, event: Event<unknown>): Caller | undefined {
  const identity = identityOf(event);
  const via = viaOf(event.headers[viaHeader]);
  if (mayCall(identity?.role, route)) return identity && { ...identity, ...(via && { via }) };
  if (!identity) throw new Problem('forbidden', 'Send an operator token: Authorization: Bearer <token>.');
  throw new Problem('role_required', `This needs the role ${route.role}; yours is ${identity.role}.`);
}

/** Throws 404 or 405 if no route takes the request. */
function unrouted({ requestContext: { http } }: Event<unknown>): never {
  const methods = methodsOf(http.path);
  if (methods.length === 0)
    throw new Problem('route_not_found', 'There is nothing at this path. docs/api.md lists the routes.');
  const allow = methods.join(', ');
  throw new Problem('method_not_allowed', `This path takes ${allow}.`, { headers: { allow } });
}

function answerOf(event: Event<unknown>, schema: z.ZodMiniType, answer: OperatorAnswer<unknown> | Download): Result {
  if (answer instanceof Download) return answer.toResult();
  const { status, body, headers } = answer;
  const shown = schema.parse(body);
  const version = routeKeyOf(event).startsWith('GET ') ? listHeaders(shown) : {};
  const guarded = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...version, ...headers };
  if (version.etag !== undefined && isKnown(version.etag, event.headers['if-none-match']))
    return { statusCode: 304, headers: guarded };
  if (shown === null) return { statusCode: status, headers: guarded };
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', ...guarded },
    body: JSON.stringify(shown),
  };
}

/** What a caller with this role may read of an answer. */
const answerFor = ({ answer, adminAnswer = answer }: Route, role: Role | undefined): z.ZodMiniType =>
  role === 'connection_admin' ? adminAnswer : answer;

const routeOf = (event: Event<unknown>): Route | undefined => (routes as Record<string, Route>)[routeKeyOf(event)];

/** Makes the Lambda handler of a function that answers operators. */
export function operatorApi<F>(handlers: RouteHandlers<F>, deps: OperatorApiDeps = liveOperatorApiDeps()) {
  const byKey = handlers as unknown as Record<
    string,
    ((call: OperatorCall) => Promise<OperatorAnswer<unknown> | Download>) | undefined
  >;
  return middy<Event<unknown>, Result>()
    .use(requestLog(deps))
    .use(problemAnswers(deps))
    .use(jsonBody((event) => routeOf(event)?.maxRequestBytes))
    .handler(async (event) => {
      const route = routeOf(event);
      const handler = byKey[routeKeyOf(event)];
      if (!route || !handler) return unrouted(event);
      const actor = authorizedFor(route, event);
      const call = Object.assign(new Parsed(), {
        actor,
        params: event.pathParameters ?? {},
        query: parseQuery(route.query, event.queryStringParameters ?? {}),
        body: parsePart(route.body, event.body, 'body'),
        ifVersion: ifMatchOf(event.headers['if-match']),
        requestId: event.requestContext.requestId,
        now: deps.now(),
      }) as OperatorCall;
      return answerOf(event, answerFor(route, actor?.role), await handler(call));
    });
}
