/**
 * How many webhooks were refused in the last hour, asked at the same moment of everything that shows it: the overview, the charts and the lists of
 * the console, the command line, the API and the tools of agents. All of them say what was counted by hand.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { countsOf } from '../../../clients/console/charts/periods.ts';
import { allCountedConnections } from '../../../clients/console/connections/all-connections.ts';
import { readRejections, rejectionBarsOf, totalsOf } from '../../../clients/console/rejections/rejection-totals.ts';
import { spanNow } from '../../../clients/console/rejections/rejection-view.ts';
import { type Connection, nextVersion } from '../../../shared/endpoints/endpoint/connection.ts';
import type { Endpoint } from '../../../shared/endpoints/endpoint/endpoint-record.ts';
import type { RejectionReason } from '../../../shared/events/arrival/rejection.ts';
import { rejectionReader } from '../../../shared/events/arrival/rejection-reader.ts';
import { requestRejectionCounter } from '../../../shared/events/arrival/request-counter.ts';
import { usageTable } from '../../../shared/events/arrival/usage-table.ts';
import { variables } from '../../../shared/ground/aws/environment.ts';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { type RouteKey, routes } from '../../../shared/operators/api/routes.ts';
import { attentionOfConnection } from '../../../shared/operators/journal/attention.ts';
import { statisticsTable } from '../../../shared/operators/journal/statistics-table.ts';
import { summaryTable } from '../../../shared/operators/journal/summary-table.ts';
import { anOperator, noon } from '../../functions/given-operator.ts';
import { tokenGuard } from '../../shared/endpoints/endpoint/given-record.ts';
import { aStateTable } from '../../shared/endpoints/endpoint/given-state-table.ts';
import { givenDynamodb } from '../../shared/given-dynamodb.ts';
import { count } from '../../support/full-counts.ts';
import { hooklatch } from '../cli/given-terminal.ts';
import { anAgent } from '../mcp/given-agent.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of variables) process.env[name] ??= '1';
const { apiConnections } = await import('../../../functions/api-connections.ts');
const { setStatistics } = await import('../../../functions/count-events.ts');
const { journalHandlers } = await import('../../../shared/operators/api/journal-answers.ts');

const { client, createTable } = givenDynamodb();
const [second, minute] = [1_000, 60_000];
const silent = () => undefined;
const endpoint: Endpoint = { id: 'e1', status: 'active', settings: {}, guard: tokenGuard, tokens: [] };
const sample = { method: 'POST', sourceIp: '192.0.2.1', headers: [], faults: [] };
const orders = { name: 'orders' };

/** A webhook that is refused so long before the moment at which everybody is asked. */
interface Refused {
  agoMs: number;
  reason: RejectionReason;
}

const refused: fc.Arbitrary<Refused> = fc.record({
  // Around both ends of the hour more often than elsewhere.
  agoMs: fc.oneof(
    fc.nat({ max: 62 * minute }),
    fc.integer({ min: 58 * minute, max: 61 * minute }),
    fc.nat({ max: 70 * second }),
  ),
  reason: fc.constantFrom('token_unknown', 'signature_mismatch', 'endpoint_inactive'),
});
const history = fc.record({
  /** How far into its minute everybody is asked. */
  intoMs: fc.constantFrom(0, 1, 29_500, 59_999),
  refusals: fc.array(refused, { maxLength: 12, size: 'max' }),
});

/** A deployment with the connection `orders`, which refused these webhooks. The schedule has just run. */
async function aDeploymentAt(now: Date, refusals: readonly Refused[]) {
  const table = await createTable({ hash: 'pk', range: 'sk' });
  const store = aStateTable();
  const statistics = statisticsTable(client, table);
  const rejections = rejectionReader(client, table);
  const usage = usageTable(client, table);
  const summaries = summaryTable(client, table);
  const shared = { store, rejections, usage, log: silent, publicUrl: 'https://hooks.example.com' };
  const connections = anOperator(
    apiConnections({
      ...shared,
      summaries,
      progress: statistics.progress,
      alerts: { list: async () => [] },
      countHeld: async () => ({ count: 0, complete: true }),
      newId: () => 'c1',
      version: '1.2.3',
    }),
  );
  const journal = anOperator(journalHandlers({ ...shared, statistics, countWaiting: async () => 0 } as never) as never);
  await connections.ask('POST /v1/connections', { body: orders });
  const opened = (await store.readConnection('orders')) as Connection;
  const configure = { verb: 'configure', by: 'op_1', from: 'unconfigured', to: 'configured' } as const;
  await store.replaceConnection(nextVersion(opened, { endpoint }, { ...configure, at: noon.toISOString() }), 'r0');
  // A counter for each refusal: an instance that lives on may keep its last ones to itself, and nobody could say them then.
  const inOrder = refusals.toSorted((one, other) => other.agoMs - one.agoMs);
  for (const { agoMs, reason } of inOrder) {
    const at = new Date(now.getTime() - agoMs);
    await requestRejectionCounter(client, table, silent)({ connectionId: 'c1', reason, sample, at });
  }
  const schedule = { store: statistics, usage, rejections, summaries, log: silent };
  // Its first run covers what came before: the list then reads summaries.
  await setStatistics({ ...schedule, now: () => new Date(now.getTime() - minute) })();
  await setStatistics({ ...schedule, now: () => now })();
  for (const { clock } of [connections, journal]) clock.now = now;
  const answer = (key: RouteKey, request: object) =>
    (key.startsWith('GET /v1/connections/{name}/') ? journal : connections).ask(key, request);
  const call = async (key: RouteKey, { signal: _, onAsOf: __, ...request }: Record<string, unknown> = {}) => {
    const { status, body } = await answer(key, request);
    if (status !== 200) throw new Error(`${key}: ${status} ${JSON.stringify(body)}`);
    return routes[key].answer.parse(body);
  };
  /** As the command line asks: it has only the addresses. */
  const fetch = (async (url: string) => {
    const { pathname, searchParams } = new URL(url);
    const key = pathname.replace('/connections/orders', '/connections/{name}');
    const { status, body } = await answer(`GET ${key}` as RouteKey, {
      params: orders,
      query: Object.fromEntries(searchParams),
    });
    return new Response(JSON.stringify(body), { status });
  }) as unknown as typeof globalThis.fetch;
  return { api: { call } as unknown as ApiClient, fetch };
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, each) => sum + each, 0);

/** What each of them says, and what of it was while the endpoint was inactive, if it says that. */
async function saidOf({ api, fetch }: Awaited<ReturnType<typeof aDeploymentAt>>, now: Date) {
  const env = { HOOKLATCH_URL: 'https://hooks.example.com', HOOKLATCH_TOKEN: 'a-token' };
  const ran = async (...words: string[]) => hooklatch(words, { env, fetch, now: () => now });
  const agent = await anAgent(api);
  const [listed] = await allCountedConnections(api);
  // The overview shows what this finds in that list.
  const row = listed && attentionOfConnection(listed, now).find(({ kind }) => kind === 'refusing');
  const view = { hours: '1' };
  const rows = await readRejections(api, 'orders', spanNow(view, now).from.toISOString());
  const traffic = await api.call('GET /v1/connections/{name}/stats', { params: orders, query: { by: 'minute' } });
  const api1 = await api.call('GET /v1/connections/{name}/rejections', { params: orders, query: {} });
  const json = async (...words: string[]) => JSON.parse((await ran(...words, '--json')).out);
  const tool = async (name: string, args: object = {}) => (await agent.call(name, { ...args })).answer as never;
  const [ofTool] = ((tool_) => tool_.items)((await tool('list_connections')) as { items: { lastHour: object }[] });
  const shown = (await ran('rejections', 'orders')).err;
  const result = {
    overview: row?.kind === 'refusing' ? [row.count, row.whileInactive] : 'no row',
    list: listed?.stats?.lastHour.rejections,
    sparkline: sumOf(listed?.stats?.lastHour.rejectionsByMinute ?? []),
    'chart of refusals': sumOf(
      rejectionBarsOf(rows, spanNow(view, now), 'UTC').bars.flatMap(({ counts }) => Object.values(counts)),
    ),
    'list of refusals': sumOf(totalsOf(rows).map(({ count }) => count)),
    'chart of traffic': countsOf(traffic.items).refused.count,
    'connections list': (await json('connections', 'list', '--stats')).items[0].stats.lastHour.rejections,
    rejections: /^(\d+) refused(?:, (\d+) of them)?/m
      .exec(shown)
      ?.slice(1)
      .map((each = '0') => Number(each)),
    stats: sumOf(
      (await json('stats', 'orders', '--by', 'minute', '--since', '59m')).items.flatMap(
        ({ refused }: { refused: Record<string, number> }) => Object.values(refused),
      ),
    ),
    api: sumOf(Object.values(api1.totals ?? {})),
    'tool list_connections': ofTool?.lastHour,
    'tool list_rejections': ((await tool('list_rejections', { connection: 'orders' })) as { refused: object }).refused,
  };
  await agent.client.close();
  return result;
}

test('whoever is asked how many were refused in the last hour says the same number', async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ intoMs, refusals }) => {
      const now = new Date(noon.getTime() + intoMs);
      // The hour is the minute of now and the fifty-nine before it.
      const within = refusals.filter(({ agoMs }) => intoMs - agoMs >= -59 * minute);
      const all = within.length;
      const inactive = within.filter(({ reason }) => reason === 'endpoint_inactive').length;
      expect(await saidOf(await aDeploymentAt(now, refusals), now)).toEqual({
        overview: all === inactive ? 'no row' : [all, inactive],
        list: all,
        sparkline: all,
        'chart of refusals': all,
        'list of refusals': all,
        'chart of traffic': all,
        'connections list': all,
        rejections: [all, inactive],
        stats: all,
        api: all,
        'tool list_connections': { events: 0, rejections: all, rejectedWhileInactive: inactive },
        'tool list_rejections': { count: all, whileInactive: inactive },
      });
    }),
    { numRuns: count({ usual: 12, full: 100 }) },
  );
});
