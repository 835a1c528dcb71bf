/**
 * A deployment in memory: the functions of the API, what follows a write of a table, and deliveries to receivers. Time and ids are given, so
 * two of them that get the same requests differ by nothing but their secrets.
 */
import type { Template } from '../../../local/cloudformation/template.ts';
import { accessTokens } from '../../../shared/deliveries/destination/oauth-token.ts';
import { rejectionCounter } from '../../../shared/events/arrival/rejection-table.ts';
import type { Role } from '../../../shared/ground/base/actor.ts';
import { operatorApi } from '../../../shared/operators/api/operator-api.ts';
import { type Deliveries, deliveriesOf, follower } from './given-deliveries.ts';
import { givenMoments, log, type Moments, type Ports, portsOn, silent } from './given-ports.ts';
import { secretsOf, type WorldName, withOtherSecrets } from './given-secrets.ts';
import { type Follow, givenTables, tableNames } from './given-tables.ts';

const { apiConnections } = await import('../../../functions/api-connections.ts');
const { apiDeliveries } = await import('../../../functions/api-deliveries.ts');
const { apiDestinations } = await import('../../../functions/api-destinations.ts');
const { apiEndpoint } = await import('../../../functions/api-endpoint.ts');
const { apiEvents } = await import('../../../functions/api-events.ts');
const { journalHandlers } = await import('../../../shared/operators/api/journal-answers.ts');
const { apiOperators } = await import('../../../functions/api-operators.ts');
const { apiRoutes } = await import('../../../functions/api-routes.ts');
const { apiSelfTest } = await import('../../../functions/api-self-test.ts');
const { setStatistics } = await import('../../../functions/count-events.ts');

/** The functions of the API. */
function handlersOf(ports: Ports, { newId, time }: Moments, { own }: Deliveries) {
  const { ofDestinations, ofOperators, statistics, lists, send, events } = ports;
  const common = { ...ports, clock: () => 0 };
  const newMessageId = () => newId('test_');
  return {
    ...apiConnections({ ...common, progress: statistics.progress, newId: () => newId('c_') }),
    ...apiEndpoint(common),
    ...apiDestinations({
      ...{ ...common, history: ofDestinations, newDestinationId: () => newId('dst_'), newMessageId },
      ...{
        whyUrlRefused: () => undefined,
        getToken: accessTokens({ send, clock: time.now }),
        noteTest: async () => undefined,
      },
    }),
    ...apiRoutes(common),
    ...apiEvents({ ...common, deliveries: lists, newJobId: () => newId('run_') }),
    ...apiDeliveries({
      ...{ ...common, ...own, newJobId: () => newId('rdl_') },
      ...{ readEvent: events.read, readBody: async ({ body }) => body },
      content: common,
    }),
    ...journalHandlers({ ...ports, countWaiting: async (id) => (await lists.backlogOf(id)).rows.length }),
    ...apiOperators({ ...ports, history: ofOperators, newId: () => newId('op_'), newToken: () => 'hlo_new' }),
    // No request of this role reaches it.
    ...apiSelfTest({} as never),
  };
}

/** A request to a route of the API. */
export interface WorldRequest {
  key: string;
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
  role?: Role;
}

/** The request, as API Gateway passes it. */
const eventOf = ({ key, params, query, body, headers, role = 'flow_designer' }: WorldRequest) => ({
  ...{ routeKey: key, pathParameters: params, queryStringParameters: query, isBase64Encoded: false },
  headers: { 'content-type': 'application/json', ...headers },
  ...(body !== undefined && { body: JSON.stringify(body) }),
  requestContext: {
    requestId: 'request-1',
    http: { path: '/v1/nothing' },
    authorizer: { lambda: { id: 'op_1', name: 'somebody', role } },
  },
});

async function aWorld(template: Template, name: WorldName) {
  const moments = givenMoments();
  const { now } = moments;
  let follow: Follow = silent;
  const tables = await givenTables(template, now, (table, record) => follow(table, record));
  const ports = portsOn(tables, secretsOf[name].accessToken);
  const deliveries = deliveriesOf(ports, moments);
  follow = follower(ports, moments, deliveries);
  const api = operatorApi(handlersOf(ports, moments, deliveries) as never, { now, log });
  return {
    ...{ moments, tables, stored: ports.stored, deliver: deliveries.deliver },
    /** The whole answer: status, headers and body, as text. */
    ask: async (request: WorldRequest): Promise<string> =>
      JSON.stringify(await api(eventOf(request) as never, {} as never), undefined, 1),
    readConnection: ports.store.readConnection,
    /** A webhook that was accepted, and one that was refused. */
    append: ports.events.append,
    refuse: rejectionCounter(tables.client, 'Journal', log, { random: () => 0 }),
    /** What the schedule does each minute. */
    count: setStatistics({ ...ports, store: ports.statistics, now, log }),
  };
}
export type World = Awaited<ReturnType<typeof aWorld>>;

/** A verify token is random. */
const withVerifyToken = <T>(item: T): T =>
  JSON.parse(JSON.stringify(item).replace(/(?<=verifyToken\\":\\")[^\\]+/, () => secretsOf.guessed.verifyToken));

/** Takes over all that another world has stored, with this world's secrets in the place of those of the other one. */
async function copy(from: World, to: World): Promise<void> {
  for (const table of tableNames)
    for (const item of (await from.tables.items(table)).map(withVerifyToken)) {
      await from.tables.put(table, item);
      await to.tables.put(table, withOtherSecrets(item));
    }
  for (const [key, value] of from.stored.values) to.stored.values.set(key, withOtherSecrets(value));
  for (const [arn, { versions, current }] of from.stored.secrets)
    to.stored.secrets.set(arn, { versions: new Map(withOtherSecrets([...versions])), current });
  Object.assign(to.moments.clock, from.moments.clock);
  Object.assign(to.moments.ids, from.moments.ids);
}

/** Two worlds with the same history, which differ by their secrets. */
export async function twoWorlds(template: Template, setUp: (world: World) => Promise<void>) {
  const worlds = { guessed: await aWorld(template, 'guessed'), other: await aWorld(template, 'other') };
  await setUp(worlds.guessed);
  await copy(worlds.guessed, worlds.other);
  return worlds;
}
