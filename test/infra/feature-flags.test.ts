import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

/** The flags that differ from CDK's recommendation. docs/decisions/0027-feature-flags.md gives the reasons. */
const exceptions = { '@aws-cdk/core:enableAdditionalMetadataCollection': false };

test('cdk.json sets every feature flag as CDK recommends, except the listed exceptions', () => {
  const { context } = readJson('cdk.json');
  const recommended = readJson('node_modules/aws-cdk-lib/recommended-feature-flags.json');
  expect(context).toMatchObject({ ...recommended, ...exceptions });
});
