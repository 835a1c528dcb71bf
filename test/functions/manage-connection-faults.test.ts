/** What a stack's request meets on its way: faults that pass or stay, refusals, and operators who change the record meanwhile. */
import { expect, test } from '@jest/globals';
import type { StateTable } from '../../shared/endpoints/endpoint/state-table.ts';
import { aStateTable } from '../shared/endpoints/endpoint/given-state-table.ts';
import { aDeployment, aStackResource, propertiesOf, type StackOptions } from './given-stack.ts';

const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:source-AbCdEf';

/** A deployment on a table that behaves like this. */
function aWorld(changes: Partial<StateTable> = {}, options: StackOptions = {}) {
  const store = aStateTable();
  const resource = aStackResource({ ...store, ...changes }, options);
  return { store, ...resource, ...aDeployment(resource) };
}

/** The line about a request. */
const line = (level: string, requestId: unknown, more: object) => ({ level, requestId, ...more });
const ofRequest = expect.stringMatching(/^request-\d+$/);
const managed = (kind: string) =>
  line('info', ofRequest, { outcome: 'connection_managed', kind, connection: 'orders' });

test('each request has one line, with its kind, its id and the name of the connection', async () => {
  const { deploy, removeResource, lines } = aWorld();
  await deploy(propertiesOf());
  await deploy(propertiesOf({ Settings: '{"retentionDays":7}' }));
  await removeResource();
  expect(lines).toEqual([managed('Create'), managed('Update'), managed('Delete')]);
});

test('a deletion has no attributes', async () => {
  const { deploy, removeResource } = aWorld();
  const made = await deploy(propertiesOf());
  expect(await removeResource()).toMatchObject({
    Status: 'SUCCESS',
    PhysicalResourceId: made?.PhysicalResourceId,
    Data: {},
  });
  const adopted = aWorld();
  await aDeployment(aStackResource(adopted.store, { logicalId: 'Other' })).deploy(propertiesOf());
  await adopted.deploy(propertiesOf({ Adopt: 'true' }));
  expect((await adopted.removeResource())?.Data).toEqual({});
});

test('a fault that passes is met again after a while, and the creation goes on with the connection that it made', async () => {
  let reads = 0;
  let opened = 0;
  const sources: Record<string, string> = {};
  const onRead = () => {
    reads += 1;
    if (reads === 3) sources[arn] = 'a-secret-that-the-sender-shows';
  };
  const store = aStateTable();
  const openConnection: StateTable['openConnection'] = async (connection, requestId) => {
    opened += 1;
    return store.openConnection(connection, requestId);
  };
  const { deploy, values, lines, waits } = aWorld({ ...store, openConnection }, { sources, onRead });
  expect(await deploy(propertiesOf({ Token: arn }))).toMatchObject({ Status: 'SUCCESS' });
  expect([...values.values()]).toEqual([{ token: 'a-secret-that-the-sender-shows' }]);
  const repeated = line('warn', ofRequest, { warning: 'repeated', fault: 'AccessDeniedException' });
  expect(lines).toEqual([repeated, repeated, managed('Create')]);
  expect(waits).toEqual([1_000, 2_000]);
  expect(opened).toBe(1);
});

test('a fault that stays is the reason after half a minute, by its name alone', async () => {
  const { deploy, store, lines, waits } = aWorld();
  const answer = await deploy(propertiesOf({ Token: arn }));
  expect(answer?.Reason).toMatch(/^Hooklatch failed \(AccessDeniedException\)\. Deploy again\./);
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 15_000]);
  const fault = { fault: 'AccessDeniedException' };
  expect(lines).toEqual([
    ...Array(5).fill(line('warn', ofRequest, { warning: 'repeated', ...fault })),
    line('error', ofRequest, { outcome: 'connection_not_managed', kind: 'Create', connection: 'orders', ...fault }),
    managed('Delete'),
  ]);
  expect(await store.readConnection('orders')).toBeUndefined();
});

test('a refusal is not repeated, and its code is in the log', async () => {
  const { deploy, lines, waits } = aWorld();
  await deploy(propertiesOf({ Status: 'on' }));
  expect(waits).toEqual([]);
  expect(lines[0]).toEqual(
    line('error', ofRequest, {
      outcome: 'connection_not_managed',
      kind: 'Create',
      connection: 'orders',
      code: 'invalid_request',
    }),
  );
});

test('a request that operators overtake is repeated', async () => {
  const store = aStateTable();
  // Every write comes too late until the function has waited.
  const replaceConnection: StateTable['replaceConnection'] = async (connection, requestId) =>
    world.waits.length === 0 ? 'lost' : store.replaceConnection(connection, requestId);
  const world = aWorld({ ...store, replaceConnection });
  expect(await world.deploy(propertiesOf())).toMatchObject({ Status: 'SUCCESS' });
  expect(world.waits).toEqual([1_000]);
  expect(world.lines).toEqual([line('warn', ofRequest, { warning: 'repeated', fault: 'Error' }), managed('Create')]);
});

test('a replacement that fails, and can’t be undone, leaves a line in the log', async () => {
  const store = aStateTable();
  const removeConnection: StateTable['removeConnection'] = async (connection) => {
    if (connection.name === 'later') throw Object.assign(new Error('throttled'), { name: 'ThrottlingException' });
    return store.removeConnection(connection);
  };
  const { deploy, eventOf, invoke, lines } = aWorld({ ...store, removeConnection });
  const made = await deploy(propertiesOf());
  lines.length = 0;
  // Stripe makes the secret itself, so the last step of the replacement fails.
  const later = propertiesOf({ Name: 'later', Provider: 'stripe' });
  const old = { PhysicalResourceId: made?.PhysicalResourceId, OldResourceProperties: propertiesOf() };
  expect(await invoke(eventOf('Update', later, old))).toMatchObject({ Status: 'FAILED' });
  expect(lines).toEqual([
    line('warn', ofRequest, { warning: 'replacement_not_undone', fault: 'ThrottlingException' }),
    line('error', ofRequest, {
      outcome: 'connection_not_managed',
      kind: 'Update',
      connection: 'later',
      code: 'secret_made_by_sender',
    }),
  ]);
});

test('a connection that an operator deconfigured has no URL and no secret', async () => {
  const { deploy, store } = aWorld();
  await deploy(propertiesOf());
  const record = await store.readConnection('orders');
  if (!record) throw new Error('there is no record');
  await store.replaceConnection({ ...record, version: record.version + 1, endpoint: null }, 'r1');
  const answer = await deploy(propertiesOf({ Description: 'Shop' }));
  expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Url: '', TokenSecretArn: '' } });
});

test('a later connection of the same name, which an operator opens in the same moment, is not changed', async () => {
  const store = aStateTable();
  await aDeployment(aStackResource(store)).deploy(propertiesOf());
  const record = await store.readConnection('orders');
  let reads = 0;
  const writes: unknown[] = [];
  const changes: Partial<StateTable> = {
    async readConnection(name) {
      reads += 1;
      const found = await store.readConnection(name);
      return found && reads > 1 ? { ...found, id: 'later' } : found;
    },
    async replaceConnection(connection) {
      writes.push(connection);
      return 'written';
    },
  };
  const { invoke, eventOf } = aWorld({ ...store, ...changes });
  const old = { PhysicalResourceId: record?.id, OldResourceProperties: propertiesOf() };
  expect(await invoke(eventOf('Update', propertiesOf({ Settings: '{"retentionDays":7}' }), old))).toMatchObject({
    Status: 'FAILED',
  });
  expect(writes).toEqual([]);
});

test('a connection that is deleted in the same moment has no URL and no secret', async () => {
  const store = aStateTable();
  let reads = 0;
  const readConnection: StateTable['readConnection'] = async (name) => {
    reads += 1;
    return reads === 2 ? undefined : store.readConnection(name);
  };
  await aDeployment(aStackResource(store)).deploy(propertiesOf());
  const { invoke, eventOf } = aWorld({ ...store, readConnection });
  const id = (await store.readConnection('orders'))?.id;
  // An update that changes nothing.
  const old = { PhysicalResourceId: id, OldResourceProperties: propertiesOf() };
  expect(await invoke(eventOf('Update', propertiesOf(), old))).toMatchObject({
    Status: 'SUCCESS',
    Data: { Url: '', TokenSecretArn: '' },
  });
});
