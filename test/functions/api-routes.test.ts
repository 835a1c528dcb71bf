import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aRoutedConnection } from '../shared/deliveries/route/given-routes.ts';
import { count } from '../support/full-counts.ts';

const paid = { id: 'paid', when: { type: ['order.paid'] }, to: 'shop' };
const rest = { id: 'rest', to: 'books' };
const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the routes of a connection', () => {
  test('are none at first, and cost its record nothing', async () => {
    const { show, record } = aRoutedConnection();
    expect(await show()).toMatchObject({ status: 200, headers: { etag: '"1"' } });
    expect((await show()).body).toEqual({ version: 1, mode: 'all', rules: [] });
    expect(await record()).not.toHaveProperty('routes');
  });

  test('are read as they were set, with the names of their destinations', async () => {
    const { set, show } = aRoutedConnection();
    const body = { version: 2, mode: 'first', rules: [{ ...paid, transform: 'data' }, rest] };
    expect(await set({ mode: 'first', rules: body.rules })).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      body,
    });
    expect((await show()).body).toEqual(body);
  });

  test('are one immutable list, which the record names by its digest', async () => {
    const { set, state, record } = aRoutedConnection();
    await set({ rules: [paid, rest] });
    const content =
      '{"mode":"all","rules":[{"id":"paid","when":{"type":["order.paid"]},"to":{"id":"dst_1","name":"shop"}},{"id":"rest","to":{"id":"dst_2","name":"books"}}]}';
    expect([...state.lists]).toEqual([[digestOf(content), content]]);
    expect(await record()).toMatchObject({ version: 2, routes: digestOf(content) });
  });

  test('keep a field that is named __proto__, and numbers and orders as they were written', async () => {
    const { set, show } = aRoutedConnection();
    const when = JSON.parse('{"data":{"b":[1.0,{"numeric":[">",1e3]}],"__proto__":["x"],"a":{"__proto__":["y"]}}}');
    expect((await set({ rules: [{ ...rest, when }] })).status).toBe(200);
    expect(JSON.stringify((await show()).body.rules[0].when)).toBe(
      '{"data":{"b":[1,{"numeric":[">",1000]}],"__proto__":["x"],"a":{"__proto__":["y"]}}}',
    );
  });

  test('with a field that no event has are refused, also where it is named __proto__', async () => {
    const { set, show } = aRoutedConnection();
    const when = JSON.parse('{"$or":[{"type":["a"]},{"__proto__":["x"]}]}');
    const message = 'is not a field of an event: use type, provider, headers, query, path, sourceIp, data';
    expect(await set({ rules: [paid, { ...rest, when }] })).toMatchObject({
      status: 422,
      body: { code: 'invalid_request', errors: [{ pointer: '/rules/1/when/$or/1/__proto__', message }] },
    });
    expect((await show()).body.rules).toEqual([]);
  });

  test('that an earlier version took with such a field are still shown, and can be replaced', async () => {
    const { set, show, state } = aRoutedConnection();
    await set({ rules: [paid] });
    for (const [version, content] of state.lists)
      state.lists.set(version, content.replace('{"type":["order.paid"]}', '{"typo":["x"]}'));
    expect(await show()).toMatchObject({ status: 200, body: { rules: [{ ...paid, when: { typo: ['x'] } }] } });
    expect(await set({ rules: [rest] })).toMatchObject({ status: 200, body: { rules: [rest] } });
  });

  test('that are set again change nothing', async () => {
    const { set, record } = aRoutedConnection();
    await set({ rules: [paid] });
    expect(await set({ mode: 'all', rules: [paid] })).toMatchObject({ status: 200, headers: { etag: '"2"' } });
    expect((await record()).version).toBe(2);
  });

  test('go with an empty list, and their list stays for what names it', async () => {
    const { set, record, state } = aRoutedConnection();
    await set({ rules: [paid] });
    expect(await set({ rules: [] })).toMatchObject({ status: 200, body: { version: 3, mode: 'all', rules: [] } });
    expect(await record()).not.toHaveProperty('routes');
    expect(state.lists.size).toBe(1);
  });

  test('of no connection are none', async () => {
    const { ask } = aRoutedConnection();
    const params = { name: 'absent' };
    for (const request of [
      ask('GET /v1/connections/{name}/routes', { params }),
      ask('PUT /v1/connections/{name}/routes', { params, body: { rules: [] } }),
    ])
      expect(await request).toMatchObject({ status: 404, body: { code: 'connection_not_found' } });
  });

  test('that the record names, and that are gone, are a fault of ours, and can be set anew', async () => {
    const { set, show, state, lines } = aRoutedConnection();
    await set({ rules: [paid] });
    state.lists.clear();
    expect(await show()).toMatchObject({ status: 500, body: { code: 'internal_error' } });
    expect(lines).toContainEqual(expect.objectContaining({ status: 500 }));
    expect(JSON.stringify(lines)).not.toContain('order.paid');
    expect(await set({ rules: [rest] })).toMatchObject({ status: 200 });
    expect((await show()).body.rules).toEqual([rest]);
  });
});

describe('who may set them', () => {
  test('is an admin; both roles read them', async () => {
    const { ask, show } = aRoutedConnection();
    const designer = { params: { name: 'orders' }, role: 'flow_designer' } as const;
    expect(await ask('PUT /v1/connections/{name}/routes', { ...designer, body: { rules: [] } })).toMatchObject({
      status: 403,
      body: { code: 'role_required' },
    });
    expect(await ask('GET /v1/connections/{name}/routes', designer)).toMatchObject({ body: (await show()).body });
  });

  test('replaces only the version that he read', async () => {
    const { set, show, record } = aRoutedConnection();
    await set({ rules: [paid] });
    expect(await set({ rules: [rest] }, { ifMatch: 1 })).toMatchObject({
      status: 412,
      body: { code: 'version_mismatch', wanted: 1, version: 2 },
    });
    expect((await show()).body.rules).toEqual([paid]);
    expect(await set({ rules: [rest] }, { ifMatch: 2 })).toMatchObject({ status: 200 });
    expect((await record()).version).toBe(3);
  });
});

describe('a change in the history', () => {
  const entryAfter = async (...lists: object[]) => {
    const { set, record } = aRoutedConnection();
    const answers: number[] = [];
    for (const list of lists) answers.push((await set(list)).status);
    expect(answers).toEqual(lists.map(() => 200));
    return (await record()).entry;
  };

  test('names the rules that were added, changed and removed, and nothing in them', async () => {
    const moved = { ...paid, when: { type: ['order.paid', 'a secret'] } };
    expect(await entryAfter({ rules: [paid, rest] }, { rules: [moved, { id: 'new', to: 'shop' }] })).toEqual({
      verb: 'setRoutes',
      by: 'op_1',
      at: '2026-03-01T12:00:00.000Z',
      from: 'unconfigured',
      to: 'unconfigured',
      rules: { added: ['new'], changed: ['paid'], removed: ['rest'] },
    });
  });

  test('tells another order and another mode', async () => {
    expect(await entryAfter({ rules: [paid, rest] }, { mode: 'first', rules: [paid, rest] })).toMatchObject({
      rules: { mode: 'first' },
    });
    expect((await entryAfter({ rules: [paid, rest] }, { rules: [rest, paid] })).rules).toEqual({ reordered: true });
  });

  test('counts the rules that it does not name', async () => {
    const rules = Array.from({ length: 50 }, (_, at) => ({ id: `rule-${at}`, to: 'shop' }));
    const names = Array.from({ length: 8 }, (_, at) => `rule-${at}`);
    expect((await entryAfter({ rules })).rules).toEqual({ added: names, more: 42 });
    const renamed = rules.map(({ id, to }) => ({ id: `new-${id}`, to }));
    const after = (await entryAfter({ rules }, { rules: renamed })).rules;
    expect(after).toEqual({ added: names.map((name) => `new-${name}`), more: 92 });
  });

  test('names fewer rules in a record that is full', async () => {
    const { set, record, state } = aRoutedConnection();
    const full = { ...(await record()), description: 'x'.repeat(3_400) };
    await state.store.replaceConnection({ ...full, version: 2 }, 'r');
    const rules = Array.from({ length: 50 }, (_, at) => ({ id: `r${at}`.padEnd(32, '-'), to: 'shop' }));
    expect((await set({ rules })).status).toBe(200);
    const after = await record();
    const { added = [], more = 0 } = after.entry.rules ?? {};
    expect(added.length).toBeLessThan(8);
    expect(added.length + more).toBe(50);
    expect(Buffer.byteLength(JSON.stringify(after))).toBeLessThanOrEqual(3_900);
  });
});

describe('a rule that leads to no destination', () => {
  test.each([
    ['of a name that nothing has', 'nobody'],
    ['of a name that nothing can have', '../shop'],
  ])('%s is refused by its place and its name, and nothing is written', async (_, to) => {
    const calls: string[] = [];
    const { set, show, state } = aRoutedConnection({
      wrap: (name, call) => {
        calls.push(name);
        return call();
      },
    });
    const { status, body } = await set({ rules: [paid, { id: 'lost', to }] });
    expect([status, body.code]).toEqual([422, 'invalid_request']);
    expect(body.detail).toBe(`rules.1.to in the body names no destination: there is no ${to}.`);
    expect(body.errors).toEqual([
      { path: 'rules.1.to', pointer: '/rules/1/to', message: `names no destination: there is no ${to}` },
    ]);
    expect([state.lists.size, state.uses.size]).toEqual([0, 0]);
    expect(new Set(calls)).toEqual(new Set(['readConnection', 'read']));
    expect((await show()).body.rules).toEqual([]);
  });

  test('because it is deleted meanwhile is refused too', async () => {
    const { set, show, state } = aRoutedConnection();
    state.destinations.records.set('shop', {
      ...state.addDestination('shop'),
      entry: { verb: 'delete', by: 'op_2', at: '2026-03-01T11:59:30.000Z' },
    });
    expect((await set({ rules: [paid] })).body.errors).toMatchObject([{ path: 'rules.0.to' }]);
    expect((await show()).body.rules).toEqual([]);
  });

  test('is not one whose deletion failed long ago', async () => {
    const { set, state } = aRoutedConnection();
    state.destinations.records.set('shop', {
      ...state.addDestination('shop'),
      entry: { verb: 'delete', by: 'op_2', at: '2026-03-01T11:59:00.000Z' },
    });
    expect((await set({ rules: [paid] })).status).toBe(200);
  });

  test('of the same name as a destination before leads to the new one', async () => {
    const { set, show, state, record } = aRoutedConnection();
    await set({ rules: [paid] });
    const { routes } = await record();
    state.addDestination('shop');
    expect((await show()).body.rules).toEqual([paid]);
    await set({ rules: [paid] });
    expect((await record()).routes).not.toBe(routes);
    expect([...state.lists.values()].at(-1)).toContain('"to":{"id":"dst_3","name":"shop"}');
  });

  test('because another one of its name was made meanwhile is refused as superseded', async () => {
    let isOver = false;
    const { set, show, state } = aRoutedConnection({
      wrap: (name, call) => {
        if (name === 'claim' && !isOver) {
          isOver = true;
          state.addDestination('shop');
        }
        return call();
      },
    });
    expect(await set({ rules: [paid] })).toMatchObject({ status: 409, body: { code: 'superseded' } });
    expect((await show()).body.rules).toEqual([]);
  });
});

describe('the expression of a rule', () => {
  const wrong = async (expression: string) =>
    expression.startsWith('(') ? { message: 'a bracket is missing', position: 7 } : undefined;

  test('is refused with what is wrong, and where', async () => {
    const { set, show, state } = aRoutedConnection({ checkTransform: wrong });
    const { status, body } = await set({
      rules: [
        { ...paid, transform: 'data' },
        { ...rest, transform: '(data.id' },
      ],
    });
    expect([status, body.code]).toEqual([422, 'invalid_request']);
    const message = "can't be used: a bracket is missing (at character 7)";
    expect(body.errors).toEqual([{ path: 'rules.1.transform', pointer: '/rules/1/transform', message }]);
    expect([state.lists.size, state.uses.size]).toEqual([0, 0]);
    expect((await show()).body.rules).toEqual([]);
  });

  test('is refused without a place if there is none', async () => {
    const { set } = aRoutedConnection({ checkTransform: async () => ({ message: 'it is too long' }) });
    expect((await set({ rules: [{ ...paid, transform: 'data' }] })).body.detail).toBe(
      "rules.0.transform in the body can't be used: it is too long.",
    );
  });

  test('is checked once, as long as it stays', async () => {
    const checked: string[] = [];
    const { set } = aRoutedConnection({ checkTransform: async (expression) => void checked.push(expression) });
    const kept = { ...paid, transform: 'data' };
    await set({ rules: [kept] });
    await set({
      rules: [
        { ...kept, to: 'books' },
        { ...rest, transform: 'data.id' },
      ],
    });
    expect(checked).toEqual(['data', 'data.id']);
  });
});

describe('a crash', () => {
  const before = { mode: 'all', rules: [paid] };
  const after = { mode: 'first', rules: [rest] };

  test('leaves the old list or the new one, wherever it is', async () => {
    const seen: string[] = [];
    for (let at = 1, hasCrashed = true; hasCrashed; at += 1) {
      let left = Number.POSITIVE_INFINITY;
      hasCrashed = false;
      const { set, show, record, state } = aRoutedConnection({
        wrap: async (_, call) => {
          left -= 1;
          if (left === 0) {
            hasCrashed = true;
            throw new Error('crashed');
          }
          return call();
        },
      });
      await set(before);
      left = at;
      await set(after);
      left = Number.POSITIVE_INFINITY;
      const { mode, rules } = (await show()).body;
      expect([before, after]).toContainEqual({ mode, rules });
      // The record never names a list that is not there, and whoever sets the routes again has them.
      expect(state.lists.has((await record()).routes ?? '')).toBe(true);
      seen.push(mode);
      expect((await set(after)).body).toMatchObject(after);
    }
    // Reads, a claim and the list come first; the record's own write crashes before it is made.
    expect(seen).toEqual(['all', 'all', 'all', 'all', 'all', 'all', 'all', 'first']);
  });
});

test('whatever two operators send at once, the record names a list that one of them sent', async () => {
  const list = fc.constantFrom([paid], [rest], [paid, rest], [rest, paid], []);
  await fc.assert(
    fc.asyncProperty(list, list, fc.scheduler(), async (one, other, scheduler) => {
      const { set, show, record, state } = aRoutedConnection({
        wrap: (name, call) => scheduler.schedule(Promise.resolve(), name).then(() => call()),
      });
      const answers = await scheduler.waitFor(Promise.all([set({ rules: one }), set({ rules: other })]));
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect([one, other]).toContainEqual((await scheduler.waitFor(show())).body.rules);
      const { routes } = await record();
      expect(routes === undefined || state.lists.has(routes)).toBe(true);
    }),
    { numRuns: count({ usual: 30, full: 500 }) },
  );
});
