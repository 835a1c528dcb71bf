import { expect, test } from '@jest/globals';
import { variable } from '../../shared/aws/environment.ts';
import type { ListedSecret } from '../../shared/credential/secret-store.ts';
import { type Connection, newConnection, nextVersion } from '../../shared/endpoint/connection.ts';
import type { Endpoint } from '../../shared/endpoint/endpoint-record.ts';
import { tokenGuard } from '../shared/endpoint/given-record.ts';
import { aStateTable } from '../shared/endpoint/given-state-table.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of Object.values(variable)) process.env[name] ??= 'unused';
const { sweepSecrets } = await import('../../functions/sweep-secrets.ts');

const now = new Date('2026-03-01T12:00:00.000Z');
/** A time so many milliseconds ago. */
const ago = (ms: number) => new Date(now.getTime() - ms);
const hour = 3_600_000;

/** A secret of the connection `orders`, by default old enough to be swept. */
const secret = (id: string, createdAt = ago(2 * hour)): ListedSecret => ({
  name: `hooklatch/dev/endpoint/orders/${id}`,
  createdAt,
});
const arn = (id: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${secret(id).name}-AbCdEf`;
const pending = (id: string, since: Date) => ({ secret: secret(id).name, tokenId: 't1', since: since.toISOString() });

function orders(endpoint: Partial<Endpoint>): Connection {
  const opened = newConnection({ name: 'orders', provider: 'generic', description: '' }, 'c1', { by: 'op_1', now });
  const configured: Endpoint = { id: 'e1', status: 'configured', settings: {}, guard: tokenGuard, tokens: [] };
  return nextVersion(opened, { endpoint: { ...configured, ...endpoint } }, opened.entry);
}

/** Sweeps these pages of secrets. @param fails the secrets that can't be deleted */
async function swept(pages: ListedSecret[][], connection?: Connection, fails: string[] = []) {
  const store = aStateTable();
  if (connection) await store.openConnection(connection, 'r0');
  const deleted: string[] = [];
  const lines: unknown[] = [];
  const writers: string[] = [];
  const sweep = sweepSecrets({
    store: {
      readConnection: store.readConnection,
      async replaceConnection(next, requestId) {
        writers.push(requestId);
        return store.replaceConnection(next, requestId);
      },
    },
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
  const thrown = await sweep().then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { deleted, lines, writers, thrown, record: await store.readConnection('orders') };
}

const summary = (counts: object) => ({
  ...{ level: 'info', outcome: 'swept', kept: 0, deleted: 0, abandoned: 0, failed: 0 },
  ...counts,
});

test('a secret that no record names is deleted, on every page of the list', async () => {
  const { deleted, lines } = await swept([[secret('1'), secret('2')], [secret('3')]], orders({ secret: arn('2') }));
  expect(deleted).toEqual([secret('1').name, secret('3').name]);
  expect(lines).toEqual([summary({ kept: 1, deleted: 2 })]);
});

test('the secret of a deleted connection is deleted', async () => {
  const { deleted } = await swept([[secret('1')]]);
  expect(deleted).toEqual([secret('1').name]);
});

test('a name without the name of a connection is looked up as no connection', async () => {
  const { deleted } = await swept([[{ name: 'odd', createdAt: ago(2 * hour) }]], orders({}));
  expect(deleted).toEqual(['odd']);
});

test.each([
  ['of an hour is ignored', hour, []],
  ['of more than an hour is deleted', hour + 1, [secret('1').name]],
])('an unnamed secret with an age %s', async (_, age, expected) => {
  const { deleted, lines } = await swept([[secret('1', ago(age))]]);
  expect(deleted).toEqual(expected);
  expect(lines).toEqual([summary({ deleted: expected.length })]);
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
    ...{ verb: 'generateToken', step: 'abandon', by: 'sweep', at: now.toISOString() },
    ...{ from: 'configured', to: 'configured' },
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

test('if the record changed meanwhile, the next sweep looks again', async () => {
  const connection = orders({ pending: pending('1', ago(2 * hour)) });
  const lines: unknown[] = [];
  await sweepSecrets({
    store: { readConnection: async () => connection, replaceConnection: async () => 'lost' },
    async *secrets() {
      yield [secret('1')];
    },
    deleteSecret: async () => undefined,
    newId: () => 'sweep-1',
    now: () => now,
    log: (line, level = 'info') => lines.push({ level, ...line }),
  })();
  expect(lines).toEqual([summary({ kept: 1 })]);
});

test('a secret that fails does not stop the others, and the sweep then fails as a whole', async () => {
  const { deleted, lines, thrown } = await swept([[secret('1'), secret('2')], [secret('3')]], undefined, ['1', '3']);
  expect(deleted).toEqual([secret('2').name]);
  const failure = { level: 'error', outcome: 'not_swept', connection: 'orders', fault: 'InternalServiceError' };
  expect(lines).toEqual([failure, failure, summary({ deleted: 1, failed: 2 })]);
  expect(thrown).toBe('2 secrets could not be swept');
});

test('one secret that fails is enough for the sweep to fail', async () => {
  expect((await swept([[secret('1'), secret('2')]], undefined, ['2'])).thrown).toBe('1 secrets could not be swept');
});

test('a sweep without failures does not throw', async () => {
  expect(await swept([])).toMatchObject({ thrown: undefined, lines: [summary({})] });
});
