/** A stand-in for the API behind `fetch`: answers by route, and notes what it is asked. */
import type { ApiAnswer } from '../../../../shared/operators/api/api-client.ts';
import type { RouteKey } from '../../../../shared/operators/api/routes.ts';
import { aTurn, aTurnWithTimers } from './given-clock.ts';

export interface Asked {
  path: string;
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
}

/** An answer, or a function that makes it. */
export type Answers = {
  [Key in RouteKey]?:
    | ApiAnswer<Key>
    | Refusal
    | ((asked: Asked) => ApiAnswer<Key> | Refusal | Promise<ApiAnswer<Key> | Refusal>);
};

/** An error answer of the API. */
export class Refusal {
  readonly status: number;
  readonly detail: string;
  /** Further facts of the answer. */
  readonly more: object;

  constructor(status: number, detail: string, more: object = {}) {
    this.status = status;
    this.detail = detail;
    this.more = more;
  }
}

export const refusal = new Refusal(409, 'This is refused, but only once.');

/** Answers one after the other. The last one stays. */
export function inTurn<Answer extends readonly [unknown, ...unknown[]]>(...answers: Answer): () => Answer[number] {
  const rest = [...answers];
  return () => (rest.length > 1 ? rest.shift() : rest[0]);
}

/** The same routes without a network. */
export const unreachable = (answers: Answers): Answers =>
  Object.fromEntries(
    Object.keys(answers).map((route) => [
      route,
      () => {
        throw new TypeError('Failed to fetch');
      },
    ]),
  );

interface Route {
  method: string;
  form: RegExp;
  answer: unknown;
}

function routeOf([key, answer]: [string, unknown]): Route {
  const [method = '', path = ''] = key.split(' ');
  return { method, form: new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`), answer };
}

/** The requests that do something, or that a history records. */
const isAct = (request: string): boolean => !request.startsWith('GET ') || /\/endpoint\/token$|\/secret$/.test(request);

export class FakeApi {
  /** What only reads, such as `GET /v1/me`. */
  readonly reads: string[] = [];
  /** Every other request, with its version and its body, such as `POST /v1/… if-match "3" {"value":"…"}`. */
  readonly acts: string[] = [];
  /** For each of these, the buttons that say meanwhile that something is being done. */
  readonly busy: string[] = [];
  /** The operator token of each request. */
  readonly tokens: string[] = [];
  /** Requests without an answer here, and those for a further page that ask for something else than the first page did. */
  readonly unknown: string[] = [];
  #routes: Route[] = [];
  readonly #firstPages = new Map<string, string[]>();
  #refusals = 0;
  #open = 0;
  #version = 0;

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
      await aTurn();
      return await this.#respond(new URL(input), init);
    } finally {
      this.#open -= 1;
    }
  };

  /**
   * Each change has a version of its own, as those of the API have: with the same one, nobody would see which one a request has. The
   * changed record is what the next read of it answers.
   */
  #changed(answer: unknown, path: string): unknown {
    const record = recordIn(answer);
    if (!record) return answer;
    const changed = { ...record, version: Math.max(record.version, this.#version + 1) };
    this.#version = changed.version;
    this.#routes = [routeOf([`GET ${path.split('/', 3).join('/')}/${changed.name}`, changed]), ...this.#routes];
    return answer === record ? changed : { ...(answer as object), connection: changed };
  }

  /** A further page must be asked for with the filters of the first one. A time may be a moment later, so only its name is compared. */
  #checkPage({ pathname, searchParams }: URL): void {
    const asked = [...searchParams]
      .filter(([name]) => name !== 'cursor')
      .map(([name, value]) => (name === 'from' ? name : `${name}=${value}`))
      .sort();
    // The same list in the other order may be read at the same time.
    const list = `${pathname} ${searchParams.get('order')}`;
    const first = this.#firstPages.get(list);
    if (!searchParams.has('cursor')) this.#firstPages.set(list, asked);
    else if (String(asked) !== String(first)) this.unknown.push(`${pathname}: page 1 of ${first}, another of ${asked}`);
  }

  async #respond(
    url: URL,
    { method, headers, body }: { method: string; headers: Record<string, string>; body?: string },
  ): Promise<Response> {
    const version = 'if-match' in headers ? ` if-match ${headers['if-match']}` : '';
    const content = body === undefined || body === '{}' ? '' : ` ${body}`;
    const request = `${method} ${url.pathname}${url.search}${version}${content}`;
    this.tokens.push(headers['authorization']?.replace('Bearer ', '') ?? '');
    const index = (isAct(request) ? this.acts : this.reads).push(request) - 1;
    if (isAct(request)) this.busy[index] = await busyButtons();
    if (method === 'GET') this.#checkPage(url);
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
    const answer = typeof route.answer === 'function' ? await route.answer(asked) : route.answer;
    if (isAct(request)) return responseOf(this.#changed(answer, url.pathname));
    this.#version = Math.max(this.#version, recordIn(answer)?.version ?? 0);
    // Statistics say in a header until when they count: here until now.
    const asOf = { 'hooklatch-as-of': new Date().toISOString() };
    return responseOf(answer, url.pathname.endsWith('/stats') ? asOf : {});
  }
}

const isLoading = (button: HTMLElement): boolean =>
  button.ariaDisabled === 'true' && button.innerHTML.includes('awsui_circle');

/** The buttons that say that something is being done. A page shows it a few turns after it has begun. */
async function busyButtons(): Promise<string> {
  const found = () => [...document.getElementsByTagName('button')].filter(isLoading);
  for (let turn = 0; turn < 5 && found().length === 0; turn++) await aTurnWithTimers();
  return found()
    .map(({ textContent }) => textContent)
    .join(', ');
}

type ApiRecord = ApiAnswer<'GET /v1/connections/{name}'> | ApiAnswer<'GET /v1/destinations/{name}'>;

/** The record that an answer is or has. */
function recordIn(answer: unknown): ApiRecord | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const record = 'connection' in answer ? answer.connection : answer;
  return typeof record === 'object' && record !== null && 'version' in record ? (record as ApiRecord) : undefined;
}

function responseOf(answer: unknown, headers: Record<string, string> = {}): Response {
  if (!(answer instanceof Refusal)) return new Response(JSON.stringify(answer), { status: 200, headers });
  const { status, detail, more } = answer;
  const problem = {
    status,
    detail,
    title: 'Refused',
    code: status === 403 ? 'forbidden' : 'refused',
    requestId: 'r-1',
    ...more,
  };
  return new Response(JSON.stringify(problem), { status });
}
