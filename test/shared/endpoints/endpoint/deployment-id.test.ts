/** The deployment's id, against DynamoDB in memory. */
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, test } from '@jest/globals';
import { deploymentIdOf, readDeploymentId, secretTags } from '../../../../shared/endpoints/endpoint/deployment-id.ts';
import { givenDynamodb } from '../../given-dynamodb.ts';

const { client, sent, createTable } = givenDynamodb();
let table: string;

beforeEach(async () => {
  table = await createTable({ hash: 'pk' });
  sent.length = 0;
});

test('a new State table has no id, and reading it makes none', async () => {
  expect(await readDeploymentId(client, table)).toBeUndefined();
  expect(sent.map(({ name }) => name)).toEqual(['GetItem']);
});

test('the id is made once, and then only read, with strongly consistent reads', async () => {
  const id = await deploymentIdOf(client, table);
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  sent.length = 0;
  expect(await deploymentIdOf(client, table)).toBe(id);
  expect(await readDeploymentId(client, table)).toBe(id);
  expect(sent.map(({ name, input }) => [name, 'ConsistentRead' in input])).toEqual([
    ['GetItem', true],
    ['GetItem', true],
  ]);
});

test('two deployments have different ids', async () => {
  const other = await createTable({ hash: 'pk' });
  expect(await deploymentIdOf(client, table)).not.toBe(await deploymentIdOf(client, other));
});

test('all who make the id at once get the same one', async () => {
  const ids = await Promise.all(Array.from({ length: 20 }, () => deploymentIdOf(client, table)));
  expect(new Set(ids).size).toBe(1);
  expect(await readDeploymentId(client, table)).toBe(ids[0]);
  // At least one was too late, so the condition was needed.
  expect(sent.filter(({ name }) => name === 'PutItem').length).toBeGreaterThan(1);
});

test('every secret gets the id as its tag', async () => {
  const id = await deploymentIdOf(client, table);
  expect(await secretTags(client, table, {})()).toEqual([{ Key: 'hooklatch:deployment', Value: id }]);
});

test('every secret gets the tags of the deployment too, because a policy of the organization may demand them', async () => {
  const id = await deploymentIdOf(client, table);
  const SECRET_TAGS = '[{"Key":"team","Value":"payments"}]';
  expect(await secretTags(client, table, { SECRET_TAGS })()).toEqual([
    { Key: 'team', Value: 'payments' },
    { Key: 'hooklatch:deployment', Value: id },
  ]);
  expect(() => secretTags(client, table, { SECRET_TAGS: '{"team":"payments"}' })).toThrow();
});

test('an id that disappears while it is made is an error, because no secret may lack it', async () => {
  const vanishing = Object.assign(Object.create(client), {
    async send(command: object) {
      const answer = await client.send(command as never);
      if (command instanceof PutItemCommand)
        await client.send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: 'deployment' } } }));
      return answer;
    },
  });
  await expect(deploymentIdOf(vanishing, table)).rejects.toThrow('was removed while it was made');
});

test.each(['{}', '{"id":""}', '{"id":7}'])('a record %s is an error', async (record) => {
  const Item = { pk: { S: 'deployment' }, version: { N: '1' }, record: { S: record } };
  await client.send(new PutItemCommand({ TableName: table, Item }));
  await expect(readDeploymentId(client, table)).rejects.toThrow();
});
