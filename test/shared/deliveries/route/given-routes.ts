/** Routes through the functions of the API, with the State table in memory. */

import { newDestination } from '../../../../shared/deliveries/destination/destination.ts';
import type { CheckTransform, Transform } from '../../../../shared/deliveries/transform/transform.ts';
import { newConnection } from '../../../../shared/endpoints/endpoint/connection.ts';
import type { StoredEvent } from '../../../../shared/events/event/event.ts';
import { variables } from '../../../../shared/ground/aws/environment.ts';
import { anOperator, noon } from '../../../functions/given-operator.ts';
import { aStateTable } from '../../endpoints/endpoint/given-state-table.ts';
import { aDestinationTable } from '../destination/given-destination-table.ts';
import { aRouteStore } from './given-route-store.ts';

// The module makes its clients when it is loaded. No test here uses them.
process.env['EVENT_SHARDS'] = '1';
for (const name of variables) process.env[name] ??= 'unused';
const { apiRoutes } = await import('../../../../functions/api-routes.ts');

/** Wraps each function of an object. `call` gets the name, and calls the function itself or not. */
export type Wrap = <T>(name: string, call: () => Promise<T>) => Promise<T>;
const wrapped = <T extends object>(object: T, wrap: Wrap): T =>
  Object.fromEntries(
    Object.entries(object).map(([name, call]) => [name, (...args: unknown[]) => wrap(name, () => call(...args))]),
  ) as T;

/** What State has: records, lists and claims. */
export function aState() {
  const connections = new Map<string, string>();
  const store = aStateTable(connections);
  const destinations = aDestinationTable();
  let ids = 0;
  /** A new destination. Another one of the same name has another id. */
  const addDestination = (name: string) => {
    ids += 1;
    const settings = { name, description: '', origin: 'https://a.example', headerNames: [] };
    const made = newDestination(
      { name, version: 1, pending: { secret: 's', since: noon.toISOString() } },
      { ...settings, method: 'POST', authKind: 'none', timeoutSeconds: 15, giveUpAfterHours: 72 },
      { id: `dst_${ids}`, secret: 'arn:aws:secretsmanager:eu-central-1:1:secret:s-AbCdEf', valueId: name },
      { by: 'op_1', now: noon },
    );
    destinations.records.set(name, made);
    return made;
  };
  const addConnection = (name: string) => {
    const made = newConnection({ name, provider: 'generic', description: '' }, `id of ${name}`, {
      by: 'op_1',
      now: noon,
    });
    connections.set(name, JSON.stringify(made));
    return made;
  };
  return {
    ...aRouteStore(),
    store,
    destinations,
    addDestination,
    addConnection,
    recordOf: async (name: string) => {
      const record = await store.readConnection(name);
      if (record) return record;
      throw new Error(`there is no connection ${name}`);
    },
  };
}
export type State = ReturnType<typeof aState>;

/** What the operations on routes need of a state, each call wrapped. */
export function portsOn(
  { store, destinations: { read, put, remove, list }, readRoutes, putRoutes, routeUse }: State,
  wrap: Wrap = (_, call) => call(),
) {
  return {
    store: wrapped(store, wrap),
    destinations: wrapped({ read, put, remove, list }, wrap),
    routeUse: wrapped(routeUse, wrap),
    ...wrapped({ readRoutes, putRoutes }, wrap),
  };
}

interface Given {
  wrap?: Wrap;
  checkTransform?: CheckTransform;
  transform?: Transform;
}

/** The API of a deployment with the connection `orders` and the destinations `shop` and `books`. */
export function aRoutedConnection({ wrap, checkTransform = async () => undefined, transform = echo }: Given = {}) {
  const state = aState();
  state.addConnection('orders');
  for (const name of ['shop', 'books']) state.addDestination(name);
  const events = new Map<string, StoredEvent>();
  const bodies = new Map<string, Buffer>();
  const clock = { ms: 0 };
  const operator = anOperator(
    apiRoutes({
      ...portsOn(state, wrap),
      checkTransform,
      transform,
      events: { read: async (id) => events.get(id) },
      readBody: async (key) => bodies.get(key),
      clock: () => clock.ms,
    }),
  );
  const params = { name: 'orders' };
  const path = '/v1/connections/{name}/routes';
  return {
    ...operator,
    state,
    events,
    bodies,
    time: clock,
    set: (body: object, more: object = {}) => operator.ask(`PUT ${path}`, { params, body, ...more }),
    show: () => operator.ask(`GET ${path}`, { params }),
    test: (body: object, more: object = {}) => operator.ask(`POST ${path}/test`, { params, body, ...more }),
    record: () => state.recordOf('orders'),
  };
}

/** Answers with the expression and what it sees. */
const echo: Transform = async (expression, input, at) => ({
  kind: 'json',
  text: JSON.stringify({ expression, input, at }),
  ms: 7,
});
