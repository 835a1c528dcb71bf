/** What the API does with the file that manages a connection or a destination. */
import { describe, expect, test } from '@jest/globals';
import type { Role } from '../../shared/ground/base/actor.ts';
import type { Route } from '../../shared/operators/api/route.ts';
import { routes } from '../../shared/operators/api/routes.ts';
import { aDeploymentInMemory } from '../shared/operators/manifest/given-deployment.ts';
import { propertiesOf } from './given-stack.ts';

const shop = { kind: 'file', name: 'shop' };
const params = { name: 'orders' };
const [open, edit] = ['POST /v1/connections', 'PATCH /v1/connections/{name}'];
const [endpoint, token] = ['PUT /v1/connections/{name}/endpoint', 'POST /v1/connections/{name}/endpoint/token'];
const activate = 'POST /v1/connections/{name}/endpoint/activate';
const deactivate = 'POST /v1/connections/{name}/endpoint/deactivate';

/** A deployment with the connection `orders`, which the file manages, or not. */
async function aConnection(managedBy?: object) {
  const world = aDeploymentInMemory();
  await world.ask(open, { body: { ...params, ...(managedBy && { managedBy }) } });
  const ask = (key: string, body: object = {}, more: object = {}) => world.ask(key, { params, body, ...more });
  const record = async () => (await world.store.readConnection('orders')) ?? { managedBy: 'no connection' };
  return { ...world, ask, record };
}

describe('a connection', () => {
  test('is opened by a file', async () => {
    const { record } = await aConnection({ ...shop, closed: true });
    expect(await record()).toMatchObject({ version: 1, managedBy: { ...shop, closed: true } });
  });

  test('says for which file its token was made and its URL opened, each in the one write', async () => {
    const { ask, record } = await aConnection({ ...shop, closed: true });
    await ask(endpoint);
    const made = await ask(token, { managedBy: { ...shop, tokenRef: 'env:A', closed: true } });
    expect(made.body.connection).toMatchObject({
      version: 4,
      managedBy: { ...shop, tokenRef: 'env:A', closed: true },
    });
    const managedBy = { ...shop, tokenRef: 'env:A' };
    expect((await ask(activate, { managedBy })).body).toMatchObject({ version: 5, status: 'active', managedBy });
    const closed = { ...managedBy, closed: true };
    expect((await ask(deactivate, { managedBy: closed })).body).toMatchObject({ version: 6, managedBy: closed });
    expect(await record()).toMatchObject({ managedBy: closed, entry: { verb: 'deactivate' } });
    const rotated = await ask(`${token}/rotate`, { managedBy: { ...shop, tokenRef: 'env:B' } });
    expect(rotated.body.connection).toMatchObject({ version: 8, managedBy: { ...shop, tokenRef: 'env:B' } });
  });

  test('keeps what the file says of it when an operator opens and closes it', async () => {
    const managedBy = { ...shop, tokenRef: 'generate' };
    const { ask, record } = await aConnection(managedBy);
    await ask(endpoint);
    await ask(token);
    await ask(activate);
    await ask(deactivate);
    expect(await record()).toMatchObject({ managedBy, endpoint: { status: 'inactive' } });
  });

  test('is closed by the file no longer once an operator has opened or closed it', async () => {
    const closed = { ...shop, tokenRef: 'generate', closed: true };
    const { ask, record } = await aConnection(closed);
    await ask(endpoint);
    await ask(token);
    await ask(deactivate);
    expect(await record()).toMatchObject({ managedBy: closed });
    await ask(activate);
    expect((await record()).managedBy).toEqual({ ...shop, tokenRef: 'generate' });
    await ask(deactivate);
    expect((await record()).managedBy).toEqual({ ...shop, tokenRef: 'generate' });
  });

  test('that has the status already notes the file alone', async () => {
    const { ask, record } = await aConnection(shop);
    await ask(endpoint);
    await ask(deactivate, { managedBy: { ...shop, closed: true } });
    expect(await record()).toMatchObject({ version: 3, managedBy: { ...shop, closed: true }, entry: { verb: 'edit' } });
    await ask(deactivate, { managedBy: { ...shop, closed: true } });
    expect(await record()).toMatchObject({ version: 3 });
  });

  test('is adopted by a file, noted, and detached, and the history says so', async () => {
    const { ask, record } = await aConnection();
    await ask(edit, { managedBy: { ...shop, adopted: true } });
    expect(await record()).toMatchObject({ managedBy: { ...shop, adopted: true }, entry: { verb: 'adopt' } });
    await ask(edit, { managedBy: { ...shop, adopted: true, tokenRef: 'keep' } });
    expect(await record()).toMatchObject({ managedBy: { tokenRef: 'keep' }, entry: { verb: 'edit' } });
    await ask(edit, { managedBy: null });
    expect(await record()).toMatchObject({ version: 4, entry: { verb: 'detach' } });
    expect(await record()).not.toHaveProperty('managedBy');
  });

  const others = { kind: 'file', name: 'billing' };
  test.each<[string, string, object]>([
    ['an edit', edit, { managedBy: others }],
    ['an activation', activate, { managedBy: others }],
    ['a deactivation', deactivate, { managedBy: others }],
    ['a token', token, { managedBy: others }],
    ['a rotation', `${token}/rotate`, { managedBy: others }],
    ['a change of auth', endpoint, { auth: { kind: 'token' }, values: { managedBy: others } }],
  ])('of one file is refused to another: %s', async (_, key, body) => {
    const { ask, record } = await aConnection(shop);
    await ask(endpoint);
    if (key !== token) await ask(token);
    const before = await record();
    expect(await ask(key, body)).toMatchObject({ status: 409, body: { code: 'managed_by_other' } });
    expect(await record()).toEqual(before);
  });

  test('of a stack is refused to a file, and that of a file to a stack', async () => {
    const world = await aConnection(shop);
    const { invoke, eventOf } = world.stack();
    expect(await invoke(eventOf('Create', propertiesOf({ Adopt: 'true' })))).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(/^A file manages the connection orders, so no stack can take it over\./),
    });
    expect(await world.record()).toMatchObject({ version: 1, managedBy: shop });
    await invoke(eventOf('Create', propertiesOf({ Name: 'payments' })));
    for (const managedBy of [shop, null]) {
      const refused = await world.ask(edit, { managedBy }, { params: { name: 'payments' } });
      expect(refused).toMatchObject({ status: 409, body: { code: 'managed_by_other' } });
    }
  });

  test('a designer may not say who manages it', async () => {
    const { ask } = await aConnection();
    const refused = await ask(edit, { managedBy: shop }, { role: 'flow_designer' });
    expect(refused).toMatchObject({ status: 403, body: { code: 'role_required' } });
  });

  test('has room for the longest reference beside as many settings as its record takes', async () => {
    const { ask } = await aConnection(shop);
    const addresses = Array.from({ length: 64 }, (_, at) => `2001:db8:1111:2222:3333:4444:5555:${4000 + at}`);
    let most = addresses.length;
    while ((await ask(endpoint, { allowFrom: addresses.slice(0, most) })).status === 422) most -= 1;
    expect(most).toBeGreaterThan(5);
    expect(most).toBeLessThan(64);
    const managedBy = { ...shop, tokenRef: `env:${'A'.repeat(196)}`, closed: true };
    expect(await ask(edit, { managedBy })).toMatchObject({ status: 200 });
  });
});

describe('a destination', () => {
  const create = 'POST /v1/destinations';
  const change = 'PATCH /v1/destinations/{name}';
  const url = 'https://erp.example.com/in';
  async function aDestination(managedBy?: object) {
    const world = aDeploymentInMemory();
    await world.ask(create, { body: { name: 'erp', url, ...(managedBy && { managedBy }) } });
    const ask = async (body: object) => (await world.ask(change, { params: { name: 'erp' }, body })).body;
    return { ...world, ask };
  }
  const hidden = { ...shop, tokenRef: 'sha256:abc' };

  test('is made, adopted and detached by a file', async () => {
    const { ask } = await aDestination();
    expect(await ask({ managedBy: { ...shop, adopted: true } })).toMatchObject({
      managedBy: { ...shop, adopted: true },
    });
    expect(await ask({ managedBy: null })).not.toHaveProperty('managedBy');
    const { ask: again } = await aDestination(hidden);
    expect(await again({ managedBy: { kind: 'file', name: 'billing' } })).toMatchObject({ code: 'managed_by_other' });
  });

  test.each([
    [{ url: 'https://erp.example.com/other' }, shop],
    [{ headers: { 'x-team': 'shop' } }, shop],
    [{ auth: { kind: 'bearer', token: 'a-token-of-the-erp' } }, shop],
    [{ url }, hidden],
    [{ timeoutSeconds: 5 }, hidden],
    [
      { url: 'https://erp.example.com/other', managedBy: { ...shop, tokenRef: 'sha256:def' } },
      { ...shop, tokenRef: 'sha256:def' },
    ],
  ])('after the change %j its manager is %j, because no answer shows what else is there', async (body, managedBy) => {
    const { ask } = await aDestination(hidden);
    expect((await ask(body)).managedBy).toEqual(managedBy);
  });
});

describe('where a secret comes from', () => {
  /** What can be read of connections and destinations, as their keys. */
  const reads = Object.entries(routes as Record<string, Route>).flatMap(([key, { function: of, role }]) =>
    key.startsWith('GET /v1/') && role === 'flow_designer' && /connections|destinations|routes/.test(of) ? [key] : [],
  );

  /** All answers about a connection and a destination of a file that said this, as a role reads them. */
  async function answersTo(role: Role, tokenRef: string | undefined) {
    const world = aDeploymentInMemory();
    const managedBy = { ...shop, ...(tokenRef !== undefined && { tokenRef }) };
    // Without an endpoint, whose ids are random.
    await world.ask(open, { body: { ...params, managedBy } });
    await world.ask('POST /v1/destinations', {
      body: { name: 'erp', url: 'https://erp.example.com/in', managedBy },
    });
    const answers = reads.map(async (key) => {
      const name = key.includes('destinations') ? 'erp' : 'orders';
      return [key, await world.ask(key, { role, params: { name, id: 'github' } })] as const;
    });
    return new Map(await Promise.all(answers));
  }

  test('is read of connections and destinations by these routes', () => {
    expect(reads).toEqual(
      expect.arrayContaining([
        'GET /v1/connections',
        'GET /v1/connections/{name}',
        'GET /v1/connections/{name}/routes',
        'GET /v1/destinations',
        'GET /v1/destinations/{name}',
        'GET /v1/destinations/{name}/history',
      ]),
    );
  });

  test.each([
    'GET /v1/connections',
    'GET /v1/connections/{name}',
    'GET /v1/destinations',
    'GET /v1/destinations/{name}',
  ])('is shown to an admin by %s: the plan compares it', async (key) => {
    const { body } = (await answersTo('connection_admin', 'sha256:abc')).get(key) ?? {};
    expect(body.items?.[0] ?? body).toMatchObject({ managedBy: { ...shop, tokenRef: 'sha256:abc' } });
  });

  test('changes no answer to a designer, neither a body nor an ETag: a guess could be checked', async () => {
    const [one, another, none] = await Promise.all(
      ['sha256:abc', `sha256:${'d'.repeat(64)}`, undefined].map((tokenRef) => answersTo('flow_designer', tokenRef)),
    );
    expect(another).toEqual(one);
    expect(none).toEqual(one);
    // Who manages it is no secret.
    expect(one?.get('GET /v1/connections/{name}')?.body.managedBy).toEqual(shop);
    expect(one?.get('GET /v1/destinations')?.body.items[0].managedBy).toEqual(shop);
  });
});
