/**
 * Any sequence of deployments, failed deployments, removals and operators' edits ends where it must. A model of a few lines says
 * what becomes of each connection. It knows what a template asks for, but no steps.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Connection } from '../../shared/endpoint/connection.ts';
import { deleteConnection } from '../../shared/operation/delete-connection.ts';
import { aLifecycle } from '../shared/endpoint/given-lifecycle.ts';
import { count } from '../support/full-counts.ts';
import { aDeployment, aStackResource, propertiesOf, stackId } from './given-stack.ts';

const names = ['orders', 'billing'] as const;
type Name = (typeof names)[number];

/** What a template says. */
interface Wanted {
  name: Name;
  retentionDays: number | null;
  status: 'active' | 'inactive';
  adopt: boolean;
}

type Op =
  | ({ op: 'deploy'; othersFail: boolean } & Wanted)
  | { op: 'remove' }
  | { op: 'operator'; name: Name; verb: 'open' | 'close' | 'activate' | 'keep' | 'deconfigure' | 'delete' };

const anOp: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('deploy' as const),
      name: fc.constantFrom(...names),
      retentionDays: fc.constantFrom(null, 1, 2),
      status: fc.constantFrom('active' as const, 'inactive' as const),
      adopt: fc.constantFrom(false, false, true),
      othersFail: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ op: 'remove' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('operator' as const),
      name: fc.constantFrom(...names),
      verb: fc.constantFrom('open', 'close', 'activate', 'keep', 'deconfigure', 'delete'),
    }),
  },
);

/** A connection in the model. */
interface Modelled {
  id: string;
  owner: 'stack' | 'adopted' | 'operator';
  endpoint: { id: string; retentionDays: number | null; status: string } | null;
}
type Model = Partial<Record<Name, Modelled>>;

const ownerOf = ({ managedBy }: Connection): Modelled['owner'] => {
  if (managedBy?.stackId !== stackId) return 'operator';
  return managedBy.adopted ? 'adopted' : 'stack';
};

const modelled = (record: Connection): Modelled => ({
  id: record.id,
  owner: ownerOf(record),
  endpoint: record.endpoint && {
    id: record.endpoint.id,
    retentionDays: record.endpoint.settings.retentionDays ?? null,
    status: record.endpoint.status === 'active' ? 'active' : 'inactive',
  },
});

const anyId = 'any';

/** The connection after the template changed from `before` to `after`. */
function between(one: Modelled, before: Wanted | undefined, after: Wanted): Modelled {
  const { retentionDays, status } = after;
  const isOpening = status === 'active' && before?.status !== 'active';
  if (!one.endpoint) {
    if (before && !isOpening) return one;
    return { ...one, endpoint: { id: anyId, retentionDays, status: isOpening ? 'active' : 'inactive' } };
  }
  // A first template that names no setting leaves an operator's.
  const isNamed = before ? before.retentionDays !== retentionDays : retentionDays !== null;
  return {
    ...one,
    endpoint: {
      id: one.endpoint.id,
      retentionDays: isNamed ? retentionDays : one.endpoint.retentionDays,
      status: before?.status === status ? one.endpoint.status : status,
    },
  };
}

/** A stack and an operator on one table. */
function aWorld() {
  const { store, values, routes, operate: _, ...lifecycle } = aLifecycle('generic', 'unrelated');
  const stack = aDeployment(aStackResource(store, { values }));
  const operator = { id: 'op_1', name: 'op_1', role: 'connection_admin' } as const;
  let requests = 0;

  async function ask(name: Name, route: keyof typeof routes, body: object = {}): Promise<void> {
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
    await routes[route](call as never).catch(() => undefined);
  }

  async function operate(name: Name, verb: Extract<Op, { op: 'operator' }>['verb']): Promise<void> {
    const endpoint = '/v1/connections/{name}/endpoint' as const;
    if (verb === 'open') {
      const opened = (await aLifecycle('generic', name).store.readConnection(name)) as Connection;
      await store.openConnection({ ...opened, id: `operator-${++requests}` }, 'open');
      await ask(name, `PUT ${endpoint}`);
      await ask(name, `POST ${endpoint}/token`);
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

  async function observe(): Promise<Model> {
    const found = await Promise.all(names.map((name) => store.readConnection(name)));
    return Object.fromEntries(found.flatMap((record) => (record ? [[record.name, modelled(record)]] : [])));
  }
  return { stack, operate, observe };
}

const templateOf = ({ name, retentionDays, status, adopt }: Wanted) =>
  propertiesOf({
    Name: name,
    Status: status,
    Adopt: String(adopt),
    Settings: JSON.stringify(retentionDays === null ? {} : { retentionDays }),
  });

/** The connection that the stack has deployed. */
interface Known {
  id: string;
  wanted: Wanted;
}

const isOwn = (one: Modelled | undefined): one is Modelled => one !== undefined && one.owner !== 'operator';

const created: Modelled = { id: anyId, owner: 'stack', endpoint: null };

/** The record of the wanted name after the stack applied its template, or why it can't. */
function applied(model: Model, known: Known | undefined, wanted: Wanted): Modelled | 'refused' {
  const one = model[wanted.name];
  const isSameName = known?.wanted.name === wanted.name;
  if (!one) return isSameName ? 'refused' : between(created, undefined, wanted);
  if (isSameName && isOwn(one) && one.id === known.id) return between(one, known.wanted, wanted);
  if (isSameName && JSON.stringify(between(one, known.wanted, wanted)) === JSON.stringify(one)) return one;
  return wanted.adopt ? { ...between(one, undefined, wanted), owner: 'adopted' } : 'refused';
}

/** The record after the resource is removed from a template. */
function removed(one: Modelled | undefined, id: string): Modelled | undefined {
  if (!one || one.id !== id || !isOwn(one)) return one;
  return one.owner === 'adopted' ? { ...one, owner: 'operator' } : undefined;
}

/** The connection of the earlier name after a rollback returned to it. */
function returned(one: Modelled, left: Wanted, to: Wanted): Modelled {
  if (!one.endpoint) return one;
  const isClosing = to.status === 'inactive' && left.status !== 'inactive';
  const { retentionDays, status, id } = one.endpoint;
  const endpoint = { id, retentionDays: to.retentionDays ?? retentionDays, status: isClosing ? 'inactive' : status };
  return { ...one, endpoint };
}

/** The connections after a deployment was rolled back that had applied its template. */
function undone(model: Model, known: Known | undefined, wanted: Wanted, next: Modelled): Model {
  const { name } = wanted;
  const before = known && model[known.wanted.name];
  if (!known || !before) return { ...model, [name]: removed(next, next.id) };
  if (known.wanted.name === name) return { ...model, [name]: between(next, wanted, known.wanted) };
  return { ...model, [name]: removed(next, next.id), [known.wanted.name]: returned(before, wanted, known.wanted) };
}

/** The model to compare with. The model does not know the id of a new connection or endpoint. */
const matching = (model: Model): unknown =>
  JSON.parse(JSON.stringify(model), (key, value) => (key === 'id' && value === anyId ? expect.any(String) : value));

/**
 * The connection of the earlier name after the rollback of a refused name, if an operator deleted it meanwhile. It is made
 * again, and nobody knows its new URL; or the operator's own is adopted, if the template says so.
 */
function backHome(one: Modelled | undefined, { wanted }: Known): Modelled {
  if (!one) return between(created, undefined, wanted);
  return wanted.adopt ? { ...between(one, undefined, wanted), owner: 'adopted' } : one;
}

/** What the rollback of a refused template changes if the stack's connection is gone. The earlier template may adopt another. */
function broughtHome(model: Model, was: Known, refused: Wanted): Model {
  const { name } = was.wanted;
  if (name !== refused.name) return { [name]: backHome(model[name], was) };
  const one = applied(model, { id: was.id, wanted: refused }, was.wanted);
  return one === 'refused' ? {} : { [name]: one };
}

type World = ReturnType<typeof aWorld>;

type Deploy = Extract<Op, { op: 'deploy' }>;

/** What a deployment must lead to: an answer, and the connections. */
function expectedOf(before: Model, was: Known | undefined, wanted: Wanted, othersFail: boolean, isHome: boolean) {
  const next = applied(before, was, wanted);
  const isRenamed = was && was.wanted.name !== wanted.name;
  if (next === 'refused') {
    if (!was || isHome) return { answers: ['FAILED'], model: before };
    return { answers: ['FAILED', 'stuck'], model: { ...before, ...broughtHome(before, was, wanted) } };
  }
  if (othersFail) return { answers: ['SUCCESS'], model: undone(before, was, wanted, next) };
  const left = isRenamed ? { [was.wanted.name]: removed(before[was.wanted.name], was.id) } : {};
  return { answers: ['SUCCESS'], model: { ...before, [wanted.name]: next, ...left } };
}

/** Deploys a template that differs. @returns what the stack has then */
async function deploy(
  { stack, observe }: World,
  { othersFail, op: _, ...wanted }: Deploy,
  was: Known | undefined,
): Promise<Known | undefined> {
  const before = await observe();
  // Without its connection, a stack can't be rolled back.
  const isHome = !was || (before[was.wanted.name]?.id === was.id && isOwn(before[was.wanted.name]));
  const isFailing = othersFail && isHome;
  const { answers, model } = expectedOf(before, was, wanted, isFailing, isHome);
  const answer = await stack.deploy(templateOf(wanted), isFailing).then((each) => each?.Status, stuck);
  expect(answers).toContain(answer);
  expect(await observe()).toEqual(matching(model));
  const deployed = stack.deployed();
  const isCommitted = answer === 'SUCCESS' && !isFailing;
  const now = isCommitted ? wanted : was?.wanted;
  return deployed && now && { id: deployed.physicalId, wanted: now };
}

async function remove({ stack, observe }: World, was: Known | undefined): Promise<void> {
  const before = await observe();
  await stack.removeResource();
  const expected = was ? { [was.wanted.name]: removed(before[was.wanted.name], was.id) } : {};
  expect(await observe()).toEqual(matching({ ...before, ...expected }));
}

const stuck = (error: Error): 'stuck' => {
  if (error.message.startsWith('UPDATE_ROLLBACK_FAILED')) return 'stuck';
  throw error;
};

const isSame = ({ op: _, othersFail: __, ...wanted }: Deploy, known: Known | undefined): boolean =>
  JSON.stringify(wanted) === JSON.stringify(known?.wanted);

test('every connection is as the model says, after any sequence', async () => {
  const isAny = fc.asyncProperty(fc.array(anOp, { maxLength: 12, size: 'max' }), async (ops) => {
    const world = aWorld();
    let known: Known | undefined;
    for (const op of ops) {
      if (op.op === 'operator') await world.operate(op.name, op.verb);
      else if (op.op === 'deploy' && !isSame(op, known)) known = await deploy(world, op, known);
      else if (op.op === 'deploy') continue;
      else known = await remove(world, known).then(() => undefined);
    }
  });
  await fc.assert(isAny, { numRuns: count({ usual: 60, full: 3_000 }) });
});
