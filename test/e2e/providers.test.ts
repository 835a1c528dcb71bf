import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { providerIds } from '../../shared/endpoints/provider/presets.ts';
import { filled } from '../support/filled.ts';
import { aFlowDesigner, aName, aSharedRuntime, ok, type World } from '../support/given.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime({ streams: false });
});
afterAll(() => world.end());

describe('the providers', () => {
  test('are listed with their main properties, and a flow designer can read the list', async () => {
    const token = await aFlowDesigner(world);
    const answer = await world.api('GET', '/v1/providers', undefined, { token });
    const { items } = answer.json() as unknown as { items: Record<string, unknown>[] };
    expect(answer.status).toBe(200);
    expect(items.map(({ id }) => id)).toEqual(providerIds);
    expect(items).toContainEqual({
      id: 'stripe',
      name: 'Stripe',
      docs: 'https://docs.stripe.com/webhooks/signature',
      kind: 'signature',
      coversBody: true,
      secretFrom: 'sender',
      confidence: 'stated',
    });
  });

  test('are read one by one with all properties', async () => {
    expect(await ok(world, 'GET', '/v1/providers/github')).toMatchObject({
      id: 'github',
      name: 'GitHub',
      secret: expect.stringContaining('Secret'),
      deadlineSeconds: 10,
      kind: 'signature',
      coversBody: true,
      secretFrom: 'operator',
      scheme: { kind: 'hmac', signatures: [{ in: 'header', name: 'x-hub-signature-256', prefix: 'sha256=' }] },
      older: ['github-sha1'],
      dedupe: { by: 'header', name: 'x-github-delivery' },
      type: [{ in: 'header', name: 'x-github-event' }],
    });
    expect(await ok(world, 'GET', '/v1/providers/mailgun')).toMatchObject({
      kind: 'both',
      coversBody: false,
      accept: [{ in: 'query', name: 'token' }, { in: 'path' }],
    });
    expect(await ok(world, 'GET', '/v1/providers/notion')).toMatchObject({
      secretFrom: 'handshake',
      handshakes: [{ method: 'POST', when: [{ in: 'body', path: '/verification_token' }], proof: 'window' }],
    });
    const generic = await ok(world, 'GET', '/v1/providers/generic');
    expect(generic).toMatchObject({ kind: 'token', older: [] });
    expect(generic).not.toHaveProperty('coversBody');
  });

  test('can each be read by the id in the list', async () => {
    const { items } = (await ok(world, 'GET', '/v1/providers')) as { items: { id: string }[] };
    for (const item of filled(items)) expect(await ok(world, 'GET', `/v1/providers/${item.id}`)).toMatchObject(item);
  });

  test.each(['unheard-of', 'constructor', '__proto__', 'git%00hub'])('do not include %s', async (id) => {
    const answer = await world.api('GET', `/v1/providers/${id}`);
    expect(answer.status).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'provider_not_found' });
  });
});

describe('another name of a provider', () => {
  test('is accepted in any case', async () => {
    expect(await ok(world, 'GET', '/v1/providers/GitHub')).toMatchObject({
      id: 'github',
      contentType: 'Choose application/json as the content type.',
    });
    expect(await ok(world, 'GET', '/v1/providers/twitter')).toMatchObject({ id: 'x' });
  });

  test("is replaced by the provider's id in the record of a connection", async () => {
    const name = aName();
    expect(await ok(world, 'POST', '/v1/connections', { name, provider: 'HelloSign' })).toMatchObject({
      provider: 'dropbox-sign',
    });
    const changed = await ok(world, 'PATCH', `/v1/connections/${name}`, { provider: 'WhatsApp' });
    expect(changed).toMatchObject({ provider: 'meta' });
    expect(await ok(world, 'GET', `/v1/connections/${name}`)).toMatchObject({ provider: 'meta' });
  });

  test('is suggested if a similar name was sent', async () => {
    const read = await world.api('GET', '/v1/providers/gitub');
    expect([read.status, read.json()['detail']]).toEqual([404, expect.stringContaining('Did you mean github?')]);
    const opened = await world.api('POST', '/v1/connections', { name: aName(), provider: 'gitub' });
    expect([opened.status, opened.json()['detail']]).toEqual([422, expect.stringContaining('did you mean "github"?')]);
  });
});

describe('the provider of a connection', () => {
  test('can be any provider of the list', async () => {
    const name = aName();
    expect(await ok(world, 'POST', '/v1/connections', { name, provider: 'azure-devops' })).toMatchObject({
      provider: 'azure-devops',
    });
    expect(await ok(world, 'PATCH', `/v1/connections/${name}`, { provider: 'svix' })).toMatchObject({
      provider: 'svix',
    });
  });

  test.each(['unheard-of', 'constructor', '__proto__', ''])("can't be %j", async (provider) => {
    const answer = await world.api('POST', '/v1/connections', { name: aName(), provider });
    expect(answer.status).toBe(422);
    const problem = answer.json();
    expect(problem).toMatchObject({ code: 'invalid_request', errors: [{ path: 'provider' }] });
    expect(problem.detail).toContain('GET /v1/providers lists them');
  });
});
