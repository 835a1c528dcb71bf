import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { newRelease, newReplay, type ReplayJob } from '../../../../shared/events/event/replay-job.ts';
import { type ReplayJobTable, replayJobTable, startRelease } from '../../../../shared/events/event/replay-job-table.ts';
import { closedJob } from '../../../../shared/ground/job/job.ts';
import { givenDynamodb } from '../../given-dynamodb.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const later = (ms: number): Date => new Date(now.getTime() + ms);
const hold = '11111111-1111-4111-8111-111111111111';

const aReplay = (id: string, more: Partial<ReplayJob> = {}): ReplayJob => ({
  ...newReplay({
    id,
    connection: 'orders',
    connectionId: 'c1',
    rate: 50,
    count: 100,
    startedAt: now.toISOString(),
    from: '2026-03-01T10:00:00.000Z',
    to: '2026-03-01T11:00:00.000Z',
  }),
  ...more,
});

const release = {
  connection: 'orders',
  connectionId: 'c1',
  holdId: hold,
  since: '2026-03-01T11:00:00.000Z',
  releasedAt: '2026-03-01T11:59:00.000Z',
  by: 'op_1',
};
const aRelease = (holdId = hold): ReplayJob => newRelease({ ...release, holdId }, now);

const { client, sent, createTable } = givenDynamodb();
/** Runs before each operation. Throws to make the operation fail. */
let before: (operation: string) => unknown;
client.middlewareStack.add(
  (next, { commandName = '' }) =>
    async (operation) => {
      await before(commandName.replace(/Command$/, ''));
      return next(operation);
    },
  { step: 'initialize' },
);

let table: string;
let jobs: ReplayJobTable;
beforeEach(async () => {
  before = () => undefined;
  table = await createTable({ hash: 'pk', range: 'sk' });
  jobs = replayJobTable(client, table);
});

const itemAt = async (pk: string, sk: string) =>
  (await client.send(new GetItemCommand({ TableName: table, Key: { pk: { S: pk }, sk: { S: sk } } }))).Item;

describe('an open job', () => {
  test('is stored under the keys that the header of the file shows', async () => {
    await jobs.open(aReplay('run_1'));
    await jobs.open(aRelease());
    expect(await itemAt('runs', 'c1#replay')).toMatchObject({ runId: { S: 'run_1' }, state: { S: 'running' } });
    expect(await itemAt('runs', `c1#release#${hold}`)).toMatchObject({ runId: { S: `release-${hold}` } });
  });

  test('is found, and is in the list of open jobs', async () => {
    expect(await jobs.open(aReplay('run_1'))).toBeUndefined();
    expect(await jobs.find('c1', 'run_1')).toEqual(aReplay('run_1'));
    expect(await jobs.listOpen()).toEqual([aReplay('run_1')]);
    expect(await jobs.find('c1', 'run_2')).toBeUndefined();
    expect(await jobs.find('c2', 'run_1')).toBeUndefined();
  });

  test('is the only replay of its connection', async () => {
    await jobs.open(aReplay('run_1'));
    expect(await jobs.open(aReplay('run_2'))).toEqual(aReplay('run_1'));
    expect(await jobs.open(aReplay('run_3', { connectionId: 'c2' }))).toBeUndefined();
    expect(await jobs.find('c1', 'run_2')).toBeUndefined();
  });

  test('is one release for each hold, beside a replay', async () => {
    const other = aRelease('22222222-2222-4222-8222-222222222222');
    for (const job of [aReplay('run_1'), aRelease(), other]) expect(await jobs.open(job)).toBeUndefined();
    expect((await jobs.listOpen()).map(({ id }) => id).sort()).toEqual([aRelease().id, other.id, 'run_1']);
  });

  test('is opened once, even if the SDK repeats the write', async () => {
    await jobs.open(aReplay('run_1'));
    expect(await jobs.open(aReplay('run_1'))).toBeUndefined();
  });

  test('is opened if the job in its place is closed between the write and the read', async () => {
    await jobs.open(aReplay('run_1'));
    before = async (operation) => {
      if (operation !== 'GetItem') return;
      before = () => undefined;
      await jobs.close(closedJob(aReplay('run_1'), 'done', now));
    };
    expect(await jobs.open(aReplay('run_2'))).toBeUndefined();
    expect(await jobs.find('c1', 'run_2')).toEqual(aReplay('run_2'));
  });

  test('reports a failure of the table', async () => {
    before = () => {
      throw new Error('the table is gone');
    };
    await expect(jobs.open(aReplay('run_1'))).rejects.toThrow('the table is gone');
  });
});

describe('the lease of a job', () => {
  const until = later(60_000).getTime();
  const lease = { id: 'lease_1', until };
  const job = aReplay('run_1');
  beforeEach(() => jobs.open(job));

  test('is taken by one function at a time, until it ends', async () => {
    expect(await jobs.take(job, lease, now)).toEqual(job);
    const other = { id: 'lease_2', until: later(120_000).getTime() };
    expect(await jobs.take(job, other, later(59_999))).toBeUndefined();
    expect(await jobs.take(job, lease, later(59_999))).toEqual(job);
    expect(await jobs.take(job, other, later(60_000))).toEqual(job);
  });

  test('is needed to save the progress', async () => {
    const progress = { done: 7, failed: 0, skipped: 0, cursor: '2026-03-01T10:30:00.000Z~' };
    expect(await jobs.save({ ...job, progress }, lease)).toBeUndefined();
    await jobs.take(job, lease, now);
    expect(await jobs.save({ ...job, progress }, lease)).toEqual({ ...job, progress });
    expect(await jobs.save(job, { id: 'lease_2', until })).toBeUndefined();
    expect(await jobs.find('c1', 'run_1')).toEqual({ ...job, progress });
  });

  test('is given back and prolonged by a save', async () => {
    await jobs.take(job, lease, now);
    await jobs.save(job, { ...lease, until: later(90_000).getTime() });
    const other = { id: 'lease_2', until: later(120_000).getTime() };
    expect(await jobs.take(job, other, later(89_999))).toBeUndefined();
    await jobs.save(job, { ...lease, until: 0 });
    expect(await jobs.take(job, other, now)).toEqual(job);
  });

  test('is not taken for a job that has another id or is closed', async () => {
    expect(await jobs.take(aReplay('run_2'), lease, now)).toBeUndefined();
    await jobs.close(closedJob(job, 'done', now));
    expect(await jobs.take(job, lease, now)).toBeUndefined();
  });
});

const cancel = { by: 'op_2', at: '2026-03-01T12:10:00.000Z' };

describe('the cancel of a replay', () => {
  const lease = { id: 'lease_1', until: later(60_000).getTime() };

  test('reaches the function with its next save, which keeps the state', async () => {
    const job = aReplay('run_1');
    await jobs.open(job);
    await jobs.take(job, lease, now);
    const asked = { ...job, state: 'cancelling', cancelled: cancel };
    expect(await jobs.cancelReplay('c1', 'run_1', cancel)).toEqual(asked);
    expect(await jobs.save(job, lease)).toEqual(asked);
    expect(await jobs.find('c1', 'run_1')).toEqual(asked);
  });

  test('keeps who asked first, also when it is closed', async () => {
    await jobs.open(aReplay('run_1'));
    await jobs.cancelReplay('c1', 'run_1', cancel);
    const later = { by: 'op_9', at: '2026-03-01T12:30:00.000Z' };
    const asked = await jobs.cancelReplay('c1', 'run_1', later);
    expect(asked).toMatchObject({ cancelled: cancel });
    await jobs.close(closedJob(asked as ReplayJob, 'cancelled', now));
    expect(await jobs.find('c1', 'run_1')).toMatchObject({ state: 'cancelled', cancelled: cancel });
  });

  test('changes no other job: a closed one, an unknown one, a release', async () => {
    await jobs.open(aReplay('run_1'));
    const ended = closedJob(aReplay('run_1'), 'done', now);
    await jobs.close(ended);
    await jobs.open(aReplay('run_2'));
    await jobs.open(aRelease());
    expect(await jobs.cancelReplay('c1', 'run_1', cancel)).toEqual(ended);
    expect(await jobs.cancelReplay('c1', 'run_9', cancel)).toBeUndefined();
    expect(await jobs.cancelReplay('c1', `release-${hold}`, cancel)).toEqual(aRelease());
    expect((await jobs.listOpen()).map(({ state }) => state)).toEqual(['running', 'running']);
  });
});

describe('a closed job', () => {
  const ended = closedJob(aReplay('run_1'), 'done', later(5_500));

  test('is no longer open, can be read, and expires 30 days after its end', async () => {
    await jobs.open(aReplay('run_1'));
    await jobs.close(ended);
    expect(await jobs.listOpen()).toEqual([]);
    expect(await itemAt('runs', 'c1#replay')).toBeUndefined();
    expect(await jobs.find('c1', 'run_1')).toEqual(ended);
    expect(await itemAt('run#c1', 'run_1')).toMatchObject({
      state: { S: 'done' },
      expiresAt: { N: String(Date.parse('2026-03-31T12:00:05Z') / 1000) },
    });
  });

  test('without an end expires 30 days after its start', async () => {
    await jobs.close(aReplay('run_1'));
    const { expiresAt } = (await itemAt('run#c1', 'run_1')) ?? {};
    expect(expiresAt).toEqual({ N: String(Date.parse('2026-03-31T12:00:00Z') / 1000) });
  });

  test('keeps its first end if it is closed twice, and closes no later job', async () => {
    await jobs.open(aReplay('run_1'));
    await jobs.close(ended);
    await jobs.open(aReplay('run_2'));
    await jobs.close(closedJob(aReplay('run_1'), 'failed', later(9_000)));
    expect(await jobs.find('c1', 'run_1')).toEqual(ended);
    expect(await jobs.find('c1', 'run_2')).toEqual(aReplay('run_2'));
  });

  test('stays open if it could not be copied, so that it is never lost', async () => {
    await jobs.open(aReplay('run_1'));
    before = (operation) => {
      if (operation === 'PutItem') throw new Error('crash');
    };
    await expect(jobs.close(ended)).rejects.toThrow('crash');
    expect(await jobs.find('c1', 'run_1')).toEqual(aReplay('run_1'));
  });

  test('is found and listed once by a function that crashed before it removed the open job', async () => {
    await jobs.open(aReplay('run_1'));
    before = (operation) => {
      if (operation === 'DeleteItem') throw new Error('crash');
    };
    await expect(jobs.close(ended)).rejects.toThrow('crash');
    before = () => undefined;
    expect(await jobs.list('c1')).toEqual([ended]);
    await jobs.close(ended);
    expect(await jobs.find('c1', 'run_1')).toEqual(ended);
  });
});

test('a connection lists its own jobs, open and closed', async () => {
  await jobs.open(aReplay('run_1'));
  await jobs.close(closedJob(aReplay('run_1'), 'done', now));
  await jobs.open(aReplay('run_2'));
  await jobs.open(aRelease());
  for (const connectionId of ['c', 'c10', 'c2']) await jobs.open(aReplay(`run_${connectionId}`, { connectionId }));
  expect((await jobs.list('c1')).map(({ id }) => id).sort()).toEqual([`release-${hold}`, 'run_1', 'run_2']);
  expect(await jobs.list('c3')).toEqual([]);
});

describe('the list of all connections', () => {
  /** Jobs that began a second after each other, of two connections. The odd ones are closed. */
  const begunInTurn = Array.from({ length: 7 }, (_, index) =>
    aReplay(`run_${index}`, { connectionId: `c${index}`, startedAt: later(index * 1_000).toISOString() }),
  );
  beforeEach(async () => {
    for (const [index, job] of begunInTurn.entries()) {
      await jobs.open(job);
      if (index % 2 === 1) await jobs.close(closedJob(job, 'done', later(60_000)));
    }
  });
  const idsOf = (listed: ReplayJob[]) => listed.map(({ id }) => id);

  test('has the newest first, open and closed', async () => {
    expect(idsOf(await jobs.listNewest(3, undefined))).toEqual(['run_6', 'run_5', 'run_4']);
    expect(idsOf(await jobs.listNewest(8, undefined))).toEqual(begunInTurn.map(({ id }) => id).reverse());
  });

  test.each([
    [5, ['run_4', 'run_3', 'run_2', 'run_1', 'run_0']],
    [4, ['run_3', 'run_2', 'run_1', 'run_0']],
    [0, []],
  ])('goes on after job %i', async (index, expected) => {
    const { id, startedAt } = begunInTurn[index] as ReplayJob;
    expect(idsOf(await jobs.listNewest(5, `${startedAt}#${id}`))).toEqual(expected);
  });

  test('has a job once that closes while it is read', async () => {
    let reads = 0;
    before = async (operation) => {
      if (operation !== 'Query' || ++reads !== 2) return;
      before = () => undefined;
      await jobs.close(
        closedJob(aReplay('run_6', { connectionId: 'c6', startedAt: later(6_000).toISOString() }), 'done', now),
      );
    };
    expect(idsOf(await jobs.listNewest(2, undefined))).toEqual(['run_6', 'run_5']);
  });

  test('keeps a closed job for 30 days, under the key that the header of the file shows', async () => {
    expect(await itemAt('ended_runs', '2026-03-01T12:00:01.000Z#run_1')).toMatchObject({
      runId: { S: 'run_1' },
      expiresAt: { N: String(Date.parse('2026-03-31T12:01:00Z') / 1000) },
    });
  });
});

describe('the release of a hold', () => {
  test('begins once', async () => {
    await startRelease(jobs, release, now);
    await startRelease(jobs, release, later(1_000));
    expect(await jobs.listOpen()).toEqual([aRelease()]);
  });

  test('does not begin again after it has ended', async () => {
    await startRelease(jobs, release, now);
    await jobs.close(closedJob(aRelease(), 'done', now));
    await startRelease(jobs, release, later(1_000));
    expect(await jobs.listOpen()).toEqual([]);
  });
});

test('reads that decide are strongly consistent', async () => {
  await jobs.open(aReplay('run_1'));
  sent.length = 0;
  await jobs.find('c1', 'run_2');
  await jobs.list('c1');
  await jobs.listOpen();
  await jobs.listNewest(1, undefined);
  expect(sent.map(({ input }) => input)).toEqual(
    Array.from({ length: 7 }, () => expect.objectContaining({ ConsistentRead: true })),
  );
});

/** The reads of a connection's jobs. Each reads the open jobs and the closed ones, one after the other. */
const reads: [string, () => Promise<unknown[]>][] = [
  ['find', async () => [await jobs.find('c1', 'run_1')]],
  ['list', () => jobs.list('c1')],
  ['listNewest', () => jobs.listNewest(5, undefined)],
];

describe.each(reads)('%s', (_, read) => {
  test.each([1, 2])('has a job that closes before operation %i, and has it once', async (number) => {
    await jobs.open(aReplay('run_1'));
    let operations = 0;
    before = async () => {
      operations += 1;
      if (operations !== number) return;
      before = () => undefined;
      await jobs.close(closedJob(aReplay('run_1'), 'done', now));
    };
    expect(await read()).toMatchObject([{ id: 'run_1' }]);
    expect(await jobs.listOpen()).toEqual([]);
  });
});
