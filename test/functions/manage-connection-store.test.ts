/** A managed connection in a real State table: the record is written, read back by operators, and removed. */
import { expect, test } from '@jest/globals';
import { connectionViewOf, connectionViewSchema } from '../../shared/endpoints/endpoint/connection-view.ts';
import { largestRecordBytes } from '../../shared/endpoints/endpoint/record-size.ts';
import { stateTable } from '../../shared/endpoints/endpoint/state-table.ts';
import { givenDynamodb } from '../shared/given-dynamodb.ts';
import { aDeployment, aStackResource, propertiesOf, stackId } from './given-stack.ts';

const { client, createTable } = givenDynamodb();

test('a connection is made, changed, repeated and removed in DynamoDB', async () => {
  const store = stateTable(
    client,
    await createTable({ hash: 'pk', indexes: { list: { hash: 'kind', range: 'name' } } }),
  );
  const resource = aStackResource(store);
  const { deploy, removeResource } = aDeployment(resource);
  const first = await deploy(propertiesOf());
  const second = await deploy(propertiesOf({ Settings: '{"retentionDays":7}' }));
  expect(second).toMatchObject({ Status: 'SUCCESS', Data: first?.Data });
  const record = await store.readConnection('orders');
  expect(record).toMatchObject({
    version: 6,
    updatedBy: `cfn:${stackId}`,
    endpoint: { settings: { retentionDays: 7 } },
  });
  if (!record) throw new Error('there is no record');
  const now = new Date('2026-03-01T12:00:00.000Z');
  const view = connectionViewSchema.parse(connectionViewOf(record, 'flow_designer', 'https://hooks.example.com', now));
  expect(view.managedBy).toEqual({ kind: 'stack', stackId, logicalId: 'Orders' });
  expect(await removeResource()).toMatchObject({ Status: 'SUCCESS' });
  expect(await store.readConnection('orders')).toBeUndefined();
});

test('the largest record has room for the ARN of its stack, four times as the author', async () => {
  const store = stateTable(
    client,
    await createTable({ hash: 'pk', indexes: { list: { hash: 'kind', range: 'name' } } }),
  );
  await aDeployment(aStackResource(store)).deploy(propertiesOf());
  const record = await store.readConnection('orders');
  if (!record) throw new Error('there is no record');
  const longer = {
    ...record,
    managedBy: { kind: 'stack' as const, stackId: `${stackId}0123456789`, logicalId: 'Orders' },
  };
  // Once in `managedBy`, and as the author of the record, of its last change and of both tokens.
  expect(largestRecordBytes(longer) - largestRecordBytes(record)).toBe(5 * 10);
});
