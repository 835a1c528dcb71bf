/** Operators' requests to one function, as API Gateway passes them. */
import type { APIGatewayProxyStructuredResultV2 as Result } from 'aws-lambda';
import type { Role } from '../../shared/ground/base/actor.ts';
import { operatorApi, type RouteHandlers } from '../../shared/operators/api/operator-api.ts';

/** The time of each request, unless `clock.now` is changed. */
export const noon = new Date('2026-03-01T12:00:00.000Z');

export interface OperatorRequest {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: object;
  ifMatch?: number;
  /** The operator's id and role. By default an admin. The name is `name of <id>`. */
  operator?: string;
  role?: Role;
  /** When the operator's token ends, as the authorizer says it. */
  expiresAt?: string;
  /** The program that asks, as it says itself. */
  via?: string;
}

/** An answer, with its body parsed from JSON. */
export interface OperatorAnswer {
  status: number;
  headers: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: each route answers something else
  body: any;
}

/** Sends requests to these routes. `answered` has the status and the code or body of each request, `lines` the log. */
export function anOperator<F>(routes: RouteHandlers<F>) {
  const clock = { now: noon };
  const lines: Record<string, unknown>[] = [];
  const api = operatorApi(routes, { now: () => clock.now, log: (line) => lines.push(line) });

  async function ask(routeKey: string, request: OperatorRequest = {}): Promise<OperatorAnswer> {
    const { params, query, body, ifMatch, operator = 'op_1', role = 'connection_admin', expiresAt, via } = request;
    const event = {
      routeKey,
      pathParameters: params,
      queryStringParameters: query,
      isBase64Encoded: false,
      headers: {
        'content-type': 'application/json',
        ...(ifMatch && { 'if-match': `"${ifMatch}"` }),
        ...(via !== undefined && { 'hooklatch-via': via }),
      },
      ...(body && { body: JSON.stringify(body) }),
      requestContext: {
        requestId: 'request-1',
        http: { path: '/' },
        authorizer: { lambda: { id: operator, name: `name of ${operator}`, role, ...(expiresAt && { expiresAt }) } },
      },
    };
    const {
      statusCode = 0,
      headers = {},
      body: text,
      isBase64Encoded,
    } = (await api(event as never, {} as never)) as Result;
    const parsed = text === undefined || isBase64Encoded ? text : JSON.parse(text);
    return { status: statusCode, headers, body: parsed };
  }

  /** The status and code of a request that is refused. */
  async function refusal(...request: Parameters<typeof ask>): Promise<[number, string]> {
    const { status, body } = await ask(...request);
    return [status, body.code];
  }
  return { ask, refusal, clock, lines };
}
