/** A stand-in for the API behind `fetch`: answers by route, and notes what it is asked. */
import type { ApiAnswer } from '../../../shared/api/api-client.ts';
import type { RouteKey } from '../../../shared/api/routes.ts';

export interface Asked {
  path: string;
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
}

/** An answer, or a function that makes it. */
export type Answers = { [Key in RouteKey]?: ApiAnswer<Key> | Refusal | ((asked: Asked) => ApiAnswer<Key> | Refusal) };

/** An error answer of the API. */
export class Refusal {
  readonly status: number;
  readonly detail: string;

  constructor(status: number, detail: string) {
    this.status = status;
    this.detail = detail;
  }
}

export const refusal = new Refusal(409, 'This is refused, but only once.');

/** Answers one after the other. The last one stays. */
export function inTurn<Answer extends readonly [unknown, ...unknown[]]>(...answers: Answer): () => Answer[number] {
  const rest = [...answers];
  return () => (rest.length > 1 ? rest.shift() : rest[0]);
}

interface Route {
  method: string;
  form: RegExp;
  answer: unknown;
}

function routeOf([key, answer]: [string, unknown]): Route {
  const [method = '', path = ''] = key.split(' ');
  return { method, form: new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`), answer };
}

/** The requests that do something, or that the history of a connection records. */
const isAct = (request: string): boolean => !request.startsWith('GET ') || request.endsWith('/endpoint/token');

export class FakeApi {
  /** What only reads, such as `GET /v1/me`. */
  readonly reads: string[] = [];
  /** Every other request, with its version and its body, such as `POST /v1/… if-match "3" {"value":"…"}`. */
  readonly acts: string[] = [];
  /** The operator token of each request. */
  readonly tokens: string[] = [];
  /** Requests without an answer here. */
  readonly unknown: string[] = [];
  #routes: Route[] = [];
  #refusals = 0;
  #open = 0;

  answer(answers: Answers): void {
    this.#routes = [...Object.entries(answers).map(routeOf), ...this.#routes];
  }

  /** Refuses the next request that does something. */
  refuseNext(): void {
    this.#refusals = 1;
  }

  get isBusy(): boolean {
    return this.#open > 0;
  }

  readonly fetch = async (
    input: string,
    init: { method: string; headers: Record<string, string>; body?: string },
  ): Promise<Response> => {
    this.#open += 1;
    try {
      // An answer never comes at once.
      await new Promise((resolve) => setTimeout(resolve));
      return this.#respond(new URL(input), init);
    } finally {
      this.#open -= 1;
    }
  };

  /** A changed record is what the next read of it answers. */
  #keepRecord(answer: object | null): void {
    const record = answer && 'connection' in answer ? answer.connection : answer;
    if (!record || !('version' in (record as object))) return;
    this.answer({ 'GET /v1/connections/{name}': record as ApiAnswer<'GET /v1/connections/{name}'> });
  }

  #respond(
    url: URL,
    { method, headers, body }: { method: string; headers: Record<string, string>; body?: string },
  ): Response {
    const version = 'if-match' in headers ? ` if-match ${headers['if-match']}` : '';
    const content = body === undefined || body === '{}' ? '' : ` ${body}`;
    const request = `${method} ${url.pathname}${url.search}${version}${content}`;
    this.tokens.push(headers['authorization']?.replace('Bearer ', '') ?? '');
    (isAct(request) ? this.acts : this.reads).push(request);
    if (isAct(request) && this.#refusals > 0) {
      this.#refusals -= 1;
      return responseOf(refusal);
    }
    const route = this.#routes.find((each) => each.method === method && each.form.test(url.pathname));
    if (!route) {
      this.unknown.push(request);
      return responseOf(new Refusal(500, `The stand-in has no answer to ${request}.`));
    }
    const params = { ...route.form.exec(url.pathname)?.groups };
    const asked = { path: url.pathname, params, query: url.searchParams, body: body && JSON.parse(body) };
    const answer = typeof route.answer === 'function' ? route.answer(asked) : route.answer;
    if (isAct(request)) this.#keepRecord(answer);
    return responseOf(answer);
  }
}

function responseOf(answer: unknown): Response {
  if (!(answer instanceof Refusal)) return new Response(JSON.stringify(answer), { status: 200 });
  const { status, detail } = answer;
  const problem = {
    status,
    detail,
    title: 'Refused',
    code: status === 403 ? 'forbidden' : 'refused',
    requestId: 'r-1',
  };
  return new Response(JSON.stringify(problem), { status });
}
