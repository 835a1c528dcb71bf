import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { RuntimeOptions } from '../../local/runtime-options.ts';
import { secretNameOf } from '../../shared/endpoints/credential/secret-name.ts';
import {
  type ActiveEndpoint,
  aFlowDesigner,
  aName,
  anActiveEndpoint,
  aSharedRuntime,
  bearer,
  deliver,
  ok,
  tableOf,
  type World,
} from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { crashing, depsOn, perform, steps } from './given-crash.ts';

let world: World;
const told: { failEntry?: RuntimeOptions['failEntry']; fault?: RuntimeOptions['fault'] } = {};

beforeAll(async () => {
  world = await aSharedRuntime({
    failEntry: (entry) => told.failEntry?.(entry),
    fault: (call) => told.fault?.(call),
  });
});
afterEach(() => {
  delete told.failEntry;
  delete told.fault;
});
afterAll(() => world.end());

/** An active endpoint whose token an operator has read once. */
async function aRevealedEndpoint(): Promise<ActiveEndpoint> {
  const endpoint = await anActiveEndpoint(world);
  await ok(world, 'GET', `${endpoint.path}/endpoint/token`);
  return endpoint;
}

interface Line {
  version: number;
  verb: string;
  settings?: string[];
  of?: string;
  step?: string;
  by: string;
  at: string;
  from: string;
  to: string;
  requestId: string;
}

/** A connection's history, newest first, after every change has been recorded. */
async function historyOf({ path }: Pick<ActiveEndpoint, 'path'>, query = ''): Promise<Line[]> {
  await world.runtime.settled();
  const { items } = await ok(world, 'GET', `${path}/history${query}`);
  return items as Line[];
}

/** The events that Hooklatch itself published about a connection, in order. */
async function noticesOf({ name }: Pick<ActiveEndpoint, 'name'>) {
  await world.runtime.settled();
  const events = world.busEvents() as { source: string; 'detail-type': string; detail: Record<string, unknown> }[];
  return events.filter(({ source, detail }) => source === 'hooklatch' && detail['connection'] === name);
}

const secretOf = async ({ name }: Pick<ActiveEndpoint, 'name'>): Promise<string> => {
  const record = await depsOn(world).store.readConnection(name);
  return secretNameOf(record?.endpoint?.secret ?? '');
};

/** Whether a secret exists, is scheduled for deletion, or does not exist. */
async function stateOf(name: string): Promise<'kept' | 'deleted' | 'none'> {
  try {
    const { DeletedDate } = await world.secretsManager.send(new DescribeSecretCommand({ SecretId: name }));
    return DeletedDate ? 'deleted' : 'kept';
  } catch {
    return 'none';
  }
}

describe('the history of a connection', () => {
  test('has every change and every reveal, newest first, with operator, time, statuses and request id', async () => {
    const given = await aRevealedEndpoint();
    await ok(world, 'POST', `${given.path}/endpoint/token/rotate`, {});
    await ok(world, 'DELETE', `${given.path}/endpoint/token/previous`);
    await ok(world, 'POST', `${given.path}/endpoint/deactivate`);
    const lines = await historyOf(given);
    expect(lines.map(({ version, verb, step, from, to }) => [version, verb, step ?? 'done', from, to])).toEqual([
      [10, 'deactivate', 'done', 'active', 'inactive'],
      [9, 'endGrace', 'done', 'active', 'active'],
      [8, 'rotateToken', 'done', 'active', 'active'],
      [7, 'rotateToken', 'begin', 'active', 'active'],
      [6, 'revealToken', 'done', 'active', 'active'],
      [5, 'activate', 'done', 'configured', 'active'],
      [4, 'generateToken', 'done', 'configured', 'configured'],
      [3, 'generateToken', 'begin', 'configured', 'configured'],
      [2, 'configure', 'done', 'unconfigured', 'configured'],
      [1, 'create', 'done', 'unconfigured', 'unconfigured'],
    ]);
    for (const { by, at, requestId } of lines) {
      expect([by, at]).toEqual(['bootstrap', expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)]);
      expect(requestId).toMatch(/^\S+$/);
    }
    expect(lines[7]?.requestId).toBe(lines[6]?.requestId);
  });

  test('has each step of a handshake, but no secret that a sender delivered', async () => {
    const path = `/v1/connections/${aName()}`;
    const [first, second] = ['the-first-secret-of-asana', 'the-second-secret-of-asana'];
    await ok(world, 'POST', '/v1/connections', { name: path.split('/').at(-1), provider: 'asana' });
    await ok(world, 'PUT', `${path}/endpoint`, {});
    const { endpoint } = await ok(world, 'POST', `${path}/endpoint/activate`);
    for (const secret of [first, second]) {
      await ok(world, 'POST', `${path}/endpoint/handshake`, {});
      const { url } = endpoint as { url: string };
      expect((await deliver(url, { headers: { 'x-hook-secret': secret } })).status).toBe(200);
    }
    await ok(world, 'POST', `${path}/endpoint/handshake/confirm`, {});
    const lines = await historyOf({ path });
    expect(lines.map(({ verb, step }) => (step ? `${verb} ${step}` : verb))).toEqual([
      'confirmHandshake',
      'rotateToken deliver',
      'rotateToken begin',
      'openHandshake',
      'generateToken',
      'generateToken begin',
      'openHandshake',
      'activate',
      'configure',
      'create',
    ]);
    expect(JSON.stringify(lines)).not.toContain(first);
    expect(JSON.stringify(lines)).not.toContain(second);
  });

  test('says which settings changed, and who replayed which event', async () => {
    const given = await aRevealedEndpoint();
    await ok(world, 'PUT', `${given.path}/endpoint`, { retentionDays: 9, methods: ['POST'] });
    await deliver(given.url, { headers: bearer(given.token) });
    await world.runtime.settled();
    const { items } = await ok(world, 'GET', `${given.path}/events`);
    const [event] = items as { id: string }[];
    const token = await aFlowDesigner(world);
    const { id } = (await world.api('GET', '/v1/me', undefined, { token })).json() as { id: string };
    const replay = await world.api('POST', `${given.path}/events/${event?.id}/replay`, undefined, { token });
    expect(replay.status).toBe(202);
    const { id: job } = await ok(world, 'POST', `${given.path}/replays`, { from: '2026-01-01T00:00:00Z' });
    // The function that works on the job writes its line.
    await waitUntil('the replay is in the history', async () => (await historyOf(given))[0]?.verb === 'startReplay');
    const lines = await historyOf(given);
    const told = lines.slice(0, 3).map(({ verb, by, settings, of, version }) => [verb, by, settings, of, version]);
    expect(told).toEqual([
      ['startReplay', 'bootstrap', undefined, job, undefined],
      ['replayEvent', id, undefined, event?.id, undefined],
      ['configure', 'bootstrap', ['methods', 'retentionDays'], undefined, 7],
    ]);
  });

  test('comes page by page, and a flow designer can read it', async () => {
    const given = await aRevealedEndpoint();
    await world.runtime.settled();
    const token = await aFlowDesigner(world);
    const versions: number[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const answer = await world.api('GET', `${given.path}/history?limit=4${query}`, undefined, { token });
      const page = answer.json() as { items: Line[]; nextCursor: string | null };
      versions.push(...page.items.map(({ version }) => version));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(versions).toEqual([6, 5, 4, 3, 2, 1]);
  });

  test('starts over for a new connection with the name of a deleted one', async () => {
    const name = aName();
    const path = `/v1/connections/${name}`;
    for (let n = 0; n < 2; n += 1) {
      await ok(world, 'POST', '/v1/connections', { name });
      expect((await historyOf({ path })).map(({ verb }) => verb)).toEqual(['create']);
      await ok(world, 'DELETE', path);
    }
  });
});

describe('the bus', () => {
  test('gets an event for each completed change of a connection, in order, and none for a step that only began', async () => {
    const given = await aRevealedEndpoint();
    await ok(world, 'POST', `${given.path}/endpoint/token/rotate`, {});
    await ok(world, 'DELETE', `${given.path}/endpoint/token`);
    await ok(world, 'DELETE', `${given.path}/endpoint`);
    await ok(world, 'PATCH', given.path, { description: 'edited' });
    await ok(world, 'DELETE', given.path);
    const notices = await noticesOf(given);
    expect(notices.map((each) => each['detail-type'])).toEqual([
      'connection.opened',
      'endpoint.configured',
      'endpoint.token_generated',
      'endpoint.activated',
      'endpoint.token_revealed',
      'endpoint.token_rotated',
      'endpoint.token_removed',
      'endpoint.deconfigured',
      'connection.edited',
      'connection.deleted',
    ]);
    expect(notices[3]?.detail).toEqual({
      connection: given.name,
      version: 5,
      by: 'bootstrap',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      from: 'configured',
      to: 'active',
      requestId: expect.stringMatching(/^[\w+/]{15}=$/),
    });
    expect(JSON.stringify(notices)).not.toMatch(/hle_/);
  });

  test('gets the events about changes later if it refused them for a while; the history has each version once', async () => {
    let refusals = 3;
    told.failEntry = ({ Source }) => {
      if (Source !== 'hooklatch' || refusals === 0) return undefined;
      refusals -= 1;
      return { ErrorCode: 'ThrottlingException', ErrorMessage: 'requested by the test' };
    };
    const given = await aRevealedEndpoint();
    const versions = (await historyOf(given)).map(({ version }) => version);
    expect(versions).toEqual([6, 5, 4, 3, 2, 1]);
    const types = new Set((await noticesOf(given)).map((each) => each['detail-type']));
    expect(types.size).toBe(5);
    expect(refusals).toBe(0);
  });
});

test('if the bus refuses the event about a change for good, the history and the later events are not delayed', async () => {
  told.failEntry = ({ DetailType }) =>
    DetailType === 'endpoint.configured'
      ? { ErrorCode: 'InvalidArgument', ErrorMessage: 'requested by the test' }
      : undefined;
  const given = await aRevealedEndpoint();
  expect((await historyOf(given)).map(({ version }) => version)).toEqual([6, 5, 4, 3, 2, 1]);
  const types = (await noticesOf(given)).map((each) => each['detail-type']);
  expect(types).toEqual([
    'connection.opened',
    'endpoint.token_generated',
    'endpoint.activated',
    'endpoint.token_revealed',
  ]);
  expect(world.logs.join('\n')).toContain('notice_refused');
});

test('a record of unknown form goes to the dead-letter bucket, and the history of other records goes on', async () => {
  const TableName = tableOf(world.runtime, 'State');
  await world.dynamodb.send(
    new PutItemCommand({ TableName, Item: { pk: { S: 'connection#broken' }, record: { S: '{"secret":"x"}' } } }),
  );
  const given = await aRevealedEndpoint();
  expect(await historyOf(given)).toHaveLength(6);
  const lines = world.logs.filter((line) => line.includes('given_up'));
  expect(lines).toEqual([expect.stringMatching(/refused\/\S+unknown-\w+\.json/)]);
  expect(lines.join()).not.toContain('secret');
  // Other files that share the runtime look for dead letters of their own.
  const [Key = ''] = /refused\/\S+\.json/.exec(lines.join()) ?? [];
  await world.s3.send(new DeleteObjectCommand({ Bucket: world.runtime.outputs['FailuresBucket'], Key }));
});

describe('the secret of an endpoint', () => {
  test('is scheduled for deletion in seven days when its tokens are removed', async () => {
    const given = await aRevealedEndpoint();
    const name = await secretOf(given);
    await ok(world, 'POST', `${given.path}/endpoint/token/rotate`, {});
    await world.runtime.settled();
    expect(await stateOf(name)).toBe('kept');
    await ok(world, 'DELETE', `${given.path}/endpoint/token`);
    await world.runtime.settled();
    const { DeletedDate } = await world.secretsManager.send(new DescribeSecretCommand({ SecretId: name }));
    const days = ((DeletedDate?.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThan(7.1);
  });

  test("is kept for the new token, while the removed token's secret is scheduled for deletion", async () => {
    const given = await aRevealedEndpoint();
    const first = await secretOf(given);
    await ok(world, 'DELETE', `${given.path}/endpoint/token`);
    await ok(world, 'POST', `${given.path}/endpoint/token`, {});
    await world.runtime.settled();
    expect([await stateOf(first), await stateOf(await secretOf(given))]).toEqual(['deleted', 'kept']);
    expect(await ok(world, 'GET', `${given.path}/endpoint/token`)).toMatchObject({
      token: expect.stringMatching(/^hle_[0-9A-Za-z]{49}$/),
    });
  });

  test('is scheduled for deletion if generating its token crashed and a new attempt has begun', async () => {
    const name = aName();
    const path = `/v1/connections/${name}`;
    await ok(world, 'POST', '/v1/connections', { name });
    await ok(world, 'PUT', `${path}/endpoint`, {});
    const deps = crashing(depsOn(world), steps.finish, 'before');
    await expect(perform(deps, 'POST token', name)).rejects.toThrow('crash');
    const pending = (await depsOn(world).store.readConnection(name))?.endpoint?.pending?.secret ?? '';
    expect(await stateOf(pending)).toBe('kept');
    await ok(world, 'POST', `${path}/endpoint/token`, {});
    await world.runtime.settled();
    expect([await stateOf(pending), await stateOf(await secretOf({ name }))]).toEqual(['deleted', 'kept']);
  });

  test('is scheduled for deletion later if the first attempts fail, and the history is still written', async () => {
    // More failures than the SDK retries by itself.
    let faults = 5;
    told.fault = ({ operation }) => {
      if (operation !== 'DeleteSecret' || faults === 0) return undefined;
      faults -= 1;
      return 'throttle';
    };
    const given = await aRevealedEndpoint();
    const name = await secretOf(given);
    await ok(world, 'DELETE', `${given.path}/endpoint/token`);
    expect((await historyOf(given))[0]).toMatchObject({ verb: 'removeToken' });
    expect(await stateOf(name)).toBe('deleted');
  });
});

test('a delivered secret that waits for confirmation is announced on the bus, without its value', async () => {
  const name = aName();
  const path = `/v1/connections/${name}`;
  await ok(world, 'POST', '/v1/connections', { name, provider: 'asana' });
  await ok(world, 'PUT', `${path}/endpoint`, {});
  await ok(world, 'POST', `${path}/endpoint/token`, { value: 'the-secret-that-lives' });
  const { endpoint } = (await ok(world, 'POST', `${path}/endpoint/activate`)) as { endpoint: { url: string } };
  await ok(world, 'POST', `${path}/endpoint/handshake`, {});
  const answer = await deliver(endpoint.url, { headers: { 'x-hook-secret': 'the-next-secret' } });
  expect(answer.status).toBe(200);
  const notices = await noticesOf({ name });
  expect(notices.at(-1)).toMatchObject({
    'detail-type': 'endpoint.secret_delivered',
    detail: { connection: name, by: 'handshake' },
  });
  expect(JSON.stringify(notices)).not.toContain('the-next-secret');
});
