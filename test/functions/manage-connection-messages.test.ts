/** Loads the function alone, as Lambda does: other functions make zod's messages fit for people too. */
import { expect, test } from '@jest/globals';
import { variables } from '../../shared/ground/aws/environment.ts';
import { aStateTable } from '../shared/endpoints/endpoint/given-state-table.ts';

// The module makes its clients when it is loaded. No test here uses them.
process.env['SECRET_TAGS'] ??= '[]';
for (const name of variables) process.env[name] ??= '1';
const { manageConnection } = await import('../../functions/manage-connection.ts');

test('the reason of a failure is a sentence for people', async () => {
  const bodies: string[] = [];
  const unused = async () => {
    throw new Error('not needed');
  };
  const manage = manageConnection({
    store: aStateTable(),
    secretStore: { read: unused, create: unused, putPending: unused, markCurrent: unused },
    ...{ readSource: unused, readRoutes: unused, putRoutes: unused, checkTransform: unused },
    routeUse: { claim: unused, claims: unused },
    destinations: { read: unused, put: unused, remove: unused, list: unused },
    destinationSecrets: { read: unused, create: unused, putPending: unused, markCurrent: unused },
    whyUrlRefused: () => undefined,
    secretPrefix: 'hooklatch/dev',
    publicUrl: 'https://hooks.example.com',
    fetch: async (_, { body } = {}) => {
      bodies.push(String(body));
      return new Response();
    },
    wait: async () => undefined,
    now: () => new Date('2026-03-01T12:00:00.000Z'),
    log: () => undefined,
  });
  await manage({
    RequestType: 'Create',
    ResponseURL: 'https://cloudformation.example.com/answer',
    StackId: 'arn',
    LogicalResourceId: 'Orders',
    RequestId: 'request-1',
    ResourceProperties: { Name: 'orders', Provider: 'generic' },
  });
  expect(bodies.map((body) => JSON.parse(body).Reason)).toEqual([
    'Status in the properties must be one of "active", "inactive".',
  ]);
});
