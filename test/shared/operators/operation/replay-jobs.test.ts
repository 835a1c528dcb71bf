/** Requests that start, list, read and cancel replays, as an operator sees their answers. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Deps } from '../../../../functions/api-events.ts';
import { newConnection } from '../../../../shared/endpoints/endpoint/connection.ts';
import type { EventRow } from '../../../../shared/events/event/event.ts';
import { newReplay, type ReplayJob } from '../../../../shared/events/event/replay-job.ts';
import { variables } from '../../../../shared/ground/aws/environment.ts';
import type { Cancel } from '../../../../shared/ground/job/job.ts';
import { problemOf } from '../../../../shared/operators/api/problem.ts';
import { aMoment } from '../../../support/a-moment.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of variables) process.env[name] ??= '1';
const { apiEvents } = await import('../../../../functions/api-events.ts');

const replays = '/v1/connections/{name}/replays';
const now = new Date('2026-03-01T12:00:00.000Z');
const noon = '2026-03-01T12:00:00.000Z';
const morning = '2026-03-01T06:00:00.000Z';
const connection = newConnection({ name: 'orders', provider: 'generic', description: '' }, 'c1', { by: 'op_1', now });
const actor = { id: 'op_2', role: 'flow_designer' };
const idOf = (digit: number) => `run_${String(digit).repeat(36)}`;

const row = (receivedAt: string, more: Partial<EventRow> = {}): EventRow => ({
  id: 'evt_1',
  endpointId: 'e1',
  receivedAt,
  type: 'order.paid',
  method: 'POST',
  size: 2,
  tokenId: 't1',
  expiresAt: 1_900_000_000,
  units: 3,
  ...more,
});

const job = (more: Partial<ReplayJob> = {}): ReplayJob => ({
  ...newReplay({
    id: idOf(1),
    connection: 'orders',
    connectionId: 'c1',
    from: morning,
    to: noon,
    rate: 50,
    count: 2,
    startedAt: morning,
    by: 'op_1',
  }),
  ...more,
});

let rows: EventRow[];
let jobs: Map<string, ReplayJob>;
let openAlready: ReplayJob | undefined;
let wakes: number;
let logged: unknown[];
let deps: Deps;

beforeEach(() => {
  rows = [row('2026-03-01T07:00:00.000Z'), row('2026-03-01T08:00:00.000Z', { type: 'order.sent' })];
  jobs = new Map();
  openAlready = undefined;
  wakes = 0;
  logged = [];
  const find = async (connectionId: string, id: string) => (connectionId === 'c1' ? jobs.get(id) : undefined);
  const table = {
    open: async (opened: ReplayJob) => {
      if (!openAlready) jobs.set(opened.id, opened);
      return openAlready;
    },
    find,
    list: async () => [...jobs.values()],
    cancelReplay: async (connectionId: string, id: string, cancelled: Cancel) => {
      const found = await find(connectionId, id);
      return found && { ...found, cancelled };
    },
  };
  deps = {
    store: { readConnection: async (name: string) => (name === 'orders' ? connection : undefined) } as never,
    events: { list: async () => ({ events: rows, next: undefined }) } as never,
    jobs: table as never,
    wake: async () => {
      await aMoment();
      wakes += 1;
    },
    newJobId: () => idOf(1),
    replayCeiling: 100,
    log: ((...line: unknown[]) => logged.push(line)) as never,
  } as Partial<Deps> as Deps;
});

const call = (more: object) =>
  ({ params: { name: 'orders' }, query: {}, requestId: 'r1', now, actor, ...more }) as never;
const start = (body: object = {}) =>
  apiEvents(deps)[`POST ${replays}`](call({ body: { from: morning, dryRun: false, ratePerSecond: 50, ...body } }));

/** The status, the code and further members of the problem that answers a request. */
async function refusalOf(request: Promise<unknown>): Promise<unknown[]> {
  try {
    await request;
  } catch (error) {
    const { status, code, more } = problemOf(error) ?? {};
    if (code === undefined) throw error;
    return [status, code, more];
  }
  throw new Error('not refused');
}

/** The fault of a field of the body. */
const at = (path: string, message: unknown) => ({ errors: [{ path, pointer: `/${path}`, message }] });

describe('starting a replay', () => {
  test('saves a job for the range and wakes the function that works on it', async () => {
    expect(await start({ to: '2026-03-01T11:00:00Z', type: 'order.paid' })).toEqual({
      status: 202,
      body: { id: idOf(1), from: morning, to: '2026-03-01T11:00:00.000Z', count: 1 },
    });
    expect([...jobs.values()]).toEqual([
      {
        id: idOf(1),
        kind: 'replay',
        connection: 'orders',
        connectionId: 'c1',
        type: 'order.paid',
        from: morning,
        to: '2026-03-01T11:00:00.000Z',
        rate: 50,
        count: 1,
        startedAt: noon,
        by: 'op_2',
        state: 'running',
        progress: { done: 0, failed: 0, skipped: 0 },
      },
    ]);
    expect(wakes).toBe(1);
  });

  test('replays all types until now if neither a type nor an end is named', async () => {
    expect((await start()).body).toMatchObject({ from: morning, to: noon, count: 2 });
    const names = Object.keys(jobs.get(idOf(1)) ?? {});
    expect(names).toContain('rate');
    expect(names).not.toContain('type');
  });

  test('counts only the events of its type', async () => {
    rows.push(row('2026-03-01T09:00:00.000Z', { type: 'order.sent' }));
    expect((await start({ type: 'order.sent' })).body).toMatchObject({ count: 2 });
    expect((await start({ type: 'order.lost' })).body).toMatchObject({ count: 0 });
    expect((await start({ type: 'order.*' })).body).toMatchObject({ count: 3 });
  });

  test('skips the events that wait for a release, if the endpoint is held', async () => {
    rows.push(row('2026-03-01T09:00:00.000Z', { held: 'h1' }));
    const endpointWith = (hold: object) => ({ ...connection, endpoint: { id: 'e1', ...hold } }) as never;
    const skipped = async (hold: object) => {
      deps.store.readConnection = async () => endpointWith(hold);
      return (await start({ dryRun: true })).body;
    };
    expect(await skipped({})).toMatchObject({ skipped: 0, skippedBecause: {} });
    expect(await skipped({ hold: { id: 'h1', since: morning } })).toMatchObject({ skippedBecause: { held: 1 } });
  });

  test('has no count if there are too many events to count', async () => {
    deps.events.list = async () => ({ events: rows, next: 'more' });
    expect((await start()).body).toMatchObject({ count: null });
  });

  test('only counts in a dry run', async () => {
    rows.push(row('2026-03-01T09:00:00.000Z', { test: true }));
    expect(await start({ dryRun: true })).toEqual({
      status: 200,
      body: {
        from: morning,
        to: noon,
        upTo: '2026-03-01T11:59:45.000Z',
        count: 3,
        first: '2026-03-01T07:00:00.000Z',
        last: '2026-03-01T09:00:00.000Z',
        complete: true,
        skipped: 1,
        skippedBecause: { test: 1 },
        writeUnits: 6,
        // The test is not published.
        sample: rows.slice(0, 2),
      },
    });
    expect([jobs.size, wakes]).toEqual([0, 0]);
  });

  test.each<[string, object, [number, string, object]]>([
    ['the range is empty', { to: morning }, [422, 'range_empty', at('from', 'must be before to')]],
    [
      ...(['the range ends before it begins', { to: '2026-03-01T05:00:00Z' }] as const),
      [422, 'range_empty', at('from', 'must be before to')],
    ],
    [
      ...(['the range ends in the future', { to: '2026-03-01T12:00:00.001Z' }] as const),
      [422, 'range_in_future', at('to', expect.stringMatching(/^must not be in the future: .* now$/))],
    ],
    [
      ...(['the rate is above the limit', { ratePerSecond: 101 }] as const),
      [
        422,
        'rate_too_high',
        { ceiling: 100, ...at('ratePerSecond', expect.stringMatching(/^can be at most 100 here\./)) },
      ],
    ],
  ])('is refused if %s', async (_, body, expected) => {
    expect(await refusalOf(start(body))).toEqual(expected);
    expect([jobs.size, wakes]).toEqual([0, 0]);
  });

  test('says in its text which field is wrong', async () => {
    await expect(start({ to: '2026-03-01T12:00:00.001Z' })).rejects.toThrow(/^to must not be in the future: .* now\.$/);
    await expect(start({ ratePerSecond: 101 })).rejects.toThrow(/^ratePerSecond can be at most 100 here\. .*\.$/);
  });

  test('may have the highest rate, and may end now', async () => {
    expect((await start({ ratePerSecond: 100, to: noon })).status).toBe(202);
  });

  test('is refused with the id of the replay that has not ended', async () => {
    openAlready = job({ id: idOf(2) });
    expect(await refusalOf(start())).toEqual([409, 'replay_in_progress', { id: idOf(2) }]);
    expect(wakes).toBe(0);
  });

  test('succeeds if the wake-up fails, because the saved job is found within a minute', async () => {
    deps.wake = async () => {
      throw new TypeError('Lambda is away');
    };
    expect((await start()).status).toBe(202);
    expect(logged).toEqual([[{ warning: 'runner_not_woken', fault: 'TypeError', requestId: 'r1' }, 'warn']]);
  });
});

describe('a replay', () => {
  const read = (id: string) => apiEvents(deps)[`GET ${replays}/{id}`](call({ params: { name: 'orders', id } }));

  test('is read with its progress', async () => {
    jobs.set(idOf(1), job({ progress: { done: 1, failed: 0, skipped: 0 } }));
    expect(await read(idOf(1))).toMatchObject({ status: 200, body: { id: idOf(1), count: 2, done: 1 } });
  });

  test.each([idOf(2), '', 'run_1', `x${idOf(1)}`])('with the id %j is not found', async (id) => {
    jobs.set(id.startsWith('x') || id.length < 40 ? id : idOf(1), job());
    expect(await refusalOf(read(id))).toEqual([404, 'replay_not_found', {}]);
  });

  test('of an unknown connection is not found', async () => {
    const request = apiEvents(deps)[`GET ${replays}/{id}`](call({ params: { name: 'invoices', id: idOf(1) } }));
    expect(await refusalOf(request)).toEqual([404, 'connection_not_found', {}]);
  });
});

describe('the list of replays', () => {
  const list = async (query: object) => {
    const { status, body } = await apiEvents(deps)[`GET ${replays}`](call({ query }));
    expect(status).toBe(200);
    return { ids: body.items.map(({ id }) => id), next: body.nextCursor };
  };

  test('has pages, the newest first', async () => {
    for (const hour of [1, 2, 3])
      jobs.set(idOf(hour), job({ id: idOf(hour), startedAt: `2026-03-01T0${hour}:00:00.000Z` }));
    const first = await list({ limit: '2' });
    expect(first).toEqual({ ids: [idOf(3), idOf(2)], next: expect.any(String) });
    expect(await list({ limit: '2', cursor: first.next })).toEqual({ ids: [idOf(1)], next: null });
  });

  test('refuses a cursor of another list', async () => {
    expect(await refusalOf(list({ cursor: 'b3JkZXJz' }))).toEqual([400, 'invalid_cursor', {}]);
  });
});

describe('cancelling', () => {
  const cancel = async (stored: ReplayJob) => {
    jobs.set(stored.id, stored);
    return apiEvents(deps)[`DELETE ${replays}/{id}`](call({ params: { name: 'orders', id: stored.id } }));
  };
  const release = { kind: 'release', id: `release-${'1'.repeat(36)}` } as const;

  test('a replay that runs is accepted, and the function that works on it is woken', async () => {
    expect(await cancel(job({ state: 'cancelling' }))).toMatchObject({
      status: 202,
      body: { state: 'cancelling', by: 'op_1', cancelled: { by: 'op_2', at: noon } },
    });
    expect(wakes).toBe(1);
  });

  test('a replay that has ended changes nothing', async () => {
    expect(await cancel(job({ state: 'done', endedAt: noon }))).toMatchObject({ status: 200, body: { state: 'done' } });
    expect(wakes).toBe(0);
  });

  test('a release is refused, because held events must be published', async () => {
    expect(await refusalOf(cancel(job(release)))).toEqual([409, 'release_not_cancellable', {}]);
    expect(await cancel(job({ ...release, state: 'done', endedAt: noon }))).toMatchObject({ status: 200 });
  });
});
