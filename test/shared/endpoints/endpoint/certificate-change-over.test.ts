/** Changes from a certificate to another auth, while Secrets Manager fails or another operator is faster. */
import { expect, test } from '@jest/globals';
import type { NamedAuth } from '../../../../shared/endpoints/settings/auth.ts';
import { aLifecycle, type Lifecycle } from './given-lifecycle.ts';

const endpoint = '/v1/connections/{name}/endpoint';
const sns: NamedAuth = {
  kind: 'signature',
  scheme: { kind: 'sns', topicArns: ['arn:aws:sns:eu-central-1:111111111111:orders'] },
};
const paypal: NamedAuth = { kind: 'signature', scheme: { kind: 'paypal', webhookId: '8PT597110X687430LKGECATA' } };
const token: NamedAuth = { kind: 'token', accept: [{ in: 'query', name: 'token' }] };

async function anEndpoint(): Promise<Lifecycle> {
  const lifecycle = aLifecycle();
  await lifecycle.operate(`PUT ${endpoint}`, { auth: sns });
  await lifecycle.operate(`POST ${endpoint}/activate`);
  return lifecycle;
}

const changeOver = ({ operate }: Lifecycle) =>
  operate(`PUT ${endpoint}`, { auth: token, values: { graceSeconds: 60, force: false } });

/** Runs a function at the first put of a value, and then makes that put fail. */
function failsOnce({ secretStore }: Lifecycle, meanwhile: () => Promise<unknown>): void {
  const { putPending } = secretStore;
  secretStore.putPending = async () => {
    secretStore.putPending = putPending;
    await meanwhile();
    throw new Error('Secrets Manager takes no value');
  };
}

const tokensOf = async ({ record }: Lifecycle) => (await record()).endpoint?.tokens ?? [];

test('after an error of Secrets Manager the certificate stays accepted, and the sweep finds the secret in the record', async () => {
  const lifecycle = await anEndpoint();
  failsOnce(lifecycle, async () => undefined);
  await expect(changeOver(lifecycle)).rejects.toThrow('Secrets Manager takes no value');
  const { guard, pending, tokens, secret } = (await lifecycle.record()).endpoint ?? {};
  expect([guard?.secretFrom, tokens, secret]).toEqual(['nobody', [], undefined]);
  expect(pending?.secret).toMatch(/^hooklatch-dev\/endpoint\/orders\/[0-9a-f]{16}$/);
  expect(await changeOver(lifecycle)).toBeUndefined();
  expect(await tokensOf(lifecycle)).toMatchObject([{ holds: 'bearer' }, { under: { auth: sns } }]);
});

test('a secret that another operator dropped during the change is created again', async () => {
  const lifecycle = await anEndpoint();
  failsOnce(lifecycle, () => lifecycle.operate(`PUT ${endpoint}`, { auth: paypal }));
  expect(await changeOver(lifecycle)).toBeUndefined();
  const [current, old] = await tokensOf(lifecycle);
  expect([current?.under, old?.under?.auth]).toEqual([undefined, paypal]);
  const { secret } = (await lifecycle.record()).endpoint ?? {};
  const inSecret = [current, old].map((one) => lifecycle.values.get(`${secret} ${one?.id}`)?.token);
  expect(inSecret).toEqual([expect.stringMatching(/^hle_/), expect.stringMatching(/^hls_/)]);
});
