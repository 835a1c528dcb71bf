/** `events timeline`: a line for each kind of step. */
import { expect, test } from '@jest/globals';
import type { TimelineStep } from '../../../shared/operators/journal/event-timeline.ts';
import { aDeployment, answered, env } from './given-api.ts';
import { hooklatch } from './given-terminal.ts';

const at = (minute: number) => `2026-03-01T12:0${minute}:00.000Z`;
const attempt = { step: 'attempted', delivery: 'dlv_1', destination: 'shop', rule: 'all', ms: 12 } as const;

const items: TimelineStep[] = [
  { step: 'received', at: at(0), method: 'POST', size: 5, sourceIp: '192.0.2.1' },
  { step: 'verified', verifiedBy: 'signature', tokenId: 'tok_1' },
  { step: 'stored', expiresAt: '2026-03-31T12:00:00.000Z' },
  { step: 'held', releasedAt: at(1) },
  { step: 'held' },
  { step: 'published', asOf: at(9) },
  { step: 'given_up', at: at(2), code: 'Unreadable' },
  { step: 'replayed', replay: 1, at: at(3), by: 'op_1' },
  { step: 'replayed', replay: 2, at: at(4), by: 'op_2', job: 'run_1' },
  { step: 'replayed', replay: 3 },
  { ...attempt, at: at(5), attempt: 1, outcome: 'answered', status: 503 },
  { ...attempt, at: at(6), attempt: 2, outcome: 'timeout', cause: 'no answer in time' },
  { ...attempt, at: at(7), attempt: 3, outcome: 'unreachable' },
];

test('the way of an event has a line for each step, and the JSON as the API has it', async () => {
  const answer = { items, publication: 'published', publicationAsOf: at(9) };
  const asked: string[] = [];
  const { fetch } = aDeployment(({ path }) => {
    asked.push(path);
    return answered(answer);
  });
  const args = ['events', 'timeline', 'orders', 'evt_1'];
  const { out } = await hooklatch(args, { env, fetch });
  expect(asked).toEqual(['/v1/connections/orders/events/evt_1/timeline']);
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => line.trimEnd()),
  ).toEqual([
    'AT                        STEP       WHAT',
    '2026-03-01T12:00:00.000Z  received   POST, 5 bytes, from 192.0.2.1',
    '                          verified   by signature, with the token tok_1',
    '                          stored     until 2026-03-31T12:00:00.000Z',
    '                          held       until its release at 2026-03-01T12:01:00.000Z',
    '                          held       not released',
    '                          published  checked at 2026-03-01T12:09:00.000Z',
    '2026-03-01T12:02:00.000Z  given up   the bus answered Unreadable',
    '2026-03-01T12:03:00.000Z  replayed   replay 1 by op_1',
    '2026-03-01T12:04:00.000Z  replayed   replay 2 by op_2, run_1',
    '                          replayed   replay 3, who asked for it is not known, or not yet',
    '2026-03-01T12:05:00.000Z  attempted  shop: attempt 1 by rule all, 503 after 12 ms',
    '2026-03-01T12:06:00.000Z  attempted  shop: attempt 2 by rule all, no answer in time after 12 ms',
    '2026-03-01T12:07:00.000Z  attempted  shop: attempt 3 by rule all, unreachable after 12 ms',
  ]);
  expect((await hooklatch([...args, '--json'], { env, fetch })).json()).toEqual(answer);
});
