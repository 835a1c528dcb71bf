import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AttemptNote } from '../../../../shared/deliveries/dispatch/delivery-row.ts';
import type { PublicationView } from '../../../../shared/events/bus/publication-state.ts';
import type { StoredEvent } from '../../../../shared/events/event/event.ts';
import {
  type NumberedAction,
  type TimelineFacts,
  timelineOf,
  timelineStepSchema,
} from '../../../../shared/operators/journal/event-timeline.ts';
import type { ReplayAction } from '../../../../shared/operators/journal/replay-action.ts';
import { aRow } from '../../deliveries/dispatch/given-delivery.ts';
import { aStoredEvent } from '../../events/event/given-event.ts';

const at = (minute: number) => `2026-03-01T12:${String(minute).padStart(2, '0')}:00.000Z`;
const ms = (minute: number) => Date.parse(at(minute));

const anEvent = (more: Partial<StoredEvent> = {}): StoredEvent => ({
  ...aStoredEvent({ body: Buffer.from('hello') }),
  id: 'evt_1',
  receivedAt: at(0),
  method: 'POST',
  size: 5,
  sourceIp: '192.0.2.1',
  verifiedBy: 'signature',
  tokenId: 'tok_1',
  expiresAt: ms(30) / 1000,
  type: 'order.paid',
  ...more,
});

const published: PublicationView = { publication: 'published', publicationAsOf: at(59) };

const timeline = (more: Partial<TimelineFacts> = {}) =>
  timelineOf({ event: anEvent(), publication: published, actions: [], deliveries: [], ...more });

const beginning = [
  { step: 'received', at: at(0), method: 'POST', size: 5, sourceIp: '192.0.2.1' },
  { step: 'verified', verifiedBy: 'signature', tokenId: 'tok_1' },
  { step: 'stored', expiresAt: at(30) },
];

const single = (minute: number, turn: number, of = 'evt_1'): NumberedAction => ({
  turn,
  action: { verb: 'replayEvent', by: `op_${turn}`, at: at(minute), of },
});

const many = (minute: number, more: Partial<ReplayAction> = {}): NumberedAction => ({
  turn: 0,
  action: {
    verb: 'startReplay',
    by: 'op_many',
    at: at(minute),
    of: `run_${minute}`,
    eventsFrom: at(0),
    eventsTo: at(1),
    ...more,
  },
});

const note = (minute: number, more: Partial<AttemptNote> = {}): AttemptNote => ({
  at: ms(minute),
  ms: 12,
  outcome: 'answered',
  status: 200,
  ...more,
});

describe('the beginning', () => {
  test.each<[string, Partial<StoredEvent>, PublicationView, object[]]>([
    ['was published', {}, published, [...beginning, { step: 'published', asOf: at(59) }]],
    ['is held', { held: 'hold_1' }, { ...published, publication: 'held' }, [...beginning, { step: 'held' }]],
    [
      'was held and released',
      { releasedAt: at(5) },
      published,
      [...beginning, { step: 'held', releasedAt: at(5) }, { step: 'published', asOf: at(59) }],
    ],
    ['waits for the relay', {}, { ...published, publication: 'waiting' }, beginning],
    ['may not be known', {}, { ...published, publication: 'unknown' }, beginning],
    [
      'was given up',
      {},
      { ...published, publication: 'given_up', givenUp: { at: at(2), code: 'Unreadable' } },
      [...beginning, { step: 'given_up', at: at(2), code: 'Unreadable' }],
    ],
  ])('of an event that %s', (_, more, publication, steps) => {
    expect(timeline({ event: anEvent(more), publication })).toEqual(steps);
  });
});

describe('a replay', () => {
  const replaysOf = (event: Partial<StoredEvent>, actions: NumberedAction[]) =>
    timeline({ event: anEvent(event), actions }).filter(({ step }) => step === 'replayed');

  test.each<[string, Partial<StoredEvent>, NumberedAction[], object[]]>([
    ['of this event alone', { replays: 1 }, [single(3, 1)], [{ replay: 1, at: at(3), by: 'op_1' }]],
    ['of another event', {}, [single(3, 1, 'evt_2')], []],
    ['of many', { replays: 1 }, [many(3)], [{ replay: 1, at: at(3), by: 'op_many', job: 'run_3' }]],
    [
      'of many of this type',
      { replays: 1 },
      [many(3, { eventType: 'order.paid' })],
      [{ replay: 1, at: at(3), by: 'op_many', job: 'run_3' }],
    ],
    [
      'of many up to this one',
      { replays: 1 },
      [many(3, { eventsTo: at(0) })],
      [{ replay: 1, at: at(3), by: 'op_many', job: 'run_3' }],
    ],
    [
      'of many whose type begins so',
      { replays: 1 },
      [many(3, { eventType: 'order.*' })],
      [{ replay: 1, at: at(3), by: 'op_many', job: 'run_3' }],
    ],
    [
      'by one of two jobs, of which one is of all types that begin so',
      { replays: 1 },
      [many(3, { eventType: 'order.*' }), many(4)],
      [{ replay: 1 }],
    ],
    ['of many whose type begins otherwise', { replays: 1 }, [many(3, { eventType: 'invoice.*' })], [{ replay: 1 }]],
    ['of many of another type', { replays: 1 }, [many(3, { eventType: 'order' })], [{ replay: 1 }]],
    ['of many later ones', { replays: 1 }, [many(3, { eventsFrom: at(1) })], [{ replay: 1 }]],
    ['of many that left a test out', { replays: 1, test: true }, [many(3)], [{ replay: 1 }]],
    ['by one of two jobs', { replays: 1 }, [many(3), many(4)], [{ replay: 1 }]],
    [
      'by two jobs, and one alone between them',
      { replays: 3 },
      [many(9), single(5, 2), many(3)],
      [
        { replay: 1, at: at(3), by: 'op_many', job: 'run_3' },
        { replay: 2, at: at(5), by: 'op_2' },
        { replay: 3, at: at(9), by: 'op_many', job: 'run_9' },
      ],
    ],
    [
      'that was cancelled in the end',
      { replays: 1 },
      [many(3), { turn: 1, action: { verb: 'cancelReplay', by: 'op_1', at: at(4), of: 'run_3' } }],
      [{ replay: 1, at: at(3), by: 'op_many', job: 'run_3' }],
    ],
  ])('%s', (_, event, actions, expected) => {
    expect(replaysOf(event, actions)).toEqual(expected.map((step) => ({ step: 'replayed', ...step })));
  });
});

test('an attempt says where, by which rule, which attempt it was, and what came of it; the answer is left out', () => {
  const deliveries = [
    {
      row: aRow({ event: 'evt_1', receivedAt: at(0), to: { id: 'dst_1', name: 'shop' } }),
      attempts: [note(1, { status: 500, answer: 'no' }), note(2)],
    },
    {
      row: aRow({ event: 'evt_1', receivedAt: at(0), rule: 'again', replay: 1, to: { id: 'dst_2', name: 'mail' } }),
      attempts: [{ at: ms(4), ms: 15_000, outcome: 'timeout', cause: 'no answer in time' }],
    },
  ];
  const shop = {
    step: 'attempted',
    delivery: `dlv_evt_1_${ms(0)}_to-orders_0`,
    destination: 'shop',
    rule: 'to-orders',
  };
  expect(timeline({ deliveries, event: anEvent({ replays: 1 }), actions: [single(3, 1)] }).slice(4)).toEqual([
    { ...shop, at: at(1), ms: 12, attempt: 1, outcome: 'answered', status: 500 },
    { ...shop, at: at(2), ms: 12, attempt: 2, outcome: 'answered', status: 200 },
    { step: 'replayed', replay: 1, at: at(3), by: 'op_1' },
    {
      step: 'attempted',
      delivery: `dlv_evt_1_${ms(0)}_again_1`,
      destination: 'mail',
      rule: 'again',
      replay: 1,
      at: at(4),
      ms: 15_000,
      attempt: 1,
      outcome: 'timeout',
      cause: 'no answer in time',
    },
  ]);
});

test('whatever is known, each step has its form, times never go back, and each replay and attempt is there once', () => {
  const minute = fc.integer({ min: 1, max: 25 });
  const facts = fc.record({
    replays: fc.integer({ min: 0, max: 4 }),
    singles: fc.uniqueArray(fc.tuple(minute, fc.integer({ min: 1, max: 4 })), { selector: ([, turn]) => turn }),
    jobs: fc.array(minute, { maxLength: 3 }),
    attempts: fc.array(fc.array(minute, { maxLength: 4 }), { maxLength: 3 }),
    givenUp: fc.option(minute, { nil: undefined }),
  });
  fc.assert(
    fc.property(facts, ({ replays, singles, jobs, attempts, givenUp }) => {
      const steps = timeline({
        event: anEvent({ replays }),
        publication:
          givenUp === undefined
            ? published
            : { ...published, publication: 'given_up', givenUp: { at: at(givenUp), code: 'c' } },
        actions: [...singles.map(([time, turn]) => single(time, turn)), ...jobs.map((time) => many(time))],
        deliveries: attempts.map((times, rule) => ({
          row: aRow({ rule: `r${rule}` }),
          attempts: times.sort((one, other) => one - other).map((time) => note(time)),
        })),
      });
      for (const step of steps) timelineStepSchema.parse(step);
      const times = steps.flatMap((step) => ('at' in step && step.at ? [step.at] : []));
      expect(times).toEqual([...times].sort());
      const numbers = steps.flatMap((step) => (step.step === 'replayed' ? [step.replay] : []));
      expect([...numbers].sort()).toEqual(Array.from({ length: replays }, (_, before) => before + 1));
      const made = steps.flatMap((step) => (step.step === 'attempted' ? [`${step.rule} ${step.attempt}`] : []));
      expect(new Set(made).size).toBe(attempts.flat().length);
      expect(made).toHaveLength(attempts.flat().length);
    }),
  );
});
