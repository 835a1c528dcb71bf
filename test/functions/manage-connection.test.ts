import { expect, test } from '@jest/globals';
import { aStateTable } from '../shared/endpoints/endpoint/given-state-table.ts';
import { aDeployment, aStackResource, propertiesOf, type StackOptions, stackId } from './given-stack.ts';

const now = '2026-03-01T12:00:00.000Z';

/** A deployment on an empty table. */
function aWorld(options: StackOptions = {}) {
  const store = aStateTable();
  const resource = aStackResource(store, options);
  const orders = async () => (await store.readConnection('orders')) ?? undefined;
  return { store, orders, ...resource, ...aDeployment(resource) };
}

test('a creation makes an active connection with a token, and answers with its URL', async () => {
  const { deploy, orders } = aWorld();
  const answer = await deploy(
    propertiesOf({ Provider: 'github', Description: 'Shop', Settings: '{"retentionDays":90}' }),
  );
  const record = await orders();
  const { id = '', secret } = record?.endpoint ?? {};
  expect(answer).toEqual({
    Status: 'SUCCESS',
    PhysicalResourceId: record?.id,
    StackId: stackId,
    RequestId: expect.stringMatching(/^request-/),
    LogicalResourceId: 'Orders',
    Data: { Url: `https://hooks.example.com/hooks/orders/${id}`, TokenSecretArn: secret },
  });
  expect(record).toMatchObject({
    name: 'orders',
    provider: 'github',
    description: 'Shop',
    createdAt: now,
    managedBy: { kind: 'stack', stackId, logicalId: 'Orders' },
    updatedBy: `cfn:${stackId}`,
    endpoint: { status: 'active', settings: { retentionDays: 90 }, tokens: [{ createdBy: `cfn:${stackId}` }] },
  });
});

test('the id of a connection is a UUID made of the stack, the resource and the request', async () => {
  const { invoke, eventOf, orders } = aWorld();
  const answer = await invoke({ ...eventOf('Create', propertiesOf()), RequestId: 'request-a' });
  // openssl dgst -sha256 of `["<the ARN of the stack>","Orders","request-a"]`, with the marks of a UUID of version 8.
  expect(answer.PhysicalResourceId).toBe('e0381ca1-6172-81b7-897e-c7d66c7ccee5');
  expect((await orders())?.id).toBe('e0381ca1-6172-81b7-897e-c7d66c7ccee5');
});

test('a creation that is sent twice makes one connection with one token', async () => {
  const { invoke, eventOf, orders, values } = aWorld();
  const event = eventOf('Create', propertiesOf());
  const first = await invoke(event);
  const record = await orders();
  expect(await invoke(event)).toEqual(first);
  expect(await orders()).toEqual(record);
  expect(values.size).toBe(1);
});

const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:source-AbCdEf';
const otherArn = `${arn}-2`;
const value = 'a-secret-that-the-sender-shows';

/** The token values of the record, the current one first. */
async function liveValues({ orders, values }: ReturnType<typeof aWorld>) {
  const { secret, tokens = [] } = (await orders())?.endpoint ?? {};
  return tokens.map(({ id }) => values.get(`${secret} ${id}`)?.token);
}

test('a setting changes, and the URL, the token and the physical id stay', async () => {
  const world = aWorld();
  const first = await world.deploy(propertiesOf());
  const tokens = await liveValues(world);
  const second = await world.deploy(propertiesOf({ Settings: '{"allowFrom":["192.0.2.0/24"]}' }));
  expect(second).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: first?.PhysicalResourceId, Data: first?.Data });
  expect((await world.orders())?.endpoint?.settings).toEqual({ allowFrom: ['192.0.2.0/24'] });
  expect(await liveValues(world)).toEqual(tokens);
});

test('an inactive connection has its URL before its first activation', async () => {
  const { deploy } = aWorld();
  const first = await deploy(propertiesOf({ Status: 'inactive' }));
  expect(first?.Data?.Url).toMatch(/^https:\/\/hooks\.example\.com\/hooks\/orders\/[\w-]{22}$/);
  expect((await deploy(propertiesOf()))?.Data).toEqual(first?.Data);
});

test('the value of another secret is adopted, and the next secret replaces it with a grace', async () => {
  const world = aWorld({ sources: { [arn]: value, [otherArn]: `${value}-2` } });
  const first = await world.deploy(propertiesOf({ Token: arn }));
  expect(await liveValues(world)).toEqual([value]);
  const second = await world.deploy(propertiesOf({ Token: otherArn }));
  expect(await liveValues(world)).toEqual([`${value}-2`, value]);
  expect(second?.Data?.TokenSecretArn).toBe(first?.Data?.TokenSecretArn);
});

test('a rollback returns to the earlier secret while its grace runs', async () => {
  const world = aWorld({ sources: { [arn]: value, [otherArn]: `${value}-2` } });
  await world.deploy(propertiesOf({ Token: arn }));
  await world.deploy(propertiesOf({ Token: otherArn }), true);
  expect(await liveValues(world)).toEqual([value, `${value}-2`]);
});

test('with auth.kind both, the secret has the values as JSON', async () => {
  const signingSecret = 'another-secret-of-the-sender';
  const auth = { kind: 'both', accept: [{ in: 'query', name: 'key' }], scheme: 'github' };
  const properties = propertiesOf({ Provider: 'github', Settings: JSON.stringify({ auth }), Token: arn });
  const world = aWorld({ sources: { [arn]: JSON.stringify({ value, signingSecret }) } });
  expect(await world.deploy(properties)).toMatchObject({ Status: 'SUCCESS' });
  expect([...world.values.values()]).toEqual([{ token: value, signingSecret }]);
  const text = aWorld({ sources: { [arn]: value } });
  expect(await text.deploy(properties)).toMatchObject({
    Status: 'FAILED',
    Reason: 'With auth.kind both, the secret must be a JSON object with value, signingSecret or both of them.',
  });
});

test('a new auth comes at once with a value that fits it', async () => {
  const signature = JSON.stringify({ auth: { kind: 'signature', scheme: 'github' } });
  const world = aWorld({ sources: { [arn]: value } });
  await world.deploy(propertiesOf({ Provider: 'github', Settings: '{"auth":{"kind":"token"}}' }));
  const [generated] = await liveValues(world);
  const alone = await world.deploy(propertiesOf({ Provider: 'github', Settings: signature }));
  expect(alone).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('cannot be used with this auth') });
  const both = await world.deploy(propertiesOf({ Provider: 'github', Settings: signature, Token: arn }));
  expect(both).toMatchObject({ Status: 'SUCCESS' });
  expect(await liveValues(world)).toEqual([value, generated]);
});

test('a creation for a name that exists fails, and its rollback leaves the existing one as it is', async () => {
  const { store, orders, deploy, deployed } = aWorld();
  const other = aDeployment(aStackResource(store, { logicalId: 'Other' }));
  await other.deploy(propertiesOf());
  const record = await orders();
  const answer = await deploy(propertiesOf({ Settings: '{"retentionDays":1}' }));
  expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('set adopt to true') });
  expect(answer).not.toMatchObject({ PhysicalResourceId: record?.id });
  expect(await orders()).toEqual(record);
  expect(deployed()).toBeUndefined();
});

test.each([
  [{ Status: 'on' }, 'Status in the properties must be one of "active", "inactive"'],
  [{ Name: 'Orders!' }, 'Name in the properties must be 2 to'],
  [{ Settings: '{"retentionDays":0}' }, 'retentionDays in the settings'],
  [{ Settings: '{"retention":1}' }, 'settings'],
  [{ Settings: '{' }, 'settings'],
  [{ Token: 'my-secret' }, 'Token in the properties must be generate, or the complete ARN of a secret'],
])('properties with %j are refused, and their rollback succeeds', async (wrong, reason) => {
  const world = aWorld();
  expect(await world.deploy(propertiesOf(wrong))).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringContaining(reason),
  });
  expect(JSON.parse(world.puts.at(-1)?.body ?? '')).toMatchObject({ Status: 'SUCCESS' });
  await world.deploy(propertiesOf());
  const record = await world.orders();
  await world.deploy(propertiesOf(wrong));
  expect(await world.orders()).toEqual(record);
});

test('an adopted connection keeps its URL and its token, and stays when the resource is removed', async () => {
  const { store, orders, deploy, removeResource } = aWorld();
  const other = aDeployment(aStackResource(store, { logicalId: 'Other' }));
  await other.deploy(propertiesOf());
  const before = await orders();
  await deploy(propertiesOf({ Adopt: 'true', Settings: '{"retentionDays":1}' }));
  const managedBy = { kind: 'stack' as const, stackId, logicalId: 'Orders', adopted: true };
  expect(await orders()).toMatchObject({ id: before?.id, managedBy, entry: { verb: 'adopt' } });
  await removeResource();
  const after = await orders();
  expect(after).not.toHaveProperty('managedBy');
  expect(after?.entry).toMatchObject({ verb: 'detach', by: `cfn:${stackId}`, from: 'active', to: 'active' });
  expect(after?.endpoint).toEqual({ ...before?.endpoint, settings: { retentionDays: 1 } });
});

test('a new name makes a new connection, and removes the old one', async () => {
  const { store, deploy, orders } = aWorld();
  const first = await deploy(propertiesOf({ Name: 'earlier' }));
  const second = await deploy(propertiesOf());
  expect(second?.PhysicalResourceId).toBe((await orders())?.id);
  expect(second?.PhysicalResourceId).not.toBe(first?.PhysicalResourceId);
  expect(await store.readConnection('earlier')).toBeUndefined();
});

test('a replacement that fails leaves nothing under the new name', async () => {
  const { store, deploy, orders } = aWorld();
  await deploy(propertiesOf());
  const record = await orders();
  // Stripe makes the secret itself, so the last step of the replacement fails.
  const answer = await deploy(propertiesOf({ Name: 'later', Provider: 'stripe' }));
  expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: record?.id });
  expect(await store.readConnection('later')).toBeUndefined();
  expect(await orders()).toEqual(record);
});

test('a held connection is not deleted', async () => {
  const { store, deploy, orders, removeResource } = aWorld();
  await deploy(propertiesOf());
  const record = await orders();
  if (!record?.endpoint) throw new Error('there is no endpoint');
  const hold = { id: 'h1', since: now };
  const held = { ...record, version: record.version + 1, endpoint: { ...record.endpoint, hold } };
  await store.replaceConnection(held, 'r1');
  expect(await removeResource()).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringContaining('First release it'),
  });
  expect(await orders()).toEqual(held);
});

test('an answer is sent without a content type, again if that fails, and never forever', async () => {
  const statuses = [500, 403, 200];
  const world = aWorld({ putStatus: () => statuses.shift() ?? 200 });
  await world.deploy(propertiesOf());
  expect(world.puts.map(({ method, contentType }) => [method, contentType])).toEqual(Array(3).fill(['PUT', '']));
  const { invoke, eventOf } = aWorld({ putStatus: () => 500 });
  await expect(invoke(eventOf('Create', propertiesOf()))).rejects.toThrow('CloudFormation could not be answered');
});

test('no log, no answer and no error has the URL, the event or a secret', async () => {
  const world = aWorld({ sources: { [arn]: value } });
  await world.deploy(propertiesOf({ Token: arn }));
  await world.deploy(propertiesOf({ Token: arn, Settings: '{"retentionDays":1}' }));
  await world.removeResource();
  const bodies = world.puts.map(({ body }) => body);
  expect(bodies).toHaveLength(3);
  expect(world.lines).toHaveLength(3);
  const said = JSON.stringify([world.lines, bodies]);
  expect(said).toContain('connection_managed');
  for (const secret of ['cloudformation.example.com', 'signed-by-aws', value, arn]) expect(said).not.toContain(secret);
  await expect(world.invoke({ RequestType: 'Create', ResponseURL: value })).rejects.toThrow(
    /^the event is no request for a custom resource$/,
  );
});
