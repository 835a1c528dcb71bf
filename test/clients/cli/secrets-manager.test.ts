/** References to secrets of Secrets Manager, on a small server in its place. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { referenceReader } from '../../../clients/cli/secret-reference.ts';
import type { Terminal } from '../../../clients/cli/terminal.ts';
import { withVariables } from './recovery/given-aws.ts';

const secrets: Readonly<Record<string, object>> = {
  'shop/github': { SecretString: 'a-secret-of-github' },
  'shop/erp': { SecretString: '{"token":"a-token-of-the-erp","port":443}' },
  'shop/image': { SecretBinary: 'AAAA' },
};

const server = createServer(async (request, response) => {
  const { SecretId } = (await json(request)) as { SecretId: string };
  const isAsked = request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue';
  const found = isAsked ? secrets[SecretId] : undefined;
  const answer = found ?? {
    __type: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret.",
  };
  response.writeHead(found ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
});

let undo = () => {};
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  undo = withVariables({
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ AWS_REGION: 'eu-central-1', AWS_MAX_ATTEMPTS: '1', AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'key' },
    ...{ AWS_CONFIG_FILE: '/nonexistent', AWS_SHARED_CREDENTIALS_FILE: '/nonexistent' },
  });
});
afterAll(() => {
  undo();
  server.close();
  // The SDK keeps its connections open.
  server.closeAllConnections();
});

const read = referenceReader({ env: {} } as unknown as Terminal);

test('a reference leads to a secret, or to a field of its JSON', async () => {
  expect(await read('secretsmanager:shop/github')).toBe('a-secret-of-github');
  expect(await read('secretsmanager:shop/erp#token')).toBe('a-token-of-the-erp');
});

test.each<[string, string, Record<string, string | undefined>]>([
  [
    'none#token',
    "secretsmanager:none leads to no secret. AWS refused this, or can't be asked (ResourceNotFoundException): Secrets Manager can't find the specified secret.",
    {},
  ],
  ['shop/image', 'secretsmanager:shop/image leads to no secret: it is no text.', {}],
  ['shop/erp#user', 'secretsmanager:shop/erp#user leads to no secret: it is no text in a JSON object.', {}],
  ['shop/erp#port', 'secretsmanager:shop/erp#port leads to no secret: it is no text in a JSON object.', {}],
  ['shop/github#token', 'secretsmanager:shop/github#token leads to no secret: it is no text in a JSON object.', {}],
  [
    'shop/github',
    'secretsmanager:shop/github leads to no secret. No AWS region is set: set AWS_REGION, or the region in your AWS configuration.',
    { AWS_REGION: undefined },
  ],
  [
    'shop/github',
    "secretsmanager:shop/github leads to no secret. AWS refused this, or can't be asked (CredentialsProviderError): Could not load credentials from any providers",
    { AWS_ACCESS_KEY_ID: '', AWS_EC2_METADATA_DISABLED: 'true' },
  ],
])('secretsmanager:%s leads to none: %s', async (reference, message, env) => {
  const back = withVariables(env);
  const failed = await read(`secretsmanager:${reference}`).catch((error: Error) => [error.name, error.message]);
  back();
  expect(failed).toEqual(['UsageError', message]);
});
