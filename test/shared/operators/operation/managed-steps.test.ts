/** The steps of a managed connection, each by itself, on tables and secrets in memory. */
import { expect, test } from '@jest/globals';
import type { SecretValue } from '../../../../shared/endpoints/credential/secret-store.ts';
import type { Endpoint } from '../../../../shared/endpoints/endpoint/endpoint-record.ts';
import type { ManagedRequest, ManagedStep } from '../../../../shared/endpoints/endpoint/managed-connection.ts';
import type { NamedAuth } from '../../../../shared/endpoints/settings/auth.ts';
import type { NamedSettings } from '../../../../shared/endpoints/settings/settings.ts';
import { applyStep, type ManagedStepPorts, storeOf } from '../../../../shared/operators/operation/managed-steps.ts';
import { aMoment } from '../../../support/a-moment.ts';
import { aDestinationTable } from '../../deliveries/destination/given-destination-table.ts';
import { aRouteStore } from '../../deliveries/route/given-route-store.ts';
import { secretStoreIn } from '../../endpoints/endpoint/given-lifecycle.ts';
import { aStateTable } from '../../endpoints/endpoint/given-state-table.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const resource = { stackId: 'arn:aws:cloudformation:eu-central-1:123456789012:stack/shop/1', logicalId: 'Orders' };
const secretArn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:source-AbCdEf';
const both: NamedAuth = { kind: 'both', accept: [{ in: 'query', name: 'key' }], scheme: 'github' };
const [value, signingSecret] = ['a-token-of-the-sender', 'a-secret-of-the-sender'];

/** A table, and steps on its connection `orders`. `text` is that of the secret that the template names. */
function aWorld(text = value) {
  const store = aStateTable();
  const { replaceConnection } = store;
  store.replaceConnection = async (...version) => {
    await aMoment();
    return replaceConnection(...version);
  };
  const values = new Map<string, SecretValue>();
  const source = { text };
  const deps: ManagedStepPorts = {
    store,
    secretStore: secretStoreIn(values),
    secretPrefix: 'hooklatch/dev',
    readSource: async () => source.text,
    ...aRouteStore(),
    destinations: aDestinationTable(),
    checkTransform: async () => undefined,
    log: () => undefined,
  };
  const request: ManagedRequest = {
    type: 'Create',
    resource,
    newId: 'c1',
    properties: {
      name: 'orders',
      provider: 'github',
      description: 'Shop',
      settings: {},
      status: 'active',
      adopt: false,
    },
  };
  const actor = { id: 'cfn:stack', role: 'connection_admin' } as const;
  const run = async (...steps: ManagedStep[]) => {
    for (const step of steps) await applyStep(request, step, { actor, requestId: 'r1', now }, deps);
  };
  const record = async () => {
    const found = await store.readConnection('orders');
    if (!found) throw new Error('there is no record');
    return found;
  };
  const change = async (endpoint: Partial<Endpoint>) => {
    const found = await record();
    const next = { ...found, version: found.version + 1, endpoint: { ...(found.endpoint as Endpoint), ...endpoint } };
    await store.replaceConnection(next, 'r0');
  };
  /** The values of the live tokens, the current one first. */
  const live = async () => {
    const { secret, tokens = [] } = (await record()).endpoint ?? {};
    return tokens.map(({ id }) => values.get(`${secret} ${id}`));
  };
  return { store, source, run, record, change, live };
}

const create: ManagedStep = { verb: 'create' };
const configure = (settings: NamedSettings): ManagedStep => ({ verb: 'configure', settings });
const adoptToken: ManagedStep = { verb: 'adoptToken', secretArn };

test('a connection is seen only while it has its id', async () => {
  const { store, run } = aWorld();
  await run(create);
  expect(await storeOf(store, 'c1').readConnection('orders')).toMatchObject({ id: 'c1' });
  expect(await storeOf(store, 'c2').readConnection('orders')).toBeUndefined();
  expect(await storeOf(store, 'c1').readConnection('billing')).toBeUndefined();
});

test('a created connection is as the template says, and names its manager', async () => {
  const { run, record, store } = aWorld();
  const { openConnection } = store;
  const writers: string[] = [];
  store.openConnection = (connection, requestId) => {
    writers.push(requestId);
    return openConnection(connection, requestId);
  };
  await run(create);
  // By the id of the request, the table recognizes a write that the SDK repeats.
  expect(writers).toEqual(['r1']);
  expect(await record()).toMatchObject({
    id: 'c1',
    provider: 'github',
    description: 'Shop',
    createdAt: now.toISOString(),
    managedBy: resource,
    entry: { verb: 'create', by: 'cfn:stack' },
  });
  await expect(run(create)).rejects.toMatchObject({ code: 'connection_exists' });
});

test('the manager changes by an adoption and a detachment, and each is in the history', async () => {
  const { run, record } = aWorld();
  await run(create, configure({}), { verb: 'generateToken' }, { verb: 'activate' });
  const at = now.toISOString();
  await run({ verb: 'adopt' });
  expect(await record()).toMatchObject({
    managedBy: { ...resource, adopted: true },
    entry: { verb: 'adopt', by: 'cfn:stack', at, from: 'active', to: 'active' },
  });
  await run({ verb: 'detach' });
  const detached = await record();
  expect(detached.managedBy).toBeUndefined();
  expect(detached.entry).toEqual({ verb: 'detach', by: 'cfn:stack', at, from: 'active', to: 'active' });
});

test('a stack whose name leaves the record no room can’t adopt', async () => {
  const { run, store, record } = aWorld();
  await run(create);
  const found = await record();
  const long = { ...found, version: 2, managedBy: undefined, description: 'x'.repeat(3_900) };
  await store.replaceConnection(long as never, 'r0');
  await expect(run({ verb: 'adopt' })).rejects.toMatchObject({ code: 'record_too_large' });
  await run({ verb: 'detach' });
});

test('an endpoint is open after its activation, and closed after its deactivation', async () => {
  const { run, record } = aWorld();
  await run(create, configure({}), { verb: 'generateToken' }, { verb: 'activate' });
  expect((await record()).endpoint?.status).toBe('active');
  await run({ verb: 'deactivate' });
  expect((await record()).endpoint?.status).toBe('inactive');
});

test('an edit changes the description alone', async () => {
  const { run, record } = aWorld();
  await run(create, configure({ retentionDays: 7 }), { verb: 'edit', description: 'Store' });
  expect(await record()).toMatchObject({
    description: 'Store',
    provider: 'github',
    endpoint: { settings: { retentionDays: 7 } },
    entry: { verb: 'edit', by: 'cfn:stack' },
  });
});

test('the value of a secret is adopted once, and stays while the secret has it', async () => {
  const { run, record, live, source } = aWorld();
  await run(create, configure({ auth: { kind: 'token' } }), adoptToken);
  const first = await record();
  await run(adoptToken);
  expect(await record()).toEqual(first);
  expect(await live()).toEqual([{ token: value }]);
  source.text = `${value}-2`;
  await run(adoptToken);
  expect(await live()).toEqual([{ token: `${value}-2` }, { token: value }]);
});

test('while a grace runs, only the previous value can come back', async () => {
  const { run, live, source } = aWorld();
  await run(create, configure({ auth: { kind: 'token' } }), adoptToken);
  source.text = `${value}-2`;
  await run(adoptToken);
  source.text = `${value}-3`;
  await expect(run(adoptToken)).rejects.toMatchObject({ code: 'rotation_in_progress' });
  source.text = value;
  await run(adoptToken);
  expect(await live()).toEqual([{ token: value }, { token: `${value}-2` }]);
});

test('of two values, what the secret does not name stays, and what is the same makes no version', async () => {
  const { run, live, source } = aWorld(JSON.stringify({ value, signingSecret }));
  await run(create, configure({ auth: both }), adoptToken);
  const first = { token: value, signingSecret };
  expect(await live()).toEqual([first]);
  for (const same of [{ value, signingSecret }, { value }, { signingSecret }]) {
    source.text = JSON.stringify(same);
    await run(adoptToken);
    expect(await live()).toEqual([first]);
  }
  source.text = JSON.stringify({ signingSecret: `${signingSecret}-2` });
  await run(adoptToken);
  expect(await live()).toEqual([{ token: value, signingSecret: `${signingSecret}-2` }, first]);
});

test.each([
  ['no JSON', value, 'token_not_usable', /^With auth\.kind both, the secret must be a JSON object/],
  ['another field', '{"token":"a-token-of-the-sender"}', 'invalid_request', /^The secret .*token/],
])('with auth.kind both, a secret with %s is refused', async (_, text, code, message) => {
  const { run } = aWorld(text);
  await run(create, configure({ auth: both }));
  await expect(run(adoptToken)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});

test('a new auth comes with the values that it needs, and the other settings stay', async () => {
  const { run, record, live, source } = aWorld();
  await run(create, configure({ auth: { kind: 'token' }, retentionDays: 7 }), adoptToken);
  source.text = JSON.stringify({ value: `${value}-2`, signingSecret });
  await run({ verb: 'configure', settings: { auth: both }, secretArn });
  expect((await record()).endpoint?.settings).toMatchObject({ auth: both, retentionDays: 7 });
  expect(await live()).toEqual([{ token: `${value}-2`, signingSecret }, { token: value }]);
});

test('an endpoint that is held is not deconfigured, because its events would be lost', async () => {
  const { run, record, change } = aWorld();
  await run(create, configure({}));
  await change({ hold: { id: 'h1', since: now.toISOString() } });
  await expect(run({ verb: 'deconfigure' })).rejects.toMatchObject({ code: 'held' });
  await change({ hold: undefined });
  await run({ verb: 'deconfigure' });
  expect((await record()).endpoint).toBeNull();
});
