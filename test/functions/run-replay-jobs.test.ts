import { describe, expect, test } from '@jest/globals';
import type { Deps } from '../../functions/run-replay-jobs.ts';
import type { Connection } from '../../shared/endpoints/endpoint/connection.ts';
import type { EventRow } from '../../shared/events/event/event.ts';
import { newRelease, newReplay, type ReplayJob } from '../../shared/events/event/replay-job.ts';
import { replayJobTable } from '../../shared/events/event/replay-job-table.ts';
import type { ReplayResult } from '../../shared/events/event/republish.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import { closedJob } from '../../shared/ground/job/job.ts';
import { givenJournal } from '../shared/operators/journal/given-journal.ts';
import { aMoment } from '../support/a-moment.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of variables) process.env[name] ??= '1';
const { runReplayJobs } = await import('../../functions/run-replay-jobs.ts');

const now = new Date('2026-03-01T12:00:00.000Z');
const later = (ms: number) => new Date(now.getTime() + ms);

const { client, table, sent, itemAt } = givenJournal();
const jobs = replayJobTable(client, table);

/** A replay of the connection with this id, at ten events a second. */
const aReplay = (connectionId = 'c1', more: Partial<ReplayJob> = {}): ReplayJob => ({
  ...newReplay({
    id: `run_${connectionId}`,
    connection: connectionId,
    connectionId,
    rate: 10,
    count: 10,
    from: '2026-03-01T11:00:00.000Z',
    to: '2026-03-01T11:30:00.000Z',
    startedAt: '2026-03-01T11:59:00.000Z',
    by: 'op_1',
  }),
  ...more,
});

/** The release of a hold that ended that many milliseconds before noon. */
const aRelease = (ms: number, more: Partial<ReplayJob> = {}): ReplayJob => ({
  ...newRelease(
    {
      connection: 'c1',
      connectionId: 'c1',
      holdId: 'h1',
      since: '2026-03-01T11:00:00.000Z',
      releasedAt: later(-ms).toISOString(),
      by: 'op_1',
    },
    now,
  ),
  ...more,
});

type Outcome = 'fails' | ReplayResult['kind'];

/** A page of events with the outcome of each. `ms` is how long it takes, and `during` happens while it is read. */
interface Page {
  outcomes?: Outcome[];
  ms?: number;
  during?: () => unknown;
}

interface Given {
  pages?: Page[];
  /** How much time the invocation has at its start, in ms. */
  remaining?: number;
  payload?: unknown;
  /** Whether the connections exist. */
  isThere?: boolean;
  wake?: Deps['wake'];
  /** Operations of the table of jobs that work in another way. */
  table?: Partial<Deps['jobs']>;
  note?: Deps['note'];
  /** How many ms after noon the invocation begins. */
  after?: number;
}

/** How long a failed write waits before it is tried again, in ms. All other waits keep the rate, or wait for events. */
const retryMs = 100;

/** Runs the open jobs, which all have the same pages. Time passes only while a page is read and during waits. */
async function run(given: Given = {}) {
  const { pages = [{}], remaining = 600_000, payload = {}, isThere = true, wake } = given;
  const clock = { now: later(given.after ?? 0), reads: 0 };
  const pass = (ms: number) => {
    clock.now = new Date(clock.now.getTime() + ms);
  };
  const noted = {
    reads: [] as string[],
    waits: [] as number[],
    woken: [] as unknown[],
    lines: [] as object[],
    actions: [] as unknown[],
  };
  let leases = 0;
  const work = runReplayJobs({
    jobs: { ...jobs, ...given.table },
    note: given.note ?? (async (action) => void noted.actions.push(action)),
    events: {
      async list(connectionId, { after = '0' }) {
        const { outcomes = [], ms = 0, during } = pages[Number(after)] ?? {};
        noted.reads.push(`${connectionId} page ${after} after ${clock.now.getTime() - now.getTime()} ms`);
        await during?.();
        pass(ms);
        const events = outcomes.map((outcome) => ({ id: outcome, held: 'h1' }) as EventRow);
        const next = Number(after) + 1;
        return { events, next: next < pages.length ? String(next) : undefined };
      },
    },
    republisher: {
      async replay(outcome) {
        if (outcome === 'fails') throw new Error('the table takes no write');
        const kind = outcome as ReplayResult['kind'];
        return kind === 'replayed' ? { kind, replays: 1 } : { kind };
      },
      release: async (outcome) => outcome === 'replayed',
    },
    readConnection: async (name) => (isThere ? ({ id: name, endpoint: null } as Connection) : undefined),
    wake: wake ?? (async (again) => void noted.woken.push(again)),
    newId: () => {
      leases += 1;
      return `lease_${leases}`;
    },
    now() {
      clock.reads += 1;
      // Work that does not wait for the end of a pause would go on for ever.
      if (clock.reads > 10_000) throw new Error('the work never ends');
      return clock.now;
    },
    async sleep(ms) {
      await aMoment();
      pass(ms);
      if (ms !== retryMs) noted.waits.push(ms);
    },
    log: (line, level = 'info') => void noted.lines.push({ level, ...line }),
  });
  const getRemainingTimeInMillis = () => remaining - (clock.now.getTime() - now.getTime());
  await work(payload, { getRemainingTimeInMillis });
  return noted;
}

/** Runs one replay with these pages, and reads it afterwards. */
async function replayed(given: Given = {}) {
  await jobs.open(aReplay());
  const noted = await run(given);
  return { ...noted, job: await jobs.find('c1', 'run_c1') };
}

/** The lease of the connection's replay: who has it, and for how many ms from noon. */
async function leaseOf(connectionId = 'c1'): Promise<[string | undefined, number]> {
  const item = await itemAt('runs', `${connectionId}#replay`);
  return [item?.['lease']?.S, Number(item?.['leasedUntil']?.N) - now.getTime()];
}
const givenBack = -now.getTime();

/** Another instance takes the lease of a replay, as if it had run out. */
const takenOver = () => jobs.take(aReplay(), { id: 'other', until: later(90_000).getTime() }, later(60_000));

/** The number of times that a job was saved. Taking its lease is also an update. */
const saves = () =>
  sent.filter((operation) => operation.name === 'UpdateItem' && JSON.stringify(operation.input).includes(':record'));

describe('the rate', () => {
  // A failed write counts too, because it costs the table as much as a successful one.
  test.each<[string, Outcome[], number[]]>([
    ['1 s for ten events that are published', Array(10).fill('replayed'), [1_000]],
    ['0.5 s for five events that are published', Array(5).fill('replayed'), [500]],
    [
      '1 s for two events that are published and eight that fail',
      [...Array(2).fill('replayed'), ...Array(8).fill('fails')],
      // The writes of the failed ones took 1.6 s.
      [],
    ],
    ['0.4 s for four events that are published and one that is held', [...Array(4).fill('replayed'), 'held'], [400]],
    ['no time for three events that have expired', Array(3).fill('gone'), []],
  ])('of ten events a second gives a page %s', async (_, outcomes, expected) => {
    expect((await replayed({ pages: [{ outcomes }] })).waits).toEqual(expected);
  });

  const ten: Outcome[] = Array(10).fill('replayed');

  test.each<[string, number, number[]]>([
    ['waits for the rest of the time', 300, [700]],
    ['does not wait if the page took all of its time', 1_000, []],
    ['does not wait if the page took longer', 2_000, []],
    ['waits no longer than the time if the clock was set back', -5_000, [1_000]],
  ])('%s', async (_, ms, expected) => {
    expect((await replayed({ pages: [{ outcomes: ten, ms }] })).waits).toEqual(expected);
  });

  test('holds back the next page', async () => {
    const { reads } = await replayed({ pages: [{ outcomes: ten }, { outcomes: ten, ms: 400 }, {}] });
    expect(reads).toEqual(['c1 page 0 after 0 ms', 'c1 page 1 after 1000 ms', 'c1 page 2 after 2000 ms']);
  });

  test('counts failed writes as well', async () => {
    // Each of the three failed writes is tried three times, which takes 0.2 s each.
    const outcomes: Outcome[] = ['replayed', 'fails', 'fails', 'fails', ...Array(6).fill('replayed')];
    expect((await replayed({ pages: [{ outcomes }] })).waits).toEqual([400]);
  });
});

test('the progress counts what was published, failed and skipped, and the job is closed', async () => {
  const outcomes: Outcome[] = ['replayed', 'fails', 'replayed', 'held', 'gone', 'repeated'];
  const { job, lines } = await replayed({ pages: [{ outcomes }] });
  expect(job).toMatchObject({
    state: 'done',
    endedAt: '2026-03-01T12:00:00.400Z',
    progress: { done: 3, failed: 1, skipped: 2 },
  });
  expect(await jobs.listOpen()).toEqual([]);
  expect(lines).toEqual([
    { level: 'warn', warning: 'event_not_published', run: 'run_c1', fault: 'Error' },
    {
      level: 'info',
      run: 'run_c1',
      kind: 'replay',
      connection: 'c1',
      state: 'done',
      done: 3,
      failed: 1,
      skipped: 2,
    },
  ]);
});

test('what operators did with a replay is in the history, and a failed write of it is tried again', async () => {
  const during = () => jobs.cancelReplay('c1', 'run_c1', cancel);
  const started = {
    ...{ verb: 'startReplay', by: 'op_1', at: '2026-03-01T11:59:00.000Z', of: 'run_c1' },
    ...{ eventsFrom: '2026-03-01T11:00:00.000Z', eventsTo: '2026-03-01T11:30:00.000Z', eventCount: 10 },
  };
  const pages = [{ outcomes: ['replayed' as const], during }, {}];
  await jobs.open(aReplay());
  const note = async () => {
    throw new Error('the table takes no write');
  };
  await expect(run({ pages, note })).rejects.toThrow('takes no write');
  expect(await jobs.find('c1', 'run_c1')).toMatchObject({ state: 'running', progress: { done: 0 } });
  const { actions } = await run({ pages, after: 60_000 });
  const cancelled = { verb: 'cancelReplay', ...cancel, of: 'run_c1' };
  expect(actions).toEqual([
    { connectionId: 'c1', turn: 0, action: started },
    { connectionId: 'c1', turn: 0, action: started },
    { connectionId: 'c1', turn: 1, action: cancelled },
  ]);
});

const cancel = { by: 'op_2', at: '2026-03-01T11:59:30.000Z' };

test('a replay whose connection is gone fails', async () => {
  const { job, lines } = await replayed({ isThere: false });
  expect(job).toMatchObject({ state: 'failed', endedAt: now.toISOString() });
  expect(lines).toMatchObject([{ run: 'run_c1', state: 'failed' }]);
});

test('a replay that an operator cancels during a page ends after that page', async () => {
  const during = () => jobs.cancelReplay('c1', 'run_c1', cancel);
  const { job, reads, lines } = await replayed({ pages: [{ outcomes: ['replayed'], during }, {}] });
  expect(reads).toHaveLength(1);
  expect(job).toMatchObject({ state: 'cancelled', progress: { done: 1 } });
  expect(lines).toMatchObject([{ state: 'cancelled', done: 1 }]);
});

test('a replay whose latest events may not be listed yet waits for them', async () => {
  await jobs.open(aReplay('c1', { to: later(-2_000).toISOString() }));
  const leases: unknown[] = [];
  const { waits, reads } = await run({ pages: [{ during: async () => leases.push(await leaseOf()) }] });
  expect([waits, reads]).toEqual([[5_000, 5_000, 3_000], ['c1 page 0 after 13000 ms']]);
  // Each wait renews it.
  expect(leases).toEqual([['lease_1', 28_000]]);
});

test('a replay that an operator cancels while it waits ends after that wait', async () => {
  await jobs.open(aReplay('c1', { to: now.toISOString() }));
  const take: Deps['jobs']['take'] = async (...args) => {
    const taken = await jobs.take(...args);
    await jobs.cancelReplay('c1', 'run_c1', cancel);
    return taken;
  };
  const { waits, reads } = await run({ table: { take } });
  expect([waits, reads]).toEqual([[5_000], []]);
  expect(await jobs.find('c1', 'run_c1')).toMatchObject({ state: 'cancelled' });
});

describe('the progress of a page', () => {
  const empty: Page = { ms: 400 };
  test.each<[string, Page[], number]>([
    ['is saved if it is the last page', [{}], 1],
    ['is saved if an event was published', [{ outcomes: ['replayed'] }, {}], 2],
    ['is saved if an event failed', [{ outcomes: ['fails', 'gone'] }, {}], 2],
    ['is saved if an event was skipped', [{ outcomes: ['gone'] }, {}], 2],
    ['is saved if as many were published as failed', [{ outcomes: ['replayed', 'fails'] }, {}], 2],
    ['is saved if as many were published as skipped', [{ outcomes: ['replayed', 'held'] }, {}], 2],
    ['is not saved if nothing happened', [{}, {}], 1],
    ['is not saved within a second of the last time', [{ ms: 999 }, {}], 1],
    ['is saved a second after the last time', [{ ms: 1_000 }, {}], 2],
    // After 1.2 s, after 2.4 s, and at the end.
    ['is saved once a second if nothing happens', Array(7).fill(empty), 3],
    // The first page is saved after 0.9 s. The second one ends 0.9 s later.
    ['is not saved within a second of a page with events', [{ outcomes: ['replayed'], ms: 900 }, { ms: 900 }, {}], 2],
  ])('%s', async (_, pages, expected) => {
    sent.length = 0;
    expect((await replayed({ pages })).job).toMatchObject({ state: 'done' });
    expect(saves()).toHaveLength(expected);
  });
});

describe('the lease of a job', () => {
  test('lasts 15 s, and is renewed with each page', async () => {
    const leases: unknown[] = [];
    const during = async () => leases.push(await leaseOf());
    const pages: Page[] = [{ during, ms: 4_000, outcomes: ['replayed'] }, { during }];
    await replayed({ pages });
    expect(leases).toEqual([
      ['lease_1', 15_000],
      ['lease_1', 19_000],
    ]);
  });

  test('is another one for each job', async () => {
    const leases: unknown[] = [];
    for (const id of ['c1', 'c2']) await jobs.open(aReplay(id));
    await run({ pages: [{ during: async () => leases.push(await leaseOf('c1'), await leaseOf('c2')) }] });
    expect(leases).toContainEqual(['lease_1', 15_000]);
    expect(leases).toContainEqual(['lease_2', 15_000]);
  });

  test('is given back when the time is up', async () => {
    const { job } = await replayed({ pages: [{ outcomes: ['replayed'] }, {}], remaining: 15_050 });
    expect(await leaseOf()).toEqual(['lease_1', givenBack]);
    expect(job).toMatchObject({ state: 'running', progress: { done: 1, cursor: '1' } });
  });

  test('keeps other instances away', async () => {
    await jobs.open(aReplay());
    await jobs.take(aReplay(), { id: 'other', until: later(1).getTime() }, now);
    expect(await run()).toMatchObject({ reads: [], woken: [] });
    expect(await leaseOf()).toEqual(['other', 1]);
  });

  test('may be taken when it has run out', async () => {
    await jobs.open(aReplay());
    await jobs.take(aReplay(), { id: 'other', until: now.getTime() }, now);
    expect((await run()).reads).toHaveLength(1);
  });

  test('stops the work if it is lost during a page', async () => {
    const pages: Page[] = [{ outcomes: ['replayed'], during: takenOver }, {}];
    const { reads, waits, woken, job } = await replayed({ pages });
    expect([reads.length, waits, woken]).toEqual([1, [], []]);
    expect(job).toMatchObject({ state: 'running', progress: { done: 0 } });
    expect(await leaseOf()).toEqual(['other', 90_000]);
  });

  test('is not given back if it is lost when the time is up', async () => {
    // Nothing happens on the first page, so its progress is not saved.
    const pages: Page[] = [{ ms: 999, during: takenOver }, {}];
    const { reads, woken } = await replayed({ pages, remaining: 15_500 });
    expect([reads.length, woken]).toEqual([1, []]);
    expect(await leaseOf()).toEqual(['other', 90_000]);
  });
});

describe('a release', () => {
  const leaseOfRelease = async () => (await itemAt('runs', 'c1#release#h1'))?.['leasedUntil']?.N;

  test('rests until no further event of its hold can be stored, and gives its lease back', async () => {
    await jobs.open(aRelease(30_000));
    const { reads, woken } = await run({ pages: [{ outcomes: ['replayed'] }] });
    // Once to count its events, and once to publish them.
    expect([reads.length, woken]).toEqual([2, []]);
    expect(await leaseOfRelease()).toBe('0');
    expect(await jobs.listOpen()).toMatchObject([{ progress: { done: 1, restUntil: '2026-03-01T12:01:30.000Z' } }]);
  });

  test('is not leased while it rests', async () => {
    const restUntil = later(1).toISOString();
    await jobs.open(aRelease(30_000, { progress: { done: 1, failed: 0, skipped: 0, restUntil } }));
    expect(await run()).toMatchObject({ reads: [], woken: [] });
    expect(await leaseOfRelease()).toBeUndefined();
  });

  test('goes on if its connection is gone', async () => {
    await jobs.open(aRelease(300_000));
    await run({ isThere: false });
    expect(await jobs.find('c1', 'release-h1')).toMatchObject({ state: 'done' });
  });
});

describe('an invocation', () => {
  test('works if more than 15 s are left', async () => {
    const { woken, job } = await replayed({ remaining: 15_001 });
    expect([woken, job]).toMatchObject([[], { state: 'done' }]);
  });

  test('leaves the jobs to the next one if 15 s are left', async () => {
    const { reads, woken, job } = await replayed({ remaining: 15_000 });
    expect([reads, woken, job]).toMatchObject([[], [{ chain: 1 }], { state: 'running' }]);
    expect(await leaseOf()).toEqual([undefined, Number.NaN]);
  });

  test.each<[string, unknown, unknown[]]>([
    ['begins a chain of calls', {}, [{ chain: 1 }]],
    ['begins a chain if its payload is no number', { chain: 'x' }, [{ chain: 1 }]],
    ['begins a chain if its payload is no whole number', { chain: 1.5 }, [{ chain: 1 }]],
    ['goes on with the chain', { chain: 1 }, [{ chain: 2 }]],
    ['goes on to the seventh invocation', { chain: 5 }, [{ chain: 6 }]],
    // One that redelivers sends messages, and the eighth could not.
    ['ends the chain after the seventh invocation', { chain: 6 }, []],
    ['ends a chain that an earlier version made longer', { chain: 8 }, []],
  ])('that runs out of time %s', async (_, payload, expected) => {
    const { woken } = await replayed({ pages: [{ ms: 50 }, {}], remaining: 15_050, payload });
    expect(woken).toEqual(expected);
  });

  test('that did all of its work calls no other', async () => {
    expect((await replayed({ payload: { chain: 3 } })).woken).toEqual([]);
    expect(await run()).toMatchObject({ reads: [], woken: [] });
  });

  test('fails if it cannot call the next one', async () => {
    await jobs.open(aReplay());
    const wake = async () => {
      throw new Error('Lambda takes no call');
    };
    await expect(run({ remaining: 1_000, wake })).rejects.toThrow('Lambda takes no call');
  });

  test('works on eight jobs at once, and then on the others', async () => {
    const ids = Array.from({ length: 10 }, (_, at) => `c${at}`);
    for (const id of ids) await jobs.open(aReplay(id));
    sent.length = 0;
    const begun: number[] = [];
    const during = () => begun.push(sent.filter(({ name }) => name === 'UpdateItem').length);
    const { reads } = await run({ pages: [{ during }] });
    expect(begun[0]).toBe(8);
    expect(reads.map((read) => read.split(' ')[0]).sort()).toEqual(ids);
    expect(await jobs.listOpen()).toEqual([]);
  });

  test('works on the other jobs if one fails, and then fails with its error', async () => {
    for (const id of ['c1', 'c2', 'c3']) await jobs.open(aReplay(id));
    let reads = 0;
    const during = () => {
      reads += 1;
      if (reads === 1) throw new Error('the index is throttled');
    };
    const woken: unknown[] = [];
    const wake = async (payload: unknown) => void woken.push(payload);
    await expect(run({ pages: [{ during }], wake })).rejects.toThrow('the index is throttled');
    // The schedule calls the next one.
    expect(woken).toEqual([]);
    expect(reads).toBe(3);
    expect(await jobs.listOpen()).toHaveLength(1);
  });

  const fails = async () => {
    throw new Error('the table takes no write');
  };

  test.each<[string, ReplayJob, Partial<Deps['jobs']>]>([
    ['a lease cannot be taken', aReplay(), { take: fails }],
    ['the progress cannot be saved', aReplay(), { save: fails }],
    ['a job cannot be closed', aReplay(), { close: fails }],
    [
      'the lease of a release that rests cannot be given back',
      aRelease(30_000),
      { save: (job, lease) => (lease.until === 0 ? fails() : jobs.save(job, lease)) },
    ],
  ])('fails if %s', async (_, job, table) => {
    await jobs.open(job);
    await expect(run({ table })).rejects.toThrow('the table takes no write');
  });

  test('fails if a lease cannot be given back when the time is up', async () => {
    await jobs.open(aReplay());
    const pages: Page[] = [{ ms: 50 }, {}];
    await expect(run({ pages, remaining: 15_050, table: { save: fails } })).rejects.toThrow('takes no write');
  });

  test('calls the next one even if a job failed', async () => {
    const woken: unknown[] = [];
    for (const id of ['c1', 'c2']) await jobs.open(aReplay(id));
    let reads = 0;
    const during = () => {
      reads += 1;
      if (reads === 1) throw new Error('the index is throttled');
    };
    const pages: Page[] = [{ during, ms: 50 }, {}];
    const wake = async (payload: unknown) => void woken.push(payload);
    await expect(run({ pages, remaining: 15_050, wake })).rejects.toThrow('the index is throttled');
    expect(woken).toEqual([{ chain: 1 }]);
  });

  test('closes a job that another instance finished but did not close', async () => {
    const ended = { ...aReplay().progress, ended: 'done' as const };
    await jobs.open(aReplay('c1', { progress: ended }));
    expect((await run()).reads).toEqual([]);
    expect(await jobs.find('c1', 'run_c1')).toEqual(closedJob(aReplay('c1', { progress: ended }), 'done', now));
  });
});
