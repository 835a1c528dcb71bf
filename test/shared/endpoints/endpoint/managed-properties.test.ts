import { expect, test } from '@jest/globals';
import * as z from 'zod/mini';
import { managedPropertiesOf, nameIn } from '../../../../shared/endpoints/endpoint/managed-properties.ts';
import { Refusal } from '../../../../shared/ground/base/refusal.ts';
import { validationMessage } from '../../../../shared/ground/base/validation-message.ts';

z.config({ localeError: validationMessage });

const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:source-AbCdEf';

test('the properties that must be there are enough', () => {
  expect(managedPropertiesOf({ Name: 'orders', Provider: 'github', Status: 'active' })).toEqual({
    name: 'orders',
    provider: 'github',
    description: '',
    status: 'active',
    settings: {},
    adopt: false,
  });
});

test('all properties are read, and what CloudFormation adds is left out', () => {
  expect(
    managedPropertiesOf({
      ServiceToken: 'arn',
      ServiceTimeout: '600',
      Name: 'orders',
      Provider: 'GitHub',
      Description: 'Shop',
      Settings: '{"retentionDays":90,"allowFrom":null}',
      Status: 'inactive',
      Token: arn,
      Adopt: 'true',
    }),
  ).toEqual({
    name: 'orders',
    provider: 'github',
    description: 'Shop',
    settings: { retentionDays: 90 },
    status: 'inactive',
    token: { secretArn: arn },
    adopt: true,
  });
});

test.each([
  ['generate', 'generate'],
  ['arn:aws-cn:secretsmanager:cn-north-1:1:secret:a', { secretArn: 'arn:aws-cn:secretsmanager:cn-north-1:1:secret:a' }],
])('the token %s', (Token, token) => {
  expect(managedPropertiesOf({ Name: 'orders', Provider: 'github', Status: 'active', Token })).toMatchObject({ token });
});

test.each([
  [
    { Name: 'Orders' },
    'Name in the properties must be 2 to 48 characters: a letter, then letters, digits and dashes, all lower case.',
  ],
  [
    { Provider: 'gitlb' },
    'Provider in the properties is an unknown provider id; did you mean "gitlab"? GET /v1/providers lists them, or use generic.',
  ],
  [{ Description: 5 }, 'Description in the properties must be a string, and is a number.'],
  [{ Settings: {} }, 'Settings in the properties must be a string, and is a JSON object.'],
  [{ Settings: '{' }, 'The settings is missing; send a JSON object.'],
  [{ Settings: '{"retentionDays":0}' }, 'retentionDays in the settings must be at least 1.'],
  [{ Status: undefined }, 'Status in the properties must be one of "active", "inactive".'],
  [{ Token: 'generated' }, 'Token in the properties must be generate, or the complete ARN of a secret.'],
  [{ Token: 'my-generate' }, 'Token in the properties must be generate, or the complete ARN of a secret.'],
  [{ Token: `my-${arn}` }, 'Token in the properties must be generate, or the complete ARN of a secret.'],
  [{ Token: 'arn:aws:s3:::bucket' }, 'Token in the properties must be generate, or the complete ARN of a secret.'],
  [{ Adopt: true }, 'Adopt in the properties must be one of "true", "false".'],
])('properties with %j are refused', (wrong, message) => {
  const read = () => managedPropertiesOf({ Name: 'orders', Provider: 'github', Status: 'active', ...wrong });
  expect(read).toThrow(Refusal);
  expect(read).toThrow(expect.objectContaining({ code: 'invalid_request', message }));
});

test.each([
  [{ Name: 'Orders!' }, 'Orders!'],
  [{ Name: 5 }, ''],
  [{}, ''],
])('the name in %j is %j', (properties, name) => {
  expect(nameIn(properties)).toBe(name);
});
