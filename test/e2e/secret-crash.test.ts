/**
 * Crashes between the writes of the verbs that make or end a secret. The functions' own code runs on a runtime's real
 * tables and secrets. One call fails, before or after it takes effect. Afterwards the endpoint must behave as its
 * record says, seen over HTTP. `npm test` crashes at some places, and `npm run test:full` at every place.
 */
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConnectionView } from '../../shared/endpoints/endpoint/connection-view.ts';
import { every } from '../support/full-counts.ts';
import {
  type ActiveEndpoint,
  aName,
  anActiveEndpoint,
  aSharedRuntime,
  bearer,
  deliver,
  ok,
  type World,
} from '../support/given.ts';
import { crashing, depsOn, forgetful, perform, type Step, steps, takeSecret, type Verb } from './given-crash.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime({ streams: false });
});
afterAll(() => world.end());

const rotation = { graceSeconds: 600, force: false };

const view = async (path: string) => (await ok(world, 'GET', path)) as unknown as ConnectionView;
const reveal = async (path: string) => String((await ok(world, 'GET', `${path}/endpoint/token`))['token']);
const statusFor = async (url: string, token: string) =>
  (await deliver(url, { headers: bearer(token), body: '{}' })).status;
const tokenOf = async (method: string, path: string, body: object = {}) =>
  String((await ok(world, method, path, body))['token']);

/** Which version has the label AWSCURRENT, and which one the record calls current. */
async function labels(name: string): Promise<{ current: string | undefined; recorded: string | undefined }> {
  const record = await depsOn(world).store.readConnection(name);
  const SecretId = record?.endpoint?.secret ?? '';
  const { VersionIdsToStages = {} } = await world.secretsManager.send(new DescribeSecretCommand({ SecretId }));
  const current = Object.keys(VersionIdsToStages).find((id) => VersionIdsToStages[id]?.includes('AWSCURRENT'));
  return { current, recorded: record?.endpoint?.tokens[0]?.id };
}

/**
 * Two rotations after a crash: the newest token and the previous one are live, older ones are refused, and the labels
 * match.
 */
async function expectCleanRotation({ name, path, url }: ActiveEndpoint, live: string, dead?: string): Promise<void> {
  const next = await tokenOf('POST', `${path}/endpoint/token/rotate`, { force: true });
  expect([await statusFor(url, next), await statusFor(url, live)]).toEqual([202, 202]);
  expect(dead === undefined ? 403 : await statusFor(url, dead)).toBe(403);
  const { current, recorded } = await labels(name);
  expect(current).toBe(recorded);
  expect((await view(path)).endpoint?.tokens).toHaveLength(2);
}

const both = (...steps: Step[]) =>
  steps.flatMap((step) => [
    { step, moment: 'before' as const },
    { step, moment: 'after' as const },
  ]);

async function aTokenless(): Promise<{ name: string; path: string }> {
  const name = aName();
  const path = `/v1/connections/${name}`;
  await ok(world, 'POST', '/v1/connections', { name });
  await ok(world, 'PUT', `${path}/endpoint`, {});
  return { name, path };
}

describe('a crash while a token is generated', () => {
  const unfinished = [...both(steps.begin, steps.create), { step: steps.finish, moment: 'before' as const }];

  test.each(every(4, unfinished))(
    '$moment $step.name leaves no token, and the next attempt makes one',
    async ({ step, moment }) => {
      const { name, path } = await aTokenless();
      await expect(perform(crashing(depsOn(world), step, moment), 'POST token', name)).rejects.toThrow('crash');
      expect((await view(path)).endpoint?.tokens).toEqual([]);
      expect((await world.api('POST', `${path}/endpoint/activate`)).json()).toMatchObject({ code: 'token_required' });
      const token = await tokenOf('POST', `${path}/endpoint/token`);
      const url = String(
        ((await ok(world, 'POST', `${path}/endpoint/activate`)) as unknown as ConnectionView).endpoint?.url,
      );
      expect(await statusFor(url, token)).toBe(202);
      await expectCleanRotation({ name, path, url } as ActiveEndpoint, token);
    },
  );

  test('after the record names the new token leaves a token that works and can be revealed', async () => {
    const { name, path } = await aTokenless();
    await expect(perform(crashing(depsOn(world), steps.finish, 'after'), 'POST token', name)).rejects.toThrow('crash');
    expect((await world.api('POST', `${path}/endpoint/token`, {})).json()).toMatchObject({ code: 'token_exists' });
    const token = await reveal(path);
    const url = String(
      ((await ok(world, 'POST', `${path}/endpoint/activate`)) as unknown as ConnectionView).endpoint?.url,
    );
    expect(await statusFor(url, token)).toBe(202);
    await expectCleanRotation({ name, path, url } as ActiveEndpoint, token);
  });
});

describe('a crash while a token is rotated', () => {
  const unfinished = [...both(steps.begin, steps.agree, steps.put), { step: steps.finish, moment: 'before' as const }];

  test.each(every(4, unfinished))(
    '$moment $step.name leaves the old token alone, and the next attempt rotates',
    async ({ step, moment }) => {
      const endpoint = await anActiveEndpoint(world);
      await expect(
        perform(crashing(depsOn(world), step, moment), 'POST token/rotate', endpoint.name, rotation),
      ).rejects.toThrow('crash');
      expect((await view(endpoint.path)).endpoint?.tokens).toEqual(endpoint.view.endpoint?.tokens);
      expect(await reveal(endpoint.path)).toBe(endpoint.token);
      expect(await statusFor(endpoint.url, endpoint.token)).toBe(202);
      const next = await tokenOf('POST', `${endpoint.path}/endpoint/token/rotate`);
      expect([await statusFor(endpoint.url, next), await statusFor(endpoint.url, endpoint.token)]).toEqual([202, 202]);
      await expectCleanRotation(endpoint, next, endpoint.token);
    },
  );

  test('after the record names the new token leaves both alive', async () => {
    const endpoint = await anActiveEndpoint(world);
    const crashed = perform(
      crashing(depsOn(world), steps.finish, 'after'),
      'POST token/rotate',
      endpoint.name,
      rotation,
    );
    await expect(crashed).rejects.toThrow('crash');
    const next = await reveal(endpoint.path);
    expect(next).not.toBe(endpoint.token);
    expect([await statusFor(endpoint.url, next), await statusFor(endpoint.url, endpoint.token)]).toEqual([202, 202]);
    const again = await world.api('POST', `${endpoint.path}/endpoint/token/rotate`, {});
    expect(again.json()).toMatchObject({ code: 'rotation_in_progress' });
    expect((await labels(endpoint.name)).current).toBe(endpoint.view.endpoint?.tokens[0]?.id);
    await expectCleanRotation(endpoint, next, endpoint.token);
  });

  test.each(every(2, both(steps.label)))('$moment $step.name is a success with a warning', async ({ step, moment }) => {
    const endpoint = await anActiveEndpoint(world);
    const warnings: Record<string, unknown>[] = [];
    const deps = depsOn(world, (line) => warnings.push(line));
    const { status, body } = await perform(crashing(deps, step, moment), 'POST token/rotate', endpoint.name, rotation);
    expect({ status, warnings }).toMatchObject({ status: 200, warnings: [{ warning: 'label_not_moved' }] });
    const { token } = body as { token: string };
    expect([await statusFor(endpoint.url, token), await statusFor(endpoint.url, endpoint.token)]).toEqual([202, 202]);
    await expectCleanRotation(endpoint, token, endpoint.token);
  });
});

describe('a crash while a token is removed', () => {
  test.each(every(2, both(steps.remove)))(
    '$moment $step.name leaves all or nothing, and the next attempt removes it',
    async ({ step, moment }) => {
      const { name, path, url, token } = await anActiveEndpoint(world);
      await expect(perform(crashing(depsOn(world), step, moment), 'DELETE token', name)).rejects.toThrow('crash');
      expect(await statusFor(url, token)).toBe(moment === 'before' ? 202 : 403);
      expect(await ok(world, 'DELETE', `${path}/endpoint/token`)).toMatchObject({
        status: 'inactive',
        endpoint: { tokens: [] },
      });
      expect(await statusFor(url, token)).toBe(403);
      const next = await tokenOf('POST', `${path}/endpoint/token`);
      await ok(world, 'POST', `${path}/endpoint/activate`);
      expect([await statusFor(url, next), await statusFor(url, token)]).toEqual([202, 403]);
    },
  );
});

describe('a crash while a delivered secret is stored', () => {
  const value = 'secret-of-the-sender';

  /** An active endpoint whose sender may deliver its secret now, with a token if given. */
  async function aWindow(token?: string): Promise<{ name: string; path: string; url: string }> {
    const name = aName();
    const path = `/v1/connections/${name}`;
    await ok(world, 'POST', '/v1/connections', { name, provider: 'asana' });
    await ok(world, 'PUT', `${path}/endpoint`, {});
    if (token) await ok(world, 'POST', `${path}/endpoint/token`, { value: token });
    await ok(world, 'POST', `${path}/endpoint/activate`);
    await ok(world, 'POST', `${path}/endpoint/handshake`, {});
    return { name, path, url: (await view(path)).endpoint?.url ?? '' };
  }

  /**
   * The sender repeats the handshake in the same window. The crash did not use up the window; an adopted secret does.
   */
  async function expectTaken({ path, url }: { path: string; url: string }): Promise<void> {
    expect((await view(path)).endpoint?.handshake).toHaveProperty('openUntil');
    expect((await deliver(url, { headers: { 'x-hook-secret': value } })).status).toBe(200);
    expect((await view(path)).endpoint?.handshake ?? {}).not.toHaveProperty('openUntil');
    expect((await deliver(url, { headers: { 'x-hook-secret': 'another-secret' } })).status).toBe(403);
  }

  const first = [...both(steps.begin, steps.create), { step: steps.finish, moment: 'before' as const }];
  test.each(every(4, first))(
    '$moment $step.name leaves no secret, and the next delivery is adopted',
    async ({ step, moment }) => {
      const given = await aWindow();
      await expect(takeSecret(crashing(depsOn(world), step, moment), given.name, value)).rejects.toThrow('crash');
      expect((await view(given.path)).endpoint?.tokens).toEqual([]);
      await expectTaken(given);
      expect(await reveal(given.path)).toBe(value);
    },
  );

  const next = [...both(steps.begin, steps.agree, steps.put), { step: steps.finish, moment: 'before' as const }];
  test.each(every(6, next))(
    '$moment $step.name leaves the live secret, and nothing to confirm',
    async ({ step, moment }) => {
      const given = await aWindow('the-secret-that-lives');
      await expect(takeSecret(crashing(depsOn(world), step, moment), given.name, value)).rejects.toThrow('crash');
      const { tokens, handshake } = (await view(given.path)).endpoint ?? {};
      expect(tokens).toHaveLength(1);
      expect(handshake ?? {}).not.toHaveProperty('delivered');
      expect(await reveal(given.path)).toBe('the-secret-that-lives');
      await expectTaken(given);
      await ok(world, 'POST', `${given.path}/endpoint/handshake/confirm`, {});
      expect(await reveal(given.path)).toBe(value);
      const { current, recorded } = await labels(given.name);
      expect(current).toBe(recorded);
    },
  );

  test('after the record names the secret leaves it adopted', async () => {
    const given = await aWindow();
    const crashed = takeSecret(crashing(depsOn(world), steps.finish, 'after'), given.name, value);
    await expect(crashed).rejects.toThrow('crash');
    expect(await reveal(given.path)).toBe(value);
  });
});

describe('a lost answer', () => {
  test('is a success for every verb, and each change is written once', async () => {
    const { name, path } = await aTokenless();
    const deps = depsOn(forgetful(world));
    const versions: number[] = [(await view(path)).version];
    const verbs: [Verb, object?][] = [
      ['POST token'],
      ['POST activate'],
      ['POST token/rotate', rotation],
      ['POST deactivate'],
      ['DELETE token'],
    ];
    const tokens: string[] = [];
    const statuses: number[] = [];
    for (const [verb, body] of verbs) {
      const answer = await perform(deps, verb, name, body);
      expect([verb, answer.status]).toEqual([verb, verb === 'POST token' ? 201 : 200]);
      tokens.push(...[(answer.body as { token?: string }).token ?? []].flat());
      versions.push((await view(path)).version);
      if (verb !== 'POST token/rotate') continue;
      const url = String((await view(path)).endpoint?.url);
      for (const token of tokens) statuses.push(await statusFor(url, token));
    }
    // The new token and the one that it follows.
    expect(statuses).toEqual([202, 202]);
    // A verb that makes a secret makes two writes.
    expect(versions.slice(1).map((version, at) => version - (versions[at] ?? 0))).toEqual([2, 1, 2, 1, 1]);
  });
});
