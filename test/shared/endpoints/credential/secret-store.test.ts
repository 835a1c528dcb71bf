import { createHash } from 'node:crypto';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from '@jest/globals';
import { newSecretName, secretOwner } from '../../../../shared/endpoints/credential/secret-name.ts';
import {
  bootstrapReader,
  digestReader,
  listSecrets,
  secretsManager as ownClient,
  type SecretStore,
  secretDeleter,
  secretReader,
  secretStore,
  signingSecretReader,
  sourceReader,
} from '../../../../shared/endpoints/credential/secret-store.ts';
import { anAws, secretsManager } from '../../../local/aws/given-aws.ts';
import { type GivenAnswer, givenHttpServer } from '../../given-http-server.ts';

const name = 'hooklatch/dev/endpoint/orders/0123456789abcdef';
const [first, second] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];

test('each function instance makes a client', () => {
  expect(ownClient()).toBeInstanceOf(SecretsManagerClient);
});

const tags = async () => [{ Key: 'hooklatch:deployment', Value: 'd-1' }];

test('the name of a secret ends with 64 random bits', () => {
  const names = [1, 2].map(() => newSecretName('hooklatch/dev', 'endpoint', 'orders'));
  for (const each of names) expect(each).toMatch(/^hooklatch\/dev\/endpoint\/orders\/[0-9a-f]{16}$/);
  expect(new Set(names).size).toBe(2);
});

test('a secret in Secrets Manager, from its first version to its deletion', async () => {
  const client = secretsManager(await anAws());
  const store = secretStore(client, tags);
  const described = () => client.send(new DescribeSecretCommand({ SecretId: name }));
  const labels = async () => (await described()).VersionIdsToStages;

  const arn = await store.create(name, first, { token: 'old', signingSecret: 'a key' });
  expect(arn).toMatch(new RegExp(`^arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-\\w{6}$`));
  // The answer of the first attempt may be lost.
  expect(await store.create(name, first, { token: 'old', signingSecret: 'a key' })).toBe(arn);
  expect(await labels()).toEqual({ [first]: ['AWSCURRENT'] });
  expect((await described()).Tags).toEqual([{ Key: 'hooklatch:deployment', Value: 'd-1' }]);

  await store.putPending(arn, second, { token: 'new' });
  expect(await labels()).toEqual({ [first]: ['AWSCURRENT'], [second]: ['AWSPENDING'] });
  expect(await store.read(arn, first)).toEqual({ token: 'old', signingSecret: 'a key' });
  expect(await store.read(arn, second)).toEqual({ token: 'new' });

  await store.markCurrent(arn, second);
  expect((await labels())?.[second]).toContain('AWSCURRENT');
  // The record calls the first version current, because the rotation did not end.
  await store.markCurrent(arn, first);
  expect((await labels())?.[first]).toContain('AWSCURRENT');

  const remove = secretDeleter(client);
  expect((await described()).DeletedDate).toBeUndefined();
  await remove(name);
  expect((await described()).DeletedDate).toBeInstanceOf(Date);
  // A second attempt finds the secret scheduled for deletion. Another secret may be gone for good.
  await remove(name);
  await remove(`${name}-gone`);
});

test.each([
  ['hooklatch/dev/endpoint/orders/0123456789abcdef', { kind: 'endpoint', owner: 'orders' }],
  ['hooklatch/dev/destination/shop/0123456789abcdef', { kind: 'destination', owner: 'shop' }],
  ['odd', { kind: 'odd', owner: '' }],
])('the name %s says whose secret it is', (name, expected) => {
  expect(secretOwner(name)).toEqual(expected);
});

describe('with answers of a stand-in', () => {
  const { received, answer, settings } = givenHttpServer();
  const client = new SecretsManagerClient({ ...settings, maxAttempts: 1 });
  const json = (body: object): GivenAnswer => ({ body: JSON.stringify(body) });
  const refusal = (type: string, status = 400): GivenAnswer => ({ status, body: JSON.stringify({ __type: type }) });
  const bodies = () => received.map(({ body }) => JSON.parse(body));
  const operations = () => received.map(({ headers }) => headers['x-amz-target']?.replace('secretsmanager.', ''));

  test('who only reads values gets the one of the version that it asks for', async () => {
    answer(json({ SecretString: '{"token":"t","signingSecret":"s"}' }));
    expect(await secretReader(client).read('arn', first)).toEqual({ token: 't', signingSecret: 's' });
    expect(bodies()).toEqual([{ SecretId: 'arn', VersionId: first }]);
  });

  test.each(['not JSON, but a token', '{"token":7}', '{"token":"t","signingSecret":7}', '{}', ''])(
    'a version with the value %j is an error that does not quote it',
    async (SecretString) => {
      answer(json({ SecretString }));
      await expect(secretStore(client, tags).read('arn', first)).rejects.toThrow(
        /^version 11111111-1111-4111-8111-111111111111 of an endpoint's secret has an unexpected format$/,
      );
    },
  );

  test('a version without a text is an error', async () => {
    answer(json({}));
    await expect(secretStore(client, tags).read('arn', first)).rejects.toThrow('unexpected format');
  });

  test('the bootstrap token is read as it is', async () => {
    answer(json({ SecretString: 'a token' }), json({}));
    expect(await bootstrapReader(client, 'bootstrap')()).toBe('a token');
    expect(await bootstrapReader(client, 'bootstrap')()).toBe('');
    expect(bodies()).toEqual([{ SecretId: 'bootstrap' }, { SecretId: 'bootstrap' }]);
  });

  test("a secret that is not an endpoint's is read as it is, and must have a text", async () => {
    answer(json({ SecretString: 'a text' }), json({ SecretBinary: 'YQ==' }));
    expect(await sourceReader(client)('arn')).toBe('a text');
    await expect(sourceReader(client)('arn')).rejects.toThrow('the secret has no text');
    expect(bodies()).toEqual([{ SecretId: 'arn' }, { SecretId: 'arn' }]);
  });

  test.each([
    ...['endpoint/orders/0a1b', 'destination/erp/0a1b', 'operator/bootstrap'].map(
      (name) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:hooklatch/prod/${name}-AbCdEf`,
    ),
    'hooklatch/dev/endpoint/orders/0a1b',
  ])("a secret of Hooklatch itself is nobody's source, and is not read: %s", async (secretArn) => {
    answer(json({ SecretString: 'the token of another endpoint' }));
    await expect(sourceReader(client)(secretArn)).rejects.toMatchObject({
      code: 'invalid_request',
      message: `The secret ${secretArn} is Hooklatch's own: name one of yours.`,
    });
    expect(bodies()).toEqual([]);
  });

  test('a secret without an ARN is an error', async () => {
    answer(json({ Name: name }));
    await expect(secretStore(client, tags).create(name, first, { token: 't' })).rejects.toThrow(
      'without returning its ARN',
    );
    const Description = expect.stringContaining('do not edit');
    const Tags = [{ Key: 'hooklatch:deployment', Value: 'd-1' }];
    expect(bodies()).toEqual([
      { Name: name, ClientRequestToken: first, SecretString: '{"token":"t"}', Description, Tags },
    ]);
  });

  test.each<[string, (store: SecretStore) => Promise<unknown>, GivenAnswer[]]>([
    ['created', (store) => store.create(name, first, { token: 't' }), []],
    ['put', (store) => store.putPending('arn', second, { token: 't' }), []],
    ['made current', (store) => store.markCurrent('arn', second), [json({ VersionIdsToStages: {} })]],
  ])('a version that can’t be %s is an error', async (_, write, before) => {
    answer(...before, refusal('InternalServiceError', 500));
    await expect(write(secretStore(client, tags))).rejects.toThrow(
      expect.objectContaining({ name: 'InternalServiceError' }),
    );
  });

  test('the label moves from no version if no version has it', async () => {
    answer(json({}), json({}));
    await secretStore(client, tags).markCurrent('arn', first);
    expect(operations()).toEqual(['DescribeSecret', 'UpdateSecretVersionStage']);
    expect(bodies()[1]).toEqual({ SecretId: 'arn', VersionStage: 'AWSCURRENT', MoveToVersionId: first });
  });

  test('the label stays if the right version has it', async () => {
    answer(json({ VersionIdsToStages: { [second]: ['AWSPREVIOUS'], [first]: ['AWSCURRENT'] } }));
    await secretStore(client, tags).markCurrent('arn', first);
    expect(operations()).toEqual(['DescribeSecret']);
  });

  test('a digest is read once for each version', async () => {
    answer(json({ SecretString: '{"token":"one"}' }), json({ SecretString: '{"token":"two"}' }));
    const read = digestReader(client);
    const sha256 = (text: string) => createHash('sha256').update(text).digest();
    expect([await read('arn', first), await read('arn', second), await read('arn', first)]).toEqual([
      sha256('one'),
      sha256('two'),
      sha256('one'),
    ]);
    expect(bodies()).toEqual([
      { SecretId: 'arn', VersionId: first },
      { SecretId: 'arn', VersionId: second },
    ]);
  });

  test('the signing secret is the token if there is no other', async () => {
    answer(json({ SecretString: '{"token":"t","signingSecret":"s"}' }), json({ SecretString: '{"token":"t"}' }));
    const read = signingSecretReader(client);
    expect([await read('arn', first), await read('arn', second)]).toEqual(['s', 't']);
  });

  /** Everything that reads a value from Secrets Manager, with what it makes of the token `t`. */
  const readers: [string, () => Promise<unknown>, unknown][] = [
    [
      'digest',
      (
        (read) => () =>
          read('arn', first)
      )(digestReader(client)),
      createHash('sha256').update('t').digest(),
    ],
    [
      'signing secret',
      (
        (read) => () =>
          read('arn', first)
      )(signingSecretReader(client)),
      't',
    ],
    [
      'value',
      (
        (store) => () =>
          store.read('arn', first)
      )(secretStore(client, tags)),
      { token: 't' },
    ],
    ['bootstrap token', bootstrapReader(client, 'bootstrap'), '{"token":"t"}'],
    [
      "secret that is not an endpoint's",
      (
        (read) => () =>
          read('arn')
      )(sourceReader(client)),
      '{"token":"t"}',
    ],
  ];

  test.each(readers)('a %s that could not be read is read again by the same instance', async (_, read, value) => {
    answer(
      refusal('InternalServiceError', 500),
      refusal('ThrottlingException'),
      json({ SecretString: '{"token":"t"}' }),
    );
    await expect(read()).rejects.toThrow(expect.objectContaining({ name: 'InternalServiceError' }));
    await expect(read()).rejects.toThrow(expect.objectContaining({ name: 'ThrottlingException' }));
    expect(await read()).toEqual(value);
  });

  test('a failed deletion is thrown unless the secret is gone or scheduled for deletion', async () => {
    const remove = secretDeleter(client);
    answer(refusal('InternalServiceError', 500));
    await expect(remove(name)).rejects.toThrow(expect.objectContaining({ name: 'InternalServiceError' }));
    // Other causes give the same error, such as a secret that another service manages.
    answer(refusal('InvalidRequestException'), json({ Name: name }));
    await expect(remove(name)).rejects.toThrow(expect.objectContaining({ name: 'InvalidRequestException' }));
    answer(refusal('InvalidRequestException'), json({ Name: name, DeletedDate: 1_772_366_400 }));
    await remove(name);
    answer(refusal('ResourceNotFoundException'));
    await remove(name);
    expect(bodies()[0]).toEqual({ SecretId: name, RecoveryWindowInDays: 7 });
    expect(bodies()[2]).toEqual({ SecretId: name });
  });

  test('a list has only the secrets with the prefix, page by page', async () => {
    const prefix = 'hooklatch/dev/endpoint/';
    const CreatedDate = 1_772_366_400;
    const Tags = [
      { Key: 'team', Value: 'hooks' },
      { Key: 'hooklatch:deployment', Value: 'd-1' },
    ];
    const wanted = { Name: `${prefix}a/1`, CreatedDate, Tags };
    const untagged = { Name: `${prefix}a/2`, CreatedDate };
    const others = [{ Name: `other/${prefix}`, CreatedDate }, { Name: `${prefix}b/2` }, { CreatedDate }];
    const SecretList = [wanted, ...others, untagged];
    answer(json({ SecretList, NextToken: 'page 2' }), json({ NextToken: 'page 3' }), json({}));
    const pages = [];
    for await (const page of listSecrets(client, prefix)) pages.push(page);
    const createdAt = new Date('2026-03-01T12:00:00Z');
    expect(pages).toEqual([
      [
        { name: `${prefix}a/1`, createdAt, deployment: 'd-1' },
        { name: `${prefix}a/2`, createdAt, deployment: undefined },
      ],
      [],
      [],
    ]);
    const query = { Filters: [{ Key: 'name', Values: [prefix] }], MaxResults: 100 };
    expect(bodies()).toEqual([query, { ...query, NextToken: 'page 2' }, { ...query, NextToken: 'page 3' }]);
  });
});

test('an instance caches at most ten thousand values, so its memory is bounded', async () => {
  const reads: string[] = [];
  const send = async ({ input }: { input: { VersionId: string } }) => {
    reads.push(input.VersionId);
    return { SecretString: '{"token":"t"}' };
  };
  const read = signingSecretReader({ send } as unknown as SecretsManagerClient);
  for (let version = 0; version < 9_999; version += 1) await read('arn', `${version}`);
  await read('arn', '0');
  expect(reads).toHaveLength(9_999);
  await read('arn', '9999');
  await read('arn', '10000');
  await read('arn', '1');
  expect(reads.slice(9_999)).toEqual(['9999', '10000', '1']);
});
