/** Logs each operator's request, and answers failures as problems. */
import type middy from '@middy/core';
import type { MiddlewareObj } from '@middy/core';
import type {
  APIGatewayProxyEventV2WithLambdaAuthorizer as Event,
  APIGatewayProxyStructuredResultV2 as Result,
} from 'aws-lambda';
import type { Log } from '../../ground/aws/logger.ts';
import { type Identity, identitySchema } from '../operator/operator.ts';
import { Problem, problemOf } from './problem.ts';
import { routeKeyOf } from './routes.ts';

export interface OperatorApiDeps {
  now(): Date;
  log: Log;
}

type Middleware = MiddlewareObj<Event<unknown>, Result>;

/**
 * Whether the connection exists. The connection's name is logged only if the connection exists, because other text in
 * the path may be a pasted token.
 */
const isOfConnection = (response: Result | null | undefined): boolean => {
  const { statusCode = 500 } = response ?? {};
  return statusCode < 300 || statusCode === 409 || statusCode === 412;
};

/** Logs one line for each request at its end: who did what, with which result. The line has no path, query or body. */
export function requestLog({ now, log }: OperatorApiDeps): Middleware {
  let began = 0;
  const write = ({ event, response }: middy.Request<Event<unknown>, Result>, error?: Error | null) => {
    const identity = identityOf(event);
    const name = event.pathParameters?.['name'];
    const code = problemOf(error)?.code;
    log({
      route: routeKeyOf(event),
      status: response?.statusCode,
      ...(code === undefined ? {} : { code }),
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

const failed = 'Hooklatch failed. Try again. If it fails again, look for the requestId in the logs.';

/**
 * Answers every failure as a problem. Logs only the name and place of an internal error, because the message may quote
 * a body.
 */
export function problemAnswers({ log }: OperatorApiDeps): Middleware {
  return {
    onError: (request) => {
      const { requestId } = request.event.requestContext;
      const { error } = request;
      const refused = problemOf(error);
      if (!refused) log({ fault: error?.name, at: stackOf(error), requestId }, 'error');
      const problem = refused ?? new Problem('internal_error', failed);
      request.response = {
        statusCode: problem.status,
        headers: { ...problemHeaders, ...problem.headers },
        body: JSON.stringify(problem.toJSON(requestId)),
      };
    },
  };
}

/** The first lines of the stack. */
const stackOf = (error: Error | null | undefined): string[] =>
  (error?.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 5)
    .map((line) => line.trim());

/** The operator that the authorizer found. */
export const identityOf = (event: Event<unknown>): Identity | undefined =>
  identitySchema.safeParse((event.requestContext.authorizer as { lambda?: unknown } | undefined)?.lambda).data;
