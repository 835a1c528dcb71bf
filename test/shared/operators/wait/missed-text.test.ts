/** What a waiter says when the time is up. */
import { expect, test } from '@jest/globals';
import { missedLines } from '../../../../shared/operators/wait/missed-text.ts';
import type { Missed, NearMiss, WaitResult } from '../../../../shared/operators/wait/wait-for-events.ts';
import type { MissReason } from '../../../../shared/operators/wait/waited-event.ts';

const words = {
  rejection: () => 'The signature is wrong.',
  sample: ({ cause }: { cause: string }) => (cause === 'nothing' ? '' : `Look at ${cause}.`),
};
const miss = (id: string, difference: MissReason): NearMiss => ({
  id,
  receivedAt: '12:00',
  type: 'push',
  ...difference,
});
const nothing: Missed = { others: 0, nearMisses: [], rejections: [] };

const linesOf = (missed: Missed, count = 1, events: WaitResult['events'] = []) =>
  missedLines({ events, missed }, { connection: 'orders', count, timeoutMs: 1_500 }, words);

test('nothing came', () => {
  expect(linesOf(nothing)).toEqual([
    'The event of orders did not come within 1.5 s.',
    'No other event came.',
    'No webhook was refused.',
  ]);
  expect(linesOf({ ...nothing, rejections: undefined, fault: 'Lost.' }, 3)).toEqual([
    'Only 0 of 3 events of orders came within 1.5 s.',
    'At the end the API did not answer: Lost.',
    'No other event came.',
    'Whether webhooks were refused could not be read.',
  ]);
});

test('others came, each with how it differs', () => {
  const nearMisses = [
    miss('a', { why: 'differs', at: '/data/ref', wanted: '["main"]', found: '"next"' }),
    miss('z', { why: 'differs', at: '/data/ref', wanted: '["main"]' }),
    miss('b', { why: 'together' }),
    miss('c', { why: 'withheld' }),
    miss('d', { why: 'gone' }),
    miss('e', { why: 'unread' }),
    miss('f', { why: 'overBudget' }),
  ];
  expect(linesOf({ ...nothing, others: 8, nearMisses }).slice(1, -1)).toEqual([
    '8 other events came, the nearest:',
    '  a 12:00 push: differs at /data/ref: wanted ["main"], found "next"',
    '  z 12:00 push: differs at /data/ref: wanted ["main"], found nothing that can be shown',
    '  b 12:00 push: meets each condition, but not by one element of a list',
    '  c 12:00 push: its body holds a token, and this role does not get it',
    '  d 12:00 push: is no longer there',
    '  e 12:00 push: could not be read in time',
    '  f 12:00 push: is too large to compare',
    'To see it: hooklatch events show orders a',
  ]);
  expect(linesOf({ ...nothing, others: 1, nearMisses: nearMisses.slice(0, 1) })[1]).toBe('1 other event came:');
});

test('a type can not write to a terminal', () => {
  const nearMisses = [{ ...miss('a', { why: 'together' }), type: 'push\u001b[2J\nforged' }];
  expect(linesOf({ ...nothing, others: 1, nearMisses })[2]).toBe(
    '  a 12:00 push\\u001b[2J\\u000aforged: meets each condition, but not by one element of a list',
  );
});

test('webhooks were refused, each cause with its advice', () => {
  const sample = (cause: string) => ({
    ...{ method: 'POST', sourceIp: '', headers: [], faults: [], count: 1, facts: [] },
    cause,
  });
  const rejections: Missed['rejections'] = [
    {
      ...{ minute: '12:00', reason: 'signature_mismatch', count: 3, atLeast: true, explanation: '', facts: [] },
      sample: sample('the secret'),
      otherSamples: [sample('the clock'), sample('the secret')],
    },
    { minute: '12:01', reason: 'method_not_allowed', count: 1, explanation: '', facts: [] },
    { minute: '12:02', reason: 'method_not_allowed', count: 2, explanation: '', facts: [], sample: sample('nothing') },
  ];
  expect(linesOf({ ...nothing, rejections }).slice(2)).toEqual([
    'In these minutes webhooks were refused. They may be those of another test:',
    '  12:00 at least 3 × signature_mismatch: The signature is wrong.',
    '    Look at the secret.',
    '    Look at the clock.',
    '  12:01 1 × method_not_allowed: The signature is wrong.',
    '  12:02 2 × method_not_allowed: The signature is wrong.',
  ]);
});
