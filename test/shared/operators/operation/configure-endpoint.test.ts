/** Configuring an endpoint: what is refused, and what the record says afterwards. */
import { describe, expect, test } from '@jest/globals';
import type { Connection } from '../../../../shared/endpoints/endpoint/connection.ts';
import { problemOf } from '../../../../shared/operators/api/problem.ts';
import { configureEndpoint } from '../../../../shared/operators/operation/configure-endpoint.ts';
import type { Replacement } from '../../../../shared/operators/operation/rotate-token.ts';
import { aLifecycle, began, type Lifecycle } from '../../endpoints/endpoint/given-lifecycle.ts';

const endpoint = '/v1/connections/{name}/endpoint';
const inQuery = { kind: 'token', accept: [{ in: 'query', name: 'token' }] } as const;
const inPath = { kind: 'token', accept: [{ in: 'path' }] } as const;
const paypal = { kind: 'signature', scheme: { kind: 'paypal', webhookId: '8PT597110X687430LKGECATA' } } as const;

interface Refusal {
  status: number;
  code: string;
  detail: string;
  more: object;
}

/** Configures, and returns the record, or the problem that the operator gets. */
async function configured(lifecycle: Lifecycle, body: object): Promise<Connection | Refusal> {
  const context = { actor: { id: 'op_1', role: 'connection_admin' }, requestId: 'r1', now: began } as const;
  const { values, ...settings } = body as { values?: Replacement };
  try {
    return await configureEndpoint({ name: lifecycle.name, settings, values }, context, lifecycle.deps);
  } catch (error) {
    const problem = problemOf(error);
    if (!problem) throw error;
    const { status, code, message: detail, more } = problem;
    return { status, code, detail, more };
  }
}
const grace = { graceSeconds: 60, force: false };

/** Changes the stored record, as another release of Hooklatch could have written it. */
async function rewrite(lifecycle: Lifecycle, change: (record: Connection) => Connection): Promise<void> {
  lifecycle.records.set(lifecycle.name, JSON.stringify(change(await lifecycle.record())));
}

const withSettings = (settings: object) => (record: Connection) =>
  ({ ...record, endpoint: record.endpoint && { ...record.endpoint, settings } }) as Connection;

async function withToken(provider: string, settings: object, body: object): Promise<Lifecycle> {
  const lifecycle = aLifecycle(provider);
  await lifecycle.operate(`PUT ${endpoint}`, settings);
  expect(await lifecycle.operate(`POST ${endpoint}/token`, body)).toBeUndefined();
  return lifecycle;
}

describe('the first configuration', () => {
  test('makes an endpoint with a random id and the settings that were named', async () => {
    const settings = { retentionDays: 7, auth: inQuery };
    const made = await configured(aLifecycle(), settings);
    expect(made).toMatchObject({
      endpoint: {
        status: 'configured',
        settings,
        guard: { kind: 'token', accept: inQuery.accept, secretFrom: 'operator' },
      },
    });
    const ids = [made, await configured(aLifecycle(), {})].map((record) => (record as Connection).endpoint?.id);
    expect(ids).toEqual([expect.stringMatching(/^[\w-]{22}$/), expect.stringMatching(/^[\w-]{22}$/)]);
    expect(new Set(ids).size).toBe(2);
  });

  test('makes a verify token only for a sender whose form asks for it', async () => {
    const tokenOf = async (provider: string) =>
      ((await configured(aLifecycle(provider), {})) as Connection).endpoint?.handshake?.verifyToken;
    expect(await tokenOf('meta')).toMatch(/^[\w-]{22}$/);
    for (const provider of ['github', 'slack', 'generic']) expect(await tokenOf(provider)).toBeUndefined();
  });

  test('needs a scheme if the provider has none that works without further fields', async () => {
    expect(await configured(aLifecycle('paypal'), {})).toMatchObject({ status: 422, code: 'invalid_scheme' });
    expect(await configured(aLifecycle('paypal'), { auth: paypal })).toMatchObject({
      endpoint: { settings: { auth: paypal } },
    });
  });
});

describe('settings are refused', () => {
  test.each([
    { auth: { kind: 'signature', scheme: 'stripe-v0' } },
    { auth: { kind: 'signature', scheme: 'stripe-v0' }, values: grace },
  ])('if the scheme is not one of the provider: %j', async (body) => {
    const refused = { status: 422, code: 'invalid_scheme' };
    expect(await configured(aLifecycle('github'), body)).toMatchObject(refused);
    // Also if the endpoint has another auth already.
    const lifecycle = aLifecycle('github');
    await configured(lifecycle, {});
    expect(await configured(lifecycle, body)).toMatchObject(refused);
  });

  test.each([{ split: true }, { split: true, auth: inQuery, values: grace }])(
    'if the provider has no items to split by: %j',
    async (body) => {
      const lifecycle = await withToken('generic', {}, {});
      const detail = expect.stringMatching(/^The preset of this provider does not say where the items are\./);
      expect(await configured(lifecycle, body)).toEqual({ status: 422, code: 'split_unknown', detail, more: {} });
      expect((await lifecycle.record()).endpoint?.settings).toEqual({});
    },
  );

  test.each<[string, object, object, object]>([
    ['together', {}, { raw: true, split: { items: '/a' } }, {}],
    ['raw after split', { split: { items: '/a' } }, { raw: true }, { split: { items: '/a' } }],
    ['split after raw', { raw: true }, { split: { items: '/a' } }, { raw: true }],
    ['with a new auth', { raw: true }, { split: { items: '/a' }, auth: inQuery, values: grace }, { raw: true }],
  ])('if the bus is to get items and bytes: %s', async (_, before, body, kept) => {
    const lifecycle = await withToken('generic', before, {});
    const message =
      'excludes split: an item has no bytes that the sender signed. Send raw or split, and null for the other';
    const more = { errors: [{ path: 'raw', pointer: '/raw', message }] };
    expect(await configured(lifecycle, body)).toEqual({
      status: 422,
      code: 'raw_with_split',
      detail: `raw ${message}.`,
      more,
    });
    expect((await lifecycle.record()).endpoint?.settings).toEqual(kept);
  });

  test('not if one of raw and split makes room for the other', async () => {
    const lifecycle = await withToken('generic', { raw: true }, {});
    const items = { items: '/a' };
    const settingsAfter = async (body: object) => {
      await configured(lifecycle, body);
      return (await lifecycle.record()).endpoint?.settings;
    };
    expect(await settingsAfter({ raw: null, split: items })).toEqual({ split: items });
    expect(await settingsAfter({ raw: true, split: false })).toEqual({ raw: true, split: false });
  });

  test('not if the provider has items, or if the operator names them', async () => {
    expect(await configured(aLifecycle('sendgrid'), { split: true })).toMatchObject({
      endpoint: { settings: { split: true } },
    });
    expect(await configured(aLifecycle(), { split: { items: '/a' } })).toMatchObject({ provider: 'generic' });
    expect(await configured(aLifecycle(), { split: false })).toMatchObject({ provider: 'generic' });
  });
});

describe('the replay guard of a signature that does not cover the body', () => {
  const conflicts = { dedupe: { by: 'none' }, retentionDays: 2 };
  const errors = [
    {
      path: 'dedupe',
      pointer: '/dedupe',
      message: expect.stringMatching(/^must be the header paypal-transmission-id: /),
    },
    { path: 'retentionDays', pointer: '/retentionDays', message: expect.stringMatching(/^must be at least 5: /) },
  ];

  test('refuses each setting that conflicts with it', async () => {
    const lifecycle = aLifecycle('paypal');
    const both = expect.stringMatching(/^dedupe must be .*\. retentionDays must be .*\.$/);
    const refusal = { status: 422, code: 'replay_guard', detail: both, more: { errors } };
    expect(await configured(lifecycle, { auth: paypal, ...conflicts })).toEqual(refusal);
    await configured(lifecycle, { auth: paypal });
    const [, retention] = errors;
    const detail = expect.stringMatching(/^retentionDays must be /);
    const one = { status: 422, code: 'replay_guard', detail, more: { errors: [retention] } };
    expect(await configured(lifecycle, { retentionDays: 2 })).toEqual(one);
    expect(await configured(lifecycle, { retentionDays: 5 })).toMatchObject({
      endpoint: { settings: { retentionDays: 5 } },
    });
  });

  test('refuses an id that the sender does not sign, unless the change is not about it', async () => {
    const lifecycle = aLifecycle('svix');
    const message = expect.stringMatching(/^must be the header svix-id: .* does not sign the header x-id, /);
    const refusal = { status: 422, code: 'delivery_id_not_signed', detail: expect.stringMatching(/^dedupe must be /) };
    const dedupe = { by: 'header', name: 'x-id' };
    const more = { errors: [{ path: 'dedupe', pointer: '/dedupe', message }] };
    expect(await configured(lifecycle, { dedupe })).toEqual({ ...refusal, more });
    await configured(lifecycle, {});
    await rewrite(lifecycle, withSettings({ dedupe }));
    expect(await configured(lifecycle, { retentionDays: 7 })).toMatchObject({ endpoint: { settings: { dedupe } } });
  });

  test('is checked for the settings that stay, if auth changes', async () => {
    for (const values of [undefined, grace]) {
      const lifecycle = aLifecycle('paypal');
      await configured(lifecycle, { auth: inQuery, ...conflicts });
      expect(await configured(lifecycle, { auth: paypal, ...(values && { values }) })).toMatchObject({
        status: 422,
        code: 'replay_guard',
      });
    }
  });

  test('leaves alone what an earlier release stored, unless the change is about it', async () => {
    const lifecycle = aLifecycle('paypal');
    await configured(lifecycle, { auth: paypal });
    await rewrite(lifecycle, withSettings({ auth: paypal, ...conflicts }));
    expect(await configured(lifecycle, { allowFrom: ['192.0.2.1'] })).toMatchObject({
      endpoint: { settings: conflicts },
    });
    expect(await configured(lifecycle, { dedupe: { by: 'content' } })).toMatchObject({
      status: 422,
      more: { errors: errors.slice(0, 1) },
    });
    expect(await configured(lifecycle, { retentionDays: 3 })).toMatchObject({ more: { errors: errors.slice(1) } });
  });
});

describe('a change of auth without values', () => {
  test('is refused if the live value could not pass under it, and says why', async () => {
    const lifecycle = await withToken('generic', { auth: inQuery }, { value: 'a/fake/token/0123' });
    const detail = expect.stringMatching(
      /^The live value cannot be used with this auth: .*path.* Send values in the same request\./,
    );
    expect(await configured(lifecycle, { auth: inPath })).toEqual({
      status: 422,
      code: 'token_not_usable',
      detail,
      more: {},
    });
    expect((await lifecycle.record()).endpoint?.settings.auth).toEqual(inQuery);
  });

  test('keeps the live value, which then is used under the new auth', async () => {
    const lifecycle = await withToken('github', { auth: inQuery }, { value: 'a-fake-token-0123' });
    const { endpoint: before } = await lifecycle.record();
    expect(await configured(lifecycle, { auth: inPath })).toMatchObject({
      endpoint: { settings: { auth: inPath }, tokens: [{ id: before?.tokens[0]?.id, holds: 'bearer' }] },
    });
  });

  test('remembers a secret that becomes a token, so that it never signs again', async () => {
    const lifecycle = await withToken('github', {}, { value: 'a fake secret 0123' });
    expect((await lifecycle.record()).endpoint).toMatchObject({ tokens: [{ holds: 'secret' }] });
    const changed = (await configured(lifecycle, { auth: inQuery })) as Connection;
    expect(changed.endpoint).toMatchObject({ tokens: [{ holds: 'bearer' }] });
    expect(changed.endpoint?.bearers).toEqual([expect.stringMatching(/^[\w-]{11}$/)]);
    expect(await configured(lifecycle, { auth: { kind: 'signature' } })).toMatchObject({
      status: 422,
      code: 'token_not_usable',
    });
  });

  test('is refused if one of two live values could not pass under it', async () => {
    const lifecycle = await withToken('generic', { auth: inQuery }, { value: 'a/fake/token/0123' });
    await lifecycle.operate(`POST ${endpoint}/token/rotate`, { value: 'a-fake-token-4567', ...grace });
    expect(await configured(lifecycle, { auth: inPath })).toMatchObject({ status: 422, code: 'token_not_usable' });
  });

  test('remembers each of two secrets that become tokens', async () => {
    const lifecycle = await withToken('github', {}, { value: 'a fake secret 0123' });
    await lifecycle.operate(`POST ${endpoint}/token/rotate`, { value: 'a fake secret 4567', ...grace });
    const { endpoint: changed } = (await configured(lifecycle, { auth: inQuery })) as Connection;
    expect(changed?.tokens).toMatchObject([{ holds: 'bearer' }, { holds: 'bearer' }]);
    expect(new Set(changed?.bearers).size).toBe(2);
  });

  test('notes how each live value is used, as the value itself says', async () => {
    const lifecycle = await withToken('github', { auth: { kind: 'both' } }, {});
    await rewrite(lifecycle, ({ endpoint: active, ...record }) => ({
      ...record,
      endpoint: active && { ...active, tokens: active.tokens.map((token) => ({ ...token, holds: 'bearer' as const })) },
    }));
    const both = { ...inPath, kind: 'both' };
    expect(await configured(lifecycle, { auth: both })).toMatchObject({ endpoint: { tokens: [{ holds: 'both' }] } });
  });

  test('does not judge a value that only the earlier auth accepts', async () => {
    const lifecycle = await withToken('github', { auth: inQuery }, { value: 'a/fake/token/0123' });
    const signature = { auth: { kind: 'signature' }, values: { value: 'a fake secret 0123', ...grace } };
    expect(await configured(lifecycle, signature)).toMatchObject({
      endpoint: { tokens: [{}, { under: { auth: inQuery } }] },
    });
    // The earlier token could not be in a path.
    expect(await configured(lifecycle, { auth: inPath })).toMatchObject({ endpoint: { settings: { auth: inPath } } });
  });

  test('is not decided on values that another request has replaced meanwhile', async () => {
    const lifecycle = await withToken('generic', { auth: inQuery }, { value: 'a-fake-token-0123' });
    const { read } = lifecycle.secretStore;
    let reads = 0;
    lifecycle.secretStore.read = async (...version) => {
      reads += 1;
      if (reads === 1)
        await lifecycle.operate(`POST ${endpoint}/token/rotate`, { value: 'a/fake/token/0123', ...grace });
      return read(...version);
    };
    // On the second try it sees the new value, which cannot be in a path.
    expect(await configured(lifecycle, { auth: inPath })).toMatchObject({ status: 422, code: 'token_not_usable' });
    expect((await lifecycle.record()).endpoint?.settings.auth).toEqual(inQuery);
    expect((await lifecycle.record()).endpoint?.tokens).toHaveLength(2);
  });
});

describe('other settings', () => {
  test('are changed without reading the live value', async () => {
    const lifecycle = await withToken('generic', { auth: inQuery }, { value: 'a-fake-token-0123' });
    lifecycle.secretStore.read = async () => {
      throw new Error('no value is read');
    };
    expect(await configured(lifecycle, { retentionDays: 3 })).toMatchObject({
      endpoint: { settings: { retentionDays: 3 } },
    });
    await expect(configured(lifecycle, { auth: inPath })).rejects.toThrow('no value is read');
  });

  test('are not refused for a scheme that this release no longer has', async () => {
    const lifecycle = await withToken('github', {}, { value: 'a fake secret 0123' });
    const gone = { kind: 'signature', scheme: 'github-md5' };
    await rewrite(lifecycle, withSettings({ auth: gone }));
    expect(await configured(lifecycle, { retentionDays: 3 })).toMatchObject({ endpoint: { settings: { auth: gone } } });
  });

  test('also switch to the verification of this release, for the auth of the endpoint', async () => {
    const lifecycle = await withToken('github', { auth: inQuery }, { value: 'a-fake-token-0123' });
    await rewrite(lifecycle, (record) => ({
      ...record,
      endpoint: record.endpoint && { ...record.endpoint, guard: { ...record.endpoint.guard, kind: 'both' } },
    }));
    expect(await configured(lifecycle, { retentionDays: 3 })).toMatchObject({ endpoint: { guard: { kind: 'token' } } });
  });

  test('also switch to the verification of this release, if that is another one', async () => {
    const lifecycle = await withToken('github', {}, { value: 'a fake secret 0123' });
    await rewrite(lifecycle, (record) => ({
      ...record,
      endpoint: record.endpoint && {
        ...record.endpoint,
        guard: { ...record.endpoint.guard, kind: 'both' },
        tokens: record.endpoint.tokens.map((token) => ({ ...token, holds: 'bearer' as const })),
      },
    }));
    // The live value was a token, so it must not sign.
    expect(await configured(lifecycle, { retentionDays: 3 })).toMatchObject({ status: 422, code: 'token_not_usable' });
  });

  test('are decided again if the provider changes meanwhile', async () => {
    const lifecycle = aLifecycle('generic');
    const { readConnection } = lifecycle.store;
    let reads = 0;
    lifecycle.store.readConnection = async (name) => {
      reads += 1;
      if (reads === 2) await rewrite(lifecycle, (record) => ({ ...record, provider: 'github' }));
      return readConnection(name);
    };
    // On the second try it sees the new provider.
    expect(await configured(lifecycle, {})).toMatchObject({
      provider: 'github',
      endpoint: { guard: { kind: 'signature' } },
    });
  });
});

describe('a change of auth with values', () => {
  test('makes the new value live, and the earlier auth stays accepted in the grace', async () => {
    const lifecycle = await withToken('github', { auth: inQuery }, { value: 'a-fake-token-0123' });
    const changed = await configured(lifecycle, {
      auth: { kind: 'signature' },
      retentionDays: 3,
      values: { value: 'a fake secret 0123', ...grace },
    });
    expect(changed).toMatchObject({
      entry: { verb: 'changeAuth' },
      endpoint: {
        settings: { auth: { kind: 'signature' }, retentionDays: 3 },
        tokens: [{ holds: 'secret' }, { under: { auth: inQuery }, expiresAt: '2026-03-01T12:01:00.000Z' }],
      },
    });
  });

  test('needs force while a grace runs', async () => {
    const lifecycle = await withToken('github', { auth: inQuery }, { value: 'a-fake-token-0123' });
    await lifecycle.operate(`POST ${endpoint}/token/rotate`, { value: 'a-fake-token-4567', ...grace });
    const body = { auth: { kind: 'signature' }, values: { value: 'a fake secret 0123', ...grace } };
    expect(await configured(lifecycle, body)).toMatchObject({ status: 409, code: 'rotation_in_progress' });
    const forced = { ...body, values: { ...body.values, force: true } };
    expect(await configured(lifecycle, forced)).toMatchObject({ endpoint: { tokens: [{}, {}] } });
  });

  test('generates the value, unless the sender makes it', async () => {
    const generated = await withToken('github', { auth: inQuery }, {});
    expect(await configured(generated, { auth: { kind: 'signature' }, values: grace })).toMatchObject({
      provider: 'github',
    });
    const sender = await withToken('stripe', { auth: inQuery }, {});
    const signature = { kind: 'signature' };
    expect(await configured(sender, { auth: signature, values: grace })).toMatchObject({
      status: 422,
      code: 'secret_made_by_sender',
    });
    // The same request can say that the sender accepts a secret of the operator.
    const body = { auth: signature, secretFrom: 'operator', values: grace };
    expect(await configured(sender, body)).toMatchObject({ endpoint: { settings: { secretFrom: 'operator' } } });
  });

  test('generates the value if the endpoint has the setting that the operator makes it', async () => {
    const lifecycle = await withToken('stripe', { auth: inQuery, secretFrom: 'operator' }, {});
    const changed = await configured(lifecycle, { auth: { kind: 'signature' }, values: grace });
    expect(changed).toMatchObject({ endpoint: { tokens: [{ holds: 'secret' }, {}] } });
  });

  test('is superseded if the provider changes meanwhile', async () => {
    const lifecycle = await withToken('github', { auth: inQuery }, {});
    const { readConnection } = lifecycle.store;
    let reads = 0;
    lifecycle.store.readConnection = async (name) => {
      reads += 1;
      if (reads === 2) await rewrite(lifecycle, (record) => ({ ...record, provider: 'stripe' }));
      return readConnection(name);
    };
    const body = { auth: { kind: 'signature' }, values: { value: 'a fake secret 0123', ...grace } };
    expect(await configured(lifecycle, body)).toMatchObject({ status: 409, code: 'superseded' });
  });
});
