/** The secrets of destinations, against a local Secrets Manager. */
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { expect, test } from '@jest/globals';
import { destinationSecrets } from '../../../../shared/deliveries/destination/destination-secret.ts';
import { anAws, secretsManager } from '../../../local/aws/given-aws.ts';

const value = {
  url: 'https://shop.example.com/in',
  headers: { 'x-key': 'v' },
  auth: { kind: 'bearer', token: 't' },
  signingSecret: 'whsec_1',
  previousSigningSecret: 'whsec_0',
} as const;
const [first, second] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];

test('a value is read as it was stored, whichever version is the current one', async () => {
  const client = secretsManager(await anAws());
  const secrets = destinationSecrets(client, async () => [{ Key: 'hooklatch:deployment', Value: 'd1' }]);
  const arn = await secrets.create('hooklatch/dev/destination/shop/1', first, value);
  const other = { url: value.url, headers: {}, auth: { kind: 'none' }, signingSecret: 'whsec_2' } as const;
  await secrets.putPending(arn, second, other);
  expect([await secrets.read(arn, first), await secrets.read(arn, second)]).toEqual([value, other]);
  const described = await client.send(new DescribeSecretCommand({ SecretId: arn }));
  expect(described).toMatchObject({
    Description: 'URL and credentials of a destination. Made and removed by Hooklatch; do not edit.',
    Tags: [{ Key: 'hooklatch:deployment', Value: 'd1' }],
    VersionIdsToStages: { [first]: ['AWSCURRENT'], [second]: ['AWSPENDING'] },
  });
});

test('a value of another form is an error that does not quote it', async () => {
  const secrets = destinationSecrets(secretsManager(await anAws()), async () => []);
  const arn = await secrets.create('hooklatch/dev/destination/shop/1', first, { token: 'a secret' } as never);
  await expect(secrets.read(arn, first)).rejects.toThrow(
    new Error(`version ${first} of a destination's secret has an unexpected format`),
  );
});
