/**
 * A record that another version of the software wrote, for example before a downgrade. The part of the record that the
 * authorizer reads does not match what this version derives from the provider and the settings.
 */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ProviderId, presets } from '../../shared/endpoints/provider/presets.ts';
import type { Scheme } from '../../shared/endpoints/signature/scheme.ts';
import { sign } from '../../shared/endpoints/signature/signing.ts';
import { aName, aSharedRuntime, deliver, ok, tableOf, type World } from '../support/given.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime({ streams: false });
});
afterAll(() => world.end());

const token = 'the-token-of-the-sender';
const secret = 'the-secret-of-the-sender';

interface Given {
  path: string;
  url: string;
}

/** An active endpoint of one provider. */
async function given(provider: ProviderId, settings: object, value: object): Promise<Given> {
  const name = aName();
  const path = `/v1/connections/${name}`;
  await ok(world, 'POST', '/v1/connections', { name, provider });
  await ok(world, 'PUT', `${path}/endpoint`, settings);
  await ok(world, 'POST', `${path}/endpoint/token`, value);
  const { endpoint } = await ok(world, 'POST', `${path}/endpoint/activate`);
  return { path, url: (endpoint as { url: string }).url };
}

/** Changes the record's provider, but not the part that the authorizer reads. */
async function becomes({ path }: Given, provider: string): Promise<void> {
  const TableName = tableOf(world.runtime, 'State');
  const Key = { pk: { S: `connection#${path.split('/').at(-1)}` } };
  const { Item } = await world.dynamodb.send(new GetItemCommand({ TableName, Key }));
  const record = JSON.stringify({ ...JSON.parse(Item?.['record']?.S ?? ''), provider });
  await world.dynamodb.send(new PutItemCommand({ TableName, Item: { ...Item, record: { S: record } } }));
}

const eventsOf = async ({ path }: Given) => (await ok(world, 'GET', `${path}/events`))['items'] as { id: string }[];

const json = { 'content-type': 'application/json' };

function signedBy(provider: ProviderId, url: string): Record<string, string> {
  const { scheme } = presets[provider] as { scheme: Scheme };
  const request = { method: 'POST', url, headers: json, body: Buffer.from('{}'), now: new Date() };
  return sign(scheme, secret, request)?.headers as Record<string, string>;
}

/** A provider that only a later version knows. */
const unheardOf = 'sender-of-a-later-version';

describe('a delivery is answered 500 if the record no longer requires what the authorizer required', () => {
  test('a token and a signature before, only a token now', async () => {
    const endpoint = await given('monday', {}, { value: token, signingSecret: secret });
    await becomes(endpoint, unheardOf);
    expect((await deliver(`${endpoint.url}?token=${token}`, { headers: json, body: '{}' })).status).toBe(500);
    expect(await eventsOf(endpoint)).toEqual([]);
  });

  test('a signature before, a token now', async () => {
    const endpoint = await given('github', {}, { value: secret });
    await becomes(endpoint, unheardOf);
    const headers = signedBy('github', endpoint.url);
    expect((await deliver(endpoint.url, { headers, body: '{}' })).status).toBe(500);
    await becomes(endpoint, 'github');
    expect((await deliver(endpoint.url, { headers, body: '{}' })).status).toBe(202);
  });

  test('a token before, a signature now', async () => {
    const endpoint = await given('generic', {}, { value: token });
    await becomes(endpoint, 'github');
    const sent = { headers: { authorization: `Bearer ${token}` }, body: '{}' };
    expect((await deliver(endpoint.url, sent)).status).toBe(500);
    expect(await eventsOf(endpoint)).toEqual([]);
  });
});

test('the stored event has no token, even if only the authorizer knew where the token was', async () => {
  const endpoint = await given('telegram', {}, { value: token });
  await becomes(endpoint, unheardOf);
  const headers = { ...json, 'x-telegram-bot-api-secret-token': token };
  const { status, json: answer } = await deliver(endpoint.url, { headers, body: '{}' });
  expect(status).toBe(202);
  const event = await ok(world, 'GET', `${endpoint.path}/events/${answer()['id']}`);
  expect(JSON.stringify(event)).toContain('REDACTED');
  expect(JSON.stringify(event)).not.toContain(token);
});
