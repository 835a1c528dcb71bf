import { describe, expect, test } from '@jest/globals';
import type { Deps } from '../../functions/sweep-secrets.ts';
import type { DestinationRecord } from '../../shared/deliveries/destination/destination.ts';
import type { DestinationTable } from '../../shared/deliveries/destination/destination-table.ts';
import type { ListedSecret } from '../../shared/endpoints/credential/secret-store.ts';
import { type Connection, newConnection, nextVersion } from '../../shared/endpoints/endpoint/connection.ts';
import type { Endpoint } from '../../shared/endpoints/endpoint/endpoint-record.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import { aDestinationTable } from '../shared/deliveries/destination/given-destination-table.ts';
import { tokenGuard } from '../shared/endpoints/endpoint/given-record.ts';
import { aStateTable } from '../shared/endpoints/endpoint/given-state-table.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of variables) process.env[name] ??= 'unused';
const { sweepSecrets } = await import('../../functions/sweep-secrets.ts');

const now = new Date('2026-03-01T12:00:00.000Z');
/** A time so many milliseconds ago. */
const ago = (ms: number) => new Date(now.getTime() - ms);
const hour = 3_600_000;

/** A secret of the connection `orders`, by default old enough to be swept, with this deployment's id. */
const secret = (id: string, createdAt = ago(2 * hour), deployment: string | undefined = 'own'): ListedSecret => ({
  name: `hooklatch/dev/endpoint/orders/${id}`,
  createdAt,
  deployment,
});
const secrets = (count: number, from = 0) => Array.from({ length: count }, (_, at) => secret(`s${from + at}`));
const arn = (id: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${secret(id).name}-AbCdEf`;
const pending = (id: string, since: Date) => ({ secret: secret(id).name, tokenId: 't1', since: since.toISOString() });

function orders(endpoint: Partial<Endpoint>): Connection {
  const opened = newConnection({ name: 'orders', provider: 'generic', description: '' }, 'c1', { by: 'op_1', now });
  const configured: Endpoint = { id: 'e1', status: 'configured', settings: {}, guard: tokenGuard, tokens: [] };
  return nextVersion(opened, { endpoint: { ...configured, ...endpoint } }, opened.entry);
}

interface Given {
  /** The secrets that can't be deleted. */
  fails?: string[];
  /** The deployment's id in the State table. */
  deployment?: string | undefined;
  /** The event that woke the sweep. By default the one of its schedule. */
  event?: object;
  destinations?: DestinationTable;
}

/** The form of EventBridge's events that the sweep relies on. */
const scheduled = { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} };

/** Sweeps these pages of secrets. The State table has this connection, or none. */
async function swept(pages: ListedSecret[][], connection: Connection | undefined, given: Given = {}) {
  const { fails = [], event = scheduled } = given;
  const deployment = 'deployment' in given ? given.deployment : 'own';
  const store = aStateTable();
  if (connection) await store.openConnection(connection, 'r0');
  const deleted: string[] = [];
  const lines: unknown[] = [];
  const writers: string[] = [];
  const { destinations = aDestinationTable() } = given;
  const sweep = sweepSecrets({
    destinations,
    store: {
      readConnection: store.readConnection,
      listConnections: store.listConnections,
      async replaceConnection(next, requestId) {
        writers.push(requestId);
        return store.replaceConnection(next, requestId);
      },
    },
    deploymentId: async () => deployment,
    async *secrets() {
      yield* pages;
    },
    async deleteSecret(name) {
      if (fails.some((id) => name.endsWith(`/${id}`)))
        throw Object.assign(new Error(name), { name: 'InternalServiceError' });
      deleted.push(name);
    },
    newId: () => 'sweep-1',
    now: () => now,
    log: (line, level = 'info') => lines.push({ level, ...line }),
  });
  const thrown = await sweep(event).then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { deleted, lines, writers, thrown, record: await store.readConnection('orders') };
}

const summary = (counts: object) => ({
  level: 'info',
  outcome: 'swept',
  kept: 0,
  deleted: 0,
  abandoned: 0,
  foreign: 0,
  failed: 0,
  ...counts,
});

test('a secret that no record names is deleted, on every page of the list', async () => {
  const { deleted, lines } = await swept([[secret('1'), secret('2')], [secret('3')]], orders({ secret: arn('2') }));
  expect(deleted).toEqual([secret('1').name, secret('3').name]);
  expect(lines).toEqual([summary({ kept: 1, deleted: 2 })]);
});

test('the secret of a deleted connection is deleted', async () => {
  const gone = { ...secret('1'), name: 'hooklatch/dev/endpoint/gone/1' };
  expect((await swept([[gone]], orders({}))).deleted).toEqual([gone.name]);
});

test('a name without the name of a connection is looked up as no connection', async () => {
  const { deleted } = await swept([[{ ...secret('1'), name: 'odd' }]], orders({}));
  expect(deleted).toEqual(['odd']);
});

test.each([
  ['of an hour is ignored', hour, []],
  ['of more than an hour is deleted', hour + 1, [secret('1').name]],
])('an unnamed secret with an age %s', async (_, age, expected) => {
  const { deleted, lines } = await swept([[secret('1', ago(age))]], orders({}));
  expect(deleted).toEqual(expected);
  expect(lines).toEqual([summary({ deleted: expected.length })]);
});

describe('a State table that is not the one of the secrets', () => {
  const others = [secret('1', ago(2 * hour), 'other'), { ...secret('2'), deployment: undefined }];

  test('beside it, secrets of another deployment and those without an id are not touched', async () => {
    const { deleted, lines, thrown } = await swept([others, [secret('3')]], orders({}));
    expect(deleted).toEqual([secret('3').name]);
    expect(lines).toEqual([summary({ deleted: 1, foreign: 2 })]);
    expect(thrown).toBeUndefined();
  });

  test('a pending mark for a secret of another deployment stays', async () => {
    const { writers, lines } = await swept([others], orders({ pending: pending('1', ago(2 * hour)) }));
    expect(writers).toEqual([]);
    expect(lines).toEqual([summary({ foreign: 2 })]);
  });

  test('a State table without an id has no secret yet, so nothing is deleted', async () => {
    const { deleted, lines } = await swept([[...others, secret('3')]], orders({}), { deployment: undefined });
    expect(deleted).toEqual([]);
    expect(lines).toEqual([summary({ foreign: 3 })]);
  });

  test('a State table without a connection is no fault if nothing would be deleted', async () => {
    expect((await swept([[secret('1', now)]], undefined)).lines).toEqual([summary({})]);
    expect((await swept([[]], undefined)).lines).toEqual([summary({})]);
  });

  test('a State table without a connection deletes nothing, even if the id is the same', async () => {
    const { deleted, lines, thrown } = await swept([[secret('1')]], undefined);
    expect(deleted).toEqual([]);
    expect(lines).toEqual([{ level: 'warn', outcome: 'not_swept', reason: 'no_connection', kept: 1 }]);
    expect(thrown).toBeUndefined();
  });
});

describe('more than five secrets, and more than a tenth of all, never go at once', () => {
  /** How many go of so many secrets of this deployment. The rest is named: only one connection is here, so the rest is young. */
  const sweepOf = (going: number, all: number, given: Given = {}) =>
    swept([secrets(going), [...Array(all - going).keys()].map((at) => secret(`y${at}`, now))], orders({}), given);

  test.each([
    [5, 5],
    [5, 20],
    [6, 60],
    [12, 120],
  ])('%i of %i go', async (going, all) => {
    const { deleted, thrown } = await sweepOf(going, all);
    expect(deleted).toHaveLength(going);
    expect(thrown).toBeUndefined();
  });

  test.each([
    [6, 6, 5],
    [6, 59, 5],
    [13, 129, 12],
    // No more than twenty names are in the log.
    [21, 21, 5],
  ])('none of %i of %i goes, and the sweep fails: at most %i may', async (going, all, most) => {
    const { deleted, lines, thrown } = await sweepOf(going, all);
    expect(deleted).toEqual([]);
    expect(thrown).toBe(
      `${going} of this deployment's ${all} secrets would be deleted, more than ${most}: none was. First make sure that the State table is the right one (docs/backup-and-restore.md). If these secrets may go, invoke this function with {"deleteAtMost": ${going}}.`,
    );
    const names = secrets(going)
      .slice(0, 20)
      .map(({ name }) => name);
    expect(lines).toEqual([{ level: 'error', outcome: 'not_swept', reason: 'too_many', kept: going, secrets: names }]);
  });

  test('secrets of others do not raise the limit', async () => {
    const foreign = secrets(100, 100).map((one) => ({ ...one, deployment: 'other' }));
    expect((await swept([foreign, secrets(6)], orders({}))).deleted).toEqual([]);
  });

  test('a pending mark counts, because its secret would go', async () => {
    const mark = orders({ pending: pending('mark', ago(2 * hour)) });
    const { deleted, writers, thrown } = await swept([[secret('mark'), ...secrets(5)]], mark);
    expect([deleted, writers]).toEqual([[], []]);
    expect(thrown).toContain('6 of this deployment');
  });

  test('who invokes the function may raise the limit for this one sweep', async () => {
    expect((await sweepOf(7, 7, { event: { deleteAtMost: 7 } })).deleted).toHaveLength(7);
    expect((await sweepOf(7, 7, { event: { deleteAtMost: 6 } })).deleted).toEqual([]);
  });

  test.each([0, -1, 1.5, '7', null])("deleteAtMost can't be %j", async (deleteAtMost) => {
    const { deleted, thrown } = await sweepOf(1, 1, { event: { deleteAtMost } });
    expect(deleted).toEqual([]);
    expect(thrown).toBe('deleteAtMost must be a whole number above 0');
  });
});

test('an old pending mark is removed, and its secret is left to the function that follows the change', async () => {
  const { deleted, lines, writers, record } = await swept(
    [[secret('1')]],
    orders({ pending: pending('1', ago(2 * hour)) }),
  );
  expect(deleted).toEqual([]);
  expect(record?.version).toBe(3);
  expect(record?.endpoint).not.toHaveProperty('pending');
  expect(record?.entry).toEqual({
    verb: 'generateToken',
    step: 'abandon',
    by: 'sweep',
    at: now.toISOString(),
    from: 'configured',
    to: 'configured',
  });
  expect(writers).toEqual(['sweep-1']);
  expect(lines).toEqual([summary({ abandoned: 1 })]);
});

test.each<[string, Partial<Endpoint>]>([
  ['is younger than an hour', { pending: pending('1', ago(hour)) }],
  ['is of another secret', { secret: arn('1'), pending: pending('2', ago(2 * hour)) }],
])('a pending mark that %s stays', async (_, endpoint) => {
  const { deleted, writers, lines } = await swept([[secret('1')]], orders(endpoint));
  expect([deleted, writers]).toEqual([[], []]);
  expect(lines).toEqual([summary({ kept: 1 })]);
});

/** Sweeps the secret of an abandoned token, whose record is written like this. */
async function sweptWith(replaceConnection: Deps['store']['replaceConnection']) {
  const connection = orders({ pending: pending('1', ago(2 * hour)) });
  const lines: unknown[] = [];
  const sweep = sweepSecrets({
    destinations: aDestinationTable(),
    store: {
      readConnection: async () => connection,
      replaceConnection,
      listConnections: async () => ({ connections: [connection], next: undefined }),
    },
    deploymentId: async () => 'own',
    async *secrets() {
      yield [secret('1')];
    },
    deleteSecret: async () => undefined,
    newId: () => 'sweep-1',
    now: () => now,
    log: (line, level = 'info') => lines.push({ level, ...line }),
  });
  await sweep(scheduled).catch(({ message }: Error) => lines.push(message));
  return lines;
}

test('if the record changed meanwhile, the next sweep looks again', async () => {
  expect(await sweptWith(async () => 'lost')).toEqual([summary({ kept: 1 })]);
});

test('a record that can not be written is a failure', async () => {
  const throttled = async () => {
    throw Object.assign(new Error('x'), { name: 'ThrottlingException' });
  };
  expect(await sweptWith(throttled)).toEqual([
    { level: 'error', outcome: 'not_swept', connection: 'orders', fault: 'ThrottlingException' },
    summary({ failed: 1 }),
    '1 secrets could not be swept',
  ]);
});

test('a secret that fails does not stop the others, and the sweep then fails as a whole', async () => {
  const { deleted, lines, thrown } = await swept([[secret('1'), secret('2')], [secret('3')]], orders({}), {
    fails: ['1', '3'],
  });
  expect(deleted).toEqual([secret('2').name]);
  const failure = { level: 'error', outcome: 'not_swept', connection: 'orders', fault: 'InternalServiceError' };
  expect(lines).toEqual([failure, failure, summary({ deleted: 1, failed: 2 })]);
  expect(thrown).toBe('2 secrets could not be swept');
});

test('one secret that fails is enough for the sweep to fail', async () => {
  expect((await swept([[secret('1'), secret('2')]], orders({}), { fails: ['2'] })).thrown).toBe(
    '1 secrets could not be swept',
  );
});

test('a sweep without failures does not throw', async () => {
  expect(await swept([], orders({}))).toMatchObject({ thrown: undefined, lines: [summary({})] });
});

describe('the secret of a destination', () => {
  const shop = (id: string): ListedSecret => ({ ...secret(id), name: `hooklatch/dev/destination/shop/${id}` });
  const made = (id: string) => ({
    ...{ name: 'shop', version: 2, id: 'dst_1', valueId: 'v1' },
    secret: `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${shop(id).name}-AbCdEf`,
  });
  const begun = (id: string, since: Date) => ({
    ...{ name: 'shop', version: 1 },
    pending: { secret: shop(id).name, since: since.toISOString() },
  });
  const beside = (record: object) => aDestinationTable(new Map([['shop', record as DestinationRecord]]));

  test.each([
    ['is named by no record', [shop('1')], undefined, { deleted: 1 }, [shop('1').name]],
    ['is not the one of its record', [shop('1'), shop('2')], made('2'), { kept: 1, deleted: 1 }, [shop('1').name]],
    ['is the live one', [shop('1')], made('1'), { kept: 1 }, []],
    ['has been made for less than an hour', [shop('1')], begun('1', ago(hour)), { kept: 1 }, []],
    ['has been made for longer', [shop('1')], begun('1', ago(hour + 1)), { abandoned: 1 }, []],
  ])('that %s stays or goes', async (_, listed, record, counts, gone) => {
    const destinations = record ? beside(record) : aDestinationTable();
    const { deleted, lines } = await swept([listed], orders({}), { destinations });
    expect(deleted).toEqual(gone);
    expect(lines).toEqual([summary(counts)]);
    // Without the record, the request that made the secret can't finish any more.
    expect(destinations.records.has('shop')).toBe(record !== undefined && !('abandoned' in counts));
  });

  test('stays if its request finishes meanwhile', async () => {
    const destinations = beside(begun('1', ago(2 * hour)));
    destinations.meanwhile.push(() => destinations.records.set('shop', made('1') as never));
    const { lines } = await swept([[shop('1')]], orders({}), { destinations });
    expect(lines).toEqual([summary({ kept: 1 })]);
    expect(destinations.records.get('shop')).toEqual(made('1'));
  });

  test('whose record can not be read stays, and the sweep fails after all others', async () => {
    const destinations = aDestinationTable();
    destinations.read = async () => {
      throw Object.assign(new Error('x'), { name: 'ThrottlingException' });
    };
    const { deleted, lines, thrown } = await swept([[shop('1'), secret('2')]], orders({}), { destinations });
    expect(deleted).toEqual([secret('2').name]);
    expect(lines).toEqual([
      { level: 'error', outcome: 'not_swept', destination: 'shop', fault: 'ThrottlingException' },
      summary({ deleted: 1, failed: 1 }),
    ]);
    expect(thrown).toBe('1 secrets could not be swept');
  });

  test('that can not be deleted is named in the log', async () => {
    const { lines } = await swept([[shop('1')]], orders({}), { fails: ['1'] });
    expect(lines[0]).toEqual({
      level: 'error',
      outcome: 'not_swept',
      destination: 'shop',
      fault: 'InternalServiceError',
    });
  });
});
