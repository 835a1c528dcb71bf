/** What each removal policy does to each kind of resource that holds data, in each stage. */
import { expect, test } from '@jest/globals';
import type { RemovalPolicy } from 'aws-cdk-lib';
import { ofType, theOwnApp } from './given-template.ts';

const [stays, goes] = [
  { tables: 'Retain', others: 'RetainExceptOnCreate', replaced: 'Retain', isEmptied: false },
  { tables: 'Delete', others: 'Delete', replaced: 'Delete', isEmptied: true },
];

/** By CDK's name of each policy. The compiler asks for a new one. */
const expected = {
  destroy: goes,
  retain: stays,
  snapshot: stays,
  'retain-on-update-or-delete': stays,
} satisfies Record<`${RemovalPolicy}`, object>;

const cases = (['dev', 'prod'] as const).flatMap((stage) =>
  Object.entries(expected).map(([policy, kept]) => ({ stage, policy, kept })),
);

test.each(cases)('$policy in $stage', async ({ stage, policy, kept }) => {
  const template = (await theOwnApp(stage)).templateOf(`removal-${policy}`);
  const policiesOf = (type: string) =>
    ofType(template, type).map(({ resource }) => [resource.DeletionPolicy, resource.UpdateReplacePolicy]);
  const [table, other] = [
    [kept.tables, kept.replaced],
    [kept.others, kept.replaced],
  ];
  expect(policiesOf('AWS::DynamoDB::Table')).toEqual([table, table, table, table]);
  expect(policiesOf('AWS::S3::Bucket')).toEqual([other, other]);
  expect(policiesOf('AWS::S3::BucketPolicy')).toEqual([other, other]);
  expect(policiesOf('AWS::SecretsManager::Secret')).toEqual([other]);
  const tables = ofType(template, 'AWS::DynamoDB::Table').map(({ properties }) => properties);
  expect(tables.map((each) => each.DeletionProtectionEnabled)).toEqual(tables.map(() => !kept.isEmptied));
  expect(tables.map((each) => each.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled)).toEqual(
    tables.map(() => !kept.isEmptied),
  );
  expect(ofType(template, 'Custom::S3AutoDeleteObjects')).toHaveLength(kept.isEmptied ? 2 : 0);
});
