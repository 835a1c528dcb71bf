/** What an operator is told the first time that something unusual happens. */
import { expect, test } from '@jest/globals';
import type { ForwardReport } from '../../../../clients/cli/listen/forwarder.ts';
import { progressReporter } from '../../../../clients/cli/listen/progress-reporter.ts';
import type { Session } from '../../../../clients/cli/session.ts';

/** The notes for these events, in order. */
function notesOf(...events: Partial<ForwardReport>[]): string[] {
  const notes: string[] = [];
  const session = { tell: (text: string) => void notes.push(text), printEach: () => {} } as unknown as Session;
  const report = progressReporter(session, 300);
  const event = { id: 'evt_1', receivedAt: '2026-03-01T12:00:00.000Z', type: 'a', outcome: 'delivered' } as const;
  for (const more of events) report({ ...event, ...more });
  return notes;
}

test('an event that the program takes needs no explanation', () => {
  expect(notesOf({})).toEqual([]);
});

test.each(['refused', 'given_up'] as const)(
  'the first event that is %s comes with the way to send it again',
  (outcome) => {
    const later = { outcome, receivedAt: '2026-03-01T12:00:01.000Z' };
    expect(notesOf({ outcome }, later)).toEqual([
      'To send such an event again, once your program takes it: --from 2026-03-01T12:00:00.000Z',
    ]);
  },
);

test('an event that is passed over is explained once for each reason', () => {
  const [outside, odd] = [
    { outcome: 'skipped', reason: 'path_outside' } as const,
    { outcome: 'skipped', attempt: 1, reason: 'Invalid character in header content ["x-a"]' } as const,
  ];
  expect(notesOf(outside, outside, odd, odd, { outcome: 'skipped', reason: 'expired' })).toEqual([
    'Your program does not get events whose path has "." or ".." as a part: they could reach other paths of it than that of --forward.',
    'Your program does not get events that HTTP has no form for. To look at one: hooklatch events show',
  ]);
});

test('an event that is too old for its signature is not worth another attempt', () => {
  const old = { outcome: 'refused', isTooOld: true } as const;
  expect(notesOf(old, old)).toEqual([
    "Some events are older than 300 s, for which the sender's signature is accepted. Your program may refuse them. Let the sender send them again.",
  ]);
});

test('what is withheld is named once', () => {
  expect(notesOf({ withheld: ['authorization'] }, { withheld: ['authorization', '?token'] })).toEqual([
    'Your program does not get authorization: it contained a credential, which Hooklatch does not store.',
    'Your program does not get ?token: it contained a credential, which Hooklatch does not store.',
  ]);
});
