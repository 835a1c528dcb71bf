/**
 * The order of the calls to Secrets Manager. A new value gets the label AWSPENDING, and Secrets Manager deletes versions
 * without a label. So the label AWSCURRENT must be on the live version before a new value is put.
 */
import { describe, expect, test } from '@jest/globals';
import type { NamedAuth } from '../../../../shared/endpoints/settings/auth.ts';
import { Refusal } from '../../../../shared/ground/base/refusal.ts';
import { pastOf } from '../../../../shared/operators/operation/live-values.ts';
import type { OperationContext } from '../../../../shared/operators/operation/operation.ts';
import { moveLabel, retrySuperseded } from '../../../../shared/operators/operation/secret-version.ts';
import { aLifecycle, began, type Lifecycle } from '../../endpoints/endpoint/given-lifecycle.ts';

const endpoint = '/v1/connections/{name}/endpoint';

/** Records the calls to Secrets Manager, each with the version that it names. */
function callsOf({ secretStore }: Lifecycle): [call: string, version: string][] {
  const calls: [string, string][] = [];
  const { create, putPending, markCurrent } = secretStore;
  secretStore.create = (name, id, value) => {
    calls.push(['create', id]);
    return create(name, id, value);
  };
  secretStore.putPending = (secret, id, value) => {
    calls.push(['putPending', id]);
    return putPending(secret, id, value);
  };
  secretStore.markCurrent = (secret, id) => {
    calls.push(['markCurrent', id]);
    return markCurrent(secret, id);
  };
  return calls;
}

const tokenIds = async ({ record }: Lifecycle) => (await record()).endpoint?.tokens.map(({ id }) => id) ?? [];

/** An active endpoint with a live value. */
async function anEndpoint(provider: string, auth: NamedAuth, values: object): Promise<Lifecycle> {
  const lifecycle = aLifecycle(provider);
  expect(await lifecycle.operate(`PUT ${endpoint}`, { auth })).toBeUndefined();
  expect(await lifecycle.operate(`POST ${endpoint}/token`, values)).toBeUndefined();
  expect(await lifecycle.operate(`POST ${endpoint}/activate`)).toBeUndefined();
  return lifecycle;
}

test.each<[string, Parameters<Lifecycle['operate']>]>([
  ['a rotation', [`POST ${endpoint}/token/rotate`, { graceSeconds: 60, force: false }]],
  [
    'a change of auth',
    [`PUT ${endpoint}`, { auth: { kind: 'signature', scheme: 'github' }, values: { graceSeconds: 60, force: false } }],
  ],
])('%s labels the live version, puts the new version, and then labels the new version', async (_, verb) => {
  const lifecycle = await anEndpoint('github', { kind: 'token', accept: [{ in: 'query', name: 'token' }] }, {});
  const calls = callsOf(lifecycle);
  const [live = ''] = await tokenIds(lifecycle);
  expect(await lifecycle.operate(...verb)).toBeUndefined();
  const [next = ''] = await tokenIds(lifecycle);
  expect(next).not.toBe(live);
  expect(calls).toEqual([
    ['markCurrent', live],
    ['putPending', next],
    ['markCurrent', next],
  ]);
});

test.each<[string, Parameters<Lifecycle['operate']>[0], object]>([
  ['a first value', `POST ${endpoint}/token`, {}],
  ['a rotation', `POST ${endpoint}/token/rotate`, { graceSeconds: 60, force: false }],
])('%s is made for the version that the record has, and for no other', async (what, verb, body) => {
  const lifecycle = aLifecycle('generic');
  await lifecycle.operate(`PUT ${endpoint}`, {});
  if (what === 'a rotation') await lifecycle.operate(`POST ${endpoint}/token`);
  const before = await tokenIds(lifecycle);
  const { version } = await lifecycle.record();
  expect(await lifecycle.operate(verb, body, version - 1)).toBe('version_mismatch');
  expect(await tokenIds(lifecycle)).toEqual(before);
  // Both writes of a value raise the version. The second one is not compared with what the operator has seen.
  expect(await lifecycle.operate(verb, body, version)).toBeUndefined();
  expect((await lifecycle.record()).version).toBe(version + 2);
  expect(await tokenIds(lifecycle)).toHaveLength(before.length + 1);
});

test('the record names a secret before the secret is made, because the sweep deletes a secret that no record names', async () => {
  const lifecycle = aLifecycle('generic');
  await lifecycle.operate(`PUT ${endpoint}`, {});
  const { create } = lifecycle.secretStore;
  const named: unknown[] = [];
  lifecycle.secretStore.create = async (name, id, value) => {
    const { pending, secret } = (await lifecycle.record()).endpoint ?? {};
    named.push([pending?.secret === name, pending?.tokenId === id, secret, name]);
    return create(name, id, value);
  };
  expect(await lifecycle.operate(`POST ${endpoint}/token`)).toBeUndefined();
  // The sweep reads the connection's name from the name of the secret.
  const name = expect.stringMatching(/^hooklatch-dev\/endpoint\/orders\/[0-9a-f]{16}$/);
  expect(named).toEqual([[true, true, undefined, name]]);
});

test.each<[string, Parameters<Lifecycle['operate']>, Parameters<Lifecycle['operate']>[]]>([
  ['a first value', [`POST ${endpoint}/token`], []],
  [
    'a rotation',
    [`POST ${endpoint}/token/rotate`, { graceSeconds: 60, force: true }],
    [[`POST ${endpoint}/token`], [`POST ${endpoint}/activate`]],
  ],
])('%s is made again if another request changes the auth after it was made', async (_, verb, before) => {
  const lifecycle = aLifecycle('github');
  expect(await lifecycle.operate(`PUT ${endpoint}`, { auth: inQuery })).toBeUndefined();
  const refusals: unknown[] = [];
  for (const step of before) refusals.push(await lifecycle.operate(...step));
  const auth: NamedAuth = { kind: 'signature', scheme: 'github' };
  const change = { auth, ...(before.length > 0 && { values: grace }) };
  const { readConnection } = lifecycle.store;
  let reads = 0;
  lifecycle.store.readConnection = async (name) => {
    const connection = await readConnection(name);
    reads += 1;
    if (reads === 1) refusals.push(await lifecycle.operate(`PUT ${endpoint}`, change));
    return connection;
  };
  refusals.push(await lifecycle.operate(...verb));
  // None of the steps before, nor the change and the step that it interrupts.
  expect(refusals).toEqual(Array(before.length + 2).fill(undefined));
  const { secret, tokens: [current] = [] } = (await lifecycle.record()).endpoint ?? {};
  expect(current?.holds).toBe('secret');
  // A signing secret, not a token.
  expect(lifecycle.values.get(`${secret} ${current?.id}`)?.token).toMatch(/^hls_/);
});

test('no value is put if the live version can’t be labelled', async () => {
  const lifecycle = await anEndpoint('generic', inQuery, {});
  const calls = callsOf(lifecycle);
  lifecycle.secretStore.markCurrent = async () => {
    throw new Error('Secrets Manager is down');
  };
  await expect(lifecycle.operate(`POST ${endpoint}/token/rotate`, grace)).rejects.toThrow('Secrets Manager is down');
  expect(calls).toEqual([]);
});

test('a secret that a sender delivers is put after the live version is labelled', async () => {
  const lifecycle = await anEndpoint('notion', { kind: 'signature' }, { value: 'secret_of_the_first_subscription' });
  expect(await lifecycle.operate(`POST ${endpoint}/handshake`, { minutes: 10 })).toBeUndefined();
  const calls = callsOf(lifecycle);
  const [live = ''] = await tokenIds(lifecycle);
  expect(await lifecycle.deliverSecret('secret_of_the_second_subscription')).toBeNull();
  const { delivered } = (await lifecycle.record()).endpoint?.handshake ?? {};
  expect(calls).toEqual([
    ['markCurrent', live],
    ['putPending', delivered?.tokenId],
  ]);
});

const inQuery: NamedAuth = { kind: 'token', accept: [{ in: 'query', name: 'token' }] };
const grace = { graceSeconds: 60, force: false };
const context: OperationContext = { requestId: 'r1', now: began, actor: { id: 'op_1', role: 'connection_admin' } };

describe('a verb in two writes', () => {
  const superseded = new Refusal('superseded', 'Read it again.');

  /** Fails with these errors, one after the other, and then succeeds. */
  async function attempted(...errors: Error[]) {
    let attempts = 0;
    const attempt = async () => {
      const error = errors[attempts];
      attempts += 1;
      if (error) throw error;
      return 'done';
    };
    const outcome = await retrySuperseded(attempt).catch((error: unknown) => error);
    return { attempts, outcome };
  }

  test.each([0, 1, 2])('begins again after it was superseded %i times', async (times) => {
    const errors = Array.from({ length: times }, () => superseded);
    expect(await attempted(...errors)).toEqual({ attempts: times + 1, outcome: 'done' });
  });

  test('is superseded if that happens three times', async () => {
    expect(await attempted(superseded, superseded, superseded)).toEqual({ attempts: 3, outcome: superseded });
  });

  test.each<[string, Error]>([
    [
      'another conflict',
      new Refusal('token_exists', 'Rotate it.', { endpointStatus: 'configured', allowedActions: [], steps: [] }),
    ],
    ['an error that is no refusal', new Error('superseded')],
  ])('does not begin again after %s', async (_, error) => {
    expect(await attempted(error)).toEqual({ attempts: 1, outcome: error });
  });
});

describe('a value', () => {
  test('is not judged if the endpoint could not take any', async () => {
    const lifecycle = aLifecycle('generic');
    await lifecycle.operate(`PUT ${endpoint}`, { auth: { kind: 'token', accept: [{ in: 'path' }] } });
    const unfit = { value: 'a/fake/token/0123', ...grace };
    expect(await lifecycle.operate(`POST ${endpoint}/token/rotate`, unfit)).toBe('token_required');
    expect(await lifecycle.operate(`POST ${endpoint}/token`, unfit)).toBe('token_not_usable');
    expect(await lifecycle.operate(`POST ${endpoint}/token`, {})).toBeUndefined();
    expect(await lifecycle.operate(`POST ${endpoint}/token`, unfit)).toBe('token_exists');
    expect(await lifecycle.operate(`POST ${endpoint}/token/rotate`, unfit)).toBe('token_not_usable');
  });

  test('is not generated if only the sender can make it', async () => {
    const lifecycle = aLifecycle('stripe');
    await lifecycle.operate(`PUT ${endpoint}`);
    expect(await lifecycle.operate(`POST ${endpoint}/token`, {})).toBe('secret_made_by_sender');
    expect(await lifecycle.operate(`POST ${endpoint}/token`, { value: 'whsec_fake0123' })).toBeUndefined();
    expect(await lifecycle.operate(`POST ${endpoint}/token/rotate`, grace)).toBe('secret_made_by_sender');
  });

  test('is generated if the endpoint has the setting that the operator makes it', async () => {
    const lifecycle = aLifecycle('stripe');
    await lifecycle.operate(`PUT ${endpoint}`, { secretFrom: 'operator' });
    expect(await lifecycle.operate(`POST ${endpoint}/token`, {})).toBeUndefined();
  });

  test('may be the signing secret of a version that a rotation ends, but not of one that stays live', async () => {
    const both: NamedAuth = { ...inQuery, kind: 'both' };
    const lifecycle = await anEndpoint('github', both, { value: 'fake-token-0', signingSecret: 'fake-secret-0' });
    const rotate = (value: string, signingSecret: string, force: boolean) =>
      lifecycle.operate(`POST ${endpoint}/token/rotate`, { value, signingSecret, graceSeconds: 60, force });
    expect(await rotate('fake-token-1', 'fake-secret-1', false)).toBeUndefined();
    expect(await rotate('fake-secret-1', 'fake-secret-2', true)).toBe('token_not_usable');
    expect(await rotate('fake-secret-0', 'fake-secret-2', true)).toBeUndefined();
  });

  test('is pending without the name of a secret, because the endpoint has one', async () => {
    const lifecycle = await anEndpoint('generic', inQuery, {});
    const { secretStore, record } = lifecycle;
    const { putPending } = secretStore;
    const pending: (string | undefined)[] = [];
    secretStore.putPending = async (...version) => {
      pending.push((await record()).endpoint?.pending?.secret);
      return putPending(...version);
    };
    await lifecycle.operate(`POST ${endpoint}/token/rotate`, grace);
    expect(pending).toEqual(['']);
  });
});

describe('moving the label', () => {
  const moved = async (markCurrent: () => Promise<void>) => {
    const log: unknown[] = [];
    const calls: unknown[] = [];
    const lifecycle = await anEndpoint('generic', inQuery, {});
    const connection = await lifecycle.record();
    const secretStore = {
      ...lifecycle.secretStore,
      markCurrent: async (...version: string[]) => {
        calls.push(version);
        return markCurrent();
      },
    };
    await moveLabel(connection, context, { ...lifecycle.deps, secretStore, log: (...line) => log.push(line) });
    return { calls, log, live: [connection.endpoint?.secret, connection.endpoint?.tokens[0]?.id] };
  };

  test('puts it on the live version', async () => {
    const { calls, log, live } = await moved(async () => undefined);
    expect(calls).toEqual([live]);
    expect(live).toEqual([expect.stringMatching(/^arn:/), expect.any(String)]);
    expect(log).toEqual([]);
  });

  test('is only logged if it fails, because the value is live already', async () => {
    const { log } = await moved(() => Promise.reject(new TypeError('a fake cause')));
    const line = { warning: 'label_not_moved', fault: 'TypeError', connection: 'orders', requestId: 'r1' };
    expect(log).toEqual([[line, 'warn']]);
  });
});

describe('the values of an endpoint', () => {
  test('are those that are still live', async () => {
    const lifecycle = await anEndpoint('generic', inQuery, { value: 'fake-token-0' });
    await lifecycle.operate(`POST ${endpoint}/token/rotate`, { value: 'fake-token-1', ...grace });
    const connection = await lifecycle.record();
    const liveAt = async (seconds: number) => {
      const now = new Date(began.getTime() + seconds * 1000);
      const { live, endpointId } = await pastOf(connection, { ...context, now }, lifecycle.deps);
      expect(endpointId).toBe(connection.endpoint?.id);
      return live.map(({ value }) => value.token);
    };
    expect(await liveAt(59)).toEqual(['fake-token-1', 'fake-token-0']);
    expect(await liveAt(60)).toEqual(['fake-token-1']);
  });

  test('are none without an endpoint', async () => {
    const lifecycle = aLifecycle();
    const none = { endpointId: '', bearers: [], live: [] };
    expect(await pastOf(await lifecycle.record(), context, lifecycle.deps)).toEqual(none);
  });
});
