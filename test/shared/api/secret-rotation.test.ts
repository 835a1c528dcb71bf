/**
 * The order of the calls to Secrets Manager. A new value gets the label AWSPENDING, and Secrets Manager deletes versions
 * without a label. So the label AWSCURRENT must be on the live version before a new value is put.
 */
import { expect, test } from '@jest/globals';
import type { NamedAuth } from '../../../shared/settings/auth.ts';
import { aLifecycle, type Lifecycle } from '../endpoint/given-lifecycle.ts';

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
