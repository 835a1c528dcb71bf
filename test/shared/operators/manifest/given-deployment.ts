/** A deployment in memory: the functions of the API on one State table, as a client reaches them, and stacks beside it. */

import { accessTokens } from '../../../../shared/deliveries/destination/oauth-token.ts';
import type { SecretValue } from '../../../../shared/endpoints/credential/secret-store.ts';
import { variables } from '../../../../shared/ground/aws/environment.ts';
import { ownViewOf } from '../../../../shared/operators/api/own-view.ts';
import type { Identity } from '../../../../shared/operators/operator/operator.ts';
import { anOperator, type OperatorAnswer, type OperatorRequest } from '../../../functions/given-operator.ts';
import { aRoutingState, aStackResource, type StackOptions } from '../../../functions/given-stack.ts';
import { publicUrl, secretStoreIn } from '../../endpoints/endpoint/given-lifecycle.ts';
import { aStateTable } from '../../endpoints/endpoint/given-state-table.ts';
import { type Asked, type Interception, intercepted, routeOf } from './given-interception.ts';

// The modules make their clients when they are loaded. No test here uses them.
process.env['SECRET_TAGS'] ??= '[]';
for (const name of variables) process.env[name] ??= '1';
const { apiConnections } = await import('../../../../functions/api-connections.ts');
const { apiDestinations } = await import('../../../../functions/api-destinations.ts');
const { apiEndpoint } = await import('../../../../functions/api-endpoint.ts');
const { apiRoutes } = await import('../../../../functions/api-routes.ts');

/** The API of a deployment, with everything behind it in memory. */
export function aDeploymentInMemory() {
  const store = aStateTable();
  const routing = aRoutingState();
  const values = new Map<string, SecretValue>();
  const usage = { lastUse: async () => ({ tokens: new Map(), lastEventAt: null, handshakes: undefined }) };
  const common = {
    store,
    publicUrl,
    secretPrefix: 'hooklatch/dev',
    log: () => undefined,
    countHeld: async () => ({ count: 0, complete: true }),
    usage: { ...usage, lastHour: async () => ({ counts: [], lastAt: null }), lateness: async () => undefined },
  };
  const send = async () => {
    throw new Error('nothing is sent here');
  };
  let ids = 0;
  const handlers = {
    'GET /v1/me': async ({ actor }: { actor: Identity }) => ({ status: 200, body: ownViewOf(actor, 'none') }),
    ...apiConnections({
      ...common,
      rejections: { byMinute: async () => ({ counts: [], complete: true }) },
      summaries: { read: async () => new Map() },
      progress: async () => undefined,
      alerts: { list: async () => [] },
      newId: () => `c${++ids}`,
      version: '1.2.3',
    }),
    ...apiEndpoint({
      ...common,
      secretStore: secretStoreIn(values),
      events: { list: async () => ({ events: [], next: undefined }) as never },
    }),
    ...apiDestinations({
      ...common,
      destinations: routing.destinations,
      destinationSecrets: routing.store,
      routeUse: routing.routeUse,
      readRoutes: routing.readRoutes,
      history: { list: async () => ({ lines: [], next: undefined }) },
      newDestinationId: () => `dst_${++ids}`,
      noteTest: async () => undefined,
      newMessageId: () => 'test_1',
      whyUrlRefused: (url) => (url.startsWith('https://') ? undefined : 'the URL does not begin with https://'),
      send,
      getToken: accessTokens({ send, clock: () => 0 }),
      clock: () => 0,
    }),
    ...apiRoutes({
      ...common,
      destinations: routing.destinations,
      routeUse: routing.routeUse,
      readRoutes: routing.readRoutes,
      putRoutes: routing.putRoutes,
      checkTransform: async () => undefined,
      transform: send,
      events: { read: async () => undefined },
      readBody: async () => undefined,
      clock: () => 0,
    }),
  };
  const operator = anOperator(handlers as never);
  const asked: Asked[] = [];
  const given: Interception = {};

  /** A request as an operator makes it. */
  const ask = (key: string, request: OperatorRequest = {}): Promise<OperatorAnswer> => operator.ask(key, request);

  /** Requests of a client. */
  const answer = (async (url: string, { method = 'GET', body, headers }: RequestInit = {}) => {
    const { pathname, searchParams } = new URL(url);
    const { key, params } = routeOf(method, pathname);
    const ifMatch = new Headers(headers).get('if-match');
    const { status, body: answered } = await ask(key, {
      params,
      query: Object.fromEntries(searchParams),
      ...(given.role && { role: given.role }),
      ...(typeof body === 'string' && { body: JSON.parse(body) }),
      ...(ifMatch !== null && { ifMatch: Number(ifMatch.replaceAll('"', '')) }),
    });
    return new Response(status === 204 ? null : JSON.stringify(answered), { status });
  }) as typeof globalThis.fetch;
  const fetch = intercepted(given, asked, answer);

  return {
    ask,
    fetch,
    asked,
    given,
    store,
    routing,
    values,
    clock: operator.clock,
    /** A resource of a stack on the same State table. */
    stack: (options: StackOptions = {}) => aStackResource(store, { routing, values, ...options }),
    /** The value of the live token of a connection, or of its signing secret. */
    async liveValue(name: string): Promise<SecretValue | undefined> {
      const { secret, tokens = [] } = (await store.readConnection(name))?.endpoint ?? {};
      return values.get(`${secret} ${tokens[0]?.id}`);
    },
  };
}
export type DeploymentInMemory = ReturnType<typeof aDeploymentInMemory>;
