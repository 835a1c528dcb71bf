/**
 * A typed client of the operators' API. Its types come from the schemas of the routes. The import is type-only, so a
 * program that uses the client loads no schema.
 */
import type * as z from 'zod/mini';
import { type Via, viaHeader } from '../../ground/base/actor.ts';
import { parseJson } from '../../ground/base/parse-json.ts';
import { retryAfterMs } from '../../ground/base/retry-after.ts';
import { apiErrorOf, UnreachableError } from './api-error.ts';
import { KnownLists, unchangedListOf } from './known-lists.ts';
import { asOfHeader } from './list-moment.ts';
import type { ParamName } from './route.ts';
import type { RouteKey, RouteTable } from './routes.ts';

/** What a client may send to a route as `query` or `body`. */
type Input<Key extends RouteKey, Part extends 'query' | 'body'> =
  RouteTable[Key] extends Record<Part, infer Schema extends z.ZodMiniType> ? z.input<Schema> : never;

/** A field that is absent without a value, optional if every part of the value is, and otherwise required. */
type Field<Name extends string, Value> = [Value] extends [never]
  ? { [Key in Name]?: never }
  : Record<never, never> extends Value
    ? { [Key in Name]?: Value }
    : { [Key in Name]: Value };

type Params<Key> = [ParamName<Key>] extends [never] ? never : Record<ParamName<Key>, string>;

/** A request to a route. */
export type ApiRequest<Key extends RouteKey> = Field<'params', Params<Key>> &
  Field<'query', Input<Key, 'query'>> &
  Field<'body', Input<Key, 'body'>> & {
    /** The version of the record that the operator has seen. If the record has another version, the answer is 412. */
    ifMatch?: number;
    /** Is told until when the answer counts, if it says so in its header `hooklatch-as-of`. */
    onAsOf?: (at: string) => void;
    /** Ends the request when it aborts, with an UnreachableError. */
    signal?: AbortSignal;
    /** The time after which the answer must have begun, in ms. Its body may take longer. */
    beginsWithinMs?: number;
  };

/** The body that a route takes. */
export type ApiBody<Key extends RouteKey> = Input<Key, 'body'>;

/** The answer of a route, with what only an admin gets. Null if it has no body. */
export type ApiAnswer<Key extends RouteKey> = RouteTable[Key] extends {
  adminAnswer: infer Schema extends z.ZodMiniType;
}
  ? z.output<Schema>
  : z.output<RouteTable[Key]['answer']>;

type RequestArguments<Key extends RouteKey> =
  Record<never, never> extends ApiRequest<Key> ? [request?: ApiRequest<Key>] : [request: ApiRequest<Key>];

export interface ApiClient {
  /**
   * Sends a request. Waits and repeats it a few times if the API is busy.
   * @throws ApiError if the API answers with an error
   * @throws UnreachableError if no answer of Hooklatch comes
   * @throws ClientSettingError if a parameter of the path is empty, `.` or `..`
   */
  call<Key extends RouteKey>(key: Key, ...request: RequestArguments<Key>): Promise<ApiAnswer<Key>>;
}

export interface ApiClientOptions {
  /** The URL of the deployment, with or without `/v1`. */
  url: string;
  /** The operator token. */
  token: string;
  /** The program that asks, for the history. */
  via?: Via;
  fetch: typeof globalThis.fetch;
  /** Waits for some milliseconds. */
  wait: (ms: number) => Promise<void>;
  now: () => Date;
}

/** The URL, the token or a parameter of a path can't be used. */
export class ClientSettingError extends Error {
  override name = 'ClientSettingError';
}

/** The time after which an answer no longer comes, in ms. API Gateway answers within 30 s. */
const timeoutMs = 35_000;
const maxRepeats = 4;
const firstDelayMs = 500;
/** The longest wait before a repeat, in ms. If the API asks for a longer one, its answer is the result. */
const maxDelayMs = 30_000;

const isLoopback = (hostname: string): boolean => /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(hostname);

/**
 * Checks the URL of a deployment. Returns it without `/v1` and without a slash at its end.
 * @throws ClientSettingError if it is no URL, or if a token would travel unencrypted
 */
export function deploymentUrl(text: string): string {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new ClientSettingError('The URL of the deployment must look like https://hooks.example.com.');
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new ClientSettingError('The URL of the deployment must have no user, no password, no query and no fragment.');
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new ClientSettingError(
      'The URL must begin with https://, because it gets your token. http:// is for this machine.',
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+(v1\/*)?$/, '');
}

/** @throws ClientSettingError if the token can't be sent in a header. The message does not contain it. */
function bearerOf(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return `Bearer ${token}`;
  throw new ClientSettingError('The operator token is empty, or has characters that no token has. Copy it again.');
}

interface LooseRequest {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  ifMatch?: number;
  onAsOf?: (at: string) => void;
  signal?: AbortSignal;
  beginsWithinMs?: number;
}

/** @throws ClientSettingError if a URL would drop the value, even encoded, so that the request goes to another route */
function segmentOf(name: string, value: string): string {
  if (!['', '.', '..'].includes(value)) return encodeURIComponent(value);
  throw new ClientSettingError(`There is no ${name} "${value}". Take one from a list.`);
}

function pathOf(template: string, { params = {}, query = {} }: LooseRequest): string {
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => segmentOf(name, params[name] ?? ''));
  const pairs = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}

/**
 * Whether the request can be sent again. After a 429 the API has done nothing. After a 503 it may have: a POST could
 * then make a second token.
 */
const isRepeatable = (method: string, status: number): boolean =>
  status === 429 || (status === 503 && method !== 'POST');

/** The wait before a repeat in ms: as `Retry-After` says, or else twice the wait before. */
const delayOf = (retryAfter: string | null, repeat: number, now: Date): number =>
  Math.max(0, retryAfterMs(retryAfter, now) ?? firstDelayMs * 2 ** repeat);

/** A request, and when its answer must have begun. */
type TimedRequest = RequestInit & { method: string; beginsWithinMs: number };

/** Fetches, and turns a failure into an UnreachableError. Its text has only a code, because a cause can quote headers. */
async function reach(
  { fetch }: ApiClientOptions,
  url: string,
  { beginsWithinMs, ...request }: TimedRequest,
): Promise<Response> {
  const { origin } = new URL(url);
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new DOMException('', 'TimeoutError')), beginsWithinMs);
  const signals = [limit.signal, AbortSignal.timeout(timeoutMs), ...(request.signal ? [request.signal] : [])];
  let response: Response;
  try {
    response = await fetch(url, { ...request, redirect: 'manual', signal: AbortSignal.any(signals) });
  } catch (error) {
    const { name, cause } = error as Error;
    const code =
      name === 'TimeoutError' ? `no answer within ${beginsWithinMs / 1000} s` : (cause as NodeJS.ErrnoException)?.code;
    throw new UnreachableError(`Can't reach ${origin}${code === undefined ? '' : ` (${code})`}.`);
  } finally {
    clearTimeout(timer);
  }
  const isRedirect = response.type === 'opaqueredirect' || (response.status >= 300 && response.status <= 399);
  if (!isRedirect || response.status === 304) return response;
  throw new UnreachableError(
    `${origin} redirects to another address. It was not followed, because your token would go there.`,
  );
}

async function reachPatiently(options: ApiClientOptions, url: string, request: TimedRequest): Promise<Response> {
  for (let repeat = 0; ; repeat++) {
    const response = await reach(options, url, request);
    const delayMs = delayOf(response.headers.get('retry-after'), repeat, options.now());
    const isLast = repeat === maxRepeats || delayMs > maxDelayMs;
    if (isLast || !isRepeatable(request.method, response.status)) return response;
    await response.body?.cancel();
    await options.wait(delayMs);
  }
}

/** @throws UnreachableError if the connection ends before the answer does */
async function textOf(response: Response, url: string): Promise<string> {
  try {
    return await response.text();
  } catch {
    throw new UnreachableError(`The answer of ${url} broke off.`);
  }
}

/**
 * Makes a client for one deployment.
 * @throws ClientSettingError if the URL or the token can't be used
 */
export function apiClient(options: ApiClientOptions): ApiClient {
  const url = deploymentUrl(options.url);
  const headers = {
    authorization: bearerOf(options.token),
    accept: 'application/json',
    ...(options.via && { [viaHeader]: options.via }),
  };
  const lists = new KnownLists();
  return {
    async call<Key extends RouteKey>(key: Key, ...[request]: RequestArguments<Key>) {
      const [method, template] = key.split(' ') as [string, string];
      const { ifMatch, onAsOf, signal, beginsWithinMs = timeoutMs, body, ...rest } = (request ?? {}) as LooseRequest;
      const takesBody = method !== 'GET' && method !== 'DELETE';
      const target = `${url}${pathOf(template, rest)}`;
      const known = method === 'GET' ? lists.of(target) : undefined;
      const response = await reachPatiently(options, target, {
        method,
        headers: {
          ...headers,
          ...(takesBody && { 'content-type': 'application/json' }),
          ...(known && { 'if-none-match': known.etag }),
          ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
        },
        ...(takesBody && { body: JSON.stringify(body ?? {}) }),
        ...(signal && { signal }),
        beginsWithinMs: Math.min(beginsWithinMs, timeoutMs),
      });
      const asOf = response.headers.get(asOfHeader);
      if (asOf !== null) onAsOf?.(asOf);
      if (known && response.status === 304) return unchangedListOf(known, response.headers) as ApiAnswer<Key>;
      const text = await textOf(response, url);
      const json = text === '' ? null : parseJson(text);
      if (!response.ok) throw apiErrorOf(response, json);
      if (json === undefined)
        throw new UnreachableError(
          `${url} answered without JSON, so it is not Hooklatch. Check the URL of the deployment.`,
        );
      if (method === 'GET') lists.keep(target, response.headers, json);
      return json as ApiAnswer<Key>;
    },
  };
}
