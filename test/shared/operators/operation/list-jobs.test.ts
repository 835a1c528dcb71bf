/** The list of all jobs: what is on its pages, against a list by hand. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newRedelivery } from '../../../../shared/deliveries/dispatch/redelivery-job.ts';
import { newConnection } from '../../../../shared/endpoints/endpoint/connection.ts';
import { newReplay } from '../../../../shared/events/event/replay-job.ts';
import { closedJob, type Job } from '../../../../shared/ground/job/job.ts';
import { listAllJobs } from '../../../../shared/operators/operation/list-jobs.ts';
import { aStateTable } from '../../endpoints/endpoint/given-state-table.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const store = aStateTable();
await store.openConnection(
  newConnection({ name: 'orders', provider: 'generic', description: '' }, 'c1', { by: 'op_1', now }),
  'r0',
);

const at = (second: number): string => new Date(now.getTime() + second * 1_000).toISOString();
const plan = { rate: 50, count: null, by: 'op_1', from: at(-60), to: at(0) };

interface Drawn {
  kind: 'replay' | 'release' | 'redelivery';
  end: 'done' | 'cancelled' | 'failed' | undefined;
  connectionId: string | undefined;
}

/** The job that began at this second. */
function jobOf({ kind, end, connectionId = 'c1' }: Drawn, second: number) {
  const common = { ...plan, startedAt: at(second) };
  const job =
    kind === 'redelivery'
      ? newRedelivery({
          ...common,
          ...{ id: `rdl_${second}`, statuses: ['failed'], destination: 'shop', destinationId: 'd1', connectionId },
        })
      : { ...newReplay({ ...common, id: `run_${second}`, connection: 'orders', connectionId }), kind };
  return end === undefined ? job : closedJob(job, end, now);
}

/** A table that has these jobs, given in the order in which they began. */
const tableOf = <J extends Job>(jobs: J[]) => ({
  listNewest: async (limit: number, after: string | undefined) =>
    jobs
      .filter(({ startedAt, id }) => after === undefined || `${startedAt}#${id}` < after)
      .reverse()
      .slice(0, limit),
});

const drawn = fc.record({
  kind: fc.constantFrom('replay' as const, 'release' as const, 'redelivery' as const),
  end: fc.constantFrom('done' as const, 'cancelled' as const, 'failed' as const, undefined),
  connectionId: fc.constantFrom('c1', 'c2'),
});

/** All pages of a list, and what each said. */
async function pagesOf(jobs: ReturnType<typeof jobOf>[], filter: object, limit: number) {
  const isOf = (kind: string) => (job: ReturnType<typeof jobOf>) => ('destination' in job ? 'rdl' : 'run') === kind;
  const ports = { store, jobs: tableOf(jobs.filter(isOf('run'))), redeliveries: tableOf(jobs.filter(isOf('rdl'))) };
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const page = await listAllJobs({ ...filter, limit, after }, ports as never);
    pages.push(page.shown.map(({ id }) => id));
    after = page.next;
  } while (after !== undefined);
  return pages;
}

const filters: [object, (job: Drawn) => boolean][] = [
  [{}, () => true],
  [{ kind: 'release' }, ({ kind }) => kind === 'release'],
  [{ kind: 'redelivery', state: 'open' }, ({ kind, end }) => kind === 'redelivery' && end === undefined],
  [{ state: 'cancelled' }, ({ end }) => end === 'cancelled'],
  [{ connection: 'orders' }, ({ connectionId }) => connectionId === 'c1'],
];

test.each(filters)('%j has exactly the jobs that it names, the newest first', async (filter, isMeant) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(drawn, { maxLength: 12, size: 'max' }),
      fc.integer({ min: 1, max: 5 }),
      async (all, limit) => {
        const pages = await pagesOf(all.map(jobOf), filter, limit);
        const expected = all.flatMap((job, second) =>
          isMeant(job) ? [`${job.kind === 'redelivery' ? 'rdl' : 'run'}_${second}`] : [],
        );
        expect(pages.flat()).toEqual(expected.reverse());
        // Only the last page is not full.
        expect(pages.slice(0, -1).every(({ length }) => length === limit)).toBe(true);
      },
    ),
    { numRuns: 40 },
  );
});

test('a page reads a bounded number of jobs, and the next one goes on there', async () => {
  const all = Array.from({ length: 1_300 }, (_, second): Drawn => {
    return { kind: second === 5 ? 'release' : 'replay', end: 'done', connectionId: 'c1' };
  });
  expect(await pagesOf(all.map(jobOf), { kind: 'release' }, 50)).toEqual([[], ['run_5']]);
});

test('a redelivery of all connections is of none', async () => {
  const job = newRedelivery({
    ...{ ...plan, id: 'rdl_0', startedAt: at(0), statuses: ['failed'], destination: 'shop', destinationId: 'd1' },
  });
  expect(await pagesOf([job], { connection: 'orders' }, 5)).toEqual([[]]);
});
