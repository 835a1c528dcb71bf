/** Destinations and routes as resources of a stack: what its requests make, and what they refuse. */
import { describe, expect, test } from '@jest/globals';
import { type Destination, isFinished } from '../../shared/deliveries/destination/destination.ts';
import { deleteDestination } from '../../shared/operators/operation/delete-destination.ts';
import { revealSigningSecret } from '../../shared/operators/operation/destination-signing-secret.ts';
import { pauseDestination } from '../../shared/operators/operation/pause-destination.ts';
import { aStateTable } from '../shared/endpoints/endpoint/given-state-table.ts';
import {
  aDeployment,
  aRoutingState,
  aStackResource,
  destinationPropertiesOf,
  propertiesOf,
  type StackOptions,
  stackId,
} from './given-stack.ts';

const now = '2026-03-01T12:00:00.000Z';
const arnOf = (name: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-AbCdEf`;
const signing = (byte: number) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`;
const sources = {
  [arnOf('url')]: 'https://chat.example.com/T1/secret-path',
  [arnOf('partner')]: '{"token":"a bearer token","key":"a secret key"}',
  [arnOf('signing-1')]: signing(1),
  [arnOf('signing-2')]: signing(2),
  [arnOf('empty')]: '{}',
};
const bearer = { kind: 'bearer', token: { fromSecret: arnOf('partner'), field: 'token' } };

/** A stack with the destination `shop`, on an empty table. */
function aWorld(options: StackOptions = {}) {
  const store = aStateTable();
  const routing = aRoutingState();
  const common = { routing, sources, ...options };
  const resource = aStackResource(store, { ...common, type: 'Custom::HooklatchDestination', logicalId: 'Shop' });
  const record = async (name = 'shop'): Promise<Destination> => {
    const found = await routing.destinations.read(name);
    if (isFinished(found)) return found;
    throw new Error(`there is no destination ${name}`);
  };
  const value = async () => {
    const { secret, valueId } = await record();
    return routing.store.read(secret, valueId);
  };
  const operator = {
    context: { actor: { id: 'op_1', role: 'connection_admin' }, requestId: 'operator-1', now: new Date(now) } as const,
    ports: { ...routing, destinationSecrets: routing.store, store, log: () => undefined },
  };
  const connection = aStackResource(store, common);
  return {
    ...{ store, routing, record, value, operator },
    ...resource,
    ...aDeployment(resource),
    connection: { ...connection, ...aDeployment(connection) },
  };
}

describe('a creation', () => {
  test('makes a destination with a signing secret, and answers with the id and the secret', async () => {
    const { deploy, record, value } = aWorld();
    const answer = await deploy(destinationPropertiesOf({ description: 'Shop', rate: { perSecond: 5 } }));
    const made = await record();
    expect(answer).toEqual({
      Status: 'SUCCESS',
      PhysicalResourceId: made.id,
      StackId: stackId,
      RequestId: expect.stringMatching(/^request-/),
      LogicalResourceId: 'Shop',
      Data: { SecretArn: made.secret },
    });
    expect(made).toMatchObject({
      id: expect.stringMatching(/^dst_[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/),
      ...{ name: 'shop', description: 'Shop', origin: 'https://shop.example.com', method: 'POST' },
      ...{ timeoutSeconds: 15, giveUpAfterHours: 72, rate: { perSecond: 5 }, status: 'active', authKind: 'none' },
      managedBy: { kind: 'stack', stackId, logicalId: 'Shop' },
      createdAt: now,
      updatedBy: `cfn:${stackId}`,
    });
    expect(await value()).toEqual({
      url: 'https://shop.example.com/in',
      headers: {},
      auth: { kind: 'none' },
      signingSecret: expect.stringMatching(/^whsec_[\w+/]{43}=$/),
    });
  });

  test('that is sent twice makes one destination with one secret', async () => {
    const { invoke, eventOf, record, routing } = aWorld();
    const event = eventOf('Create', destinationPropertiesOf());
    const first = await invoke(event);
    const made = await record();
    expect(await invoke(event)).toEqual(first);
    expect(await record()).toEqual(made);
    expect(routing.secrets.size).toBe(1);
  });

  test('that crashed before its end is finished by its repetition', async () => {
    const { invoke, eventOf, routing, record, waits } = aWorld();
    routing.destinations.meanwhile.push(
      () => undefined,
      () => {
        throw Object.assign(new Error('throttled'), { name: 'ThrottlingException' });
      },
    );
    const answer = await invoke(eventOf('Create', destinationPropertiesOf()));
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: (await record()).id });
    expect(waits).toEqual([1_000]);
  });

  test('takes texts from secrets, and reads each secret once', async () => {
    let reads = 0;
    const { deploy, value } = aWorld({
      onRead: () => {
        reads += 1;
      },
    });
    const headers = { 'x-team': 'shop', 'x-key': { fromSecret: arnOf('partner'), field: 'key' } };
    const url = { fromSecret: arnOf('url') };
    await deploy(
      destinationPropertiesOf({ url, headers, auth: bearer, signingSecret: { fromSecret: arnOf('signing-1') } }),
    );
    expect(await value()).toEqual({
      url: 'https://chat.example.com/T1/secret-path',
      headers: { 'x-team': 'shop', 'x-key': 'a secret key' },
      auth: { kind: 'bearer', token: 'a bearer token' },
      signingSecret: signing(1),
    });
    expect(reads).toBe(3);
  });

  test('for a name that exists fails, and its rollback leaves the existing one as it is', async () => {
    const { store, routing, deploy, record, deployed } = aWorld();
    const type = 'Custom::HooklatchDestination';
    await aDeployment(aStackResource(store, { type, routing, logicalId: 'Other' })).deploy(destinationPropertiesOf());
    const other = await record();
    const answer = await deploy(destinationPropertiesOf({ timeoutSeconds: 5 }));
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('set adopt to true') });
    expect(await record()).toEqual(other);
    expect(deployed()).toBeUndefined();
  });
});

test.each<[object, Record<string, unknown>, string]>([
  [{}, { Name: 'Shop!' }, 'Name in the properties must be 2 to 48 characters'],
  [{}, { Settings: '[]' }, 'Settings in the properties must be a JSON object.'],
  [{}, { Settings: '{' }, 'Settings in the properties must be a JSON object.'],
  [{ timeoutSeconds: 31 }, {}, 'timeoutSeconds in the settings must be at most 30.'],
  [{ speed: 1 }, {}, 'speed'],
  [{ url: 'https://a:b@example.com/' }, {}, 'url in the settings must have no user name or password.'],
  [{ url: 'http://shop.example.com/' }, {}, 'url cannot be used: the URL does not begin with https://.'],
  [
    { auth: { kind: 'bearer', token: 'in plain text' } },
    {},
    'auth.token in the settings must be the reference to a secret: a template is no place for its value.',
  ],
  [
    { signingSecret: signing(1) },
    {},
    'signingSecret in the settings must be the reference to a secret: a template is no place for its value.',
  ],
  [
    { auth: { kind: 'bearer', token: { fromSecret: arnOf('empty'), field: 'token' } } },
    {},
    `The secret ${arnOf('empty')} is no JSON object with a text in the field token.`,
  ],
  [
    { signingSecret: { fromSecret: arnOf('url') } },
    {},
    'signingSecret in the settings must be whsec_ and 24 to 64 bytes in padded base64.',
  ],
])(
  'settings with %j and properties with %j are refused, and their rollback succeeds',
  async (settings, more, reason) => {
    const { deploy, puts, record } = aWorld();
    const wrong = destinationPropertiesOf(settings, more);
    expect(await deploy(wrong)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(reason) });
    expect(JSON.parse(puts.at(-1)?.body ?? '')).toMatchObject({ Status: 'SUCCESS' });
    await deploy(destinationPropertiesOf());
    const made = await record();
    expect(await deploy(wrong)).toMatchObject({ Status: 'FAILED' });
    expect(await record()).toEqual({ ...made });
  },
);

describe('an update', () => {
  test('changes what differs, puts defaults back, and leaves a pause of an operator', async () => {
    const { deploy, record, value, operator } = aWorld();
    await deploy(
      destinationPropertiesOf({
        timeoutSeconds: 5,
        concurrency: 3,
        auth: bearer,
        method: 'PUT',
        schedule: [300],
        retryOn: ['5xx'],
        forwardHeaders: ['x-a'],
      }),
    );
    await pauseDestination({ name: 'shop' }, operator.context, operator.ports);
    await deploy(destinationPropertiesOf({ method: 'PUT', giveUpAfterHours: 24 }));
    const changed = await record();
    expect(changed).toMatchObject({
      ...{ method: 'PUT', timeoutSeconds: 15, giveUpAfterHours: 24, authKind: 'none', status: 'paused' },
      entry: {
        verb: 'edit',
        settings: [
          'auth',
          'concurrency',
          'forwardHeaders',
          'giveUpAfterHours',
          'retryOn',
          'schedule',
          'timeoutSeconds',
        ],
      },
    });
    expect([changed.concurrency, changed.schedule, changed.retryOn]).toEqual([undefined, undefined, undefined]);
    expect(changed.forwardHeaders).toBeUndefined();
    expect(await value()).toMatchObject({ auth: { kind: 'none' } });
  });

  test('that is sent twice changes the record once', async () => {
    const { deploy, invoke, eventOf, record } = aWorld();
    const made = await deploy(destinationPropertiesOf());
    const old = { PhysicalResourceId: made?.PhysicalResourceId, OldResourceProperties: destinationPropertiesOf() };
    const update = eventOf('Update', destinationPropertiesOf({ timeoutSeconds: 5, auth: bearer }), old);
    await invoke(update);
    const changed = await record();
    expect(await invoke(update)).toMatchObject({ Status: 'SUCCESS' });
    expect(await record()).toEqual(changed);
  });

  test('of a destination that an operator deleted fails, and says what to do', async () => {
    const { deploy, operator } = aWorld();
    await deploy(destinationPropertiesOf());
    await deleteDestination({ name: 'shop', force: false }, operator.context, operator.ports);
    await expect(deploy(destinationPropertiesOf({ timeoutSeconds: 5 }))).rejects.toThrow(
      'The destination shop was deleted outside of this stack. Remove this resource from the template.',
    );
  });

  test('replaces the signing secret with a grace, and a rollback returns to the one before', async () => {
    const { deploy, operator } = aWorld();
    const of = (name: string) => destinationPropertiesOf({ signingSecret: { fromSecret: arnOf(name) } });
    const secrets = async () => {
      const { secret, previous } = await revealSigningSecret({ name: 'shop' }, operator.context, operator.ports);
      return [secret, previous?.secret];
    };
    await deploy(of('signing-1'));
    expect(await secrets()).toEqual([signing(1), undefined]);
    await deploy(of('signing-2'), true);
    expect(await secrets()).toEqual([signing(1), signing(2)]);
    await deploy(destinationPropertiesOf());
    expect(await secrets()).toEqual([signing(1), signing(2)]);
  });

  test('to another name that fails leaves nothing under it', async () => {
    const { deploy, record, routing } = aWorld();
    await deploy(destinationPropertiesOf());
    const made = await record();
    const later = destinationPropertiesOf({ url: 'http://shop.example.com/' }, { Name: 'later' });
    expect(await deploy(later)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: made.id });
    expect(isFinished(await routing.destinations.read('later'))).toBe(false);
    expect(await record()).toEqual(made);
  });
});

test('an adopted destination keeps its id and its signing secret, and stays when the resource is removed', async () => {
  const { store, routing, deploy, removeResource, record, value } = aWorld();
  const type = 'Custom::HooklatchDestination';
  const settings = { method: 'PUT', timeoutSeconds: 5 };
  await aDeployment(aStackResource(store, { type, routing, logicalId: 'Other' })).deploy(
    destinationPropertiesOf(settings),
  );
  const [before, secrets] = [await record(), await value()];
  await deploy(destinationPropertiesOf({ timeoutSeconds: 9 }, { Adopt: 'true' }));
  const managedBy = { kind: 'stack' as const, stackId, logicalId: 'Shop', adopted: true };
  expect(await record()).toMatchObject({ id: before.id, method: 'PUT', timeoutSeconds: 9, managedBy });
  await removeResource();
  const after = await record();
  expect(after.managedBy).toBeUndefined();
  expect(after.entry).toEqual({ verb: 'detach', by: `cfn:${stackId}`, at: now });
  expect(await value()).toEqual(secrets);
});

test('no log, no answer and no record has a secret', async () => {
  const { deploy, removeResource, lines, puts, record } = aWorld();
  const url = { fromSecret: arnOf('url') };
  await deploy(destinationPropertiesOf({ url, auth: bearer }));
  const records = [await record()];
  await deploy(destinationPropertiesOf({ url, auth: bearer, timeoutSeconds: 5 }));
  records.push(await record());
  await removeResource();
  expect(lines).toEqual(
    ['Create', 'Update', 'Delete'].map((kind) => ({
      level: 'info',
      outcome: 'destination_managed',
      ...{ kind, requestId: expect.stringMatching(/^request-/), destination: 'shop' },
    })),
  );
  const said = JSON.stringify([lines, puts.map(({ body }) => body), records]);
  expect(said).toContain('https://chat.example.com');
  for (const secret of ['secret-path', 'a bearer token']) expect(said).not.toContain(secret);
});

describe('routes', () => {
  const routesTo = (...names: string[]) =>
    JSON.stringify({ mode: 'first', rules: names.map((to, at) => ({ id: `rule-${at}`, when: { type: [to] }, to })) });

  test('are set before the endpoint is opened, and an update replaces them whole', async () => {
    const { deploy, connection, store, routing } = aWorld();
    await deploy(destinationPropertiesOf());
    await connection.deploy(propertiesOf({ Routes: routesTo('shop', 'shop') }));
    const rulesOf = async () => {
      const { routes = '' } = (await store.readConnection('orders')) ?? {};
      return (await routing.readRoutes(routes))?.rules.map(({ id, to }) => [id, to.name]);
    };
    expect(await rulesOf()).toEqual([
      ['rule-0', 'shop'],
      ['rule-1', 'shop'],
    ]);
    expect((await store.readConnection('orders'))?.entry.verb).toBe('activate');
    await connection.deploy(propertiesOf({ Routes: routesTo('shop') }));
    expect(await rulesOf()).toEqual([['rule-0', 'shop']]);
    const record = await store.readConnection('orders');
    expect(record?.entry).toMatchObject({ verb: 'setRoutes', by: `cfn:${stackId}`, rules: { removed: ['rule-1'] } });
    await connection.deploy(propertiesOf());
    expect(await store.readConnection('orders')).not.toHaveProperty('routes');
  });

  test('are set again when their destination is another one of the same name', async () => {
    const { store, routing, deploy, removeResource, connection, operator } = aWorld();
    const first = await deploy(destinationPropertiesOf());
    const routes = { Routes: routesTo('shop') };
    await connection.deploy(propertiesOf({ ...routes, RouteDestinations: [first?.PhysicalResourceId] }));
    await deleteDestination({ name: 'shop', force: true }, operator.context, operator.ports);
    await removeResource();
    const second = await deploy(destinationPropertiesOf());
    await connection.deploy(propertiesOf({ ...routes, RouteDestinations: [second?.PhysicalResourceId] }));
    const { routes: version = '' } = (await store.readConnection('orders')) ?? {};
    expect((await routing.readRoutes(version))?.rules[0]?.to.id).toBe(second?.PhysicalResourceId);
  });

  test('keep their destination: it goes after them', async () => {
    const { deploy, removeResource, connection, record, routing } = aWorld();
    await deploy(destinationPropertiesOf());
    await connection.deploy(propertiesOf({ Routes: routesTo('shop') }));
    expect(await removeResource()).toMatchObject({
      Status: 'FAILED',
      Reason: 'Routes lead to this destination: those of orders. Change them first, or delete it with force.',
    });
    expect((await record()).name).toBe('shop');
    await connection.removeResource();
    expect(await removeResource()).toMatchObject({ Status: 'SUCCESS' });
    expect(await routing.destinations.read('shop')).toBeUndefined();
  });

  test('that an earlier version took with a field that no event has are replaced, and a rollback returns to them', async () => {
    const { deploy, connection, store, routing } = aWorld();
    await deploy(destinationPropertiesOf());
    const routes = (field: string) => ({
      Routes: JSON.stringify({ rules: [{ id: 'a', when: { [field]: ['x'] }, to: 'shop' }] }),
    });
    const now = async () => {
      const { routes: version = '', description } = (await store.readConnection('orders')) ?? {};
      return [(await routing.readRoutes(version))?.rules[0]?.when, description];
    };
    await connection.deploy(propertiesOf({ ...routes('typo'), Description: 'one' }));
    expect(await connection.deploy(propertiesOf({ ...routes('type'), Description: 'two' }))).toMatchObject({
      Status: 'SUCCESS',
    });
    expect(await now()).toEqual([{ type: ['x'] }, 'two']);
    await connection.deploy(propertiesOf({ ...routes('typo'), Description: 'one' }));
    expect(await now()).toEqual([{ typo: ['x'] }, 'one']);
  });

  const broken = async () => ({ message: 'The expression is incomplete', position: 3 });
  test.each<[string, string, StackOptions]>([
    ['{', 'The routes is missing; send a JSON object.', {}],
    ['{"rules":[{"id":"A","to":"shop"}]}', 'rules.0.id in the routes must be 1 to 32 characters', {}],
    [routesTo('chat'), 'rules.0.to in the body names no destination: there is no chat.', {}],
    [
      '{"rules":[{"id":"a","transform":"{","to":"shop"}]}',
      "rules.0.transform in the body can't be used: The expression is incomplete (at character 3).",
      { checkTransform: broken },
    ],
  ])('%s is refused, and the connection with it', async (Routes, reason, options) => {
    const { deploy, connection, store } = aWorld(options);
    await deploy(destinationPropertiesOf());
    const answer = await connection.deploy(propertiesOf({ Routes }));
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(reason) });
    expect(await store.readConnection('orders')).toBeUndefined();
  });
});

test('a destination that a file manages is not adopted', async () => {
  const { store, routing, deploy, record } = aWorld();
  await aDeployment(
    aStackResource(store, { type: 'Custom::HooklatchDestination', routing, logicalId: 'Other' }),
  ).deploy(destinationPropertiesOf());
  const made = await record();
  routing.destinations.records.set('shop', { ...made, managedBy: { kind: 'file', name: 'shop' } });
  expect(await deploy(destinationPropertiesOf({}, { Adopt: 'true' }))).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringMatching(/^A file manages the destination shop, so no stack can take it over\./),
  });
  expect(await record()).toMatchObject({ version: made.version, managedBy: { kind: 'file' } });
});
