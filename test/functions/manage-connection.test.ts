import { expect, test } from '@jest/globals';
import { aStateTable } from '../shared/endpoint/given-state-table.ts';
import { aDeployment, aStackResource, propertiesOf, type StackOptions, stackId } from './given-stack.ts';

const now = '2026-03-01T12:00:00.000Z';

/** A deployment on an empty table. */
function aWorld(options: StackOptions = {}) {
  const store = aStateTable();
  const resource = aStackResource(store, options);
  const orders = async () => (await store.readConnection('orders')) ?? undefined;
  return { store, orders, ...resource, ...aDeployment(resource) };
}

test('a creation makes an active connection with a token, and answers with its URL', async () => {
  const { deploy, orders } = aWorld();
  const answer = await deploy(
    propertiesOf({ Provider: 'github', Description: 'Shop', Settings: '{"retentionDays":90}' }),
  );
  const record = await orders();
  const { id = '', secret } = record?.endpoint ?? {};
  expect(answer).toEqual({
    Status: 'SUCCESS',
    PhysicalResourceId: record?.id,
    StackId: stackId,
    RequestId: expect.stringMatching(/^request-/),
    LogicalResourceId: 'Orders',
    Data: { Url: `https://hooks.example.com/hooks/orders/${id}`, TokenSecretArn: secret },
  });
  expect(record).toMatchObject({
    ...{ name: 'orders', provider: 'github', description: 'Shop', createdAt: now },
    managedBy: { stackId, logicalId: 'Orders' },
    updatedBy: `cfn:${stackId}`,
    endpoint: { status: 'active', settings: { retentionDays: 90 }, tokens: [{ createdBy: `cfn:${stackId}` }] },
  });
});

test('a creation that is sent twice makes one connection with one token', async () => {
  const { invoke, eventOf, orders, values } = aWorld();
  const event = eventOf('Create', propertiesOf());
  const first = await invoke(event);
  const record = await orders();
  expect(await invoke(event)).toEqual(first);
  expect(await orders()).toEqual(record);
  expect(values.size).toBe(1);
});
