/** A command whose result is bad exits with 1, so that a script stops. The next one, with a good result, exits with 0. */
import { expect, test } from '@jest/globals';
import { version } from '../../../shared/ground/base/version.ts';
import {
  type Asked,
  aConnection,
  aDeployment,
  aDestination,
  answered,
  aRedelivery,
  aReplay,
  env,
} from './given-api.ts';
import { hooklatch } from './given-terminal.ts';

const good = { replay: {}, test: { passed: true, steps: [] }, state: 'well' };

/** A deployment whose jobs and whose test of an endpoint have this result, and whose destination is in this state. */
function reply(
  { method, path }: Asked,
  { replay, test: result, state }: { replay: object; test: object; state: string },
): Response {
  if (path.endsWith('/endpoint/test')) return answered(result);
  if (path === '/healthz') return answered({ version });
  if (path === '/v1/me') return answered({ name: 'ada', role: 'connection_admin' });
  if (path === '/v1/destinations') return answered({ items: [aDestination()], nextCursor: null });
  if (path.endsWith('/health')) return answered({ state, waiting: { count: 0, isMore: false } });
  if (path === '/v1/connections') return answered({ items: [aConnection()], nextCursor: null });
  if (path.endsWith('/redeliveries') && method === 'POST') return answered({ id: 'rdl_1' });
  if (path.includes('/redeliveries/')) return answered(aRedelivery(replay));
  return path.endsWith('/replays') && method === 'POST' ? answered({ id: 'run_1' }) : answered(aReplay(replay));
}

const failedTest = { passed: false, steps: [{ step: 'stored', outcome: 'failed', detail: 'No event.' }] };
const jobs = [
  ['replays', 'start', 'orders', '--from', '2026-03-01', '--wait'],
  ['replays', 'show', 'orders', 'run_1', '--wait'],
  ['replays', 'show', 'orders', 'run_1'],
  ['redeliveries', 'start', 'shop', '--from', '2026-03-01', '--wait'],
  ['redeliveries', 'show', 'shop', 'rdl_1', '--wait'],
  ['redeliveries', 'show', 'shop', 'rdl_1'],
];
const badJobs: [string, object][] = [
  ['one failed', { failed: 1, done: 1 }],
  ['each failed', { failed: 2, done: 0 }],
  ['it was cancelled after a failure', { state: 'cancelled', failed: 1, done: 0 }],
  ['it failed before its first page', { state: 'failed', count: null, done: 0 }],
];
const rows: [string, string[], object][] = [
  ...jobs.flatMap((args) =>
    badJobs.map(([why, replay]): [string, string[], object] => [
      `${args.slice(0, 2).join(' ')}: ${why}`,
      args,
      { replay },
    ]),
  ),
  ['endpoint test: a step failed', ['endpoint', 'test', 'orders'], { test: failedTest }],
  ['doctor: an endpoint does not work', ['doctor'], { test: failedTest }],
  ['doctor: a destination fails', ['doctor'], { state: 'failing' }],
];

test.each(rows)('%s', async (_, args, bad) => {
  for (const flags of [[], ['--json']]) {
    const codeOf = async (result: object) => {
      const { fetch } = aDeployment((asked) => reply(asked, { ...good, ...result }));
      const { code, out } = await hooklatch([...args, ...flags], { env, fetch });
      expect(out).not.toBe('');
      return code;
    };
    expect([await codeOf(bad), await codeOf({})]).toEqual([1, 0]);
  }
});

test.each([
  ['a replay that skipped events', { skipped: 1, done: 1, skippedBecause: { expired: 1 } }],
  ['a replay that was cancelled', { state: 'cancelled', done: 1 }],
])('%s is no bad result', async (_, replay) => {
  const { fetch } = aDeployment((asked) => reply(asked, { ...good, replay }));
  expect((await hooklatch(['replays', 'show', 'orders', 'run_1'], { env, fetch })).code).toBe(0);
});
