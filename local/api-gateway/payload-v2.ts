import { randomBytes } from 'node:crypto';
import { decodePercent } from './route-key.ts';

/** A request as it was received, with its whole body. */
export interface HttpRequest {
  method: string;
  /** Path and query, still percent-encoded, as in the request line. */
  rawPath: string;
  rawQuery: string;
  httpVersion: string;
  /** Names and values alternately, as node:http gives them. */
  rawHeaders: readonly string[];
  body: Buffer;
  sourceIp: string;
  requestId: string;
  receivedAt: Date;
}

/** The route of the request, with its API and its variables. */
export interface RouteContext {
  apiId: string;
  domainName: string;
  routeKey: string;
  pathParameters: Record<string, string>;
  stageVariables: Record<string, string>;
}

/** The event of payload format 2.0. Empty fields are absent, never null. */
export interface PayloadV2 {
  version: '2.0';
  routeKey: string;
  rawPath: string;
  rawQueryString: string;
  cookies?: string[];
  headers: Record<string, string>;
  queryStringParameters?: Record<string, string>;
  requestContext: Record<string, unknown>;
  pathParameters?: Record<string, string>;
  stageVariables?: Record<string, string>;
}

/** Headers of a single connection. API Gateway does not pass them on. */
const hopByHop = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const textTypes = new Set(['application/json', 'application/xml', 'application/javascript']);

/** The part of the event that authorizer and integration share. `withBody` adds the body. */
export function payloadV2(request: HttpRequest, routed: RouteContext): PayloadV2 {
  const headers = joinHeaders(request);
  const { cookie, ...rest } = headers;
  const cookies = splitCookies(request.rawHeaders);
  const query = parseQuery(request.rawQuery);
  const { pathParameters, stageVariables } = routed;
  return {
    version: '2.0',
    routeKey: routed.routeKey,
    rawPath: decodePercent(request.rawPath),
    rawQueryString: request.rawQuery,
    ...(cookies.length > 0 && { cookies }),
    headers: rest,
    ...(isFilled(query) && { queryStringParameters: query }),
    requestContext: requestContext(request, routed, rest['user-agent'] ?? ''),
    ...(isFilled(pathParameters) && { pathParameters }),
    ...(isFilled(stageVariables) && { stageVariables }),
  };
}

/**
 * Adds the body: as text for media types that API Gateway treats as text (invalid UTF-8 is replaced), otherwise as
 * base64. An empty body is absent.
 */
export function withBody(event: PayloadV2, body: Buffer): PayloadV2 & { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { ...event, isBase64Encoded: false };
  const isText = isTextType(event.headers['content-type']);
  return { ...event, body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

function isTextType(contentType = ''): boolean {
  const mediaType = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  return mediaType.startsWith('text/') || textTypes.has(mediaType);
}

function requestContext(request: HttpRequest, routed: RouteContext, userAgent: string): Record<string, unknown> {
  const { method, httpVersion, sourceIp, receivedAt } = request;
  return {
    accountId: '000000000000',
    apiId: routed.apiId,
    domainName: routed.domainName,
    domainPrefix: routed.apiId,
    http: { method, path: decodePercent(request.rawPath), protocol: `HTTP/${httpVersion}`, sourceIp, userAgent },
    requestId: request.requestId,
    routeKey: routed.routeKey,
    stage: '$default',
    time: commonLogTime(receivedAt),
    timeEpoch: receivedAt.getTime(),
  };
}

function joinHeaders({ rawHeaders, sourceIp, body, receivedAt }: HttpRequest): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of pairs(rawHeaders)) {
    if (hopByHop.has(name)) continue;
    headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
  }
  const forwarded = headers['x-forwarded-for'];
  headers['x-forwarded-for'] = forwarded ? `${forwarded}, ${sourceIp}` : sourceIp;
  headers['x-forwarded-port'] = '443';
  headers['x-forwarded-proto'] = 'https';
  headers['content-length'] = String(body.length);
  headers['x-amzn-trace-id'] ??= traceId(receivedAt);
  return headers;
}

function splitCookies(rawHeaders: readonly string[]): string[] {
  return pairs(rawHeaders)
    .filter(([name]) => name === 'cookie')
    .flatMap(([, value]) => value.split(';'))
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== '');
}

function parseQuery(rawQuery: string): Record<string, string> {
  const query: Record<string, string> = Object.create(null);
  for (const pair of rawQuery.split('&')) {
    if (pair === '') continue;
    const split = pair.indexOf('=');
    const [key, value] = split < 0 ? [pair, ''] : [pair.slice(0, split), pair.slice(split + 1)];
    const name = decodePercent(key.replaceAll('+', ' '));
    const text = decodePercent(value.replaceAll('+', ' '));
    query[name] = query[name] === undefined ? text : `${query[name]},${text}`;
  }
  return query;
}

function pairs(rawHeaders: readonly string[]): [string, string][] {
  const result: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    result.push([String(rawHeaders[index]).toLowerCase(), String(rawHeaders[index + 1])]);
  }
  return result;
}

function isFilled(record: Record<string, string>): boolean {
  return Object.keys(record).length > 0;
}

function traceId(receivedAt: Date): string {
  const seconds = Math.floor(receivedAt.getTime() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`;
}

/** "12/Mar/2020:19:03:58 +0000" */
function commonLogTime(time: Date): string {
  const [, weekday, day, month, year, clock] = /^(\w+), (\d+) (\w+) (\d+) ([\d:]+)/.exec(time.toUTCString()) ?? [];
  return weekday ? `${day}/${month}/${year}:${clock} +0000` : '';
}
