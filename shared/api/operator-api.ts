/**
 * The edge of the operators' API: what every operator's request goes through before a handler sees it, and every answer
 * before it leaves. A handler gets a parsed call and returns what its route's schema lets out.
 */
import middy, { type MiddlewareObj } from '@middy/core';
import type {
  APIGatewayProxyEventV2WithLambdaAuthorizer as Event,
  APIGatewayProxyStructuredResultV2 as Result,
} from 'aws-lambda';
import * as z from 'zod/mini';
import { type Log, log } from '../aws/logger.ts';
import { Problem } from '../base/problem.ts';
import { validationMessage } from '../base/validation-message.ts';
import { type Identity, identitySchema } from '../endpoint/operator.ts';
import { Download } from './download.ts';
import { fallbackRoute, methodsOf, type Route, type RouteKey, type Routes, routes } from './routes.ts';

z.config({ localeError: validationMessage });

/** The largest body of an operator's request, in bytes. */
const maxBodyBytes = 64 * 1024;

type ParsedBy<K extends RouteKey, Part extends string> =
  Routes[K] extends Record<Part, infer S> ? (S extends z.ZodMiniType ? z.infer<S> : undefined) : undefined;

/** An operator's request, parsed. */
export interface OperatorCall<K extends RouteKey = RouteKey> {
  operator: Identity;
  params: Record<string, string>;
  query: ParsedBy<K, 'query'>;
  body: ParsedBy<K, 'body'>;
  /** The version that If-Match demands. */
  ifMatch: number | undefined;
  requestId: string;
  now: Date;
}

export interface OperatorAnswer<Body> {
  status: number;
  body: Body;
  headers?: Record<string, string>;
}

type KeysOf<F> = { [K in RouteKey]: Routes[K]['function'] extends F ? K : never }[RouteKey];

/** What a route may be answered with: what its schema lets out, or a file if it says so. */
type AnswerTo<K extends RouteKey> =
  | OperatorAnswer<ParsedBy<K, 'answer'>>
  | (Routes[K] extends { download: true } ? Download : never);

/** A handler for each route of a function. */
export type RouteHandlers<F> = {
  [K in KeysOf<F>]: (call: OperatorCall<K>) => Promise<AnswerTo<K>>;
};

/** What the edge needs from outside. */
export interface OperatorApiDeps {
  now(): Date;
  log: Log;
}

/** Makes the edge's dependencies for Lambda. */
export const liveOperatorApiDeps = (): OperatorApiDeps => ({ now: () => new Date(), log });

type Middleware = MiddlewareObj<Event<unknown>, Result>;

/** Whether an answer is about a connection that is there; what else stands in a name's place may be a pasted token. */
const isOfConnection = (response: Result | null | undefined): boolean => {
  const { statusCode = 500 } = response ?? {};
  return statusCode < 300 || statusCode === 409 || statusCode === 412;
};

/** One line for each request, at its end: who did what, and what came of it. No path, no query, no body. */
function requestLog({ now, log }: OperatorApiDeps): Middleware {
  let began = 0;
  const write = ({ event, response }: middy.Request<Event<unknown>, Result>, error?: Error | null) => {
    const identity = identityOf(event);
    const name = event.pathParameters?.['name'];
    log({
      route: event.routeKey,
      status: response?.statusCode,
      ...(error instanceof Problem ? { code: error.code } : {}),
      ...(identity ? { operator: identity.id, role: identity.role } : {}),
      ...(name !== undefined && isOfConnection(response) ? { connection: name } : {}),
      requestId: event.requestContext.requestId,
      ms: now().getTime() - began,
    });
  };
  return {
    before: () => {
      began = now().getTime();
    },
    after: (request) => write(request),
    onError: (request) => write(request, request.error),
  };
}

const problemHeaders = {
  'content-type': 'application/problem+json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

/** Every failure leaves as a problem. Of a fault of ours only its name and place are logged: its message may quote a body. */
function problemAnswers({ log }: OperatorApiDeps): Middleware {
  return {
    onError: (request) => {
      const { requestId } = request.event.requestContext;
      const { error } = request;
      if (!(error instanceof Problem)) log({ fault: error?.name, at: placeOf(error), requestId }, 'error');
      const problem =
        error instanceof Problem
          ? error
          : new Problem(
              500,
              'internal_error',
              'The fault is ours. Try again; if it stays, look for the requestId in the logs.',
            );
      request.response = {
        statusCode: problem.status,
        headers: { ...problemHeaders, ...problem.headers },
        body: JSON.stringify(problem.toJSON(requestId)),
      };
    },
  };
}

const placeOf = (error: Error | null | undefined): string[] =>
  (error?.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 5)
    .map((line) => line.trim());

function textOf(event: Event<unknown>): string | undefined {
  if (event.body === undefined) return undefined;
  const bytes = Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBodyBytes) {
    throw new Problem(413, 'body_too_large', `Send at most ${maxBodyBytes} bytes; these are ${bytes.length}.`);
  }
  return bytes.length === 0 ? undefined : bytes.toString('utf8');
}

/** Takes a JSON object as the body, or none. */
function jsonBody(): Middleware {
  return {
    before: ({ event }) => {
      const text = textOf(event);
      if (text === undefined) {
        Object.assign(event, { body: {} });
        return;
      }
      if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(event.headers['content-type'] ?? '')) {
        throw new Problem(415, 'unsupported_media_type', 'Send the body as JSON, with Content-Type: application/json.');
      }
      Object.assign(event, { body: objectOf(text) });
    },
  };
}

function objectOf(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem(400, 'invalid_json', 'The body is no valid JSON. Check quotes, commas and brackets.');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new Problem(422, 'invalid_request', 'The body must be a JSON object, such as {}.');
}

function parseAs(schema: z.ZodMiniType | undefined, value: unknown, status: 400 | 422, what: string): unknown {
  if (schema === undefined) return requireNothing(value, status, what);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
  const [{ path, message } = { path: '', message: 'can not be read' }] = errors;
  const subject = path ? `${path} in the ${what}` : `The ${what}`;
  const detail = `${subject} ${message}${message.endsWith('?') ? '' : '.'}`;
  throw new Problem(status, 'invalid_request', detail, { errors });
}

function requireNothing(value: unknown, status: 400 | 422, what: string): undefined {
  const [key] = Object.keys(value ?? {});
  if (key !== undefined) throw new Problem(status, 'invalid_request', `This request takes no ${what}; leave it out.`);
  return undefined;
}

function ifMatchOf(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim())?.[1];
  if (version !== undefined) return Number(version);
  throw new Problem(400, 'invalid_if_match', 'Send If-Match as the version in quotes, such as "3".');
}

const identityOf = (event: Event<unknown>): Identity | undefined =>
  identitySchema.safeParse((event.requestContext.authorizer as { lambda?: unknown } | undefined)?.lambda).data;

const nobody: Identity = { id: 'nobody', name: 'nobody', role: 'flow_designer' };

function authorizedFor(route: Route, event: Event<unknown>): Identity {
  if (route.role === 'nobody') return nobody;
  const identity = identityOf(event);
  if (!identity) throw new Problem(403, 'forbidden', 'Send an operator token: Authorization: Bearer <token>.');
  if (route.role === 'connection_admin' && identity.role !== 'connection_admin') {
    throw new Problem(403, 'role_required', `This needs the role connection_admin; yours is ${identity.role}.`);
  }
  return identity;
}

/** 404 or 405 for what no route takes. */
function unrouted({ requestContext: { http } }: Event<unknown>): never {
  const methods = methodsOf(http.path);
  if (methods.length === 0)
    throw new Problem(404, 'route_not_found', 'There is nothing at this path. docs/api.md lists the routes.');
  const allow = methods.join(', ');
  throw new Problem(405, 'method_not_allowed', `This path takes ${allow}.`, {}, { allow });
}

function answerOf(route: Route, answer: OperatorAnswer<unknown> | Download): Result {
  if (answer instanceof Download) return answer.toResult();
  const { status, body, headers } = answer;
  const shown = route.answer.parse(body);
  const guarded = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers };
  if (shown === null) return { statusCode: status, headers: guarded };
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', ...guarded },
    body: JSON.stringify(shown),
  };
}

/** Makes the Lambda handler of a function that answers operators. */
export function operatorApi<F>(handlers: RouteHandlers<F>, deps: OperatorApiDeps = liveOperatorApiDeps()) {
  const byKey = handlers as unknown as Record<
    string,
    ((call: OperatorCall) => Promise<OperatorAnswer<unknown> | Download>) | undefined
  >;
  return middy<Event<unknown>, Result>()
    .use(requestLog(deps))
    .use(problemAnswers(deps))
    .use(jsonBody())
    .handler(async (event) => {
      const route: Route | undefined = (routes as Record<string, Route>)[event.routeKey];
      const handler = byKey[event.routeKey];
      if (event.routeKey === fallbackRoute || !route || !handler) return unrouted(event);
      const operator = authorizedFor(route, event);
      const call = {
        operator,
        params: (event.pathParameters ?? {}) as Record<string, string>,
        query: parseAs(route.query, event.queryStringParameters ?? {}, 400, 'query'),
        body: parseAs(route.body, event.body, 422, 'body'),
        ifMatch: ifMatchOf(event.headers['if-match']),
        requestId: event.requestContext.requestId,
        now: deps.now(),
      } as OperatorCall;
      return answerOf(route, await handler(call));
    });
}

/** The limit of a page: a whole number from 1 to 200, 50 when unsaid. */
export function limitOf(text: string | undefined): number {
  if (text === undefined) return 50;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= 200) return limit;
  throw new Problem(400, 'invalid_limit', 'limit is a whole number from 1 to 200.');
}

/** Cursors are opaque: base64url of what the next page begins after. */
export const cursorOf = (after: string | undefined): string | null =>
  after === undefined ? null : Buffer.from(after).toString('base64url');

/** The inverse of `cursorOf`. @throws a 400 for what is none of ours */
export function afterCursor(cursor: string | undefined, isOurs: (text: string) => boolean): string | undefined {
  if (cursor === undefined) return undefined;
  const after = Buffer.from(cursor, 'base64url').toString('utf8');
  if (isOurs(after) && cursorOf(after) === cursor) return after;
  throw new Problem(400, 'invalid_cursor', 'Use the nextCursor of the page before, unchanged, or leave cursor out.');
}
