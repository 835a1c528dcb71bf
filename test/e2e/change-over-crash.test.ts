/**
 * A change of auth that crashes between its writes, or races with another operator. Afterwards the record decides what
 * is accepted.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Deps } from '../../functions/api-endpoint.ts';
import type { Scheme } from '../../shared/endpoints/signature/scheme.ts';
import type { Received } from '../local/http-client.ts';
import { aName, aSharedRuntime, deliver, ok, type World } from '../support/given.ts';
import { crashing, depsOn, forgetful, perform, steps } from './given-crash.ts';
import { aProvedEndpoint, earlier, present, reveal, statusBy, viewOf } from './given-proofs.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime({ streams: false });
});
afterAll(() => world.end());

const change = { auth: present.both, values: { graceSeconds: 600, force: false } };
const aTokenEndpoint = () => aProvedEndpoint(world, earlier.token);

describe('a crash', () => {
  const both = [steps.begin, steps.agree, steps.put].flatMap((step) => [
    { step, moment: 'before' as const },
    { step, moment: 'after' as const },
  ]);

  test.each([...both, { step: steps.finish, moment: 'before' as const }])(
    '$moment $step.name leaves the auth as it was, and the next attempt changes it',
    async ({ step, moment }) => {
      const { name, path, url, value } = await aTokenEndpoint();
      const before = (await viewOf(world, path)).endpoint;
      await expect(perform(crashing(depsOn(world), step, moment), 'PUT', name, change)).rejects.toThrow('crash');
      expect((await viewOf(world, path)).endpoint).toEqual(before);
      expect(await statusBy(url, earlier.token, value)).toBe(202);
      expect((await perform(depsOn(world), 'PUT', name, change)).status).toBe(200);
      expect(await statusBy(url, earlier.token, value)).toBe(202);
      expect(await statusBy(url, present.both, await reveal(world, path))).toBe(202);
    },
  );

  test('after the record names the new token leaves both kinds of auth live, and a repeat is refused as rotation_in_progress', async () => {
    const { name, path, url, value } = await aTokenEndpoint();
    const crashed = perform(crashing(depsOn(world), steps.finish, 'after'), 'PUT', name, change);
    await expect(crashed).rejects.toThrow('crash');
    expect(await statusBy(url, earlier.token, value)).toBe(202);
    expect(await statusBy(url, present.both, await reveal(world, path))).toBe(202);
    await expect(perform(depsOn(world), 'PUT', name, change)).rejects.toMatchObject({ code: 'rotation_in_progress' });
  });

  test.each(['before', 'after'] as const)('%s the label moves is a success with a warning', async (moment) => {
    const { name, path, url } = await aTokenEndpoint();
    const warnings: Record<string, unknown>[] = [];
    const deps = depsOn(world, (line) => warnings.push(line));
    const { status } = await perform(crashing(deps, steps.label, moment), 'PUT', name, change);
    expect({ status, warnings }).toMatchObject({ status: 200, warnings: [{ warning: 'label_not_moved' }] });
    expect(await statusBy(url, present.both, await reveal(world, path))).toBe(202);
  });
});

test('a lost answer of a table or of Secrets Manager is a success, and the change is written once', async () => {
  const { name, path, url, value } = await aTokenEndpoint();
  const { version } = await viewOf(world, path);
  expect((await perform(depsOn(forgetful(world)), 'PUT', name, change)).status).toBe(200);
  expect((await viewOf(world, path)).version).toBe(version + 2);
  expect(await statusBy(url, earlier.token, value)).toBe(202);
});

/** The dependencies. One call is followed, once, by another operator's action. */
function overtaken(method: 'read' | 'putPending' | 'readConnection', meanwhile: () => Promise<unknown>): Deps {
  const deps = depsOn(world);
  const on = method === 'readConnection' ? 'store' : 'secretStore';
  const whole = deps[on] as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  let isOver = false;
  const call = async (...args: unknown[]) => {
    const result = await whole[method]?.(...args);
    if (!isOver) {
      isOver = true;
      await meanwhile();
    }
    return result;
  };
  return { ...deps, [on]: { ...whole, [method]: call } };
}

describe('while another operator acts', () => {
  const scheme: Scheme = {
    kind: 'hmac',
    algorithm: 'sha256',
    key: { form: 'hex' },
    encoding: 'hex',
    signatures: [{ in: 'header', name: 'x-signature' }],
    message: [{ part: 'body' }],
  };
  const inHex = { auth: { kind: 'signature', scheme } };
  const hex = 'ab'.repeat(32);
  const rotate = (path: string) => () => ok(world, 'POST', `${path}/endpoint/token/rotate`, { graceSeconds: 0 });

  test("a change without values is checked against the other operator's token", async () => {
    const { name, path, url } = await aProvedEndpoint(world, earlier.signature, { token: hex });
    const late = perform(overtaken('read', rotate(path)), 'PUT', name, inHex);
    await expect(late).rejects.toMatchObject({ code: 'token_not_usable' });
    expect(await statusBy(url, earlier.signature, await reveal(world, path))).toBe(202);
  });

  test("a change with values keeps the other operator's token", async () => {
    const { name, path, value } = await aProvedEndpoint(world, earlier.token);
    await perform(overtaken('read', rotate(path)), 'PUT', name, change);
    const { token, previous } = await reveal(world, path);
    expect(token).not.toBe(value.token);
    expect(previous?.token).toBe(token);
  });

  test.each(['rotation', 'change'])("a %s makes a value for the other operator's auth", async (what) => {
    const { name, path } = await aProvedEndpoint(world, earlier.signature, { token: hex });
    const deps = overtaken('putPending', () => ok(world, 'PUT', `${path}/endpoint`, inHex));
    if (what === 'rotation') await perform(deps, 'POST token/rotate', name, { graceSeconds: 600, force: false });
    else await perform(deps, 'PUT', name, { auth: present.both, values: change.values });
    const { token, signingSecret, previous } = await reveal(world, path);
    expect(previous).toMatchObject({ token: hex });
    // A secret in hexadecimal is not carried over as a token.
    if (what === 'rotation') expect(token).toMatch(/^[0-9a-f]{64}$/);
    else expect([token, signingSecret]).toEqual([expect.stringMatching(/^hle_/), hex]);
  });
});

describe('while another operator changes the provider', () => {
  async function aConnection(): Promise<string> {
    const name = aName();
    await ok(world, 'POST', '/v1/connections', { name });
    return name;
  }
  const becomes = (name: string, provider: string) => ok(world, 'PATCH', `/v1/connections/${name}`, { provider });

  test('a configuration uses the new provider', async () => {
    const name = await aConnection();
    const path = `/v1/connections/${name}`;
    await perform(
      overtaken('readConnection', () => becomes(name, 'telegram')),
      'PUT',
      name,
    );
    await ok(world, 'POST', `${path}/endpoint/token`, {});
    await ok(world, 'POST', `${path}/endpoint/activate`);
    const { url, token } = await reveal(world, path);
    const headers = { 'x-telegram-bot-api-secret-token': token };
    expect((await deliver(url, { headers, body: '{"update_id":1}' })).status).toBe(202);
  });

  test('a token is generated for the new provider', async () => {
    const name = await aConnection();
    const path = `/v1/connections/${name}`;
    await ok(world, 'PUT', `${path}/endpoint`, {});
    const deps = overtaken('readConnection', async () => {
      await ok(world, 'DELETE', `${path}/endpoint`);
      await becomes(name, 'monday');
      await ok(world, 'PUT', `${path}/endpoint`, { secretFrom: 'operator' });
    });
    await perform(deps, 'POST token', name);
    expect((await reveal(world, path)).signingSecret).toBeDefined();
  });

  test('a change of auth is refused as superseded', async () => {
    const name = await aConnection();
    const path = `/v1/connections/${name}`;
    await ok(world, 'PUT', `${path}/endpoint`, {});
    await ok(world, 'POST', `${path}/endpoint/token`, {});
    const deps = overtaken('readConnection', async () => {
      await ok(world, 'DELETE', `${path}/endpoint/token`);
      await ok(world, 'DELETE', `${path}/endpoint`);
      await becomes(name, 'monday');
      await ok(world, 'PUT', `${path}/endpoint`, { secretFrom: 'operator' });
      await ok(world, 'POST', `${path}/endpoint/token`, {});
    });
    const late = perform(deps, 'PUT', name, { auth: null, values: { graceSeconds: 0, force: false } });
    await expect(late).rejects.toMatchObject({ code: 'superseded' });
    expect((await reveal(world, path)).signingSecret).toBeDefined();
  });
});

const requests = {
  both: ['PUT', '', { auth: present.both, values: {} }],
  signature: ['PUT', '', { auth: present.signature, values: {} }],
  // Fits every value that may be live, because it requires only a token.
  withoutValues: ['PUT', '', { auth: present.token }],
  rotate: ['POST', '/token/rotate', {}],
  rotateByForce: ['POST', '/token/rotate', { force: true }],
  remove: ['DELETE', '/token', undefined],
} as const;
type Request = keyof typeof requests;

const ask = (path: string, request: Request): Promise<Received> => {
  const [method, rest, body] = requests[request];
  return world.api(method, `${path}/endpoint${rest}`, body);
};
const said = (answer: Received): string => String(answer.status < 300 ? answer.status : answer.json()['code']);

/** The connection must accept what it shows as live: the values of the present auth and of earlier ones. */
async function settled(path: string): Promise<string> {
  const { endpoint } = await viewOf(world, path);
  if (!endpoint || endpoint.tokens.length === 0) return 'no token';
  const revealed = await reveal(world, path);
  const { url = '' } = endpoint;
  const { kind } = endpoint.auth;
  if (kind === 'both' && revealed.signingSecret === undefined) return 'both, without a signing secret';
  const status = await statusBy(url ?? '', endpoint.auth, revealed);
  if (status !== 202) return `${kind}, but its values are answered ${status}`;
  const [, before] = endpoint.tokens;
  const kinds = `${before ? `${before.kind ?? endpoint.auth.kind} then ` : ''}${endpoint.auth.kind}`;
  if (!before || !revealed.previous) return kinds;
  const authBefore = [endpoint.auth, ...Object.values(present), ...Object.values(earlier)].filter(
    ({ kind }) => kind === (before.kind ?? endpoint.auth.kind),
  );
  const statuses = [];
  for (const auth of authBefore) statuses.push(await statusBy(url ?? '', auth, revealed.previous));
  return statuses.includes(202) ? kinds : `${kinds}, but the previous values are answered ${statuses}`;
}

// The second operator's request is checked against the first one's result.
test.each<[Request, Request, string[]]>([
  ['both', 'both', ['200 rotation_in_progress: token then both', '200 superseded: token then both']],
  [
    'both',
    'signature',
    [
      '200 rotation_in_progress: token then both',
      '200 rotation_in_progress: token then signature',
      '200 superseded: token then both',
      '200 superseded: token then signature',
    ],
  ],
  [
    'both',
    'rotate',
    [
      '200 rotation_in_progress: token then both',
      '200 rotation_in_progress: token then token',
      '200 superseded: token then both',
      '200 superseded: token then token',
    ],
  ],
  [
    'signature',
    'rotateByForce',
    [
      '200 200: signature then signature',
      '200 rotation_in_progress: token then token',
      '200 superseded: token then token',
      '200 superseded: token then signature',
    ],
  ],
  [
    'both',
    'withoutValues',
    [
      '200 200: token then both',
      '200 200: token then token',
      '200 superseded: token then token',
      '200 superseded: token then both',
    ],
  ],
  [
    'signature',
    'withoutValues',
    [
      '200 200: token then signature',
      // A secret that was made for signatures also fits as a token. Using it so is the operator's decision.
      '200 200: token then token',
      '200 superseded: token then signature',
      '200 superseded: token then token',
      '200 superseded: token',
    ],
  ],
  ['both', 'remove', ['200 200: no token', '200 token_required: no token']],
])('%s at the same time as %s: only one succeeds, or both do, one after the other', async (one, other, allowed) => {
  for (let round = 0; round < 12; round += 1) {
    const { path } = await aTokenEndpoint();
    const pair = round % 2 ? [one, other] : [other, one];
    const answers = await Promise.all(pair.map((request) => ask(path, request)));
    const outcome = `${answers.map(said).sort().join(' ')}: ${await settled(path)}`;
    expect(allowed).toContain(outcome);
  }
});

test('of ten simultaneous changes one succeeds', async () => {
  const { path, url, value } = await aTokenEndpoint();
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask(path, 'both')));
  expect(answers.map(said).filter((each) => each === '200')).toHaveLength(1);
  expect(await settled(path)).toBe('token then both');
  expect(await statusBy(url, earlier.token, value)).toBe(202);
  await ok(world, 'DELETE', `${path}/endpoint/token/previous`);
  expect(await statusBy(url, earlier.token, value)).toBe(403);
});
