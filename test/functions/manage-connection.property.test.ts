/** Any sequence of deployments, failed deployments, removals and operators' edits ends where a model of a few lines says, wherever the function is killed. */
import { test } from '@jest/globals';
import fc from 'fast-check';
import type { Connection } from '../../shared/endpoints/endpoint/connection.ts';
import { deleteConnection } from '../../shared/operators/operation/delete-connection.ts';
import { setConnectionRoutes } from '../../shared/operators/operation/set-routes.ts';
import { aLifecycle } from '../shared/endpoints/endpoint/given-lifecycle.ts';
import { count } from '../support/full-counts.ts';
import {
  aDeployment,
  aRoutingState,
  aStackResource,
  destinationPropertiesOf,
  propertiesOf,
  stackId,
} from './given-stack.ts';
import { anyId, anyKillsWithin, type Kills, type Known, type Records, stackModel } from './stack-model.ts';

const names = ['orders', 'billing'] as const;
type Name = (typeof names)[number];

/** What a template says. */
interface Wanted {
  name: Name;
  retentionDays: number | null;
  status: 'active' | 'inactive';
  /** Where its only rule leads. Null: the template names no rules. */
  route: Route | null;
  adopt: boolean;
}

const routes = ['shop', 'books', 'archive'] as const;
type Route = (typeof routes)[number];

type Op =
  | ({ op: 'deploy'; othersFail: boolean; kills: Kills } & Wanted)
  | { op: 'remove'; kills: Kills }
  | { op: 'operator'; name: Name; verb: 'open' | 'close' | 'activate' | 'keep' | 'route' | 'deconfigure' | 'delete' };

const anyKills: fc.Arbitrary<Kills> = anyKillsWithin(20);

const anOp: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('deploy' as const),
      name: fc.constantFrom(...names),
      retentionDays: fc.constantFrom(null, 1, 2),
      status: fc.constantFrom('active' as const, 'inactive' as const),
      route: fc.constantFrom(null, 'shop' as const, 'books' as const),
      adopt: fc.constantFrom(false, false, true),
      othersFail: fc.boolean(),
      kills: anyKills,
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('remove' as const), kills: anyKills }) },
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('operator' as const),
      name: fc.constantFrom(...names),
      verb: fc.constantFrom('open', 'close', 'activate', 'keep', 'route', 'deconfigure', 'delete'),
    }),
  },
);

/** A connection in the model. */
interface Modelled {
  id: string;
  owner: 'stack' | 'adopted' | 'operator';
  route: string | null;
  endpoint: { id: string; retentionDays: number | null; status: string } | null;
}

const ownerOf = ({ managedBy }: Connection): Modelled['owner'] => {
  if (managedBy?.kind !== 'stack' || managedBy.stackId !== stackId) return 'operator';
  return managedBy.adopted ? 'adopted' : 'stack';
};

const modelled = (record: Connection, route: string | null): Modelled => ({
  id: record.id,
  owner: ownerOf(record),
  route,
  endpoint: record.endpoint && {
    id: record.endpoint.id,
    retentionDays: record.endpoint.settings.retentionDays ?? null,
    status: record.endpoint.status === 'active' ? 'active' : 'inactive',
  },
});

/** The connection after the template changed from `before` to `after`. */
function between(one: Modelled, before: Wanted | undefined, after: Wanted): Modelled {
  const { retentionDays, status } = after;
  const isOpening = status === 'active' && before?.status !== 'active';
  // A template that names the same rules as before, or none, leaves an operator's. Whoever opens an endpoint without any sets them.
  const isRouted = (isOpening && one.route === null ? null : (before?.route ?? null)) !== after.route;
  const route = isRouted ? after.route : one.route;
  if (!one.endpoint) {
    if (before && !isOpening) return one;
    return { ...one, route, endpoint: { id: anyId, retentionDays, status: isOpening ? 'active' : 'inactive' } };
  }
  // A first template that names no setting leaves an operator's.
  const isNamed = before ? before.retentionDays !== retentionDays : retentionDays !== null;
  return {
    ...one,
    route,
    endpoint: {
      id: one.endpoint.id,
      retentionDays: isNamed ? retentionDays : one.endpoint.retentionDays,
      status: before?.status === status ? one.endpoint.status : status,
    },
  };
}

/** A stack and an operator on one table. */
function aWorld() {
  const { store, values, routes: api, operate: _, ...lifecycle } = aLifecycle('generic', 'unrelated');
  const routing = aRoutingState();
  const kills: Kills = [];
  const killedAfter = () => kills.shift() ?? undefined;
  const stack = aDeployment(aStackResource(store, { values, routing, killedAfter }));
  const operator = { id: 'op_1', name: 'op_1', role: 'connection_admin' } as const;
  let requests = 0;

  async function ask(name: Name, route: keyof typeof api, body: object = {}): Promise<void> {
    requests += 1;
    const requestId = `operator-${requests}`;
    const call = {
      params: { name },
      actor: operator,
      query: {},
      body,
      ifVersion: undefined,
      requestId,
      now: lifecycle.clock.now,
    };
    // Verbs that the lifecycle refuses change nothing.
    await api[route](call as never).catch(() => undefined);
  }

  async function operate(name: Name, verb: Extract<Op, { op: 'operator' }>['verb']): Promise<void> {
    const endpoint = '/v1/connections/{name}/endpoint' as const;
    if (verb === 'open') {
      const opened = (await aLifecycle('generic', name).store.readConnection(name)) as Connection;
      await store.openConnection({ ...opened, id: `operator-${++requests}` }, 'open');
      await ask(name, `PUT ${endpoint}`);
      await ask(name, `POST ${endpoint}/token`);
    } else if (verb === 'route') {
      const rules = [{ id: 'all', to: 'archive' }];
      const ports = { ...routing, store, checkTransform: async () => undefined };
      const context = { actor: operator, requestId: `operator-${++requests}`, now: lifecycle.clock.now };
      await setConnectionRoutes({ name, mode: 'all', rules }, context, ports).catch(() => undefined);
    } else if (verb === 'close') await ask(name, `POST ${endpoint}/deactivate`);
    else if (verb === 'activate') await ask(name, `POST ${endpoint}/activate`);
    else if (verb === 'keep') await ask(name, `PUT ${endpoint}`, { retentionDays: 9 });
    else {
      await ask(name, `POST ${endpoint}/deactivate`);
      await ask(name, `DELETE ${endpoint}/token`);
      await ask(name, `DELETE ${endpoint}`);
      const context = { actor: operator, requestId: 'delete', now: lifecycle.clock.now };
      if (verb === 'delete') await deleteConnection({ name }, context, { store }).catch(() => undefined);
    }
  }

  /** Where the only rule of a connection leads. */
  async function routeOf({ routes: version = '' }: Connection): Promise<string | null> {
    return (await routing.readRoutes(version))?.rules[0]?.to.name ?? null;
  }

  async function observe(): Promise<Records<Modelled>> {
    const found = await Promise.all(names.map((name) => store.readConnection(name)));
    const records = found.filter((record) => record !== undefined);
    const all = records.map(async (record) => [record.name, modelled(record, await routeOf(record))] as const);
    return Object.fromEntries(await Promise.all(all));
  }

  const destinations = aStackResource(store, { type: 'Custom::HooklatchDestination', routing });
  const begin = async () => {
    for (const Name of routes) await aDeployment(destinations).deploy(destinationPropertiesOf({}, { Name }));
  };
  return { stack, operate, observe, begin, kills, propertiesOf: templateOf };
}

const templateOf = ({ name, retentionDays, status, route, adopt }: Wanted) =>
  propertiesOf({
    ...(route && { Routes: JSON.stringify({ mode: 'all', rules: [{ id: 'all', to: route }] }) }),
    Name: name,
    Status: status,
    Adopt: String(adopt),
    Settings: JSON.stringify(retentionDays === null ? {} : { retentionDays }),
  });

/** The connection of the earlier name after a rollback returned to it. */
function returned(one: Modelled, left: Wanted, to: Wanted): Modelled {
  if (!one.endpoint) return one;
  const isClosing = to.status === 'inactive' && left.status !== 'inactive';
  const { retentionDays, status, id } = one.endpoint;
  const endpoint = { id, retentionDays: to.retentionDays ?? retentionDays, status: isClosing ? 'inactive' : status };
  return { ...one, route: to.route ?? one.route, endpoint };
}

const model = stackModel<Wanted, Modelled>({
  created: { id: anyId, owner: 'stack', route: null, endpoint: null },
  between,
  returned,
  isUnchanged(one, before, after) {
    // What has no endpoint gets no rules, unless the template asks to open it.
    const isLeft = !one.endpoint && (after.status !== 'active' || before.status === 'active');
    // Whether another's connection has the rules already is not looked at.
    const isRouting = !isLeft && after.route !== null && after.route !== before.route;
    return !isRouting && JSON.stringify(between(one, before, after)) === JSON.stringify(one);
  },
});

const isSame = (wanted: Wanted, known: Known<Wanted> | undefined): boolean =>
  JSON.stringify(wanted) === JSON.stringify(known?.wanted);

const deployed: Op = {
  ...{ op: 'deploy', name: 'billing', retentionDays: null, status: 'active', route: null },
  ...{ adopt: false, othersFail: false, kills: [] },
};
/** Another's connection without an endpoint, and a template that changes nothing but the rules. */
const leftAlone: Op[] = [
  deployed,
  ...(['delete', 'open', 'deconfigure'] as const).map((verb): Op => ({ op: 'operator', name: 'billing', verb })),
  { ...deployed, route: 'books' },
];

test('every connection is as the model says, after any sequence', async () => {
  const isAny = fc.asyncProperty(fc.array(anOp, { maxLength: 12, size: 'max' }), async (ops) => {
    const world = aWorld();
    await world.begin();
    let known: Known<Wanted> | undefined;
    for (const op of ops) {
      if (op.op === 'operator') await world.operate(op.name, op.verb);
      else if (op.op === 'remove') {
        world.kills.splice(0, Infinity, ...op.kills);
        known = await model.remove(world, known).then(() => undefined);
      } else {
        const { op: _, othersFail, kills, ...wanted } = op;
        world.kills.splice(0, Infinity, ...kills);
        if (!isSame(wanted, known)) known = await model.deploy(world, wanted, othersFail, known);
      }
    }
  });
  await fc.assert(isAny, { numRuns: count({ usual: 60, full: 3_000 }), examples: [[leftAlone]] });
});
