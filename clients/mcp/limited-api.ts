/**
 * The API as a server sees it that shows some connections alone. What is about others is not there: it is answered as what does not
 * exist. A request that is not named here is refused, so that a new one shows nothing by omission.
 */
import { randomBytes } from 'node:crypto';
import type { ApiAnswer, ApiClient } from '../../shared/operators/api/api-client.ts';
import { ApiError } from '../../shared/operators/api/api-error.ts';
import type { RouteKey } from '../../shared/operators/api/routes.ts';
import { wholeList } from '../../shared/operators/api/whole-list.ts';
import { ToolRefusal } from './tool.ts';

interface AnyRequest {
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  body?: { rules?: readonly { to?: string }[] };
}
type AnyCall = (key: RouteKey, request?: AnyRequest) => Promise<unknown>;

/** Requests about nobody's webhooks. */
const open: readonly RouteKey[] = ['GET /v1/me', 'GET /healthz', 'GET /v1/providers', 'GET /v1/providers/{id}'];

/** The most pages of a list that are read to fill one. */
const mostPages = 10;
/** The most cursors that are kept. The oldest goes first. */
const mostCursors = 1_000;

const notFound = (code: string, detail: string): ApiError => new ApiError(404, { code, detail }, undefined);
const noConnection = () => notFound('connection_not_found', 'There is no connection with this name.');
const noDestination = () => notFound('destination_not_found', 'There is no destination with this name.');
const noDelivery = () => notFound('delivery_not_found', 'There is no delivery with this id.');

/** A position in a list names an event, which may be another's. So the agent gets a name for the position, which means nothing. */
class Cursors {
  readonly #kept = new Map<string, string>();

  hide(cursor: string | null): string | null {
    if (cursor === null) return null;
    const name = `page_${randomBytes(8).toString('hex')}`;
    this.#kept.set(name, cursor);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostCursors) break;
      this.#kept.delete(oldest);
    }
    return name;
  }

  find(name: string): string {
    const cursor = this.#kept.get(name);
    if (cursor === undefined) throw new ToolRefusal('There is no such page any more. Begin again without a cursor.');
    return cursor;
  }
}

type Listed = ApiAnswer<'GET /v1/destinations/{name}/deliveries'>;

/** @param names the connections that are shown */
export function limitedApi(api: ApiClient, names: ReadonlySet<string>): ApiClient {
  const cursors = new Cursors();
  const call = api.call.bind(api) as AnyCall;

  /** The destinations to which the routes of these connections lead now. */
  async function reached(): Promise<ReadonlySet<string>> {
    const lists = await Promise.all(
      [...names].map((name) =>
        api.call('GET /v1/connections/{name}/routes', { params: { name } }).catch((error) => {
          if (error instanceof ApiError && error.status === 404) return { rules: [] };
          throw error;
        }),
      ),
    );
    return new Set(lists.flatMap(({ rules }) => rules.map(({ to }) => to)));
  }

  async function deliveries(request: AnyRequest): Promise<unknown> {
    const { cursor, ...query } = request.query ?? {};
    const most = Number(query['limit'] ?? 50);
    const items: Listed['items'] = [];
    let next = cursor === undefined ? null : cursors.find(cursor);
    for (let page = 0; page < mostPages; page += 1) {
      const limit = String(most - items.length);
      const from = { ...query, limit, ...(next !== null && { cursor: next }) };
      const read = (await call('GET /v1/destinations/{name}/deliveries', { ...request, query: from })) as Listed;
      items.push(...read.items.filter(({ connection }) => names.has(connection)));
      next = read.nextCursor;
      if (next === null || items.length >= most) break;
    }
    return { items, nextCursor: cursors.hide(next) };
  }

  async function ofDestination(key: RouteKey, request: AnyRequest): Promise<unknown> {
    if (!(await reached()).has(request.params?.['name'] ?? '')) throw noDestination();
    if (key === 'GET /v1/destinations/{name}/deliveries') return deliveries(request);
    const answer = await call(key, request);
    if (key !== 'GET /v1/destinations/{name}/health') return answer;
    // The rest is about deliveries, which can be of other connections.
    const { state, since, blockedUntil, lastFailing } = answer as ApiAnswer<'GET /v1/destinations/{name}/health'>;
    return { state, since, blockedUntil, lastFailing };
  }

  /** A rule to another destination would make that one reachable, and its absence would say that there is none. */
  async function refuseOthers({ body }: AnyRequest): Promise<void> {
    const those = await reached();
    if (body?.rules?.some(({ to = '' }) => !those.has(to))) throw noDestination();
  }

  const limited: AnyCall = async (key, request = {}) => {
    const named = request.params?.['name'] ?? '';
    if (key.includes('/v1/connections/{name}')) {
      if (!names.has(named)) throw noConnection();
      if (key === 'PUT /v1/connections/{name}/routes') await refuseOthers(request);
      return call(key, request);
    }
    if (open.includes(key)) return call(key, request);
    switch (key) {
      case 'GET /v1/connections': {
        const all = await wholeList((query) => api.call(key, { query: { ...query, include: 'stats' } }));
        return { items: all.filter(({ name }) => names.has(name)), nextCursor: null };
      }
      case 'GET /v1/destinations': {
        const [all, those] = await Promise.all([wholeList((query) => api.call(key, { query })), reached()]);
        return { items: all.filter(({ name }) => those.has(name)), nextCursor: null };
      }
      case 'GET /v1/destinations/{name}':
        // The routes that lead there can be those of other connections.
        return ofDestination(key, { ...request, query: {} });
      case 'GET /v1/destinations/{name}/health':
      case 'GET /v1/destinations/{name}/deliveries':
        return ofDestination(key, request);
      case 'GET /v1/deliveries/{id}': {
        const delivery = (await call(key, request)) as ApiAnswer<typeof key>;
        if (!names.has(delivery.connection)) throw noDelivery();
        return delivery;
      }
      default:
        throw new ToolRefusal(`This server shows some connections alone. Name one of them: ${[...names].join(', ')}.`);
    }
  };
  return { call: limited as ApiClient['call'] };
}
