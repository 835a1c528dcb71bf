import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  type GetSecretValueCommandInput,
  ListSecretsCommand,
  type ListSecretsCommandInput,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  type PutSecretValueCommandInput,
  RestoreSecretCommand,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type LocalAws, startLocalAws } from '../../../local/aws/local-aws.ts';
import { aDataFolder, anAws, secretsManager } from '../aws/given-aws.ts';

const SecretId = 'dev/endpoint/github';
const day = 24 * 60 * 60 * 1000;
let dataDir: string;
let now: Date;
let aws: LocalAws;
let client: SecretsManagerClient;

beforeEach(async () => {
  now = new Date();
  dataDir = aDataFolder();
  await restart();
});

async function restart(): Promise<void> {
  await aws?.close();
  aws = await anAws({ dataDir, now: () => now });
  client = secretsManager(aws);
}

/** The first call after the change is refused. From its answer the client learns the new time. */
async function later(milliseconds: number): Promise<void> {
  now = new Date(now.getTime() + milliseconds);
  await describeSecret().catch((error: Error) => {
    if (!/^(InvalidSignature|ResourceNotFound)Exception$/.test(error.name)) throw error;
  });
}

const create = (SecretString?: string, token?: string) =>
  client.send(new CreateSecretCommand({ Name: SecretId, SecretString, ...(token && { ClientRequestToken: token }) }));
const put = (SecretString: string, rest: Partial<PutSecretValueCommandInput> = {}) =>
  client.send(new PutSecretValueCommand({ SecretId, SecretString, ...rest }));
const get = (rest: Partial<GetSecretValueCommandInput> = {}) =>
  client.send(new GetSecretValueCommand({ SecretId, ...rest }));
const value = async (VersionStage?: string) => (await get({ VersionStage })).SecretString;
const describeSecret = () => client.send(new DescribeSecretCommand({ SecretId }));
const labels = async () => (await describeSecret()).VersionIdsToStages;
const move = (VersionStage: string, MoveToVersionId?: string, RemoveFromVersionId?: string) =>
  client.send(new UpdateSecretVersionStageCommand({ SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId }));
const remove = (rest: { RecoveryWindowInDays?: number; ForceDeleteWithoutRecovery?: boolean } = {}) =>
  client.send(new DeleteSecretCommand({ SecretId, ...rest }));
const error = (name: string, message = '') => ({
  name,
  message: expect.stringContaining(message),
  $metadata: expect.objectContaining({ httpStatusCode: 400 }),
});

describe('a secret', () => {
  test('is found by its name, its ARN, and its ARN without the suffix', async () => {
    const { ARN = '' } = await create('one');
    expect(ARN).toMatch(
      /^arn:aws:secretsmanager:eu-central-1:123456789012:secret:dev\/endpoint\/github-[A-Za-z0-9]{6}$/,
    );
    for (const id of [SecretId, ARN, ARN.slice(0, -7)]) {
      await expect(get({ SecretId: id })).resolves.toMatchObject({ ARN, Name: SecretId, SecretString: 'one' });
    }
    for (const id of ['dev/endpoint', `${ARN.slice(0, -1)}!`, ARN.replace('eu-central-1', 'eu-west-1')]) {
      await expect(get({ SecretId: id })).rejects.toMatchObject(error('ResourceNotFoundException'));
    }
  });

  test('can hold bytes', async () => {
    await client.send(new CreateSecretCommand({ Name: SecretId, SecretBinary: Buffer.from([0, 255]) }));
    const { SecretBinary, SecretString } = await get();
    expect(Buffer.from(SecretBinary ?? [])).toEqual(Buffer.from([0, 255]));
    expect(SecretString).toBeUndefined();
  });

  test('without a value has no version', async () => {
    await create();
    await expect(get()).rejects.toMatchObject(error('ResourceNotFoundException', 'staging label: AWSCURRENT'));
    expect(await labels()).toBeUndefined();
  });

  test('is described with its properties, including the day of its last use', async () => {
    const Tags = [{ Key: 'team', Value: 'a' }];
    await client.send(new CreateSecretCommand({ Name: SecretId, Description: 'a token', SecretString: 'one', Tags }));
    expect(await describeSecret()).toMatchObject({ Name: SecretId, Description: 'a token', Tags, CreatedDate: now });
    expect(await describeSecret()).not.toHaveProperty('DeletedDate');
    expect(await describeSecret()).not.toHaveProperty('LastAccessedDate');
    await get();
    const midnight = new Date(now.getTime() - (now.getTime() % day));
    expect(await describeSecret()).toMatchObject({ LastAccessedDate: midnight });
    const made = now;
    await later(day);
    await put('two');
    expect(await describeSecret()).toMatchObject({ CreatedDate: made, LastChangedDate: now });
  });

  test.each([
    ['a name with a space', { Name: 'a b', SecretString: 'x' }, 'ValidationException'],
    ['an empty value', { Name: 'a', SecretString: '' }, 'ValidationException'],
    ['a value over 64 KB', { Name: 'a', SecretString: 'é'.repeat(32_769) }, 'ValidationException'],
    [
      'a short client request token',
      { Name: 'a', SecretString: 'x', ClientRequestToken: 'short' },
      'ValidationException',
    ],
    ['two values', { Name: 'a', SecretString: 'x', SecretBinary: Buffer.from('x') }, 'InvalidParameterException'],
    ['an unsupported property', { Name: 'a', AddReplicaRegions: [{ Region: 'x' }] }, 'InvalidParameterException'],
    ['a reserved tag', { Name: 'a', Tags: [{ Key: 'aws:x', Value: 'y' }] }, 'ValidationException'],
  ])('with %s is refused', async (_, input, name) => {
    await expect(client.send(new CreateSecretCommand(input))).rejects.toMatchObject({ name });
  });
});

describe('a client request token', () => {
  const token = randomUUID();

  test('becomes the id of the version', async () => {
    expect((await create('one', token)).VersionId).toBe(token);
    expect((await get()).VersionId).toBe(token);
  });

  test('with the same value changes nothing', async () => {
    const first = await create('one', token);
    const second = await put('two');
    await expect(create('one', token)).resolves.toMatchObject({ ARN: first.ARN, VersionId: token });
    await expect(put('one', { ClientRequestToken: token })).resolves.toMatchObject({ VersionStages: ['AWSPREVIOUS'] });
    expect(await labels()).toEqual({ [token]: ['AWSPREVIOUS'], [second.VersionId ?? '']: ['AWSCURRENT'] });
  });

  test('with another value is refused', async () => {
    await create('one', token);
    await expect(create('two', token)).rejects.toMatchObject(error('ResourceExistsException'));
    await expect(put('two', { ClientRequestToken: token })).rejects.toMatchObject(
      error('ResourceExistsException', token),
    );
    await expect(create('one')).rejects.toMatchObject(error('ResourceExistsException', 'already exists'));
    expect(await value()).toBe('one');
  });
});

describe('the staging labels of a secret', () => {
  test('AWSCURRENT is on the newest value, and AWSPREVIOUS on the one before', async () => {
    await create('one');
    await put('two');
    await put('three');
    expect([await value(), await value('AWSPREVIOUS')]).toEqual(['three', 'two']);
  });

  test('AWSPENDING on a new value leaves AWSCURRENT where it is', async () => {
    await create('one');
    await put('two', { VersionStages: ['AWSPENDING'] });
    expect([await value(), await value('AWSPENDING')]).toEqual(['one', 'two']);
    await expect(value('AWSPREVIOUS')).rejects.toMatchObject(error('ResourceNotFoundException'));
  });

  test('AWSCURRENT is on the first value, whatever label was asked for', async () => {
    await create();
    const { VersionStages } = await put('one', { VersionStages: ['AWSPENDING'] });
    expect(VersionStages?.toSorted()).toEqual(['AWSCURRENT', 'AWSPENDING']);
  });

  test('AWSPREVIOUS moves when AWSCURRENT moves', async () => {
    const { VersionId: one } = await create('one');
    const { VersionId: two } = await put('two', { VersionStages: ['AWSPENDING'] });
    await move('AWSCURRENT', two, one);
    expect([await value(), await value('AWSPREVIOUS')]).toEqual(['two', 'one']);
    expect(await labels()).toEqual({ [`${one}`]: ['AWSPREVIOUS'], [`${two}`]: ['AWSPENDING', 'AWSCURRENT'] });
    await move('AWSPENDING', undefined, two);
    expect(await labels()).toEqual({ [`${one}`]: ['AWSPREVIOUS'], [`${two}`]: ['AWSCURRENT'] });
  });

  test('a label moves only if the request names the version that has it', async () => {
    const { VersionId: one } = await create('one');
    const { VersionId: two } = await put('two', { VersionStages: ['AWSPENDING'] });
    await expect(move('AWSCURRENT', two)).rejects.toMatchObject(
      error(
        'InvalidParameterException',
        `The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is currently attached to version ${one}, ` +
          'so you must explicitly reference that version in RemoveFromVersionId.',
      ),
    );
    await expect(move('AWSCURRENT', two, two)).rejects.toMatchObject(
      error('InvalidParameterException', 'not attached'),
    );
    await expect(move('AWSCURRENT', undefined, one)).rejects.toMatchObject(error('InvalidParameterException'));
    await expect(move('AWSCURRENT', randomUUID(), one)).rejects.toMatchObject(error('ResourceNotFoundException'));
    expect(await value()).toBe('one');
  });

  test('a request with an id and a label is accepted only if both name the same version', async () => {
    const { VersionId: one } = await create('one');
    await put('two');
    await expect(get({ VersionId: one, VersionStage: 'AWSPREVIOUS' })).resolves.toMatchObject({ SecretString: 'one' });
    await expect(get({ VersionId: one, VersionStage: 'AWSCURRENT' })).rejects.toMatchObject(
      error('InvalidRequestException', 'You provided a VersionStage that is not associated to the provided VersionId.'),
    );
    await expect(get({ VersionId: randomUUID() })).rejects.toMatchObject(error('ResourceNotFoundException'));
  });

  test('after any calls, each label is on at most one version, and AWSCURRENT on exactly one', async () => {
    const ids = ['a', 'b', 'c'].map((letter) => letter.repeat(32));
    const label = fc.constantFrom('AWSCURRENT', 'AWSPENDING', 'AWSPREVIOUS', 'mine');
    const id = fc.constantFrom(...ids);
    const refusals = /^(InvalidParameter|InvalidRequest|ResourceExists|ResourceNotFound)Exception$/;
    const step = fc.oneof(
      fc.record({ put: id, stages: fc.array(label, { minLength: 1, maxLength: 3 }) }),
      fc.record({ move: label, to: fc.option(id, { nil: undefined }), from: fc.option(id, { nil: undefined }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        await create('first');
        for (const one of steps) {
          const call =
            'put' in one
              ? put(one.put, { ClientRequestToken: one.put, VersionStages: one.stages })
              : move(one.move, one.to, one.from);
          await call.catch((error: Error) => {
            if (!refusals.test(error.name)) throw error;
          });
          const attached = Object.values((await labels()) ?? {}).flat();
          expect(new Set(attached).size).toBe(attached.length);
          expect(attached).toContain('AWSCURRENT');
        }
        await remove({ ForceDeleteWithoutRecovery: true });
      }),
      { numRuns: 25 },
    );
  });
});

describe('the versions of a secret', () => {
  const list = (rest = {}) => client.send(new ListSecretVersionIdsCommand({ SecretId, ...rest }));

  test('without a label are listed only on request', async () => {
    const ids = [(await create('one')).VersionId, (await put('two')).VersionId, (await put('three')).VersionId];
    expect((await list()).Versions?.map(({ VersionId }) => VersionId)).toEqual(ids.slice(1));
    const all = (await list({ IncludeDeprecated: true })).Versions;
    expect(all?.map(({ VersionId }) => VersionId)).toEqual(ids);
    expect(all?.[0]).not.toHaveProperty('VersionStages');
    const page = await list({ IncludeDeprecated: true, MaxResults: 2 });
    const rest = await list({ IncludeDeprecated: true, MaxResults: 2, NextToken: page.NextToken });
    expect([...(page.Versions ?? []), ...(rest.Versions ?? [])]).toEqual(all);
    expect(rest.NextToken).toBeUndefined();
  });

  test('beyond the newest 100 are kept for a day', async () => {
    const { VersionId: first } = await create('one');
    for (let count = 0; count < 101; count++) await put(`value ${count}`);
    await expect(get({ VersionId: first })).resolves.toMatchObject({ SecretString: 'one' });
    await later(day + 1000);
    await put('last');
    await expect(get({ VersionId: first })).rejects.toMatchObject(error('ResourceNotFoundException'));
  });
});

describe('the list of secrets', () => {
  const list = async (input: ListSecretsCommandInput = {}) => client.send(new ListSecretsCommand(input));
  const names = async (input: ListSecretsCommandInput = {}) =>
    (await list(input)).SecretList?.map(({ Name }) => Name) ?? [];
  const beginning = (...Values: string[]): ListSecretsCommandInput => ({ Filters: [{ Key: 'name', Values }] });

  /** Secrets with these names, created one second apart. */
  async function given(...all: string[]): Promise<void> {
    for (const Name of all) {
      await client.send(new CreateSecretCommand({ Name, SecretString: 'one' }));
      await later(1000);
    }
  }

  test('has the newest or the oldest first, with every property but the value', async () => {
    await given('a', 'b');
    expect([await names(), await names({ SortOrder: 'asc' })]).toEqual([
      ['b', 'a'],
      ['a', 'b'],
    ]);
    const [first] = (await list()).SecretList ?? [];
    const {
      VersionIdsToStages,
      $metadata: _,
      ...told
    } = await client.send(new DescribeSecretCommand({ SecretId: 'b' }));
    expect(first).toEqual({ ...told, SecretVersionsToStages: VersionIdsToStages });
  });

  test('can be limited to names that start with one of several texts, in the same case', async () => {
    await given('dev/endpoint/a', 'dev/operator/a', 'DEV/endpoint/b', 'x/dev/endpoint/c', 'prod/a');
    expect(await names(beginning('dev/endpoint/'))).toEqual(['dev/endpoint/a']);
    expect(await names(beginning('prod/', 'dev/'))).toEqual(['prod/a', 'dev/operator/a', 'dev/endpoint/a']);
    expect(await names(beginning('nothing'))).toEqual([]);
  });

  test('includes secrets that are scheduled for deletion only on request', async () => {
    await given('a', SecretId);
    const { DeletionDate } = await remove();
    expect(await names()).toEqual(['a']);
    const { SecretList } = await list({ IncludePlannedDeletion: true });
    expect(SecretList?.map(({ Name, DeletedDate }) => [Name, DeletedDate])).toEqual([
      [SecretId, DeletionDate],
      ['a', undefined],
    ]);
  });

  test('comes in pages, which miss nothing if listed secrets are deleted meanwhile', async () => {
    const all = Array.from({ length: 7 }, (_, n) => `dev/${n}`);
    await given(...all, 'other');
    const found: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await list({ ...beginning('dev/'), MaxResults: 3, ...(NextToken ? { NextToken } : {}) });
      for (const { Name = '' } of page.SecretList ?? []) {
        found.push(Name);
        await client.send(new DeleteSecretCommand({ SecretId: Name }));
      }
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(found.toSorted()).toEqual(all);
  });

  test.each([1, 2, 3, 6, 7, 8])('in pages of %i has each secret once, in its order', async (MaxResults) => {
    const all = Array.from({ length: 7 }, (_, n) => `dev/${n}`);
    await given(...all);
    for (const SortOrder of ['asc', 'desc'] as const) {
      const pages: string[][] = [];
      let NextToken: string | undefined;
      do {
        const page = await list({ MaxResults, SortOrder, ...(NextToken ? { NextToken } : {}) });
        pages.push((page.SecretList ?? []).map(({ Name = '' }) => Name));
        NextToken = page.NextToken;
      } while (NextToken !== undefined && pages.length <= all.length);
      expect(pages.flat()).toEqual(SortOrder === 'asc' ? all : all.toReversed());
      expect(pages).toHaveLength(Math.ceil(all.length / MaxResults));
    }
  });

  test.each<[object, string]>([
    [{ NextToken: 'not a token of this list' }, 'InvalidParameterException'],
    [{ MaxResults: 101 }, 'ValidationException'],
    [{ Filters: [{ Key: 'tag-key', Values: ['a'] }] }, 'ValidationException'],
    [{ SortBy: 'name' }, 'InvalidParameterException'],
  ])('with %j is refused', async (input, name) => {
    await expect(list(input)).rejects.toMatchObject({ name });
  });
});

describe('the deletion of a secret', () => {
  test('is scheduled: the secret can be described but not used, and its name stays taken', async () => {
    await create('one');
    const { DeletionDate } = await remove();
    expect(DeletionDate).toEqual(new Date(now.getTime() + 30 * day));
    expect((await describeSecret()).DeletedDate).toEqual(DeletionDate);
    for (const call of [get, () => put('two'), () => create('two'), () => move('AWSCURRENT'), remove]) {
      await expect(call()).rejects.toMatchObject(error('InvalidRequestException'));
    }
  });

  test('can be cancelled', async () => {
    await create('one');
    await remove({ RecoveryWindowInDays: 7 });
    await client.send(new RestoreSecretCommand({ SecretId }));
    expect(await value()).toBe('one');
    await later(8 * day);
    expect(await value()).toBe('one');
  });

  test('takes effect after its recovery window, and the name is free again', async () => {
    const { ARN } = await create('one');
    await remove({ RecoveryWindowInDays: 7 });
    await later(7 * day);
    await expect(describeSecret()).rejects.toMatchObject(error('ResourceNotFoundException'));
    expect((await create('two')).ARN).not.toBe(ARN);
    expect(readdirSync(join(dataDir, 'secrets'))).toHaveLength(1);
  });

  test('that was due while nothing ran takes effect at the start', async () => {
    await create('one');
    await remove({ RecoveryWindowInDays: 7 });
    now = new Date(now.getTime() + 7 * day);
    await restart();
    expect(readdirSync(join(dataDir, 'secrets'))).toEqual([]);
  });

  test('without a recovery window takes effect at once, and is no error if the secret is missing', async () => {
    await create('one');
    await remove({ ForceDeleteWithoutRecovery: true });
    await expect(get()).rejects.toMatchObject(error('ResourceNotFoundException'));
    expect(readdirSync(join(dataDir, 'secrets'))).toHaveLength(0);
    await expect(remove({ ForceDeleteWithoutRecovery: true })).resolves.toMatchObject({ Name: SecretId });
  });

  test.each([
    { RecoveryWindowInDays: 6 },
    { RecoveryWindowInDays: 31 },
    { RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true },
  ])('with %j is refused', async (input) => {
    await create('one');
    await expect(remove(input)).rejects.toMatchObject(error('InvalidParameterException'));
  });
});

describe('on disk', () => {
  const folder = () => join(dataDir, 'secrets');
  const files = () => readdirSync(folder()).map((file) => join(folder(), file));

  test('everything survives a restart, including the ARN', async () => {
    const { ARN, VersionId: one } = await create('one');
    const { VersionId: two } = await put('two');
    await restart();
    expect(await describeSecret()).toMatchObject({
      ARN,
      VersionIdsToStages: { [`${one}`]: ['AWSPREVIOUS'], [`${two}`]: ['AWSCURRENT'] },
    });
    expect(await value()).toBe('two');
  });

  test('only the owner can read the files', async () => {
    await create('one');
    expect([folder(), ...files()].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600]);
  });

  test('a half-written file that a crash left is removed at the start', async () => {
    await create('one');
    writeFileSync(`${files()[0]}.tmp`, '{"half');
    await restart();
    expect(files()).toHaveLength(1);
    expect(await value()).toBe('one');
  });

  test.each([
    ['truncated', (text: string) => text.slice(0, -20)],
    ['not JSON', () => 'hunter2 is no JSON'],
    ['JSON of another kind', () => '{"value":"hunter2"}'],
    ['empty', () => ''],
  ])('a file that is %s is named at the start, without its content', async (_, damage) => {
    await create('hunter2');
    await aws.close();
    const [file = ''] = files();
    writeFileSync(file, damage(readFileSync(file, 'utf8')));
    const failure = await startLocalAws({ dataDir, region: aws.region, accountId: aws.accountId }).catch(
      (reason) => reason,
    );
    expect(failure.message).toContain(`The secret's file ${file} can't be read (it is damaged).`);
    const shown = `${failure.stack} ${JSON.stringify(failure.cause)}`;
    expect(shown).toContain(file);
    expect(shown).not.toContain('hunter2');
  });

  test('a write that fails gives a 500 and changes nothing', async () => {
    await create('one');
    // A folder in the place of the temporary file makes every write fail, as on a full disk.
    mkdirSync(`${files()[0]}.tmp`);
    await expect(put('hunter2')).rejects.toMatchObject({
      name: 'InternalServiceError',
      message: 'The local store failed: EISDIR',
      $metadata: { httpStatusCode: 500 },
    });
    expect(await value()).toBe('one');
    rmSync(`${files().find((file) => file.endsWith('.tmp'))}`, { recursive: true });
    await put('two');
    expect(await value()).toBe('two');
  });
});

describe('a secret of the template', () => {
  const generated = { PasswordLength: 43, ExcludePunctuation: true };

  test('is generated once, and keeps its value', async () => {
    const { arn } = await aws.ensureSecret({ Name: SecretId, Description: 'x', GenerateSecretString: generated });
    const first = await value();
    expect(first).toMatch(/^[A-Za-z0-9]{43}$/);
    await restart();
    expect(await aws.ensureSecret({ Name: SecretId, GenerateSecretString: { PasswordLength: 9 } })).toEqual({ arn });
    expect(await value()).toBe(first);
  });

  test('can have a fixed value', async () => {
    await aws.ensureSecret({ Name: SecretId, SecretString: 'said' });
    expect(await value()).toBe('said');
  });

  test.each([
    ['all kinds of characters', {}, /^[!-~]{32}$/],
    [
      'at least one character of each kind',
      { PasswordLength: 5, IncludeSpace: true },
      /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^ A-Za-z0-9])(?=.* )/,
    ],
    ['digits only', { ExcludePunctuation: true, ExcludeLowercase: true, ExcludeUppercase: true }, /^\d{32}$/],
    [
      'the only allowed character',
      { ExcludePunctuation: true, ExcludeLowercase: true, ExcludeUppercase: true, ExcludeCharacters: '023456789' },
      /^1+$/,
    ],
    [
      'a JSON template',
      { SecretStringTemplate: '{"user":"a"}', GenerateStringKey: 'password' },
      /^{"user":"a","password":".+"}$/,
    ],
  ])('is generated with %s', async (_, GenerateSecretString, form) => {
    await aws.ensureSecret({ Name: SecretId, GenerateSecretString });
    expect(await value()).toMatch(form);
  });

  test.each([
    ['an unknown property', { RotationRules: {} }, 'RotationRules'],
    ['an unknown setting', { GenerateSecretString: { Length: 3 } }, 'Length'],
    ['a length that is too short', { GenerateSecretString: { PasswordLength: 3 } }, 'too short'],
    ['an incomplete template', { GenerateSecretString: { GenerateStringKey: 'x' } }, 'must be given together'],
  ])('with %s is refused', async (_, properties, message) => {
    await expect(aws.ensureSecret({ Name: SecretId, ...properties })).rejects.toThrow(message);
  });

  test('that is scheduled for deletion is refused', async () => {
    await create('one');
    await remove();
    await expect(aws.ensureSecret({ Name: SecretId })).rejects.toThrow(`${SecretId} is scheduled for deletion`);
  });
});
