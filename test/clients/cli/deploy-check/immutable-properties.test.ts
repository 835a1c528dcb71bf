/** The table of lasting types against the registry of CloudFormation. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { lastingTypes } from '../../../../clients/cli/deploy-check/lasting-types.ts';

/** Each property whose change replaces a resource, as the registry of CloudFormation says, in the data of CDK's own diff. */
function registry(): Map<string, string[]> {
  interface Entry {
    cloudFormationType: string;
    properties: Record<string, { causesReplacement?: 'yes' | 'no' | 'maybe' }>;
  }
  const { schema } = JSON.parse(gunzipSync(readFileSync('node_modules/aws-cdk/db.json.gz')).toString());
  const entries = Object.values<Entry>(schema.resource.entities ?? schema.resource);
  return new Map(
    entries.map(({ cloudFormationType, properties }) => [
      cloudFormationType,
      Object.keys(properties).filter((name) => properties[name]?.causesReplacement === 'yes'),
    ]),
  );
}

test('the immutable properties are those of the registry of CloudFormation', () => {
  const known = registry();
  const own = Object.entries(lastingTypes).filter(([type]) => type.startsWith('AWS::'));
  const table = own.map(([type, { immutable }]) => [type, [...immutable].sort()]);
  expect(table).toEqual(own.map(([type]) => [type, [...(known.get(type) ?? ['not in the registry'])].sort()]));
  expect(own.length).toBeGreaterThan(10);
});
