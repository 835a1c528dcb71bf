/** The role of each function can reach only the kinds of Journal items that the function reads or writes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createStack } from '../../local/cloudformation/physical-ids.ts';
import { readRoles } from '../../local/cloudformation/role-policies.ts';
import { aSharedRuntime, assembly, tableOf, type World } from '../support/given.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime();
});
afterAll(() => world.end());

const commands = {
  GetItem: (TableName: string, Key: { pk: { S: string }; sk: { S: string } }) => new GetItemCommand({ TableName, Key }),
  PutItem: (TableName: string, Item: { pk: { S: string }; sk: { S: string } }) =>
    new PutItemCommand({ TableName, Item }),
  UpdateItem: (TableName: string, Key: { pk: { S: string }; sk: { S: string } }) =>
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: 'SET forged = :yes',
      ExpressionAttributeValues: { ':yes': { BOOL: true } },
    }),
  DeleteItem: (TableName: string, Key: { pk: { S: string }; sk: { S: string } }) =>
    new DeleteItemCommand({ TableName, Key }),
  Query: (TableName: string, { pk }: { pk: { S: string } }) =>
    new QueryCommand({ TableName, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } }),
};

/** A client with the role of a function. */
function inTheRoleOf(name: string): DynamoDBClient {
  const template = JSON.parse(readFileSync(join(assembly(), 'hooklatch-dev.template.json'), 'utf8'));
  const { url, region, addPrincipal } = world.runtime.aws;
  const secrets = new Map(Object.entries(world.runtime.secrets));
  const stack = createStack('hooklatch-dev', template, { url: world.runtime.url, secrets });
  const prefix = `hooklatch-dev-${name.replaceAll('-', '')}FunctionServiceRole`;
  const role = [...readRoles(stack).values()].find((each) => each.role.startsWith(prefix));
  if (!role) throw new Error(`${name} has no role`);
  const credentials = addPrincipal(`test-${name}`, role.role, role.statements);
  return new DynamoDBClient({ endpoint: url, region, credentials, maxAttempts: 1 });
}

/** The result of a call in a function's role. */
async function outcome(name: string, action: keyof typeof commands, pk: string): Promise<string> {
  const client = inTheRoleOf(name);
  const command = commands[action](tableOf(world.runtime, 'Journal'), { pk: { S: pk }, sk: { S: 'a' } });
  const answer = client.send(command as PutItemCommand).then(
    () => 'allowed',
    (error: Error) => error.name,
  );
  return answer.finally(() => client.destroy());
}

test.each([
  ['authorize', 'UpdateItem', 'rejections#c', ['history#c', 'run#c', 'runs', 'use#c', 'count#c', 'alerts', 'test#c']],
  ['ingest', 'UpdateItem', 'use#c', ['history#c', 'run#c', 'runs', 'count#c', 'alerts', 'test#c', 'useless']],
  ['count-events', 'UpdateItem', 'count#c', ['history#c', 'runs', 'rejections#c']],
  ['count-events', 'PutItem', 'actions#c', ['history#c', 'runs', 'run#c']],
  ['run-replay-jobs', 'PutItem', 'actions#c', ['history#c', 'runs']],
  ['relay', 'UpdateItem', 'test#c', ['history#c', 'runs', 'use#c']],
  ['relay', 'DeleteItem', 'given_up#c', ['history#c', 'runs', 'test#c']],
  ['api-events', 'Query', 'relay', ['alerts', 'use#c']],
  ['raise-alerts', 'PutItem', 'alerts', ['history#c', 'runs', 'alerts#c']],
  ['raise-alerts', 'DeleteItem', 'alerts', ['history#c', 'runs']],
  ['follow-state-changes', 'PutItem', 'history#c', ['run#c', 'use#c', 'history']],
  ['follow-state-changes', 'GetItem', 'runs', ['history#c', 'use#c']],
  ['api-events', 'UpdateItem', 'runs', ['history#c', 'run#c']],
  ['run-replay-jobs', 'DeleteItem', 'runs', ['history#c', 'run#c']],
  [
    'run-redelivery-jobs',
    'PutItem',
    'destination_actions#d',
    ['destination_history#d', 'redeliveries', 'runs', 'run#c'],
  ],
  ['run-redelivery-jobs', 'PutItem', 'ended_redeliveries', ['redeliveries', 'ended_runs']],
  ['run-redelivery-jobs', 'DeleteItem', 'redeliveries', ['redelivery#d', 'runs', 'destination_history#d']],
  ['api-deliveries', 'PutItem', 'redeliveries', ['redelivery#d', 'runs', 'destination_actions#d']],
  ['api-destinations', 'Query', 'destination_actions#d', ['redeliveries', 'actions#c', 'history#c']],
  ['api-self-test', 'GetItem', 'test#c', ['history#c', 'runs']],
  ['api-events', 'Query', 'actions#c', ['summary#c', 'action']],
  ['api-events', 'Query', 'history#c', ['destination_history#d', 'use#c', 'alerts']],
  ['api-events', 'Query', 'ended_runs', ['redelivery#d']],
  ['run-replay-jobs', 'PutItem', 'ended_runs', ['runs', 'ended_redeliveries']],
  ['api-connections', 'Query', 'use#c', ['history#c', 'runs', 'summary#c']],
  ['count-events', 'PutItem', 'summary#c', ['history#c', 'run#c']],
] as const)(
  'the role of %s allows %s on items of %s, and denies it on items of %j',
  async (name, action, mine, others) => {
    expect(await outcome(name, action, mine)).toBe('allowed');
    // What it wrote is no job that the functions of other files could read.
    await world.dynamodb.send(
      commands.DeleteItem(tableOf(world.runtime, 'Journal'), { pk: { S: mine }, sk: { S: 'a' } }),
    );
    for (const pk of others) expect([pk, await outcome(name, action, pk)]).toEqual([pk, 'AccessDeniedException']);
  },
);
