/** The deletion of a destination to which routes lead. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isFinished } from '../../../../shared/deliveries/destination/destination.ts';
import { nextVersion } from '../../../../shared/endpoints/endpoint/connection.ts';
import { problemOf } from '../../../../shared/operators/api/problem.ts';
import { deleteDestination } from '../../../../shared/operators/operation/delete-destination.ts';
import { routesTo } from '../../../../shared/operators/operation/routes-to.ts';
import { setConnectionRoutes } from '../../../../shared/operators/operation/set-routes.ts';
import { requireDestination } from '../../../../shared/operators/operation/update-destination.ts';
import { noon } from '../../../functions/given-operator.ts';
import { count } from '../../../support/full-counts.ts';
import { aState, portsOn, type State, type Wrap } from '../../deliveries/route/given-routes.ts';

const to = (...names: string[]) => names.map((name) => ({ id: name, to: name }));

function aWorld() {
  const state = aState();
  state.addConnection('orders');
  state.addConnection('billing');
  state.addDestination('shop');
  state.addDestination('books');
  return { state, ...operationsOn(state) };
}

/** The operations of an operator. Each says how it ended: the code of its refusal, or `done`. */
function operationsOn(state: State, wrap?: Wrap, clock = { now: noon }) {
  const ports = { ...portsOn(state, wrap), checkTransform: async () => undefined };
  const context = () => ({ actor: { id: 'op_1', role: 'connection_admin' } as const, requestId: 'r1', now: clock.now });
  const outcome = async (operation: Promise<unknown>): Promise<string> => {
    try {
      await operation;
      return 'done';
    } catch (error) {
      const problem = problemOf(error);
      if (!problem) throw error;
      return problem.code;
    }
  };
  return {
    clock,
    routesTo: async (name: string) => routesTo(await requireDestination(name, ports), ports),
    route: (name: string, ...destinations: string[]) =>
      outcome(setConnectionRoutes({ name, mode: 'all', rules: to(...destinations) }, context(), ports)),
    remove: (name: string, force = false) => outcome(deleteDestination({ name, force }, context(), ports)),
    refusal: (name: string) =>
      deleteDestination({ name, force: false }, context(), ports).then(() => undefined, problemOf),
  };
}

describe('the rules that lead to a destination', () => {
  test('are told by connection, and one that only once led there is not', async () => {
    const { route, routesTo, state } = aWorld();
    state.addConnection('leads');
    await route('orders', 'shop', 'books');
    await route('billing', 'books');
    await route('leads', 'shop');
    await route('leads', 'books');
    expect(await routesTo('shop')).toEqual([{ connection: 'orders', rules: ['shop'] }]);
    expect(await routesTo('books')).toEqual([
      { connection: 'billing', rules: ['books'] },
      { connection: 'leads', rules: ['books'] },
      { connection: 'orders', rules: ['books'] },
    ]);
  });

  test('are not those of another connection that took the name', async () => {
    const { route, routesTo, state } = aWorld();
    await route('orders', 'shop');
    const { routes } = await state.recordOf('orders');
    await state.store.removeConnection(await state.recordOf('orders'));
    state.addConnection('orders');
    const other = await state.recordOf('orders');
    // The claim is that of the first one. The other would have its own.
    await state.store.replaceConnection(
      { ...other, id: 'another id', version: 2, ...(routes !== undefined && { routes }) },
      'r',
    );
    expect(await routesTo('shop')).toEqual([]);
  });
});

describe('a destination', () => {
  test('to which routes lead is not deleted, and the refusal names their connections', async () => {
    const { route, refusal, state } = aWorld();
    for (const name of ['orders', 'billing']) expect(await route(name, 'shop', 'books')).toBe('done');
    expect(await refusal('shop')).toMatchObject({
      status: 409,
      code: 'destination_in_use',
      more: { connections: ['billing', 'orders'] },
      message: 'Routes lead to this destination: those of billing, orders. Change them first, or delete it with force.',
    });
    expect(state.destinations.records.get('shop')).toMatchObject({ entry: { verb: 'create' } });
  });

  test('is deleted with force', async () => {
    const { route, remove, state } = aWorld();
    await route('orders', 'shop');
    expect(await remove('shop', true)).toBe('done');
    expect(state.destinations.records.has('shop')).toBe(false);
  });

  test('to which no route leads is deleted', async () => {
    const { route, remove } = aWorld();
    await route('orders', 'books');
    expect(await remove('shop')).toBe('done');
  });

  test('is deleted at once after the last rule that leads there is gone', async () => {
    const { route, remove } = aWorld();
    await route('orders', 'shop', 'books');
    await route('orders', 'books');
    expect(await remove('shop')).toBe('done');
    expect(await remove('books')).toBe('destination_in_use');
    await route('orders');
    expect(await remove('books')).toBe('done');
  });

  test.each<[string, (state: State) => Promise<unknown>]>([
    ['is deleted', async ({ store, recordOf }) => store.removeConnection(await recordOf('orders'))],
    [
      'is deconfigured',
      async ({ store, recordOf }) => {
        const record = await recordOf('orders');
        return store.replaceConnection(nextVersion(record, { routes: undefined }, record.entry), 'r');
      },
    ],
    [
      'is deleted and made again',
      async ({ store, recordOf, addConnection }) => {
        await store.removeConnection(await recordOf('orders'));
        addConnection('orders');
        const other = await recordOf('orders');
        return store.replaceConnection({ ...other, id: 'another id', version: 2 }, 'r');
      },
    ],
  ])('is free once its connection %s', async (_, change) => {
    const { route, remove, state } = aWorld();
    await route('orders', 'shop');
    await change(state);
    expect(await remove('shop')).toBe('done');
  });

  test('is free for a connection that routes to another one of its name', async () => {
    const { route, remove, state } = aWorld();
    await route('orders', 'shop');
    const { id } = state.addDestination('shop');
    expect(await remove('shop')).toBe('done');
    expect(id).toBe('dst_3');
  });

  test('is kept for a minute by a change that crashed before its record, and is free then', async () => {
    const { remove, clock, state } = aWorld();
    const crashing = operationsOn(state, async (name, call) => {
      if (name === 'replaceConnection') throw new Error('crashed');
      return call();
    });
    await expect(crashing.route('orders', 'shop')).rejects.toThrow('crashed');
    expect(await remove('shop')).toBe('destination_in_use');
    clock.now = new Date(noon.getTime() + 60_000);
    expect(await remove('shop')).toBe('done');
  });

  test('of no such name is not found, whether or not by force', async () => {
    const { remove } = aWorld();
    expect([await remove('absent'), await remove('absent', true)]).toEqual([
      ...['destination_not_found', 'destination_not_found'],
    ]);
  });
});

/** The ids of the destinations that the routes of a connection name. */
async function destinationsInForce({ recordOf, readRoutes }: State, name: string): Promise<string[]> {
  const { routes } = await recordOf(name);
  return (routes === undefined ? undefined : await readRoutes(routes))?.rules.map(({ to }) => to.id) ?? [];
}

test('no list in force names a destination that is gone, however a change and a deletion run into each other', async () => {
  const change = fc.tuple(fc.constantFrom('orders', 'billing'), fc.subarray(['shop', 'books']));
  const ends = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { maxLength: 2 }),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      fc.array(fc.constantFrom('shop', 'books'), { minLength: 1, maxLength: 2 }),
      fc.scheduler(),
      async (earlier, changes, deleted, scheduler) => {
        const { state, route } = aWorld();
        for (const [name, destinations] of earlier) await route(name, ...destinations);
        const racing = operationsOn(state, (name, call) =>
          scheduler.schedule(Promise.resolve(), name).then(() => call()),
        );
        const results = await scheduler.waitFor(
          Promise.all([
            ...changes.map(([name, destinations]) => racing.route(name, ...destinations)),
            ...deleted.map((name) => racing.remove(name)),
          ]),
        );
        for (const [at, result] of results.entries())
          ends.add(`${at < changes.length ? 'change' : 'deletion'} ${result}`);
        const alive = [...state.destinations.records.values()].flatMap((each) => (isFinished(each) ? [each.id] : []));
        const named = await Promise.all(['orders', 'billing'].map((name) => destinationsInForce(state, name)));
        expect(alive).toEqual(expect.arrayContaining(named.flat()));
      },
    ),
    { numRuns: count({ usual: 200, full: 5_000 }) },
  );
  // Each of them wins and loses.
  expect([...ends]).toEqual(
    expect.arrayContaining([
      ...['change done', 'change invalid_request', 'deletion done', 'deletion destination_in_use'],
    ]),
  );
});
