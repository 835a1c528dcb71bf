import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Template } from '../../../../local/cloudformation/template.ts';
import { namesIn } from '../../../../shared/ground/aws/stack-resource.ts';
import { theOwnApp, theTemplates } from '../../../infra/given-template.ts';

test.each<[string, () => Promise<Template>, ids: string[]]>([
  ['a stage', async () => (await theTemplates()).prod, ['StateTable962DE04C', 'FailuresBucket3D5A4556']],
  [
    'an app with its own id for the gateway',
    async () => (await theOwnApp('prod')).shop,
    ['WebhooksStateTable', 'WebhooksFailuresBucket'],
  ],
])('there is one of each in the template of %s', async (_, read, ids) => {
  const stack = Object.entries((await read()).Resources).map(([id, { Type: type }]) => ({
    type,
    logicalId: id,
    name: id,
  }));
  const found = [...namesIn(stack, 'stateTable'), ...namesIn(stack, 'failuresBucket')];
  expect(found).toEqual(ids.map((id) => expect.stringMatching(new RegExp(`^${id}([0-9A-F]{8})?$`))));
});

const hash = fc.stringMatching(/^[0-9A-F]{8}$/);
const id = fc.stringMatching(/^[A-Za-z0-9]{0,20}$/);

test('finds it with any id of the gateway, and no resource of another type or with another end', () => {
  fc.assert(
    fc.property(id, hash, (gateway, end) => {
      const logicalId = `${gateway}StateTable${end}`;
      const stack = [
        { type: 'AWS::DynamoDB::Table', logicalId, name: 'state' },
        { type: 'AWS::S3::Bucket', logicalId, name: 'bucket' },
        { type: 'AWS::DynamoDB::Table', logicalId: `${logicalId}x`, name: 'other' },
        { type: 'AWS::DynamoDB::Table', logicalId: `${gateway}StateTable`, name: 'given' },
      ];
      expect([namesIn(stack, 'stateTable'), namesIn(stack, 'failuresBucket')]).toEqual([['state'], []]);
    }),
  );
});
