/** What the replay of a list's events begins with. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EventFilter } from '../../../clients/console/events/event-request.ts';
import { errorsOf, fieldsFor, replayBodyOf } from '../../../clients/console/events/replay-fields.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const all: EventFilter = { type: '', deliveryId: '', hours: '', from: '', to: '' };

/** The request that a list leads to, if nobody changes the fields. */
const asked = (filter: Partial<EventFilter>) => replayBodyOf(fieldsFor({ ...all, ...filter }, now));

test.each<[string, Partial<EventFilter>, object]>([
  ['everything: the last hour', {}, { from: '2026-03-01T11:00:00.000Z' }],
  ['a part of a type', { type: 'invoice.*' }, { from: '2026-03-01T11:00:00.000Z', type: 'invoice.*' }],
  [
    'from one moment to another',
    { from: '2026-02-27T08:15:30.000Z', to: '2026-02-28T23:59:59.000Z' },
    { from: '2026-02-27T08:15:30.000Z', to: '2026-02-28T23:59:59.000Z' },
  ],
  [
    'to a part of a second',
    { from: '2026-02-27T08:15:30.700Z', to: '2026-02-28T23:59:59.001Z' },
    { from: '2026-02-27T08:15:30.000Z', to: '2026-03-01T00:00:00.000Z' },
  ],
  [
    'to a moment to come',
    { from: '2026-02-27T08:15:00.000Z', to: '2026-03-01T12:00:01.000Z' },
    { from: '2026-02-27T08:15:00.000Z' },
  ],
])('a list of %s', (_, filter, expected) => {
  expect(asked(filter)).toEqual({ ...expected, ratePerSecond: 50 });
});

test('a replay has every event that the list has', () => {
  const time = fc.date({ min: new Date('2026-02-01T00:00:00Z'), max: now, noInvalidDate: true });
  fc.assert(
    fc.property(time, time, (one, other) => {
      const [from, to] = [one, other].map((each) => each.toISOString()).sort() as [string, string];
      const range = asked({ from, to });
      expect([range.from <= from, (range.to ?? now.toISOString()) >= to]).toEqual([true, true]);
    }),
  );
});

test('what can’t be a time or a rate is wrong', () => {
  const fields = fieldsFor(all, now);
  expect(errorsOf(fields)).toEqual({ from: undefined, to: undefined, rate: undefined });
  expect(errorsOf({ ...fields, from: 'noon', to: '12:00', rate: '0' })).toEqual({
    from: 'Enter a time like 2026-11-26T09:30.',
    to: 'Enter a time like 2026-11-26T09:30.',
    rate: 'Enter a whole number from 1.',
  });
});
