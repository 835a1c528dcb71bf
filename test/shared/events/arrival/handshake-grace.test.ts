import { createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { schemeOf } from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import type { NamedAuth } from '../../../../shared/endpoints/settings/auth.ts';
import type { Signable } from '../../../../shared/endpoints/signature/signed-message.ts';
import { sign } from '../../../../shared/endpoints/signature/signing.ts';
import { aLifecycle, type Lifecycle, publicUrl } from '../../endpoints/endpoint/given-lifecycle.ts';

const endpoint = '/v1/connections/{name}/endpoint';
const accept = [{ in: 'query' as const, name: 'token' }];
const token: NamedAuth = { kind: 'token', accept };
const both: NamedAuth = { kind: 'both', accept };
const signature: NamedAuth = { kind: 'signature' };

const old = { token: 'the token of before', secret: 'the secret of before' };
const current = { token: 'the token of today', secret: 'the secret of today' };
const plainToken = 'qgg8vlvZRS6UYooatFL8Aw';

/** An active endpoint for Zoom with this auth and the earlier values. */
async function anEndpoint(auth: NamedAuth, provider = 'zoom'): Promise<Lifecycle> {
  const lifecycle = aLifecycle(provider);
  const values = {
    value: auth.kind === 'signature' ? old.secret : old.token,
    ...(auth.kind === 'both' ? { signingSecret: old.secret } : {}),
  };
  expect(await lifecycle.operate(`PUT ${endpoint}`, { auth })).toBeUndefined();
  expect(await lifecycle.operate(`POST ${endpoint}/token`, values)).toBeUndefined();
  expect(await lifecycle.operate(`POST ${endpoint}/activate`)).toBeUndefined();
  return lifecycle;
}

/** Changes the auth and the values of the endpoint, with a grace. */
async function changed(lifecycle: Lifecycle, auth: NamedAuth): Promise<Lifecycle> {
  const values = {
    value: auth.kind === 'signature' ? current.secret : current.token,
    ...(auth.kind === 'both' ? { signingSecret: current.secret } : {}),
  };
  const change = { auth, values: { ...values, graceSeconds: 60, force: false } };
  expect(await lifecycle.operate(`PUT ${endpoint}`, change)).toBeUndefined();
  return lifecycle;
}

async function validation(lifecycle: Lifecycle, at: { token?: string; secret?: string }): Promise<Signable> {
  const { endpoint } = await lifecycle.record();
  const query = at.token === undefined ? '' : `?token=${encodeURIComponent(at.token)}`;
  const bare: Signable = {
    method: 'POST',
    url: `${publicUrl}/hooks/orders/${endpoint?.id}${query}`,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ event: 'endpoint.url_validation', payload: { plainToken } })),
    now: lifecycle.clock.now,
  };
  const scheme = schemeOf('zoom', 'zoom');
  return (scheme && at.secret !== undefined && sign(scheme, at.secret, bare)) || bare;
}

const answerBy = (secret: string) => {
  const encryptedToken = createHmac('sha256', secret).update(plainToken).digest('hex');
  return { status: 200, body: `{"plainToken":"${plainToken}","encryptedToken":"${encryptedToken}"}` };
};

test('a handshake with a token of the earlier auth is answered with the current secret', async () => {
  for (const next of [both, signature]) {
    const lifecycle = await changed(await anEndpoint(token), next);
    expect(await lifecycle.receive(await validation(lifecycle, { token: old.token }))).toEqual(
      answerBy(current.secret),
    );
  }
});

test('a handshake with all proofs of the earlier auth is answered with the earlier secret', async () => {
  const lifecycle = await changed(await anEndpoint(both), signature);
  // The earlier auth demands a token and a signature. The token alone is not enough.
  expect((await lifecycle.receive(await validation(lifecycle, { token: old.token }))).status).toBe(403);
  expect(await lifecycle.receive(await validation(lifecycle, old))).toEqual(answerBy(old.secret));
  expect(await lifecycle.receive(await validation(lifecycle, current))).toEqual(answerBy(current.secret));
});

test('a signed handshake is answered with the secret that signed it, for any live token', async () => {
  const lifecycle = await anEndpoint(both);
  const wish = { value: current.token, signingSecret: current.secret, graceSeconds: 60, force: false };
  expect(await lifecycle.operate(`POST ${endpoint}/token/rotate`, wish)).toBeUndefined();
  const asked = (at: { token: string; secret: string }) => validation(lifecycle, at).then(lifecycle.receive);
  expect(await asked({ token: old.token, secret: current.secret })).toEqual(answerBy(current.secret));
  expect(await asked({ token: current.token, secret: old.secret })).toEqual(answerBy(old.secret));
});

test('a handshake without a proof is answered with the signing secret, and refused if there is none', async () => {
  const lifecycle = await changed(await anEndpoint(token, 'x'), both);
  const { endpoint: record } = await lifecycle.record();
  const url = `${publicUrl}/hooks/orders/${record?.id}?crc_token=${plainToken}&token=`;
  const ask = (presented: string) =>
    lifecycle.receive({
      method: 'GET',
      url: url + encodeURIComponent(presented),
      headers: {},
      body: Buffer.alloc(0),
      now: lifecycle.clock.now,
    });
  const hmac = createHmac('sha256', current.secret).update(plainToken).digest('base64');
  expect(await ask(old.token)).toEqual({ status: 200, body: `{"response_token":"sha256=${hmac}"}` });
  const connection = await lifecycle.record();
  const tokens = connection.endpoint?.tokens.map((one) => ({ ...one, holds: 'bearer' }));
  lifecycle.records.set('orders', JSON.stringify({ ...connection, endpoint: { ...connection.endpoint, tokens } }));
  expect((await ask(old.token)).status).toBe(403);
});
