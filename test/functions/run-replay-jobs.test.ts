import { expect, test } from '@jest/globals';
import type { Deps } from '../../functions/run-replay-jobs.ts';
import { variable } from '../../shared/aws/environment.ts';
import type { Connection } from '../../shared/endpoint/connection.ts';
import type { EventRow } from '../../shared/event/event.ts';
import { newReplay, type ReplayJob } from '../../shared/event/replay-job.ts';
import type { ReplayResult } from '../../shared/event/republish.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of Object.values(variable)) process.env[name] ??= '1';
const { runReplayJobs } = await import('../../functions/run-replay-jobs.ts');

const now = new Date('2026-03-01T12:00:00.000Z');
const job = newReplay({
  ...{ id: 'run_1', connection: 'orders', connectionId: 'c1', rate: 10, count: 10 },
  ...{ from: '2026-03-01T11:00:00.000Z', to: '2026-03-01T11:30:00.000Z', startedAt: '2026-03-01T11:59:00.000Z' },
});

/** How long a failed write waits before it is tried again, in ms. All other waits keep the rate. */
const retryMs = 100;

/** Replays these events in one page. @returns the waits that keep the rate, in ms, and the closed job */
async function replayed(outcomes: ('fails' | ReplayResult['kind'])[]) {
  const waits: number[] = [];
  const closed: ReplayJob[] = [];
  const events = outcomes.map((_, at) => ({ id: String(at) }) as EventRow);
  const jobs: Pick<Deps['jobs'], 'listOpen' | 'take' | 'save' | 'close'> = {
    listOpen: async () => [job],
    take: async (open) => open,
    save: async (saved) => saved,
    close: async (ended) => void closed.push(ended),
  };
  const republisher: Deps['republisher'] = {
    async replay(id) {
      const kind = outcomes[Number(id)] ?? 'gone';
      if (kind === 'fails') throw new Error('the table takes no write');
      return kind === 'replayed' ? { kind, replays: 1 } : { kind };
    },
    release: async () => false,
  };
  const run = runReplayJobs({
    jobs: jobs as Deps['jobs'],
    events: { list: async () => ({ events, next: undefined }) },
    republisher,
    readConnection: async () => ({ id: 'c1', endpoint: null }) as Connection,
    wake: async () => undefined,
    newId: () => 'lease_1',
    now: () => now,
    sleep: async (ms) => void (ms !== retryMs && waits.push(ms)),
    log: () => undefined,
  });
  await run({}, { getRemainingTimeInMillis: () => 60_000 });
  return { waits, closed };
}

// A failed write counts too, because it costs the table as much as a successful one.
test.each<[string, ('fails' | ReplayResult['kind'])[], number[]]>([
  ['1 s for ten events that are published', Array(10).fill('replayed'), [1_000]],
  ['0.5 s for five events that are published', Array(5).fill('replayed'), [500]],
  [
    '1 s for two events that are published and eight that fail',
    [...Array(2).fill('replayed'), ...Array(8).fill('fails')],
    [1_000],
  ],
  ['0.4 s for four events that are published and one that is held', [...Array(4).fill('replayed'), 'held'], [400]],
  ['no time for three events that have expired', Array(3).fill('gone'), []],
])('at ten events per second, a page takes %s', async (_, outcomes, expected) => {
  expect((await replayed(outcomes)).waits).toEqual(expected);
});

test('the progress counts what was published, failed and skipped', async () => {
  const { closed } = await replayed(['replayed', 'fails', 'replayed', 'held', 'gone', 'repeated']);
  expect(closed).toMatchObject([
    { state: 'done', endedAt: now.toISOString(), progress: { done: 3, failed: 1, skipped: 2 } },
  ]);
});
