import { validateHeaderName, validateHeaderValue } from 'node:http';

/** The response that the client gets. */
export interface HttpResponse {
  status: number;
  /** Names and values in order. A name may occur more than once. */
  headers: [string, string][];
  body: Buffer;
}

/** Headers that the HTTP server sets itself, from the connection and the body. */
const ownHeaders = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade', 'trailer']);

/** The responses that API Gateway makes itself. */
export const gatewayErrors = {
  unauthorized: gatewayError(401, 'Unauthorized'),
  forbidden: gatewayError(403, 'Forbidden'),
  notFound: gatewayError(404, 'Not Found'),
  tooLarge: gatewayError(413, 'Request Entity Too Large'),
  tooManyRequests: gatewayError(429, 'Too Many Requests'),
  headersTooLarge: gatewayError(431, 'Request Header Fields Too Large'),
  internal: gatewayError(500, 'Internal Server Error'),
  unavailable: gatewayError(503, 'Service Unavailable'),
} satisfies Record<string, HttpResponse>;

/**
 * Converts a function's result (as JSON text) by the rules of payload format 2.0: without a `statusCode`, the value
 * itself is the body of a 200. A malformed result becomes API Gateway's 500.
 */
export function integrationResponse(payload: string): HttpResponse {
  const value: unknown = JSON.parse(payload);
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) {
    const text = typeof value === 'string' ? value : payload;
    return { status: 200, headers: [['content-type', 'application/json']], body: Buffer.from(text, 'utf8') };
  }
  return readResponse(value) ?? gatewayErrors.internal;
}

function readResponse(response: object & { statusCode: unknown }): HttpResponse | undefined {
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded } = response as Record<string, unknown>;
  const status = readStatus(statusCode);
  const pairs = readHeaders(headers ?? {});
  const setCookies = readCookies(cookies ?? []);
  const text = body ?? '';
  if (!status || !pairs || !setCookies || typeof text !== 'string') return undefined;
  if (!pairs.some(([name]) => name === 'content-type')) pairs.push(['content-type', 'text/plain; charset=utf-8']);
  return {
    status,
    headers: [...setCookies, ...pairs],
    body: Buffer.from(text, isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

function readStatus(value: unknown): number | undefined {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined;
}

function readHeaders(value: unknown): [string, string][] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const pairs: [string, string][] = [];
  for (const [name, content] of Object.entries(value)) {
    if (!['string', 'number', 'boolean'].includes(typeof content)) return undefined;
    if (!isHeader(name, String(content))) return undefined;
    if (!ownHeaders.has(name.toLowerCase())) pairs.push([name.toLowerCase(), String(content)]);
  }
  return pairs;
}

function readCookies(value: unknown): [string, string][] | undefined {
  if (!Array.isArray(value)) return undefined;
  const cookies = value.map((cookie): [string, string] => ['set-cookie', String(cookie)]);
  return cookies.every(([name, content]) => isHeader(name, content)) ? cookies : undefined;
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function gatewayError(status: number, message: string): HttpResponse {
  const body = Buffer.from(JSON.stringify({ message }), 'utf8');
  return { status, headers: [['content-type', 'application/json']], body };
}
