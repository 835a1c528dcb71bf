import { randomBytes } from 'node:crypto';
import { CreateSecretCommand, DeleteSecretCommand, DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { secretNameOf } from '../../shared/endpoints/credential/secret-name.ts';
import { nextVersion } from '../../shared/endpoints/endpoint/connection.ts';
import { transition } from '../../shared/endpoints/endpoint/transition.ts';
import { aName, anActiveEndpoint, aRuntime, bearer, deliver, ok, type World } from '../support/given.ts';
import { crashing, depsOn, perform, steps } from './given-crash.ts';

const minute = 60_000;
let world: World;

beforeAll(async () => {
  world = await aRuntime();
});
afterAll(() => world.end());

/** Moves the clocks. The test's own clients learn the new time from the answer to a refused call. */
async function later(minutes: number): Promise<void> {
  world.clock.ahead += minutes * minute;
  await Promise.allSettled([stateOf('nothing'), recordOf('nobody')]);
}

async function sweep(): Promise<void> {
  await world.runtime.runSchedule('sweepsecretsHourly');
  await world.runtime.settled();
}

async function stateOf(name: string): Promise<'kept' | 'deleted' | 'none'> {
  try {
    const { DeletedDate } = await world.secretsManager.send(new DescribeSecretCommand({ SecretId: name }));
    return DeletedDate ? 'deleted' : 'kept';
  } catch {
    return 'none';
  }
}

const recordOf = (name: string) => depsOn(world).store.readConnection(name);

/** A connection whose endpoint has no token yet. */
async function aTokenless(): Promise<{ name: string; path: string }> {
  const name = aName();
  const path = `/v1/connections/${name}`;
  await ok(world, 'POST', '/v1/connections', { name });
  await ok(world, 'PUT', `${path}/endpoint`, {});
  return { name, path };
}

/** The tag by which a deployment knows its secrets. */
const deploymentTag = 'hooklatch:deployment';

/** This deployment's id, as the tag of a secret that it made. */
async function ownId(): Promise<string> {
  const { name } = await anActiveEndpoint(world);
  const SecretId = (await recordOf(name))?.endpoint?.secret ?? '';
  const { Tags = [] } = await world.secretsManager.send(new DescribeSecretCommand({ SecretId }));
  return Tags.find(({ Key }) => Key === deploymentTag)?.Value ?? '';
}

/**
 * A secret that no record names, as a crash during its creation leaves it.
 * @param deployment the id of the deployment that made it; undefined for a secret that something else made
 */
async function anUnnamed(
  connection: string,
  deployment: string | undefined,
  prefix = 'hooklatch/dev/endpoint',
): Promise<string> {
  const Name = `${prefix}/${connection}/${randomBytes(8).toString('hex')}`;
  const Tags = deployment === undefined ? [] : [{ Key: deploymentTag, Value: deployment }];
  await world.secretsManager.send(new CreateSecretCommand({ Name, SecretString: '{"token":"left behind"}', Tags }));
  return Name;
}

/** A token whose creation was started and not finished, and the name of its secret. */
async function anUnfinished(name: string): Promise<string> {
  const deps = crashing(depsOn(world), steps.finish, 'before');
  await expect(perform(deps, 'POST token', name)).rejects.toThrow('crash');
  return (await recordOf(name))?.endpoint?.pending?.secret ?? '';
}

test('a secret that no record names is deleted after an hour, and no other', async () => {
  const { name, token, url } = await anActiveEndpoint(world);
  const own = await ownId();
  const unnamed = [await anUnnamed(name, own), await anUnnamed('nobody', own)];
  const others = [
    await anUnnamed(name, own, 'hooklatch/prod/endpoint'),
    await anUnnamed(name, own, 'hooklatch/dev/other'),
  ];
  const named = secretNameOf((await recordOf(name))?.endpoint?.secret ?? '');
  await later(59);
  await sweep();
  expect(await Promise.all(unnamed.map(stateOf))).toEqual(['kept', 'kept']);
  await later(2);
  await sweep();
  expect(await Promise.all(unnamed.map(stateOf))).toEqual(['deleted', 'deleted']);
  expect(await Promise.all([...others, named].map(stateOf))).toEqual(['kept', 'kept', 'kept']);
  expect((await deliver(url, { headers: bearer(token) })).status).toBe(202);
  // Once more: a secret that is already scheduled for deletion is no problem.
  await sweep();
  expect(await stateOf(named)).toBe('kept');
});

test('secrets of an earlier deployment stay, and so do all when more than a few would go', async () => {
  const own = await ownId();
  const earlier = [await anUnnamed('orders', 'another-deployment'), await anUnnamed('orders', undefined)];
  const many = await Promise.all(Array.from({ length: 40 }, () => anUnnamed('nobody', own)));
  await later(61);
  await sweep();
  expect(await Promise.all(earlier.map(stateOf))).toEqual(['kept', 'kept']);
  expect(new Set(await Promise.all(many.map(stateOf)))).toEqual(new Set(['kept']));
  expect(world.logs.join('\n')).toContain('would be deleted, more than 5: none was');
  for (const SecretId of many)
    await world.secretsManager.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
});

test('an unfinished token is abandoned after an hour: the history says so, and its secret is deleted', async () => {
  const { name, path } = await aTokenless();
  const secret = await anUnfinished(name);
  await later(59);
  await sweep();
  expect([(await recordOf(name))?.endpoint?.pending?.secret, await stateOf(secret)]).toEqual([secret, 'kept']);
  await later(2);
  await sweep();
  await world.runtime.settled();
  expect([(await recordOf(name))?.endpoint?.pending, await stateOf(secret)]).toEqual([undefined, 'deleted']);
  const { items } = (await ok(world, 'GET', `${path}/history?limit=1`)) as { items: object[] };
  expect(items).toMatchObject([{ verb: 'generateToken', step: 'abandon', by: 'sweep' }]);
  expect(await ok(world, 'POST', `${path}/endpoint/token`, {})).toMatchObject({ token: expect.any(String) });
});

test('a request that finishes after its token was abandoned is refused, so no live token lacks its value', async () => {
  const { name, path } = await aTokenless();
  const { store } = depsOn(world);
  await anUnfinished(name);
  const begun = await recordOf(name);
  await later(61);
  await sweep();
  const actor = { by: 'op_late', now: new Date() };
  const tokenId = begun?.endpoint?.pending?.tokenId ?? '';
  const finish = { verb: 'generateToken', step: 'finish', tokenId, holds: 'bearer', secret: 'arn' } as const;
  if (!begun) throw new Error('there is no record');
  const late = transition(begun.endpoint, finish, actor);
  if (late.kind !== 'changed') throw new Error('the finish was fine when it began');
  expect(await store.replaceConnection(nextVersion(begun, { endpoint: late.endpoint }, late.entry), 'late')).toBe(
    'lost',
  );
  expect(transition((await recordOf(name))?.endpoint ?? null, finish, actor)).toMatchObject({ code: 'superseded' });
  expect((await ok(world, 'GET', path))['status']).toBe('configured');
});

test('an unfinished rotation never affects the live token, however old it is', async () => {
  const { name, url, token } = await anActiveEndpoint(world);
  const deps = crashing(depsOn(world), steps.finish, 'before');
  const rotation = { graceSeconds: 600, force: false };
  await expect(perform(deps, 'POST token/rotate', name, rotation)).rejects.toThrow('crash');
  await later(61);
  await sweep();
  expect(await stateOf(secretNameOf((await recordOf(name))?.endpoint?.secret ?? ''))).toBe('kept');
  expect((await deliver(url, { headers: bearer(token) })).status).toBe(202);
});
